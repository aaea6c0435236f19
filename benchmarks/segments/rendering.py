"""Markdown → HTML as Material's users render it, and what the laws compare in that HTML."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

import markdown
from material.extensions.emoji import to_svg, twemoji

from pipeline.model import Segment
from pipeline.segments.frontmatter import find_front_matter
from pipeline.segments.inline import read_markup

#: The extensions that Material for MkDocs recommends, without those that read other files.
EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
CONFIGS = {
    "pymdownx.arithmatex": {"generic": True},
    # Colouring code is slow, and no translation touches code.
    "pymdownx.highlight": {"use_pygments": False},
    "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
    # "3rd" gets a tag of its own in English only: a translation cannot have it.
    "pymdownx.smartsymbols": {"ordinal_numbers": False},
    # A block with options that only another plugin knows is code all the same.
    "pymdownx.superfences": {"relaxed_headers": True},
    "pymdownx.tabbed": {"alternate_style": True},
}

#: Attributes that people read: a translation may change them.
_READ = frozenset({"alt", "title", "aria-label", "placeholder"})
_SILENT = frozenset({"code", "pre", "kbd", "script", "style", "svg", "math"})
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "col", "wbr", "area"})
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]+|\]\[[^\[\]\n]*\]")

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćďéƒǵħíĵķĺḿńóṕɋŕśťúṽŵẋýźÁƁĆĎÉƑǴĦÍĴĶĹḾŃÓṔɊŔŚŤÚṼŴẊÝŹ"
_TO_ACCENTED = str.maketrans(_PLAIN, _ACCENTED)


def render(text: str) -> str:
    """HTML of a text's body."""
    body = text[find_front_matter(text, ()).end :]
    return markdown.markdown(body, extensions=list(EXTENSIONS), extension_configs=CONFIGS)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, ...]] = []
        self.visible: list[str] = []
        self.text: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted(f"{name}={value}" for name, value in attrs if name not in _READ)
        self.tags.append((tag, *kept))
        classes = dict(attrs).get("class") or ""
        if tag not in _VOID and (self.silent or tag in _SILENT or "arithmatex" in classes):
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(("/" + tag,))
        if tag in self.silent:
            while self.silent and self.silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if data.lstrip().startswith("::: "):
            return
        if not self.silent:
            self.visible.append(data)
        elif self.visible and self.visible[-1] != " ":
            self.visible.append(" ")


def skeleton(html: str) -> list[tuple[str, ...]]:
    """Tags with their attributes, those that people read left out."""
    return _read(html).tags


def visible_words(html: str) -> list[str]:
    """Words outside code and mathematics.

    Left out as well is what a translation must not touch and a plain renderer shows:
    addresses, labels of references that a plugin resolves, and the `::: module` blocks of
    another one.
    """
    return _WORD.findall(_ADDRESS.sub(" ", "".join(_read(html).visible)))


def folded(html: str) -> tuple[list[tuple[str, ...]], str]:
    """Everything of a page but its white space."""
    reader = _read(html)
    return reader.tags, re.sub(r"\s+", "", "".join(reader.text))


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def pseudo(segment: Segment, kept: Iterable[str] = ()) -> str:
    """A segment's text with accents on every letter outside protected spans.

    Args:
        segment: the segment.
        kept: words that a translator keeps: abbreviations that the page explains.
    """
    parts: list[str] = []
    at = 0
    for _, start, end in read_markup(segment.msgid).spans:
        parts += [_accent(segment.msgid[at:start], kept), segment.msgid[start:end]]
        at = end
    return "".join([*parts, _accent(segment.msgid[at:], kept)])


_ENTITY = r"&(?:#?\w+);|\\."


def _accent(text: str, kept: Iterable[str]) -> str:
    whole = "|".join(rf"\b{re.escape(word)}\b" for word in kept)
    keep = re.compile(f"({_ENTITY}{'|' + whole if whole else ''})")
    return "".join(
        piece if number % 2 else piece.translate(_TO_ACCENTED)
        for number, piece in enumerate(keep.split(text))
    )

"""Headings, links and pictures of a Markdown text, each with its line.

Found in the text itself and not in its segments: a picture without a text and a heading without
a letter are no segments. Code, comments and front matter are blanked first, to the same length.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model import Segment

#: Lengths are bounded, so that what begins and never ends costs little.
_BLANKED = re.compile(
    r"<!--.{0,9999}?-->"
    r"|^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,999}?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<raw>pre|script|style)\b.{0,9999}?</(?P=raw)>",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_VISIBLE = re.compile(r"[^\n]")
_ATX = re.compile(
    r"^(?P<in>(?:[ \t]|>)*)(?P<level>#{1,6})(?!#)[ \t]*(?P<text>[^\n]*?)[ \t#]*$", re.MULTILINE
)
_SETEXT = re.compile(r"^(?![ \t]|[-*+>|=#])(?P<text>[^\n]+)\n(?P<under>=+|-+)[ \t]*$", re.MULTILINE)
_HTML_HEADING = re.compile(
    r"<h(?P<level>[1-6])\b[^<>]*>(?P<text>.{0,999}?)</h(?P=level)>", re.DOTALL | re.IGNORECASE
)
_INNER = r"(?>(?:[^\[\]]+|\[[^\[\]]*\])*)"
_DESTINATION = r"\(\s*(?P<url><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)[^()\n]*\)"
_LINK = re.compile(rf"(?<![!\\\]])\[(?!\^)(?P<text>{_INNER})\](?:{_DESTINATION}|\[[^\[\]\n]*\])")
_IMAGE = re.compile(rf"(?<!\\)!\[(?P<text>{_INNER})\](?:{_DESTINATION}|\[[^\[\]\n]*\])")
_ANCHOR = re.compile(r"<a\b(?P<tag>[^<>]*)>(?P<text>.{0,999}?)</a>", re.DOTALL | re.IGNORECASE)
_IMG = re.compile(r"<img\b(?P<tag>[^<>]*)>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = r"""\b{0}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_BARE = re.compile(r"(?<![\w/\"'(=\[<])(?:https?://|www\.)[^\s<>()\[\]\"'`|*]+|<https?://[^<>\s]+>")
_DEFINITION = re.compile(r"^[ \t]*\[[^\[\]\n]+\]:[^\n]*$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_CODE_INDENT = 4
#: What may hold indented text: a box, a tab, a list item, a definition, a footnote.
_CONTAINER = re.compile(r"\s*(?:!!!|\?\?\?|===|[-*+]\s|\d+[.)]\s|:\s|\[\^)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the body: its level, 1 to 6, its text as written and its line."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link: its text as written, its address where it is given beside it, and its line.

    ``is_bare`` tells an address that stands in the text as it is.
    """

    text: str
    url: str
    line: int
    is_bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture: its text, None where HTML gives none; its address and its line.

    ``is_decoration`` tells one that its author marked so, with ``alt=""`` in HTML.
    """

    text: str | None
    url: str
    line: int
    is_decoration: bool = False


_Marks = tuple[tuple[Heading, ...], tuple[Link, ...], tuple[Picture, ...]]


def read_marks(text: str, body_start: int, segments: tuple[Segment, ...]) -> _Marks:
    """The headings, links and pictures of a text, each kind in its order.

    Args:
        text: the whole text of a file.
        body_start: offset at which its body begins.
        segments: its segments, which tell text that is indented from code.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    blanked = _blank(_VISIBLE.sub(" ", text[:body_start]) + text[body_start:])
    blanked = _without_indented_code(blanked, segments)
    line = _counter(blanked)
    return (
        tuple(sorted(_headings(blanked, line), key=lambda heading: heading.line)),
        tuple(sorted(_links(blanked, line), key=lambda link: link.line)),
        tuple(sorted(_pictures(blanked, line), key=lambda picture: picture.line)),
    )


def _blank(text: str) -> str:
    return _BLANKED.sub(lambda found: _VISIBLE.sub(" ", found[0]), text)


def _without_indented_code(text: str, segments: tuple[Segment, ...]) -> str:
    """Blank lines that are code because they are indented: in no segment and in no container."""
    if "\n    " not in text:
        return text
    prose = {
        n for s in segments for n in range(s.line, s.line + text.count("\n", s.start, s.end) + 1)
    }
    kept: list[str] = []
    container = ""
    for number, line in enumerate(text.split("\n"), 1):
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and indent < _CODE_INDENT:
            container = line
        is_code = indent >= _CODE_INDENT and number not in prose and not _CONTAINER.match(container)
        kept.append(" " * len(line) if is_code else line)
    return "\n".join(kept)


def _counter(text: str) -> Callable[[int], int]:
    ends = [found.start() for found in re.finditer("\n", text)]

    def line(offset: int) -> int:
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if ends[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low + 1

    return line


def _headings(text: str, line: Callable[[int], int]) -> Iterator[Heading]:
    for found in _ATX.finditer(text):
        yield Heading(
            level=len(found["level"]), text=found["text"], line=line(found.start("level"))
        )
    for found in _SETEXT.finditer(text):
        level = 1 if found["under"][0] == "=" else 2
        yield Heading(level=level, text=found["text"], line=line(found.start()))
    for found in _HTML_HEADING.finditer(text):
        yield Heading(level=int(found["level"]), text=found["text"], line=line(found.start()))


def _links(text: str, line: Callable[[int], int]) -> Iterator[Link]:
    for found in _LINK.finditer(text):
        yield Link(
            text=found["text"], url=(found["url"] or "").strip("<>"), line=line(found.start())
        )
    for found in _ANCHOR.finditer(text):
        url = _attribute(found["tag"], "href")
        if url is not None:
            label = _attribute(found["tag"], "aria-label")
            shown = label or _TAG.sub("", found["text"])
            yield Link(text=shown, url=url, line=line(found.start()))
    rest = text
    for pattern in (_DEFINITION, _IMAGE, _LINK, _ANCHOR, _IMG):
        rest = pattern.sub(lambda found: _VISIBLE.sub(" ", found[0]), rest)
    for found in _BARE.finditer(rest):
        address = found[0].strip("<>").rstrip(".,;:!?")
        yield Link(text=address, url=address, line=line(found.start()), is_bare=True)


def _pictures(text: str, line: Callable[[int], int]) -> Iterator[Picture]:
    for found in _IMAGE.finditer(text):
        url = (found["url"] or "").strip("<>")
        yield Picture(text=found["text"].strip(), url=url, line=line(found.start()))
    for found in _IMG.finditer(text):
        alt = _attribute(found["tag"], "alt")
        yield Picture(
            text=alt,
            url=_attribute(found["tag"], "src") or "",
            line=line(found.start()),
            is_decoration=alt == "",
        )


def _attribute(tag: str, name: str) -> str | None:
    found = re.search(_ATTRIBUTE.format(name), tag, re.IGNORECASE)
    return next((value for value in found.groups() if value is not None), "") if found else None

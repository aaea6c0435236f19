"""A page's sections, and its headings.

Nothing is cut to stems or split into words here: the script of the search page does that on
both sides.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(
    r"<h[2-6][^>]*?\bid=\"(?P<id>[^\"]*)\"[^>]*>(?P<title>.*?)</h[2-6]>", re.DOTALL
)
_BLOCK_END = re.compile(r"</(?:p|li|td|th|dt|dd|h\d|summary|label|div)>|<br\s*/?>")
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_NOTE_MARK = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_NOT_LANGUAGE = re.compile(r"</?(?!span\b|bdi\b)[a-zA-Z][^>]*>")
_LANGUAGE = re.compile(r"\blang\s*=\s*[\"']?([A-Za-z0-9-]+)")
#: Direction is kept as characters, which a reader of plain text obeys: an isolate and its end.
_ISOLATES = (
    (re.compile(r"<bdi\b[^<>]*\bdir=[\"']?ltr\b[^<>]*>"), "\u2066"),
    (re.compile(r"<bdi\b[^<>]*>"), "\u2068"),
    (re.compile(r"</bdi>"), "\u2069"),
)
_ANY_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a page: what a result leads to.

    Attributes:
        location: its address below the locale.
        title: the page's title, or the heading.
        text: what it says.
        title_language: tag of the title's language where it is not that of the page.
        foreign: pieces of the text in another language: where each begins and ends, in UTF-16
            units as scripts count them, and its tag.
    """

    location: str
    title: str
    text: str
    title_language: str = ""
    foreign: tuple[tuple[int, int, str], ...] = ()


def split_sections(url: str, title: str, summary: str, content: str) -> list[Section]:
    """A rendered page's sections: the beginning, then one for each heading with an id.

    Args:
        url: address of the page below its locale.
        title: its title, as HTML.
        summary: its summary, as HTML; found together with the text before the first heading.
        content: its rendered body, with its numbers isolated where it is read from the right.
    """
    first, *rest = _HEADING.split(_HIDDEN.sub("", content))
    sections = [_section(url, title, f"{summary} {first}")]
    for anchor, heading, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        sections.append(_section(f"{url}#{html.unescape(anchor)}", heading, body))
    return sections


def _section(location: str, title: str, body: str) -> Section:
    language = _LANGUAGE.search(title) if "<" in title else None
    text, foreign = _read(body)
    return Section(
        location=location,
        title=_text(_NOTE_MARK.sub("", title)),
        text=text,
        title_language=language[1] if language else "",
        foreign=foreign,
    )


def list_headings(content: str) -> list[tuple[str, str]]:
    """The second-level headings of a rendered page: id, and text as HTML.

    Of the tags those stay that say in which language or direction a part is.

    Args:
        content: the rendered body.
    """
    return [
        (html.unescape(found["id"]), _NOT_LANGUAGE.sub("", _NOTE_MARK.sub("", found["title"])))
        for found in _HEADING.finditer(_HIDDEN.sub("", content))
        if found[0].startswith("<h2")
    ]


def _read(content: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The text of a piece of HTML, and which parts of it are in another language."""
    if not _LANGUAGE.search(content):
        return _text(content), ()
    words: list[str] = []
    foreign: list[tuple[int, int, str]] = []
    at = 0
    for piece, language in _runs(_NOTE_MARK.sub("", content)):
        text = _text(piece)
        if not text:
            continue
        at += bool(words)
        length = len(text.encode("utf-16-le")) // 2
        if language:
            foreign.append((at, at + length, language))
        at += length
        words.append(text)
    return " ".join(words), tuple(foreign)


def _runs(content: str) -> Iterator[tuple[str, str]]:
    """Pieces of HTML with their languages; that of the page is empty."""
    inside: list[tuple[str, str]] = []
    start = 0
    language = ""
    for tag in _ANY_TAG.finditer(content):
        _follow(tag, inside)
        now = inside[-1][1] if inside else ""
        if now != language:
            cut = tag.start() if now else tag.end()
            yield content[start:cut], language
            start, language = cut, now
    yield content[start:], language


def _follow(tag: re.Match[str], inside: list[tuple[str, str]]) -> None:
    """Open or close an element: its name, and the language inside of it."""
    name = tag["name"].lower()
    if tag["end"]:
        # An end without a beginning ends nothing.
        if any(name == open_name for open_name, _ in inside):
            while inside.pop()[0] != name:
                pass
    elif name not in _VOID and not tag[0].endswith("/>"):
        told = _LANGUAGE.search(tag[0])
        outer = inside[-1][1] if inside else ""
        inside.append((name, told[1] if told else outer))


def _text(content: str) -> str:
    for pattern, character in _ISOLATES:
        content = pattern.sub(character, content)
    spaced = _BLOCK_END.sub(" ", _NOTE_MARK.sub("", content))
    return " ".join(html.unescape(_TAG.sub("", spaced)).split())

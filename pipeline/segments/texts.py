"""Lines of running text → the msgid that a translator sees, and where it stands."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.segments.inline import TAG, Markup, has_words
from pipeline.segments.lines import Line

#: An attribute list on the last line of a block.
_BLOCK_ATTRIBUTES = re.compile(r" *\{:? *([^}\n ][^\n]*)\} *$")
#: An attribute list at the end of a heading, a term or a cell.
_TRAILING_ATTRIBUTES = re.compile(r" +\{:? *(?P<inside>[^}\n {%#][^{}\n]*|#[^{}\n]*[^#}\n{])\} *$")
#: Where such a list may begin; macros have become text before Markdown is read.
_OPEN_LIST = re.compile(r" \{(?![{%])")
_TASK = re.compile(r" *\[[ xX]\] +")
_JOINT = re.compile(r"\n[ >]*")
_ID = re.compile(r"(?:^|\s)#([^\s#.=}]+)")
_CLASS = re.compile(r"(?:^|\s)\.([^\s#.=}]+)")
_HTML_TEXT = re.compile(
    r"""\s(alt|title|aria-label|placeholder)\s*=\s*(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(TAG)


@dataclass(slots=True)
class Passage:
    """A run of lines that is one text.

    Attributes:
        msgid: lines joined by spaces, by line feeds where the author broke the line.
        start: view offset of its first character.
        end: view offset after its last.
        pieces: for each line, its offset in ``msgid`` and in the view.
        breaks: view offset of the text after each line break that is kept; of the second
            line's text where none is kept; empty where there is one line.
    """

    msgid: str
    start: int
    end: int
    pieces: list[tuple[int, int]]
    breaks: list[int]

    def view_offset(self, offset: int) -> int:
        """Where a character of the msgid stands in the view."""
        at = bisect_right(self.pieces, (offset, 1 << 60)) - 1
        return self.pieces[at][1] + offset - self.pieces[at][0]


def make_passage(lines: list[Line]) -> Passage | None:
    """Fold lines into one text; None where they hold nothing but white space."""
    if len(lines) == 1:
        text, start = lines[0]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        return Passage(text, start, start + len(text), [(0, start)], []) if text else None
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = end = 0
    breaks: list[int] = []
    is_hard = False
    for number, (text, start) in enumerate(lines):
        inner = text.strip()
        if not inner:
            continue
        if parts:
            parts.append("\n" if is_hard else " ")
            length += 1
        begin = start + len(text) - len(text.lstrip())
        if is_hard:
            breaks.append(begin)
        pieces.append((length, begin))
        parts.append(inner)
        length += len(inner)
        end = begin + len(inner)
        is_hard = number + 1 < len(lines) and (text.endswith("  ") or _ends_in_escape(inner))
    if not parts:
        return None
    breaks = breaks or [offset for _, offset in pieces[1:2]]
    return Passage("".join(parts), pieces[0][1], end, pieces, breaks)


def _ends_in_escape(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def split_runs(view: str, lines: list[Line]) -> list[list[Line]]:
    """Cut where something else stood between two lines."""
    runs: list[list[Line]] = []
    end = 0
    for line in lines:
        text, start = line
        joint = _JOINT.match(view, end) if runs else None
        if joint and joint.end() >= start and end < start and view[end] == "\n":
            runs[-1].append(line)
        elif not runs or text.strip():
            runs.append([line])
        end = start + len(text)
    return runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """What an attribute list says.

    Attributes:
        id: the id in it.
        classes: the classes in it.
        inside: view offset after its opening brace and colon.
    """

    id: str | None
    classes: tuple[str, ...]
    inside: int


def _read_attributes(inside: str, offset: int) -> Attributes:
    named = _ID.search(inside)
    return Attributes(
        id=named[1] if named else None, classes=tuple(_CLASS.findall(inside)), inside=offset
    )


def cut_block_attributes(lines: list[Line]) -> tuple[list[Line], Attributes | None]:
    """Take the attribute list off that stands alone on a block's last line."""
    if len(lines) < 2 or "}" not in lines[-1][0]:  # noqa: PLR2004 - text and list
        return lines, None
    text, start = lines[-1]
    found = _BLOCK_ATTRIBUTES.match(text)
    if not found or "}" in found[1] or found[1].startswith(("{", "%")):
        return lines, None
    return lines[:-1], _read_attributes(found[1], start + found.start(1))


def cut_trailing_attributes(line: Line) -> tuple[Line, Attributes | None]:
    """Take the attribute list off that ends a heading, a term or a cell."""
    text, start = line
    at = text.rfind("{")
    if at < 0 or not text.rstrip(" ").endswith("}"):
        return line, None
    begin = len(text[:at].rstrip(" "))
    found = _TRAILING_ATTRIBUTES.match(text, begin)
    if not found or _OPEN_LIST.search(text, 0, begin):
        return line, None
    attributes = _read_attributes(found["inside"], start + found.start("inside"))
    return (text[:begin], start), attributes


def cut_task(line: Line) -> tuple[Line, bool]:
    """Take a task's box off."""
    text, start = line
    found = _TASK.match(text)
    return ((text[found.end() :], start + found.end()), True) if found else (line, False)


def inline_ids(msgid: str, markup: Markup) -> list[str]:
    """Ids in the attribute lists of inline elements."""
    found = []
    for kind, start, end in markup.spans:
        if kind == "attributes":
            named = _ID.search(msgid[start + 1 : end - 1].lstrip(":"))
            if named:
                found.append(named[1])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class InnerText:
    """A text inside markup that holds no other text: what a picture shows, a link's title.

    Attributes:
        start: offset in the msgid.
        end: offset after it.
        role: ``image``, ``link`` or ``attribute``.
        name: for an attribute, its name.
        quote: quotation mark around it.
    """

    start: int
    end: int
    role: str
    name: str = ""
    quote: str = ""


def inner_texts(msgid: str, markup: Markup) -> list[InnerText] | None:
    """The texts inside the markup, where there is no text outside; None where there is."""
    if not markup.spans and not markup.links:
        return None
    if msgid[0].isalpha() and not (markup.spans and markup.spans[0][1] == 0):
        return None
    hidden = [(start, end) for _, start, end in markup.spans]
    found: list[InnerText] = []
    for link in markup.links:
        if link.is_image and link.form in {"short", "collapsed"}:
            return None
        if link.is_image:
            hidden.append((link.start, link.end))
            found.append(InnerText(start=link.open, end=link.close, role="image"))
        if link.title is not None:
            hidden.append((link.title[0] - 1, link.title[1] + 1))
            quote = msgid[link.title[1]]
            found.append(
                InnerText(start=link.title[0], end=link.title[1], role="link", quote=quote)
            )
    for tag in _TAG.finditer(msgid) if "<" in msgid else ():
        hidden.append(tag.span())
        found += _attributes(tag)
    outside = Markup(spans=[("", *span) for span in sorted(hidden)])
    if has_words(msgid, outside):
        return None
    texts = [text for text in found if any(c.isalpha() for c in msgid[text.start : text.end])]
    return sorted(texts, key=lambda text: text.start)


def _attributes(tag: re.Match[str]) -> list[InnerText]:
    return [
        InnerText(
            start=tag.start() + value.start(3),
            end=tag.start() + value.end(3),
            role="attribute",
            name=value[1].lower(),
            quote=value[2],
        )
        for value in _HTML_TEXT.finditer(tag[0])
    ]

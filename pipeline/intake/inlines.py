"""Content of a paragraph → one or more lines of Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape as escape_html
from itertools import groupby
from typing import NamedTuple

from pipeline.intake.escaping import escape, escape_address, is_usable_link, normalise
from pipeline.intake.model import Break, Content, Inline, Mark, NoteMark, Picture, Run

#: Outermost first: what is in the middle of a word needs the tags that HTML has.
_ORDER = (Mark.STRONG, Mark.EMPHASIS, Mark.STRUCK, Mark.SUPERSCRIPT, Mark.SUBSCRIPT)
_STARS = {Mark.STRONG: "**", Mark.EMPHASIS: "*"}
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
#: Code in backticks says what it says; where it could not, it is written as other text.
_PLAIN_CODE = re.compile(r"[^`\\\n]+")
#: White space that a paragraph does not begin or end with; a non-breaking space may stand within.
_AROUND = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


class _Piece(NamedTuple):
    """A piece of Markdown.

    Attributes:
        text: the piece.
        instead: if stars stand at its edges, what says the same without: two that touch
            would mean something else.
    """

    text: str
    instead: str = ""


class Names:
    """What pictures, notes and places within the document are called on the page.

    Args:
        pictures: address of each picture that is kept.
        notes: label of each footnote.
        anchors: id of each place that a link leads to.
    """

    def __init__(
        self, *, pictures: dict[str, str], notes: dict[str, str], anchors: dict[str, str]
    ) -> None:
        self.pictures = pictures
        self.notes = notes
        self.anchors = anchors

    def address(self, link: str) -> str:
        """Where a link leads on the page; empty if nowhere."""
        if link.startswith("#"):
            anchor = self.anchors.get(link[1:], "")
            return f"#{anchor}" if anchor else ""
        return escape_address(link) if is_usable_link(link) else ""


def tidy(content: Sequence[Inline]) -> Content:
    """Content with single spaces, without those at its ends, its equal neighbours in one."""
    runs: list[Inline] = []
    is_space = True
    for item in content:
        if isinstance(item, Break):
            _strip_end(runs)
            is_space = True
            runs.append(item)
        elif isinstance(item, Run):
            text = normalise(item.text)
            text = text[1:] if is_space and text.startswith(" ") else text
            if text:
                is_space = text.endswith(" ")
                _add(runs, replace(item, text=text))
        else:
            is_space = False
            runs.append(item)
    return _trim(runs)


def _add(runs: list[Inline], run: Run) -> None:
    last = runs[-1] if runs else None
    if isinstance(last, Run) and replace(last, text=run.text) == run:
        runs[-1] = replace(last, text=last.text + run.text)
    else:
        runs.append(run)


def _strip_end(runs: list[Inline]) -> None:
    """Take white space off the end of a line."""
    while runs and isinstance(last := runs[-1], Run):
        text = last.text.rstrip(_AROUND)
        if text:
            runs[-1] = replace(last, text=text)
            return
        runs.pop()


def _trim(runs: list[Inline]) -> Content:
    """Take breaks and white space off both ends of a paragraph, and breaks that follow another."""
    lines: list[list[Inline]] = [[]]
    for item in runs:
        if isinstance(item, Break):
            lines.append([])
        else:
            lines[-1].append(item)
    kept = [line for line in map(_trim_line, lines) if line]
    return tuple(
        item for n, line in enumerate(kept) for item in ((Break(), *line) if n else tuple(line))
    )


def _trim_line(line: list[Inline]) -> list[Inline]:
    _strip_end(line)
    while line and isinstance(first := line[0], Run):
        text = first.text.lstrip(_AROUND)
        if text:
            return [replace(first, text=text), *line[1:]]
        line = line[1:]
    return line


def render_lines(content: Content, names: Names) -> list[str]:
    """The lines of a paragraph, as they were broken by its author; the first is no markup yet."""
    lines: list[list[Inline]] = [[]]
    for item in content:
        if isinstance(item, Break):
            lines.append([])
        else:
            lines[-1].append(item)
    return [text for line in lines if (text := _render(line, names).strip())]


def _render(line: Sequence[Inline], names: Names) -> str:
    return _join(_links(line, names))


def _join(pieces: Iterable[_Piece]) -> str:
    parts: list[str] = []
    is_after_stars = False
    for piece in pieces:
        parts.append(piece.instead if is_after_stars and piece.instead else piece.text)
        is_after_stars = bool(piece.instead) and parts[-1] is piece.text
    return "".join(parts)


def _links(line: Sequence[Inline], names: Names) -> Iterator[_Piece]:
    """Pieces of a line, those that lead to one address in one link."""
    for link, group in groupby(line, key=_link):
        items = list(group)
        address = names.address(link)
        inner = list(_languages(items, names))
        text = _join(inner)
        if not address or not text.strip():
            yield from inner
            continue
        before, middle, after = _edges(text)
        yield _Piece(f"{before}[{middle}]({address}){after}")


def _link(item: Inline) -> str:
    return item.link if isinstance(item, Run | Picture) else ""


def _languages(items: Sequence[Inline], names: Names) -> Iterator[_Piece]:
    def key(item: Inline) -> tuple[str, bool]:
        return (item.lang, item.is_rtl) if isinstance(item, Run) else ("", False)

    for (lang, is_rtl), group in groupby(items, key=key):
        pieces = _marks(list(group), names, 0)
        if not lang and not is_rtl:
            yield from pieces
            continue
        before, middle, after = _edges(_join(pieces))
        yield _Piece(f"{before}<span{attributes(lang, is_rtl=is_rtl)}>{middle}</span>{after}")


def attributes(lang: str, *, is_rtl: bool) -> str:
    """The attributes of HTML that say a language and a direction."""
    language = f' lang="{escape_html(lang)}"' if lang else ""
    return f'{language} dir="{"rtl" if is_rtl else "ltr"}"'


def _marks(items: Sequence[Inline], names: Names, depth: int) -> Iterator[_Piece]:
    """Pieces of a line, what is marked alike under one mark, outermost first."""
    if depth == len(_ORDER):
        yield from (_Piece(_leaf(item, names)) for item in items)
        return
    mark = _ORDER[depth]
    for is_marked, group in groupby(items, key=_has(mark)):
        pieces = _marks(list(group), names, depth + 1)
        yield from _marked(list(pieces), mark) if is_marked else pieces


def _has(mark: Mark) -> Callable[[Inline], bool]:
    return lambda item: isinstance(item, Run) and mark in item.marks


def _marked(pieces: list[_Piece], mark: Mark) -> Iterator[_Piece]:
    before, middle, after = _edges(_join(pieces))
    if not middle.strip():
        yield _Piece(before + middle + after)
        return
    tagged = f"<{mark}>{middle}</{mark}>"
    if before:
        yield _Piece(before)
    if mark in _STARS and not pieces[0].instead and not pieces[-1].instead:
        yield _Piece(f"{_STARS[mark]}{middle}{_STARS[mark]}", tagged)
    else:
        yield _Piece(tagged)
    if after:
        yield _Piece(after)


def _edges(text: str) -> tuple[str, str, str]:
    found = _EDGES.match(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def _leaf(item: Inline, names: Names) -> str:
    match item:
        case Run():
            is_code = Mark.CODE in item.marks and _PLAIN_CODE.fullmatch(item.text)
            return (
                f"`{item.text}`"
                if is_code and item.text.strip() == item.text
                else escape(item.text)
            )
        case Picture():
            address = names.pictures.get(item.name, "")
            alt = escape(normalise(item.alt).strip())
            return f"![{alt}]({address})" if address else ""
        case NoteMark():
            label = names.notes.get(item.note, "")
            return f"[^{label}]" if label else ""
        case Break():
            return " "

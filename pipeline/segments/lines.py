"""The text as Python-Markdown sees it, and the way back to the author's bytes.

Python-Markdown reads a text with line feeds only, tabs expanded to columns of four and
its own two control characters taken out. The scanner works on that view; every offset is
brought back to the source before anything is cut, so that the source is never rewritten.
"""

import re
from bisect import bisect_right
from itertools import accumulate

#: Width of a tab and of one level of indentation (Python-Markdown's ``tab_length``).
TAB = 4
#: Marks a line that stands for a region that is not Markdown text (a fence, HTML).
STX, ETX = "\x02", "\x03"

#: A line of the view: its text without container prefixes, the view offset of its start.
Line = tuple[str, int]

_MARKS = ("\r", "\t", STX, ETX)
_DIFFERS = re.compile(r"\A\ufeff|\r\n?|\t+|[\x02\x03]+")
_BLANK_LINE = re.compile(r"\n +(?=\n)")
_LINE_END = re.compile(r"\r\n?|\n")
_PLACEHOLDER = re.compile(r"([> ]*)\x02(\d+)\x03")


class View:
    """A source text as Python-Markdown sees it.

    Attributes:
        source: the author's text, untouched.
        text: the view.
    """

    __slots__ = ("_source_at", "_starts", "_view_at", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        self._view_at = [0]
        self._source_at = [0]
        self._starts: list[int] | None = None
        # Four searches for one character each are faster than one pattern.
        differs = any(mark in source for mark in _MARKS) or source.startswith("\ufeff")
        self.text = self._normalise(source) if differs else source

    def _normalise(self, source: str) -> str:
        parts: list[str] = []
        length = done = line_start = 0
        for found in _DIFFERS.finditer(source):
            parts.append(source[done : found.start()])
            length += found.start() - done
            done = found.end()
            last_line = source.rfind("\n", found.start() - len(parts[-1]), found.start())
            if last_line >= 0:
                line_start = length - (found.start() - last_line - 1)
            new = _replacement(found[0], length - line_start)
            parts.append(new)
            length += len(new)
            if new == "\n":
                line_start = length
            self._view_at.append(length)
            self._source_at.append(done)
        parts.append(source[done:])
        return "".join(parts)

    def to_source(self, offset: int) -> int:
        """The offset in the source of an offset in the view."""
        if len(self._view_at) == 1:
            return offset
        at = bisect_right(self._view_at, offset) - 1
        found = self._source_at[at] + offset - self._view_at[at]
        # Inside expanded tabs there are more columns than characters.
        return min(found, self._source_at[at + 1]) if at + 1 < len(self._source_at) else found

    def line_of(self, source_offset: int) -> int:
        """The line of a source offset, counted from 1."""
        if self._starts is None:
            self._starts = _line_starts(self.source)
        return bisect_right(self._starts, source_offset) + 1

    @property
    def newline(self) -> str:
        """How the source ends its lines."""
        found = _LINE_END.search(self.source)
        return found[0] if found else "\n"


def _line_starts(source: str) -> list[int]:
    """The offsets after each line end of a source."""
    if "\r" in source:
        return [found.end() for found in _LINE_END.finditer(source)]
    return list(accumulate([len(line) + 1 for line in source.split("\n")[:-1]]))


def _replacement(found: str, column: int) -> str:
    if found[0] == "\t":
        return " " * (TAB * len(found) - column % TAB)
    return "\n" if found.startswith("\r") else ""


def find_placeholder(text: str) -> int | None:
    """The number of the region that a line stands for; None for a line of text."""
    if STX not in text:
        return None
    found = _PLACEHOLDER.match(text)
    return int(found[2]) if found else None


def split_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of a part of the view; lines of spaces only become empty."""
    lines: list[Line] = []
    at = start
    for piece in text[start:end].split("\n"):
        lines.append(("" if piece.isspace() and not piece.strip(" ") else piece, at))
        at += len(piece) + 1
    return lines


def detab(lines: list[Line], width: int = TAB) -> tuple[list[Line], list[Line]]:
    """Take one level of indentation away: the indented lines, then the first that is not on."""
    indent = " " * width
    for number, (text, _) in enumerate(lines):
        if text and not text.startswith(indent) and text.strip():
            return [_dedent(line, width) for line in lines[:number]], lines[number:]
    return [_dedent(line, width) for line in lines], []


def _dedent(line: Line, width: int) -> Line:
    text, start = line
    return (text[width:], start + width) if text.strip() else ("", start)


def loose_detab(lines: list[Line], width: int) -> list[Line]:
    """Take indentation away where it is; leave lines that have less as they are."""
    indent = " " * width
    return [
        (text[width:], start + width) if text.startswith(indent) else (text, start)
        for text, start in lines
    ]

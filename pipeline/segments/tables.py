r"""Tables: where one begins, and where its cells lie. Pipes in code and ``\|`` do not divide."""

import re
from dataclasses import dataclass

from pipeline.segments.lines import Line

_MARKS = re.compile(r"\\\\|(?P<escaped>\\`+)|(?P<ticks>`+)|\\\||(?P<pipe>\|)")
_END_BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table's cells.

    Attributes:
        header: cells of the first row.
        body: cells of the rows after the row of dashes.
    """

    header: tuple[Line, ...]
    body: tuple[tuple[Line, ...], ...]


def read_table(block: list[Line]) -> Rows | None:
    """The cells of a block that is a table; None where it is none."""
    if len(block) < 2 or "|" not in block[0][0]:  # noqa: PLR2004 - header and dashes
        return None
    first, second = block[0][0].strip(" "), block[1][0].strip(" ")
    has_border = first.startswith("|") or _END_BORDER.search(first) is not None
    if set(second) - set("|:- "):
        return None
    header = split_row(block[0], has_border=has_border)
    dashes = split_row(block[1], has_border=has_border)
    if len(header) != len(dashes):
        return None
    if len(header) == 1 and not (has_border and all(_has_pipe(line[0]) for line in block[1:])):
        return None
    width = len(header)
    body = tuple(split_row(line, has_border=has_border)[:width] for line in block[2:])
    return Rows(header=header, body=body)


def _has_pipe(text: str) -> bool:
    bare = text.strip(" ")
    return bare.startswith("|") or _END_BORDER.search(bare) is not None


def split_row(line: Line, *, has_border: bool) -> tuple[Line, ...]:
    """A row's cells, spaces around them taken off."""
    text, start = line
    bare = text.lstrip(" ")
    start += len(text) - len(bare)
    bare = bare.rstrip(" ")
    if has_border:
        if bare.startswith("|"):
            bare, start = bare[1:], start + 1
        if _END_BORDER.search(bare):
            bare = bare[:-1]
    cells: list[Line] = []
    at = 0
    for pipe in [*find_pipes(bare), len(bare)]:
        cell = bare[at:pipe]
        inner = cell.lstrip(" ")
        cells.append((inner.rstrip(" "), start + at + len(cell) - len(inner)))
        at = pipe + 1
    return tuple(cells)


def find_pipes(text: str) -> list[int]:
    """Offsets of the pipes that divide cells."""
    if "`" not in text and "\\" not in text:
        return [found.start() for found in re.finditer(r"\|", text)]
    pipes: list[int] = []
    ticks: list[tuple[int, int, int, int]] = []
    for found in _MARKS.finditer(text):
        if found["pipe"]:
            pipes.append(found.start())
        elif found["escaped"]:
            ticks.append((len(found[0]) - 1, found.start(), found.end() - 1, 1))
        elif found["ticks"]:
            ticks.append((len(found[0]), found.start(), found.end() - 1, 0))
    regions = _code_regions(ticks)
    return [pipe for pipe in pipes if not _is_within(pipe, regions)]


def _code_regions(ticks: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """From each run of backticks to the next of the same length, as the tables extension pairs."""
    following: dict[int, list[int]] = {}
    for number in range(len(ticks) - 1, -1, -1):
        following.setdefault(ticks[number][0], []).append(number)
    regions: list[tuple[int, int]] = []
    at = 0
    while at < len(ticks):
        size = ticks[at][0] - ticks[at][3]
        later = following.get(size, [])
        while later and later[-1] <= at:
            later.pop()
        if size and later:
            regions.append((ticks[at][1], ticks[later[-1]][2]))
            at = later[-1] + 1
        else:
            at += 1
    return regions


def _is_within(offset: int, regions: list[tuple[int, int]]) -> bool:
    low, high = 0, len(regions)
    while low < high:
        middle = (low + high) // 2
        if regions[middle][1] < offset:
            low = middle + 1
        else:
            high = middle
    return low < len(regions) and regions[low][0] <= offset

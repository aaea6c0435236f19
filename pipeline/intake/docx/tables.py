"""A table of Word → its cells, and which of them go over several columns or rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.intake.docx.paragraphs import Story
from pipeline.intake.elements import attribute, child, is_on, name_of
from pipeline.intake.model import Blocks, Cell, Table, block_text
from pipeline.intake.numbers import find_number

_MOST_COLUMNS = 60
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "customXml", "moveTo"})


@dataclass(slots=True)
class _Open:
    """A cell that is not yet read to its last row."""

    blocks: Blocks
    columns: int
    rows: int = 1


@dataclass(slots=True)
class _Grid:
    rows: list[list[_Open]] = field(default_factory=list)
    headers: int = 0
    going_on: dict[int, _Open] = field(default_factory=dict)


def read_table(
    element: etree._Element, story: Story, read: Callable[[etree._Element], Blocks]
) -> Table:
    """Read a table.

    Args:
        element: the table.
        story: what it is a part of.
        read: reads the blocks of a cell.
    """
    place = f"table (“{_first_words(element)}”)" if _first_words(element) else "a table"
    grid = _Grid()
    for row in _children(element, "tr"):
        if child(row, "trPr", "del") is not None:
            story.notebook.change(
                f"The deletion of a row (“{_first_words(row)}”) was carried out.",
                "Accept or reject the changes in the document, if this is not what was meant.",
                place,
            )
            continue
        if is_on(child(row, "trPr", "tblHeader")) and grid.headers == len(grid.rows):
            grid.headers += 1
        grid.rows.append(list(_row(row, grid, read)))
    rows = tuple(
        tuple(Cell(blocks=c.blocks, columns=c.columns, rows=c.rows) for c in row)
        for row in grid.rows
    )
    return Table(rows=rows, headers=grid.headers, place=place)


def _first_words(element: etree._Element) -> str:
    text = " ".join(each.text or "" for each in element.iter("{*}t")).split()
    return " ".join(text)[:40]


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    for each in element:
        if not isinstance(each.tag, str):
            continue
        if name_of(each) == name:
            yield each
        elif name_of(each) in _WRAPPERS:
            yield from _children(each, name)


def _row(
    row: etree._Element, grid: _Grid, read: Callable[[etree._Element], Blocks]
) -> Iterator[_Open]:
    """The cells that begin in a row; one that goes on makes the cell above it longer."""
    column = _number(child(row, "trPr", "gridBefore"), 0)
    for n in range(column):
        grid.going_on.pop(n, None)
        yield _Open((), 1)
    for cell in _children(row, "tc"):
        if column >= _MOST_COLUMNS:
            return
        properties = child(cell, "tcPr")
        columns = min(_number(child(properties, "gridSpan"), 1), _MOST_COLUMNS)
        merge = child(properties, "vMerge")
        above = grid.going_on.get(column)
        blocks = read(cell)
        if merge is not None and attribute(merge, "val") != "restart" and above is not None:
            above.rows += 1
            above.blocks += blocks if block_text(blocks) else ()
        else:
            opened = _Open(blocks, columns)
            grid.going_on.pop(column, None)
            if merge is not None:
                grid.going_on[column] = opened
            yield opened
        column += columns


def _number(element: etree._Element | None, default: int) -> int:
    return max(default, min(find_number(attribute(element, "val")) or default, _MOST_COLUMNS))

"""A table of an OpenDocument text → its rows and cells."""

from collections.abc import Callable, Iterator

from lxml import etree

from pipeline.intake.elements import attribute, name_of
from pipeline.intake.model import Blocks, Cell, Table
from pipeline.intake.numbers import find_number

_MOST = 60
_GROUPS = frozenset({"table-rows", "table-row-group"})


def read_table(element: etree._Element, read: Callable[[etree._Element], Blocks]) -> Table:
    """Read a table.

    Args:
        element: the table.
        read: reads the blocks of a cell.
    """
    rows = list(_rows(element, is_head=False))
    words = " ".join(" ".join(element.itertext()).split())[:40]
    headers = 0
    for _, is_head in rows:
        if not is_head:
            break
        headers += 1
    return Table(
        rows=tuple(tuple(_cells(row, read)) for row, _ in rows),
        headers=headers,
        place=f"table (“{words}”)",
    )


def _rows(element: etree._Element, *, is_head: bool) -> Iterator[tuple[etree._Element, bool]]:
    for each in element:
        name = name_of(each) if isinstance(each.tag, str) else ""
        if name == "table-row":
            yield each, is_head
        elif name in _GROUPS or name == "table-header-rows":
            yield from _rows(each, is_head=is_head or name == "table-header-rows")


def _cells(row: etree._Element, read: Callable[[etree._Element], Blocks]) -> Iterator[Cell]:
    """The cells of a row; those that others go over are named too, and left out."""
    found = [each for each in row if isinstance(each.tag, str) and name_of(each) == "table-cell"]
    for cell in found[:_MOST]:
        yield Cell(
            blocks=read(cell),
            columns=_span(cell, "number-columns-spanned"),
            rows=_span(cell, "number-rows-spanned"),
        )
        for _ in range(_span(cell, "number-columns-repeated") - 1):
            yield Cell(blocks=read(cell))


def _span(cell: etree._Element, name: str) -> int:
    return min(max(find_number(attribute(cell, name)) or 1, 1), _MOST)

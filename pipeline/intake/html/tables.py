"""A table of HTML → its rows and cells."""

from collections.abc import Callable, Iterator
from itertools import takewhile
from xml.etree import ElementTree as ET

from pipeline.intake.model import Blocks, Cell, Table
from pipeline.intake.numbers import find_number

_MOST_COLUMNS = 60
_MOST_ROWS = 1_000
_GROUPS = frozenset({"thead", "tbody", "tfoot"})


def read_table(element: ET.Element, read: Callable[[ET.Element], Blocks]) -> Table:
    """Read a table.

    Args:
        element: the table.
        read: reads the blocks of a cell.
    """
    rows = list(_rows(element))
    words = " ".join("".join(f"{text} " for text in element.itertext()).split())[:40]
    headers = sum(1 for _ in takewhile(_is_header, rows))
    return Table(
        rows=tuple(tuple(_cell(cell, read) for cell in _cells(row)) for row, _ in rows),
        headers=headers,
        place=f"table (“{words}”)",
    )


def _rows(element: ET.Element) -> Iterator[tuple[ET.Element, bool]]:
    """The rows of a table, and whether each stands in its head; those of tables within left out."""
    for child in element:
        if child.tag == "tr":
            yield child, False
        elif child.tag in _GROUPS:
            yield from ((row, child.tag == "thead") for row in child if row.tag == "tr")


def _is_header(row: tuple[ET.Element, bool]) -> bool:
    cells = _cells(row[0])
    return row[1] or (bool(cells) and all(cell.tag == "th" for cell in cells))


def _cells(row: ET.Element) -> list[ET.Element]:
    return [cell for cell in row if cell.tag in {"td", "th"}][:_MOST_COLUMNS]


def _cell(cell: ET.Element, read: Callable[[ET.Element], Blocks]) -> Cell:
    return Cell(
        blocks=read(cell),
        columns=_span(cell, "colspan", _MOST_COLUMNS),
        rows=_span(cell, "rowspan", _MOST_ROWS),
    )


def _span(cell: ET.Element, name: str, most: int) -> int:
    return min(max(find_number((cell.get(name) or "").strip()) or 1, 1), most)

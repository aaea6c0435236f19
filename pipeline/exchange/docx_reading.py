"""A Word file (docx) → a sheet: the table that was sent, as it came back.

Tracked changes are read as accepted. Merged cells and tables within the table are refused with
their row; pictures, comments and what stands outside of tables are nobody's translation.
"""

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from lxml import etree

from pipeline.exchange.docx_writing import ABOUT, COLUMNS, CONTEXT_LINE, MEMORY_LINE
from pipeline.exchange.grid import CONTEXT, Cell, fail, has_columns, parse_grid
from pipeline.exchange.package import read_package, read_part
from pipeline.exchange.sheet import Sheet

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main"
#: What was taken out while changes were tracked, and what a program may show in another's place.
_GONE = frozenset({"del", "moveFrom", "Fallback", "drawing", "pict", "object"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_MOST_COLUMNS = 60


def parse_docx(data: bytes, path: Path) -> Sheet:
    """Read a Word file's bytes.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        ExchangeError: it is no Word file of ours, could harm, or its table has merged cells;
            with the row.
    """
    parts = read_package(data, path, main=_TYPE, ending=".docx")
    name = next((name for name in parts if name.endswith("/document.xml")), "")
    root = read_part(parts.get(name, b""), name or "document.xml", path)
    tables = [_table(table, number) for number, table in enumerate(_tables(root), start=1)]
    if sum(has_columns(table) for table in tables) > 1:
        return parse_grid(_joined(tables), path)
    if not tables:
        fail(path, "The file has no table.", "Export the resource anew, and write into that file.")
    return parse_grid([row for table in tables for row in table], path)


def _joined(tables: list[list[list[Cell]]]) -> list[list[Cell]]:
    """The rows of a table that a translator has split in two, its names repeated."""
    rows: list[list[Cell]] = []
    is_begun = False
    for table in tables:
        for row in table:
            if is_begun and has_columns([row]):
                continue
            is_begun = is_begun or has_columns([row])
            rows.append(row)
    return rows


def _tables(root: etree._Element) -> Iterator[etree._Element]:
    """The tables of the text, those within others left out."""
    for table in root.iter("{*}tbl"):
        if not any(_name(each) == "tbl" for each in table.iterancestors()):
            yield table


def _table(table: etree._Element, number: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    places: list[int | None] = []
    about: int | None = None
    for at, element in enumerate(_children(table, "tr"), start=1):
        cells = _cells(element, f"table {number}, row {at}")
        texts = [cell.text.strip() for cell in cells]
        if about is None and ABOUT in texts and has_columns([cells]):
            about = texts.index(ABOUT)
            cells.append(Cell(text=CONTEXT, place=""))
        elif about is not None:
            cells += [Cell(text="", place="")] * (len(COLUMNS) - len(cells))
            cells.append(_context(cells[about]))
        places.append(about)
        rows.append(cells)
    return rows


def _context(about: Cell) -> Cell:
    """The context out of what a cell tells about a text."""
    # What was translated elsewhere stands last, and may look like anything.
    ours = takewhile(lambda line: line != MEMORY_LINE, about.text.split("\n"))
    lines = (line for line in ours if line.startswith(CONTEXT_LINE))
    return Cell(text=next(lines, "").removeprefix(CONTEXT_LINE), place=about.place)


def _cells(row: etree._Element, place: str) -> list[Cell]:
    cells: list[Cell] = []
    for cell in _children(row, "tc"):
        name = f"{place}, column {len(cells) + 1}"
        cells.append(Cell(text=_text(cell), place=name, problem=_problem(cell)))
        if len(cells) == _MOST_COLUMNS:
            break
    return cells


def _problem(cell: etree._Element) -> str:
    properties = cell.find("{*}tcPr")
    if properties is not None:
        span = properties.find("{*}gridSpan")
        width = next(iter(span.values()), "1") if span is not None else "1"
        if width != "1" or properties.find("{*}vMerge") is not None:
            return "merged cells"
    return "a table of its own" if cell.find(".//{*}tbl") is not None else ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, in content controls and tracked changes too."""
    for child in element:
        if _name(child) == name:
            if not _is_deleted(child):
                yield child
        elif _name(child) in {"sdt", "sdtContent", "ins", "customXml", "moveTo"}:
            yield from _children(child, name)


def _is_deleted(row: etree._Element) -> bool:
    return row.find("{*}trPr/{*}del") is not None


def _text(cell: etree._Element) -> str:
    paragraphs = [_told(each) for each in cell.iter("{*}p")]
    while paragraphs and not paragraphs[-1].strip():
        paragraphs.pop()
    return "\n".join(paragraphs)


def _told(element: etree._Element) -> str:
    parts: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name not in _GONE:
            parts.append(_told(child))
    return "".join(parts)


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)

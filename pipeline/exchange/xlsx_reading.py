"""A spreadsheet (xlsx) → a sheet: what translators' programs write back.

Only texts are read. A formula, a number in a format of its own, or merged cells where a text
should stand are refused with their cell; nothing is calculated, opened or followed.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from pipeline.exchange.grid import Cell, fail, has_columns, parse_grid
from pipeline.exchange.package import read_package, read_part
from pipeline.exchange.sheet import Sheet, without_unportable
from pipeline.exchange.xlsx_writing import column_name

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"[0-9]{1,9}")
#: Number formats that show a whole number as it is stored: General, 0, text.
_AS_STORED = frozenset({"0", "1", "49"})
#: Cells beyond this column, and rows beyond this one, are nobody's work on a leaflet.
_MOST_COLUMNS = 200
_MOST_ROWS = 100_000
#: More merged cells than these are there to keep the reader busy.
_MOST_MERGED = 200_000


class _Range(NamedTuple):
    """Merged cells; all counted from 0, the last included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the cells of all worksheets share.

    Attributes:
        strings: shared strings.
        formats: number format of each cell style.
    """

    strings: Sequence[str]
    formats: Sequence[str]


def parse_xlsx(data: bytes, path: Path) -> Sheet:
    """Read a spreadsheet's bytes.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        ExchangeError: it is no spreadsheet of ours, could harm, or holds something else than a
            text where one should stand; with the cell.
    """
    parts = read_package(data, path, main=_TYPE, ending=".xlsx")
    book = _Book(strings=_strings(parts, path), formats=_formats(parts, path))
    grids = [_grid(read_part(parts[name], name, path), book, path) for name in _sheets(parts, path)]
    tables = [grid for grid in grids if has_columns(grid)]
    if len(tables) > 1:
        fail(path, "Two of its sheets hold translations.", "Keep the one that counts.")
    return parse_grid((tables or grids or [[]])[0], path)


def _sheets(parts: Mapping[str, bytes], path: Path) -> Iterator[str]:
    """The names of the worksheets' parts, in the order of the tabs."""
    main = next((name for name in parts if posixpath.basename(name) == "workbook.xml"), "")
    folder, links = posixpath.dirname(main), {}
    relations = f"{folder}/_rels/workbook.xml.rels"
    for link in read_part(parts.get(relations, b""), relations, path):
        if link.get("Type", "").endswith("/worksheet"):
            target = posixpath.join("/", folder, link.get("Target", ""))
            links[link.get("Id")] = posixpath.normpath(target).lstrip("/")
    for element in read_part(parts.get(main, b""), "workbook.xml", path).iter("{*}sheet"):
        number = next((v for k, v in element.items() if k.endswith("}id")), None)
        if links.get(number) in parts:
            yield links[number]


def _strings(parts: Mapping[str, bytes], path: Path) -> Sequence[str]:
    name = next((name for name in parts if name.endswith("/sharedStrings.xml")), "")
    if not name:
        return ()
    return [_text(element) for element in read_part(parts[name], name, path).iter("{*}si")]


def _formats(parts: Mapping[str, bytes], path: Path) -> Sequence[str]:
    name = next((name for name in parts if name.endswith("/styles.xml")), "")
    if not name:
        return ()
    styles = read_part(parts[name], name, path).find("{*}cellXfs")
    return [] if styles is None else [xf.get("numFmtId", "0") for xf in styles]


def _text(element: etree._Element) -> str:
    """The text of a string, its runs put together, reading aids left out."""
    runs = [child for child in element if _name(child) in {"t", "r"}]
    told = [run if _name(run) == "t" else run.find("{*}t") for run in runs]
    text = "".join(each.text or "" for each in told if each is not None)
    return without_unportable(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _grid(root: etree._Element, book: _Book, path: Path) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for element in root.iter("{*}row"):
        number = _number(element.get("r", ""))
        at = max(len(rows), number - 1)
        if at >= _MOST_ROWS:
            fail(path, f"The sheet has more than {_MOST_ROWS:,} rows.", "Take empty rows out.")
        rows += [[] for _ in range(at - len(rows))]
        rows.append(_cells(element, at, book))
    merged = [_range(each.get("ref", "")) for each in root.iter("{*}mergeCell")]
    _mark(rows, [each for each in merged if each], path)
    return rows


def _cells(row: etree._Element, at: int, book: _Book) -> list[Cell]:
    cells: list[Cell] = []
    for element in row.iter("{*}c"):
        found = _REFERENCE.fullmatch(element.get("r", ""))
        column = _column(found[1]) if found else len(cells)
        if column >= _MOST_COLUMNS or column < len(cells):
            continue
        cells += [_empty(each, at) for each in range(len(cells), column)]
        text, problem = _value(element, book)
        cells.append(Cell(text=text, place=f"{column_name(column)}{at + 1}", problem=problem))
    return cells


def _empty(column: int, row: int) -> Cell:
    return Cell(text="", place=f"{column_name(column)}{row + 1}")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: etree._Element, book: _Book) -> tuple[str, str]:
    """The text of a cell, and what it is if it is none."""
    kind, value = cell.get("t", "n"), cell.findtext("{*}v") or ""
    if cell.find("{*}f") is not None:
        return value, "a formula"
    if kind == "inlineStr":
        told = cell.find("{*}is")
        return ("" if told is None else _text(told)), ""
    if kind == "s":
        at = _number(value, otherwise=len(book.strings))
        known = at < len(book.strings)
        return (book.strings[at], "") if known else ("", "a text that is not there")
    if kind == "str" or not value:
        return value, ""
    return value, "" if kind == "n" and _is_as_stored(cell, value, book) else _problem(kind)


def _is_as_stored(cell: etree._Element, value: str, book: _Book) -> bool:
    """Whether a number is shown as it is stored: 999, and not a date or 10%."""
    at = _number(cell.get("s", ""))
    known = book.formats[at] if at < len(book.formats) else "0"
    return bool(_WHOLE.fullmatch(value)) and known in _AS_STORED


def _number(text: str, *, otherwise: int = 0) -> int:
    return int(text) if _NUMBER.fullmatch(text) else otherwise


def _problem(kind: str) -> str:
    if kind in {"n", "d"}:
        return "a number or a date, which the program shows in a form of its own"
    return "a truth value" if kind == "b" else "an error of the spreadsheet"


def _range(reference: str) -> _Range | None:
    ends = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
    if len(ends) != 2 or not (ends[0] and ends[1]):  # noqa: PLR2004 - first and last
        return None
    first, last = ends[0], ends[1]
    return _Range(int(first[2]) - 1, _column(first[1]), int(last[2]) - 1, _column(last[1]))


def _mark(rows: list[list[Cell]], merged: Sequence[_Range], path: Path) -> None:
    """Say of each merged cell that it is one."""
    count = 0
    for area in merged:
        for at in range(area.top, min(area.bottom + 1, len(rows))):
            count += max(area.right - area.left, 0) + 1
            if count > _MOST_MERGED:
                fail(path, f"More than {_MOST_MERGED:,} cells are merged.", "Undo the merging.")
            cells = rows[at]
            right = min(area.right, _MOST_COLUMNS)
            cells += [_empty(column, at) for column in range(len(cells), right + 1)]
            for column in range(area.left, right + 1):
                cells[column] = replace(cells[column], problem="merged cells")

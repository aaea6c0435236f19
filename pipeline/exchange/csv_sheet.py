"""A sheet ⇄ CSV (RFC 4180), for whatever else can open a table.

Written as UTF-8 with a byte order mark, by which Excel knows it. Read with comma, semicolon or tab,
in UTF-8 or UTF-16. A program may take a cell that begins with ``=`` for a formula and run it, make
7 of 007, and a date of 1/3: such texts have an apostrophe before them, which is taken off again.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pipeline.exchange.grid import KEY, Cell, fail, parse_grid, render_grid
from pipeline.exchange.package import MOST_BYTES
from pipeline.exchange.sheet import Sheet, without_unportable
from pipeline.exchange.xlsx_writing import column_name
from pipeline.formulas import guard, unguard

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE = "Save it as “CSV UTF-8”, or as .xlsx."
_MOST_FIELD = 200_000


def render_csv(sheet: Sheet) -> bytes:
    """Write a sheet as CSV. The same sheet gives the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in render_grid(sheet):
        writer.writerow([guard(without_unportable(cell)) for cell in row])
    return codecs.BOM_UTF8 + text.getvalue().encode()


def parse_csv(data: bytes, path: Path) -> Sheet:
    """Read a CSV file's bytes.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Raises:
        ExchangeError: it is in another encoding or no CSV, or no row names its columns; with the
            cell where that is known.
    """
    if len(data) > MOST_BYTES:
        fail(path, f"The file has more than {MOST_BYTES:,} bytes.", "Export the resource anew.")
    text = _decode(data, path)
    return parse_grid(list(_rows(text, path)), path)


def _decode(data: bytes, path: Path) -> str:
    if data.startswith(_UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            fail(path, "The file is cut off: half a character is at its end.", _SAVE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place_of(data[: error.start])
        fail(
            path,
            f"{place} is not in UTF-8: the program has saved the file in an older encoding, in "
            "which letters of many languages are lost.",
            _SAVE,
            line=data.count(b"\n", 0, error.start) + 1,
        )
    if "\0" in text:
        fail(path, "The file is no text; it may be UTF-16 without a mark.", _SAVE)
    return text


def _place_of(before: bytes) -> str:
    """The cell that follows the bytes of a file, as a spreadsheet calls it."""
    text = before.decode("utf-8-sig", "replace")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))) or [[""]]
    return f"{column_name(max(len(rows[-1]) - 1, 0))}{len(rows)}"


def _delimiter(text: str) -> str:
    """What stands between columns: counted in the row that names them."""
    names = next((line for line in text.splitlines() if KEY in line), text[:1000])
    return max(",;\t", key=names.count)


def _rows(text: str, path: Path) -> Iterator[list[Cell]]:
    csv.field_size_limit(_MOST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for number, fields in enumerate(reader, start=1):
            yield [
                Cell(text=unguard(field), place=f"{column_name(at)}{number}")
                for at, field in enumerate(fields)
            ]
    except csv.Error as error:
        fail(path, f"The file is no CSV: {error}.", _SAVE, line=reader.line_num)

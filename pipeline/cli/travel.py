"""Formats in which a resource travels: those of ``pipeline.exchange``, and PO."""

import codecs
from pathlib import Path

from pipeline.catalogs import parse_catalog, render_catalog
from pipeline.errors import ExchangeError
from pipeline.exchange import (
    FORMATS,
    MOST_BYTES,
    Sheet,
    find_format,
    from_catalog,
    to_catalog,
)

#: What ``--format`` may name.
NAMES = (*FORMATS, "po")
_PO = ".po"


def file_name(sheet: Sheet, form: str) -> str:
    """What the file of a sheet is called: ``covid-19.when-to-get-help.so.xlsx``."""
    ending = _PO if form == "po" else FORMATS[form].ending
    return f"{sheet.resource.replace('/', '.')}.{sheet.locale}{ending}"


def render_sheet(sheet: Sheet, form: str, headers: tuple[tuple[str, str], ...]) -> bytes:
    """Write a sheet in a format.

    Args:
        sheet: the sheet.
        form: one of ``NAMES``.
        headers: the header of the catalog that it was made from.

    Raises:
        ExchangeError: the format cannot hold it.
    """
    if form == "po":
        return render_catalog(to_catalog(sheet, headers))
    return FORMATS[form].render(sheet)


def read_sheet(path: Path) -> Sheet:
    """Read a file that came back.

    Raises:
        ExchangeError: it is of no kind that is read, too large, damaged, or could harm.
        CatalogError: it is a PO file, and damaged.
    """
    parse = _parse_po if path.suffix.lower() == _PO else find_format(path).parse
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ExchangeError(
            f"The file cannot be read: {error.strerror}.",
            remedy="Check its name and its rights.",
            path=path,
        ) from None
    return parse(data, path)


def _parse_po(data: bytes, path: Path) -> Sheet:
    plain = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    return from_catalog(parse_catalog(plain, path))

"""Bytes of a PO file → text, or what is wrong with them."""

import re
from pathlib import Path
from typing import NoReturn

from pipeline.errors import CatalogError

_MARKS = {
    b"\xef\xbb\xbf": "UTF-8 with a byte order mark",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_CHARSET = re.compile(rb"charset=([\w-]+)")
_UTF_8 = re.compile(rb"utf-?8", re.IGNORECASE)
_SAVE = "Save the file as UTF-8 without a byte order mark and with Unix line ends."


def decode(data: bytes, path: Path) -> str:
    """The text of a PO file.

    Raises:
        CatalogError: it is empty, not UTF-8, begins with a byte order mark, or has NUL
            bytes or Windows line ends.
    """
    if not data.strip():
        _fail(path, 1, "The file is empty.", "Delete it, then run `pipeline sync`.")
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            _fail(path, 1, f"The file is {name}.", _SAVE)
    if (at := data.find(b"\0")) >= 0:
        utf_16 = data[1::2].count(0) > len(data) // 4 or data[::2].count(0) > len(data) // 4
        what = "The file looks like UTF-16." if utf_16 else "The file has a NUL byte."
        _fail(path, _line(data, at), what, f"{_SAVE} If it was cut off, restore it.")
    if (at := data.find(b"\r")) >= 0:
        _fail(path, _line(data, at), "The line ends in the Windows way (CRLF).", _SAVE)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"The line is not UTF-8; it is probably {_likely_charset(data)}."
        _fail(path, _line(data, error.start), message, _SAVE)


def _likely_charset(data: bytes) -> str:
    """What the header says, else the encoding that most editors used before UTF-8."""
    declared = _CHARSET.search(data)
    if declared and not _UTF_8.fullmatch(declared[1]) and declared[1] != b"CHARSET":
        return declared[1].decode("ascii")
    return "windows-1252"


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _fail(path: Path, line: int, message: str, remedy: str) -> NoReturn:
    raise CatalogError(message, remedy=remedy, path=path, line=line)

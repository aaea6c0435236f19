"""Tables with tabs between columns (TSV), as spreadsheets write them → units.

A row is source, target, and whatever else. A first row that names its columns says which is
which. A field in quotes may hold line ends and doubled quotes; a quote that does not end before
the next tab is a quote of the text.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from pipeline.errors import CatalogError
from pipeline.model import Unit

#: A field in quotes up to the tab or the end of the row, or one without.
_FIELD = re.compile(r'"((?:[^"\t]|"")*)"(?=\t|\r?\n|\r|\Z)|([^\t\r\n]*)')
_END = re.compile(r"\r\n|\n|\r")
#: What the columns may be called in a first row, in small letters.
_SOURCE = frozenset({"source", "source text", "src", "msgid"})
#: The same beside a column that is surely the target; alone they may be a text themselves.
_PERHAPS_SOURCE = frozenset({"english", "en", "original", "text"})
_TARGET = frozenset({"target", "target text", "tgt", "msgstr", "translation"})
_CONTEXT = frozenset({"context", "msgctxt"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = "Save the table as UTF-8 text with tabs between the columns."

#: A row: the line that it begins on, and its fields.
Row = tuple[int, Sequence[str]]


def parse_tsv(data: bytes, path: Path) -> tuple[Unit, ...]:
    """Read a table's bytes.

    Args:
        data: the whole file; a byte order mark and Windows line ends are fine.
        path: where it comes from, for messages.

    Returns:
        A unit for each row that is not empty.

    Raises:
        CatalogError: it is no text, or a row lacks its source or its second column.
    """
    rows = [row for row in _rows(_decode(data, path)) if any(field.strip() for field in row[1])]
    if not rows:
        _fail(path, 1, "The table has no rows.", "Send it again.")
    columns = _columns(rows[0][1])
    if columns is None:
        columns = 0, 1, None
    else:
        rows = rows[1:]
    return tuple(_unit(row, columns, path) for row in rows)


def _decode(data: bytes, path: Path) -> str:
    try:
        # What Excel calls "Unicode text" is UTF-16 with a mark.
        return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        _fail(path, data.count(b"\n", 0, error.start) + 1, "The line is not UTF-8.", _SAVE)


def _rows(text: str) -> Iterator[Row]:
    at, line = 0, 1
    while at < len(text):
        start, fields = line, []
        while True:
            found = _FIELD.match(text, at)
            if found is None:  # pragma: no cover  # its last branch matches anywhere
                break
            quoted, plain = found.groups()
            fields.append(plain if quoted is None else quoted.replace('""', '"'))
            line += len(_END.findall(quoted or ""))
            at = found.end()
            if text[at : at + 1] != "\t":
                break
            at += 1
        end = _END.match(text, at)
        at, line = (end.end() if end else at), line + 1
        yield start, fields
        if end is None and at >= len(text):
            return


def _columns(fields: Sequence[str]) -> tuple[int, int, int | None] | None:
    """Where source, target and context stand; None where the first row names no columns."""
    names = [field.strip().casefold().replace("_", " ") for field in fields]
    source, target = _find(names, _SOURCE), _find(names, _TARGET)
    if source is None and target is not None:
        source = _find(names, _PERHAPS_SOURCE)
    if source is None and target is None:
        return None
    if source is None or target is None:
        # One is called by its language: it is the other of the first two columns.
        known = source if target is None else target
        other = 1 if known == 0 else 0
        source, target = (known, other) if target is None else (other, known)
    return (source or 0), (target or 0), _find(names, _CONTEXT)


def _find(names: Sequence[str], known: frozenset[str]) -> int | None:
    return next((place for place, name in enumerate(names) if name in known), None)


def _unit(row: Row, columns: tuple[int, int, int | None], path: Path) -> Unit:
    line, fields = row
    source, target, context = columns
    if max(source, target) >= len(fields):
        _fail(
            path,
            line,
            f"The row has {len(fields)} column{'' if len(fields) == 1 else 's'}.",
            "Put the source, a tab and the translation into it; the translation may be empty.",
        )
    if not fields[source].strip():
        _fail(path, line, "The row has no source.", "Add the source, or take the row out.")
    about = fields[context].strip() if context is not None and context < len(fields) else ""
    return Unit(
        msgid=_tidy(fields[source]),
        msgstr=_tidy(fields[target]),
        context=about or None,
        line=line,
    )


def _tidy(text: str) -> str:
    """A text without what surrounds it in its field, with Unix line ends."""
    return _END.sub("\n", text).strip(" \n")


def _fail(path: Path, line: int, message: str, remedy: str) -> NoReturn:
    raise CatalogError(message, remedy=remedy, path=path, line=line)

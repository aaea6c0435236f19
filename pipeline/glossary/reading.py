"""A glossary's file: CSV with a head, as spreadsheets write it.

``source_term`` and ``target_term`` are needed; ``status``, ``note`` and ``origin`` may follow, and
other columns are left alone. Comma, semicolon and tab may separate.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.errors import GlossaryError
from pipeline.glossary.terms import Glossary, Term, TermStatus

_NEEDED = ("source_term", "target_term")
_SAME = {
    "": TermStatus.ADMITTED,
    "deprecated": TermStatus.FORBIDDEN,
    "dnt": TermStatus.DO_NOT_TRANSLATE,
}


def read_glossary(path: Path) -> Glossary:
    """Read a glossary; an empty one where there is no file.

    Args:
        path: the CSV file, in UTF-8.

    Raises:
        GlossaryError: it cannot be read, or a row says what cannot be meant.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Glossary()
    except UnicodeDecodeError as error:
        raise GlossaryError(
            "The glossary is not in UTF-8.",
            remedy="Save it as CSV UTF-8.",
            path=path,
            line=error.object[: error.start].count(b"\n") + 1,
        ) from error
    except OSError as error:
        raise GlossaryError(
            f"The glossary cannot be read: {error.strerror}.", remedy="Check the file.", path=path
        ) from error
    return parse_glossary(text, path)


def parse_glossary(text: str, path: Path) -> Glossary:
    """A glossary from the text of its file.

    Args:
        text: the CSV.
        path: the file, for messages.

    Raises:
        GlossaryError: a column is missing, or a row says what cannot be meant.
    """
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if missing := [name for name in _NEEDED if name not in names]:
        raise GlossaryError(
            f"The glossary has no column `{missing[0]}`.",
            remedy="Its first line must name the columns source_term and target_term.",
            path=path,
            line=1,
        )
    rows.fieldnames = names
    try:
        return Glossary(_terms(rows, path))
    except csv.Error as error:
        raise GlossaryError(
            f"The glossary is no CSV: {error}.",
            remedy="Save it anew as CSV from a spreadsheet.",
            path=path,
            line=rows.line_num,
        ) from error


def _terms(rows: "csv.DictReader[str]", path: Path) -> Iterator[Term]:
    for row in rows:
        values = {
            key: (value or "").strip()
            for key, value in row.items()
            if isinstance(key, str) and not isinstance(value, list)
        }
        source = values["source_term"]
        if not source and not values["target_term"]:
            continue
        status = _status(values, path, rows.line_num)
        target = values["target_term"] or (source if status is TermStatus.DO_NOT_TRANSLATE else "")
        if not source or not target:
            raise GlossaryError(
                "A row of the glossary has only one of its two terms.",
                remedy="Fill in both, or take the row out.",
                path=path,
                line=rows.line_num,
            )
        yield Term(
            source=source,
            target=target,
            status=status,
            note=values.get("note", ""),
            origin=values.get("origin", ""),
            line=rows.line_num,
        )


def _status(values: Mapping[str, str], path: Path, line: int) -> TermStatus:
    text = values.get("status", "").lower().replace("-", " ").replace("_", " ")
    if text in _SAME:
        return _SAME[text]
    try:
        return TermStatus(text)
    except ValueError as error:
        raise GlossaryError(
            f"`{text}` is no status of a term.",
            remedy=f"Use one of {', '.join(TermStatus)}.",
            path=path,
            line=line,
        ) from error

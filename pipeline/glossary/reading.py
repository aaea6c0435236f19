"""A glossary's file: CSV with a head (RFC 4180), as spreadsheets write it.

``source_term`` and ``target_term`` are needed; ``status``, ``note`` and ``origin`` may follow, and
other columns are left alone. Comma, semicolon and tab may separate, in UTF-8 or UTF-16. A row with
the status ``candidate`` waits for a decision: its term is not looked for.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from pipeline.errors import GlossaryError
from pipeline.formulas import is_formula, unguard
from pipeline.glossary.contradictions import find_contradiction
from pipeline.glossary.terms import Glossary, Term, TermStatus

#: Columns in the order in which they are written.
COLUMNS = ("source_term", "target_term", "status", "note", "origin")
#: The status of a row about which nobody has decided yet.
CANDIDATE = "candidate"
_NEEDED = COLUMNS[:2]
_SAME = {
    "": TermStatus.ADMITTED,
    "deprecated": TermStatus.FORBIDDEN,
    "dnt": TermStatus.DO_NOT_TRANSLATE,
}
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE = "Save it as “CSV UTF-8”."
_MOST_BYTES = 10_000_000
#: Excel's word for what separates the columns, before the line that names them.
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_glossary(path: Path, *, source: str = "en") -> Glossary:
    """Read a glossary; an empty one where there is no file.

    Args:
        path: the CSV file.
        source: tag of the language of its source terms.

    Raises:
        GlossaryError: it cannot be read, or a row says what cannot be meant.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Glossary()
    except OSError as error:
        raise GlossaryError(
            f"The glossary cannot be read: {error.strerror}.", remedy="Check the file.", path=path
        ) from error
    return parse_glossary(_decode(data, path), path, source=source)


def parse_glossary(text: str, path: Path, *, source: str = "en") -> Glossary:
    """A glossary from the text of its file.

    Args:
        text: the CSV.
        path: the file, for messages.
        source: tag of the language of its source terms.

    Raises:
        GlossaryError: a column is missing, or a row says what cannot be meant.
    """
    table = _Table(path)
    terms = tuple(table.terms(text))
    if found := find_contradiction(terms):
        table.fail(found.message, found.remedy, line=found.line)
    return Glossary(terms, source=source, candidates=table.candidates)


def _decode(data: bytes, path: Path) -> str:
    table = _Table(path)
    if len(data) > _MOST_BYTES:
        table.fail(f"The glossary has more than {_MOST_BYTES:,} bytes.", "Check the file.")
    try:
        text = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        table.fail(
            "The glossary is not in UTF-8: letters of many languages are lost in it.",
            f"{_SAVE} Then look whether all letters are right.",
            line=data.count(b"\n", 0, error.start) + 1,
        )
    if "\0" in text:
        table.fail("The glossary is no text; it may be UTF-16 without a mark.", _SAVE, line=1)
    return text


@dataclass(slots=True)
class _Table:
    """A file whose rows are read."""

    path: Path
    candidates: list[str] = field(default_factory=list)

    def fail(self, message: str, remedy: str, *, line: int | None = None) -> NoReturn:
        raise GlossaryError(message, remedy=remedy, path=self.path, line=line)

    def terms(self, text: str) -> Iterator[Term]:
        """The rows about which somebody has decided; the others are noted."""
        rows = self._rows(text)
        _, head = next(rows, (1, []))
        names = ["_".join(name.lower().split()) for name in head]
        if missing := [name for name in _NEEDED if name not in names]:
            self.fail(
                f"The glossary has no column `{missing[0]}`.",
                "Its first line must name the columns source_term and target_term.",
                line=1,
            )
        for line, cells in rows:
            yield from self._term(self._values(names, cells, line), line)

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """The rows with the lines in which they begin."""
        above = _SEPARATOR.match(text)
        body = text[above.end() :] if above else text
        delimiter = above[1] if above else _delimiter(body)
        reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
        skipped = 1 if above else 0
        line = 1 + skipped
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + skipped + 1
        except csv.Error as error:
            self.fail(
                f"The glossary is no CSV from here on: {error}.",
                "Look for a quotation mark too many or too few, or save it from a spreadsheet.",
                line=line,
            )

    def _values(self, names: Sequence[str], cells: Sequence[str], line: int) -> dict[str, str]:
        if any(cell.strip() for cell in cells[len(names) :]):
            self.fail(
                "A row has more cells than there are columns.",
                "Put quotation marks around a text in which the sign between columns stands.",
                line=line,
            )
        values = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        for name in COLUMNS:
            if is_formula(values.get(name, "")):
                self.fail(
                    f"A spreadsheet takes {name} for a formula: `{values[name][:40]}`.",
                    "Write what the text is to be, with an apostrophe (') before it.",
                    line=line,
                )
        return {name: unguard(value) for name, value in values.items()}

    def _term(self, values: Mapping[str, str], line: int) -> Iterator[Term]:
        source, target = values.get("source_term", ""), values.get("target_term", "")
        if not source and not target:
            return
        if source and values.get("status", "").lower() == CANDIDATE:
            self.candidates.append(source)
            return
        status = self._status(values.get("status", ""), line)
        if status is TermStatus.DO_NOT_TRANSLATE:
            target = target or source
        if not source or not target:
            self.fail(
                "A row of the glossary has only one of its two terms.",
                "Fill in both, take the row out, or let its status be `candidate`.",
                line=line,
            )
        if not any(map(str.isalnum, source)):
            self.fail(f"`{source}` has no letter to look for.", "Take the row out.", line=line)
        yield Term(
            source=source,
            target=target,
            status=status,
            note=values.get("note", ""),
            origin=values.get("origin", ""),
            line=line,
        )

    def _status(self, written: str, line: int) -> TermStatus:
        text = " ".join(written.lower().replace("-", " ").replace("_", " ").split())
        if text in _SAME:
            return _SAME[text]
        try:
            return TermStatus(text)
        except ValueError:
            self.fail(
                f"`{written}` is no status of a term.",
                f"Use one of {', '.join(TermStatus)}, or {CANDIDATE}.",
                line=line,
            )


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)

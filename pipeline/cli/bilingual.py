"""A bilingual file that is no part of a project → a report: a delivery, before it is taken.

PO, XLIFF and tables with tabs. All of its texts are looked at as paragraphs; what has no
translation is a finding.
"""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.catalogs import parse_catalog
from pipeline.checks import Languages, check_catalog
from pipeline.config.checklist import read_checklist
from pipeline.errors import CatalogError
from pipeline.exchange import parse_tsv, parse_xliff
from pipeline.glossary import Glossary, read_glossary
from pipeline.languages import load_language
from pipeline.model import Finding, Segment, SegmentKind, Severity, Unit
from pipeline.qa.report import Account, Facts, Noted, Report, answer
from pipeline.segments import find_protected
from pipeline.workflow import Stage

_XLIFF = frozenset({".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"})
_TABLES = frozenset({".tsv", ".tab", ".txt"})
_STAGES = frozenset({Stage.UNIT, Stage.DOCUMENT})

Pair = tuple[Segment, Unit]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A file that somebody delivers.

    Attributes:
        path: the file, as it was named.
        locale: tag of the language that it is in.
        source_locale: tag of the language of its sources.
        glossary: the glossary that it has to follow; None for none.
    """

    path: Path
    locale: str
    source_locale: str = "en"
    glossary: Path | None = None


def look_at_delivery(delivery: Delivery, *, now: datetime) -> Report:
    """What the checks see in a bilingual file.

    Args:
        delivery: the file.
        now: the present moment.

    Raises:
        CatalogError: it is of no kind that is read, or damaged; with the line.
    """
    units = read_units(delivery.path)
    pairs = [(as_segment(unit), unit) for unit in units]
    noted = [Noted(finding=finding) for finding in _findings(delivery, pairs)]
    facts = Facts(stages=_STAGES, risk=None, noted=noted, texts=len(units))
    account = Account(
        resource=delivery.path.as_posix(),
        locale=delivery.locale,
        answers=answer(read_checklist(), facts),
    )
    return Report(root=None, now=now, accounts=(account,))


def read_units(path: Path) -> tuple[Unit, ...]:
    """The texts of a bilingual file, whichever kind its name says that it is.

    Raises:
        CatalogError: it is of no kind that is read, or damaged; with the line.
    """
    kind = path.suffix.lower()
    if kind not in {".po"} | _XLIFF | _TABLES:
        raise CatalogError(
            f"Files that end in `{kind}` are not read."
            if kind
            else "The file's name has no ending.",
            remedy="Ask for PO (.po), XLIFF (.xlf, .xliff) or a table with tabs (.tsv).",
            path=path,
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CatalogError(
            f"The file cannot be read: {error.strerror}.",
            remedy="Check its name and its rights.",
            path=path,
        ) from None
    if kind == ".po":
        return _read_po(data, path)
    return parse_xliff(data, path) if kind in _XLIFF else parse_tsv(data, path)


def _read_po(data: bytes, path: Path) -> tuple[Unit, ...]:
    """The units of a PO file; of a project's own catalogs Windows' line ends would be refused."""
    plain = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    return tuple(unit for unit in parse_catalog(plain, path).units if not unit.obsolete)


def as_segment(unit: Unit, kind: SegmentKind = SegmentKind.PARAGRAPH) -> Segment:
    """The source of a unit as the checks take it."""
    return Segment(
        msgid=unit.msgid,
        context=unit.context,
        kind=kind,
        start=0,
        end=len(unit.msgid),
        line=unit.line or 1,
        protected=find_protected(unit.msgid),
    )


def _findings(delivery: Delivery, pairs: Sequence[Pair]) -> list[Finding]:
    languages = Languages(
        source=load_language(delivery.source_locale),
        target=load_language(delivery.locale),
        glossary=_glossary(delivery),
    )
    there = [pair for pair in pairs if pair[1].msgstr.strip()]
    found = check_catalog(
        there, delivery.path, delivery.locale, find_problem=_fits, languages=languages
    )
    missing = (_missing(delivery, unit) for _, unit in pairs if not unit.msgstr.strip())
    return sorted((*found, *missing), key=lambda finding: finding.line or 0)


def _glossary(delivery: Delivery) -> Glossary:
    if delivery.glossary is None:
        return Glossary()
    return read_glossary(delivery.glossary, source=delivery.source_locale)


def _fits(_segment: Segment, _target: str) -> None:
    """A line that begins with ``#`` breaks no page: the file need not be Markdown."""


def _missing(delivery: Delivery, unit: Unit) -> Finding:
    return Finding(
        check="untranslated",
        severity=Severity.MAJOR,
        path=delivery.path,
        line=unit.line or None,
        message="The text has no translation.",
        remedy="Have it translated.",
        locale=delivery.locale,
        msgid=unit.msgid,
        context=unit.context,
    )

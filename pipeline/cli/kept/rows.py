"""Pages, findings and errors ⇄ rows of JSON."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline import errors as kinds
from pipeline.cli.compact import row_maker, row_reader
from pipeline.errors import PipelineError
from pipeline.model import Document, Finding, LocalisedPage, Severity
from pipeline.status import ResourceState

#: A page's resource is kept once for all languages.
page_row, to_page = (
    row_maker(LocalisedPage, apart="document"),
    row_reader(LocalisedPage, apart="document"),
)
document_row, to_document = row_maker(Document), row_reader(Document)
state_row, to_state = row_maker(ResourceState), row_reader(ResourceState)

_ERRORS: dict[str, type[PipelineError]] = {
    name: kind
    for name, kind in vars(kinds).items()
    if isinstance(kind, type) and issubclass(kind, PipelineError)
}


def error_row(error: PipelineError) -> list[object]:
    """An error as a row."""
    path = str(error.path) if error.path else None
    return [type(error).__name__, error.message, error.remedy, path, error.line]


def to_error(row: Sequence[Any]) -> PipelineError:
    """The error of a row."""
    kind, message, remedy, path, line = row
    return _ERRORS[kind](message, remedy=remedy, path=Path(path) if path else None, line=line)


def finding_row(finding: Finding) -> list[object]:
    """A finding as a row."""
    return [
        finding.check,
        finding.severity.value,
        str(finding.path),
        finding.line,
        finding.message,
        finding.remedy,
        finding.locale,
        finding.msgid,
        finding.context,
    ]


#: There are many findings of a file, and of a library thousands.
_path = lru_cache(maxsize=20_000)(Path)


def to_finding(row: Sequence[Any]) -> Finding:
    """The finding of a row."""
    check, severity, path, line, message, remedy, locale, msgid, context = row
    return Finding(
        check=check,
        severity=Severity(severity),
        path=_path(path),
        line=line,
        message=message,
        remedy=remedy,
        locale=locale,
        msgid=msgid,
        context=context,
    )

"""The check that keeps a translation from breaking its page."""

from collections.abc import Callable
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.model import Finding, Segment, Severity, Unit

#: Why a target cannot stand where its source stands, as the end of “The translation …”.
FindProblem = Callable[[Segment, str], str | None]
_SHOWN = 60


def check_broken_page(
    segment: Segment, unit: Unit, path: Path, locale: str, *, find_problem: FindProblem
) -> tuple[Finding, ...]:
    """broken-page: a translation would break the page that it is put into.

    An empty line, a bare ``|`` in a table's cell, a line that begins a list or a box.

    - Source (a table's cell): ``Once a day``
    - Wrong: ``Maalintii | hal mar``
    - Right: ``Maalintii hal mar``
    - Wrong: ``দিনে | একবার``
    - Right: ``দিনে একবার``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        find_problem: what knows how the source's page is written.

    Returns:
        A critical finding, or nothing.
    """
    problem = find_problem(segment, unit.msgstr)
    if problem is None:
        return ()
    source = segment.msgid if len(segment.msgid) <= _SHOWN else f"{segment.msgid[: _SHOWN - 1]}…"
    return (
        about_unit(
            "broken-page",
            Severity.CRITICAL,
            unit,
            path,
            locale,
            message=f"The translation of “{source}” {problem}",
            remedy="Correct it in the catalog; until then the source text is shown.",
        ),
    )

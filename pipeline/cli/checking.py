"""Checking one file: reading it, splitting it, and all that the checks of a source see."""

from datetime import date
from pathlib import Path

from pipeline.checks import check_active_content
from pipeline.checks.captions import check_track
from pipeline.checks.plain import check_page, measure, not_run, read_page
from pipeline.cli.check_report import Checked
from pipeline.cli.files import read_text
from pipeline.config import Project
from pipeline.content import read_documents
from pipeline.errors import ContentError
from pipeline.languages import load_language
from pipeline.model import Finding, Severity
from pipeline.segments import read_track, split

#: What the project itself says better where a front matter cannot be used.
_OF_FRONT_MATTER = frozenset({"sources-present", "review-dates"})


def check_file(name: str, project: Project | None, *, locale: str, today: date) -> Checked:
    """All that the checks see in one file.

    Args:
        name: the file as it is to be shown; ``-`` is standard input.
        project: the project, which knows what its own resources need; None outside of one.
        locale: tag of the file's language.
        today: what past and future are measured from.
    """
    path = Path("standard input" if name == "-" else name)
    unusable = _unusable(name, project, today)
    try:
        text = read_text(name)
    except ContentError as error:
        return Checked(path=path, locale=locale, findings=(_finding(error, path),))
    if path.suffix.lower() == ".vtt":
        scripts = load_language(locale).scripts
        found_in_track = check_track(read_track(text), path, scripts=scripts)
        return Checked(path=path, locale=locale, findings=found_in_track)
    page = read_page(text, path, split(text), locale=locale)
    found = [*unusable, *check_active_content(text, path), *check_page(page, today=today)]
    if unusable:
        found = [finding for finding in found if finding.check not in _OF_FRONT_MATTER]
    return Checked(
        path=path,
        locale=locale,
        findings=tuple(sorted(found, key=lambda finding: finding.line or 0)),
        readability=measure(page),
        not_run=not_run(page),
    )


def _unusable(name: str, project: Project | None, today: date) -> tuple[Finding, ...]:
    """Why the project cannot use a resource of its own."""
    if name == "-" or project is None:
        return ()
    path = Path(name).absolute()
    if not path.resolve().is_relative_to(project.content_dir.resolve()):
        return ()
    inside = project.content_dir / path.resolve().relative_to(project.content_dir.resolve())
    library = read_documents(project, today=today, paths=[inside])
    return tuple(_finding(error, Path(name)) for error in library.errors)


def _finding(error: ContentError, path: Path) -> Finding:
    return Finding(
        check="unusable-resource",
        severity=Severity.CRITICAL,
        path=path,
        line=error.line,
        message=error.message,
        remedy=error.remedy,
    )

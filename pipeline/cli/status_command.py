"""`pipeline status`: who is missing what, how long they wait and for whom."""

from dataclasses import replace
from datetime import UTC, datetime

import click

from pipeline.cli.console import complain, print_findings, progress
from pipeline.cli.drafters import find_drafters
from pipeline.cli.files import write_bytes
from pipeline.cli.main import Context, pass_context
from pipeline.cli.matrix import Matrix, survey_states
from pipeline.cli.since import Since, as_of, find_changes, open_earlier
from pipeline.cli.status_issues import render_issues
from pipeline.cli.status_json import render_json
from pipeline.cli.status_junit import render_junit
from pipeline.cli.status_markdown import render_markdown
from pipeline.cli.status_report import (
    CONDITIONS,
    Report,
    count_unread,
    find_closed,
    find_failures,
    pick,
)
from pipeline.cli.status_table import print_table
from pipeline.config import Project
from pipeline.errors import EXIT_INCOMPLETE, EXIT_STATUS_FAILED, ContentError
from pipeline.status import LanguageState, by_need


@click.command("status")
@click.option("--locale", "tags", multiple=True, help="Only this language; may be repeated.")
@click.option(
    "--resource",
    "resources",
    multiple=True,
    metavar="TOPIC/SLUG",
    help="Only this resource; may be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown", "html", "junit", "issues"]),
    default="table",
    show_default=True,
    help="json is versioned and documented; markdown suits a pull request, junit a test report; "
    "html is a page to look at; issues what an issue of each language should say.",
)
@click.option(
    "--output", default="-", metavar="FILE", help="Where to write it; by default standard output."
)
@click.option(
    "--since",
    "ref",
    metavar="COMMIT",
    help="Only what has changed since then; such as origin/main, for a pull request.",
)
@click.option(
    "--fail-on",
    help=f"Leave with exit code {EXIT_STATUS_FAILED} if any resource is one of these: "
    f"{', '.join(CONDITIONS)} (comma-separated). With --since only what has changed counts.",
)
@pass_context
def command(
    context: Context,
    *,
    tags: tuple[str, ...],
    resources: tuple[str, ...],
    form: str,
    output: str,
    ref: str | None,
    fail_on: str | None,
) -> int:
    """Say who is missing what, how long they wait and for whom.

    Languages stand in the order of need: the people served, times the resources
    that they cannot read yet. With --locale or --resource each resource is told
    with its words and its clock.
    """
    project, now = context.project, datetime.now(UTC)
    conditions = _conditions(fail_on)
    if form == "table" and output != "-":
        raise click.UsageError("--output goes with all formats but table.")
    if ref and form in {"html", "junit", "issues"}:
        raise click.UsageError("--since goes with the formats table, json and markdown.")
    if resources and form == "issues":
        raise click.UsageError("An issue tells of all resources of its language: no --resource.")
    wanted = frozenset(project.locale(tag).tag for tag in tags)
    with progress("Reading the languages", len(project.locales)) as advance:
        found = survey_states(project, now=now, advance=advance)
    _refuse_unknown(found, resources)
    rows = pick(found.languages, tags=wanted, resources=frozenset(resources))
    unread = count_unread(found.errors)
    report = Report(
        project=project,
        now=now,
        languages=by_need(rows),
        unread=unread,
        drafters=find_drafters(project) if form in {"table", "json", "markdown"} else None,
    )
    if ref:
        since = _compare(report, ref, tags=wanted, resources=frozenset(resources))
        report = replace(report, since=since)
    if form == "table":
        print_table(report, with_resources=bool(tags or resources))
    else:
        write_bytes(output, _render(found, report, form, conditions=conditions))
    _tell(found)
    if is_failed(report, conditions):
        return EXIT_STATUS_FAILED
    return EXIT_INCOMPLETE if unread else 0


def _render(found: Matrix, report: Report, form: str, *, conditions: frozenset[str]) -> bytes:
    if form == "html":
        # Templates take longer to load than the other forms to make.
        from pipeline.cli.dashboard import read_report, render_page  # noqa: PLC0415

        problems = len(found.errors)
        return render_page(
            read_report(found.project, report.languages, now=report.now, problems=problems)
        )
    if form == "json":
        text = render_json(report)
    elif form == "markdown":
        text = render_markdown(report)
    elif form == "issues":
        is_complete = len(report.languages) == len(found.languages)
        text = render_issues(report, is_complete=is_complete)
    else:
        text = render_junit(report, conditions)
    return f"{text}\n".encode("utf-8", "replace")


def _conditions(fail_on: str | None) -> frozenset[str]:
    conditions = frozenset(word.strip() for word in (fail_on or "").split(",") if word.strip())
    if unknown := conditions.difference(CONDITIONS):
        raise click.BadParameter(
            f"{', '.join(sorted(unknown))}: use {', '.join(CONDITIONS)}.", param_hint="--fail-on"
        )
    return conditions


def is_failed(report: Report, conditions: frozenset[str]) -> bool:
    """Whether a condition of ``--fail-on`` is met; since a commit, by what has changed alone.

    Args:
        report: the matrix.
        conditions: names out of :data:`CONDITIONS`.
    """
    rows, cells = report.languages, [c for row in report.languages for c in row.resources]
    if report.since:
        rows = tuple(opening.language for opening in report.since.openings)
        cells = [change.after for change in report.since.changes if change.after]
    return any(any(find_failures(cell, conditions)) for cell in cells) or any(
        any(find_closed(row, conditions)) for row in rows
    )


def _compare(report: Report, ref: str, *, tags: frozenset[str], resources: frozenset[str]) -> Since:
    with open_earlier(report.project, ref) as (earlier, commit):
        before = _survey_earlier(earlier, ref, report.now)
    rows = pick(before, tags=tags, resources=resources)
    return find_changes(rows, report.languages, ref=ref, commit=commit)


def _survey_earlier(earlier: Project, ref: str, now: datetime) -> tuple[LanguageState, ...]:
    with progress(f"Reading the languages at {ref}", len(earlier.locales)) as advance:
        found = survey_states(earlier, now=now, advance=advance)
    for error in found.errors:
        complain(as_of(ref, earlier.root, error), is_warning=True)
    return found.languages


def _refuse_unknown(found: Matrix, resources: tuple[str, ...]) -> None:
    known = set(found.resources)
    for name in resources:
        if name not in known:
            _tell(found)
            raise ContentError(
                f"There is no usable resource `{name}`.",
                remedy="Name it as topic/slug, such as covid-19/when-to-get-help.",
            )


def _tell(found: Matrix) -> None:
    for error in found.errors:
        complain(error, found.project.root)
    for warning in found.warnings:
        complain(warning, found.project.root, is_warning=True)
    print_findings(found.findings, found.project.root)

"""`pipeline qa`: the checklist answered, for the project or for a file that is delivered."""

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.approval import open_office
from pipeline.cli.bilingual import Delivery, look_at_delivery
from pipeline.cli.console import complain
from pipeline.cli.files import write_bytes
from pipeline.cli.main import Context, pass_context
from pipeline.cli.qa_accounts import Looked, Wanted, look_at
from pipeline.cli.qa_table import print_report
from pipeline.cli.qa_waive import Asked, waive
from pipeline.config import Project
from pipeline.errors import EXIT_FINDINGS, EXIT_INCOMPLETE, ContentError
from pipeline.qa.report import (
    Report,
    render_findings,
    render_html,
    render_json,
    render_junit,
    render_markdown,
    render_sarif,
)

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("qa")
@click.argument("resources", nargs=-1, metavar="[TOPIC/SLUG…]")
@click.option("--locale", "tags", multiple=True, help="Only this language; may be repeated.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "sarif", "junit", "markdown", "html"]),
    default="table",
    show_default=True,
    help="json is versioned and documented; sarif shows findings beside lines; html is a page.",
)
@click.option(
    "--output", default="-", metavar="FILE", help="Where to write it; by default standard output."
)
@click.option(
    "--site",
    "with_site",
    is_flag=True,
    help="Look at the site that was built last as well: what the public gets.",
)
@click.option(
    "--catalog",
    type=_FILE,
    help="Look at this file, which is no part of the project: PO, XLIFF or a table (TSV).",
)
@click.option(
    "--source-locale", default="en", show_default=True, help="With --catalog: of its sources."
)
@click.option("--glossary", type=_FILE, help="With --catalog: the glossary that it has to follow.")
@click.option(
    "--waive", "finding", metavar="FINDING", help="Let this finding stand: its id, as shown."
)
@click.option("--reason", help="With --waive: why it may stand.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="With --waive: the last day on which it may."
)
@click.option("--handle", envvar="PIPELINE_HANDLE", help="With --waive: who says so: a short name.")
@click.option(
    "--key", type=_FILE, help="With --waive: your private SSH key, where signed lines count only."
)
@pass_context
def command(  # noqa: PLR0913  # an option each
    context: Context,
    *,
    resources: tuple[str, ...],
    tags: tuple[str, ...],
    form: str,
    output: str,
    with_site: bool,
    catalog: Path | None,
    source_locale: str,
    glossary: Path | None,
    finding: str | None,
    reason: str | None,
    until: datetime | None,
    handle: str | None,
    key: Path | None,
) -> int:
    """Answer the checklist: what is passed, what failed, who is waited for.

    Ends with 15 if a finding is more than advice. With --catalog it looks at one
    file that is no part of a project, such as an agency's delivery.
    """
    now = datetime.now(UTC)
    if catalog is not None:
        if resources or finding or len(tags) != 1:
            raise click.UsageError("--catalog goes with one --locale, and with no resource.")
        for tag in (tags[0], source_locale):
            if not _TAG.fullmatch(tag):
                raise click.UsageError(f"`{tag}` is no language tag, such as so or pt-BR.")
        delivery = Delivery(
            path=catalog, locale=tags[0], source_locale=source_locale, glossary=glossary
        )
        return _give(look_at_delivery(delivery, now=now), form, output, is_delivery=True)
    if glossary is not None:
        raise click.UsageError("--glossary goes with --catalog; a project has its own.")
    looked = _look(context.project, resources, tags, now, with_site=with_site)
    if finding is not None:
        if not (reason and until and handle):
            raise click.UsageError("--waive needs --reason, --until and --handle.")
        asked = Asked(
            finding=finding, reason=reason, until=until.date(), handle=handle, key=key, now=now
        )
        return waive(context.project, looked.report, asked)
    code = _give(looked.report, form, output)
    for error in looked.errors:
        complain(error, context.project.root)
    return code or (EXIT_INCOMPLETE if looked.errors else 0)


def _look(
    project: Project,
    resources: tuple[str, ...],
    tags: tuple[str, ...],
    now: datetime,
    *,
    with_site: bool,
) -> Looked:
    office = open_office(project, now)
    wanted = Wanted(
        resources=frozenset(resources),
        tags=frozenset(project.locale(tag).tag for tag in tags),
        with_site=with_site,
    )
    looked = look_at(office, wanted)
    office.close()
    for name in resources:
        if name not in looked.names:
            for error in looked.errors:
                complain(error, project.root)
            raise ContentError(
                f"There is no usable resource `{name}`.",
                remedy="Name it as topic/slug, such as covid-19/when-to-get-help.",
            )
    return looked


def _give(report: Report, form: str, output: str, *, is_delivery: bool = False) -> int:
    """Print or write a report; the exit code that it leads to."""
    if form == "table":
        if output != "-":
            raise click.UsageError("--output goes with the other formats, not with the table.")
        print_report(report)
    else:
        write_bytes(output, _render(report, form, is_delivery=is_delivery))
    return EXIT_FINDINGS if report.is_blocked else 0


def _render(report: Report, form: str, *, is_delivery: bool) -> bytes:
    if form == "html":
        return render_html(report)
    if form == "json":
        text = render_findings(report) if is_delivery else render_json(report)
    else:
        renders = {"sarif": render_sarif, "junit": render_junit, "markdown": render_markdown}
        text = renders[form](report)
    return f"{text}\n".encode("utf-8", "replace")

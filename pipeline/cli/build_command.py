"""`pipeline build`: the site and the leaflets."""

import time
from collections import Counter
from dataclasses import replace

import click

from pipeline.cli.build import BuildReport, build
from pipeline.cli.console import complain, err, out, print_findings, say
from pipeline.cli.explain import explain
from pipeline.cli.kept.planning import plan_build, render_plan, render_plan_json
from pipeline.cli.kept.store import open_store
from pipeline.cli.main import Context, pass_context
from pipeline.cli.output import check_site, has_note, open_proof, read_output
from pipeline.cli.plan import Wish
from pipeline.cli.record_live import record_live
from pipeline.cli.standby.leaving import leave
from pipeline.cli.workers import count_workers
from pipeline.config import Project
from pipeline.errors import EXIT_FINDINGS, EXIT_INCOMPLETE, EXIT_OUTPUT_FAILED
from pipeline.model import PageState, Severity


@click.command("build")
@click.option("--locale", "tags", multiple=True, help="Only this language; may be repeated.")
@click.option(
    "--resource",
    "resources",
    multiple=True,
    metavar="TOPIC/SLUG",
    help="Only the pages and leaflets of this resource, put into the site that is there; "
    "may be repeated.",
)
@click.option("--no-pdf", is_flag=True, help="Pages only: no leaflets, no links to them.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=count_workers,
    show_default="one a core",
    help="Processes to use.",
)
@click.option(
    "--no-check",
    is_flag=True,
    help="Do not look through the finished site. A build of some languages or resources never "
    "does: its lists wait for the next full build.",
)
@click.option(
    "--record",
    is_flag=True,
    help="Write into the ledgers what is public from now on, and what is not any more: for the "
    "machine that publishes site/.",
)
@click.option(
    "--explain",
    "only_explain",
    is_flag=True,
    help="Build nothing: say for every page why it is shown as it is, and who is waited for.",
)
@click.option(
    "--plan",
    "only_plan",
    is_flag=True,
    help="Build nothing: say what would be made, why, and how long it took last time.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Of --plan.",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="Make pages and leaflets on the workers of a Dask cluster: tcp://HOST:PORT, or tls://… "
    "with certificates.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=1),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="With --scheduler: what a language's pages, or one leaflet, may take on a worker, before "
    "another is asked.",
)
@click.option(
    "--no-standby",
    is_flag=True,
    help="Neither use nor leave a process in which all that a build needs is loaded (Linux).",
)
@pass_context
def command(  # noqa: PLR0913  one an option
    context: Context,
    *,
    tags: tuple[str, ...],
    resources: tuple[str, ...],
    no_pdf: bool,
    jobs: int,
    no_check: bool,
    record: bool,
    only_explain: bool,
    only_plan: bool,
    form: str,
    scheduler: str,
    time_limit: float,
    no_standby: bool,
) -> int:
    r"""Build the website and its leaflets into site/.

    What has not changed is not made again. The site that is there stays as it is
    until all of the new one is ready; Ctrl-C is safe at any moment. A page or a leaflet
    that cannot be made is named and left out, and everything else is published.

    \b
    Examples:
      pipeline build --locale so --locale ar
      pipeline build --plan
      pipeline build --scheduler tcp://10.0.0.5:8786
    """
    began = time.monotonic()
    wish = Wish(tags=tags, resources=resources, with_pdfs=not no_pdf, workers=jobs)
    if only_explain:
        return explain(context.project, wish)
    if only_plan:
        steps = plan_build(context.project, wish)
        click.echo(render_plan(steps) if form == "text" else render_plan_json(steps), nl=False)
        return 0
    report = _build(context.project, wish, scheduler, time_limit)
    print_report(report, time.monotonic() - began)
    checked = 0 if no_check or tags or resources else _check(report, wish)
    if checked == EXIT_OUTPUT_FAILED:
        # Before all else: this site should not go to the public, so nothing of it is recorded.
        return checked
    recorded = _record(report, wish) if record else 0
    if not no_standby:
        leave(context.project, report.rebuilt)
    return report.exit_code or recorded or checked


def _build(project: Project, wish: Wish, scheduler: str, time_limit: float) -> BuildReport:
    """Build, on this machine or on those of a cluster."""
    if not scheduler:
        return build(project, wish)
    from pipeline.cli.cluster.connecting import connected  # noqa: PLC0415  seldom, and slow

    with connected(scheduler, project, limit=time_limit, workers=wish.workers) as cluster:
        report = build(project, replace(wish, machines=cluster))
        cluster.forget()
        return report


def _check(report: BuildReport, wish: Wish) -> int:
    """Look through the finished site; the exit code says whether it may go to the public."""
    began = time.monotonic()
    project = report.survey.project
    store = open_store(project.cache_dir)
    proof = open_proof(
        project.site_dir,
        report.survey,
        store,
        stamps=report.stamps,
        touched=report.touched,
        facts=report.facts,
    )
    if has_note(project) and proof.is_faultless():
        store.save()
        out.print(
            f"Looked through {proof.looked_at} files that changed in "
            f"{time.monotonic() - began:.1f} s: nothing found."
        )
        return 0
    site = read_output(project.site_dir, project, found=report.survey, workers=wish.workers)
    findings = check_site(site, project)
    print_findings(findings, project.root)
    count = len(site.sizes)
    if not findings:
        proof.keep(site)
        store.save()
        out.print(
            f"Looked through {count} files in {time.monotonic() - began:.1f} s: nothing found."
        )
        return 0
    severities = {finding.severity for finding in findings}
    if Severity.CRITICAL in severities:
        err.print("[bold red]Do not bring this site to the public:[/] see what is critical above.")
        return EXIT_OUTPUT_FAILED
    return EXIT_FINDINGS if Severity.MAJOR in severities else 0


def _record(report: BuildReport, wish: Wish) -> int:
    """Write into the ledgers what is public; the exit code says whether all could be written."""
    done = record_live(report, wish)
    for error in done.failed:
        complain(error, report.survey.project.root)
    out.print(f"Recorded in the ledgers: {done.events} event{'' if done.events == 1 else 's'}.")
    return EXIT_INCOMPLETE if done.failed else 0


def print_report(report: BuildReport, seconds: float | None) -> None:
    """Tell what was built and what could not be, in words."""
    found = report.survey
    root = found.project.root
    for warning in found.warnings:
        complain(warning, root, is_warning=True)
    blocking = [finding for finding in found.findings if finding.severity is not Severity.MINOR]
    print_findings(blocking, root)
    if advice := len(found.findings) - len(blocking):
        say(f"{advice} pieces of advice on translations and texts: `pipeline qa` shows them.")
    for error in found.errors:
        complain(error, root)
    for edition in found.editions:
        if not edition.state.is_open:
            err.print(
                f"[yellow]{edition.locale.english_name}[/] is not open to the public: "
                f"{len(edition.state.missing_notices)} notices are not translated "
                f"(locales/{edition.locale.tag}/interface.po)."
            )
    for remark in report.remarks:
        say(f"look at: {remark}")
    states: Counter[str] = Counter()
    for edition in report.shown.open_editions:
        states.update(dict(edition.facts.states))
    not_yet = states[PageState.NOT_YET]
    out.print(
        f"{len(report.shown.open_editions)} languages ({len(report.rebuilt)} made anew), "
        f"{states.total() - not_yet} pages, {not_yet} “not yet” pages, "
        f"{report.leaflets} leaflets ({report.rendered} rendered)"
        + (f" in {seconds:.1f} s." if seconds is not None else ".")
    )
    if report.is_incomplete:
        out.print("Some files could not be used: see above.")
    out.print(f"Open {found.project.site_dir / 'index.html'}")
    _print_failed(report)


def _print_failed(report: BuildReport) -> None:
    """Name what could not be made, at the end, where it is seen."""
    if not report.failed:
        return
    told = dict.fromkeys((type(e), e.path, e.line, e.message, e.remedy) for e in report.failed)
    for kind, path, line, message, remedy in told:
        complain(kind(message, remedy=remedy, path=path, line=line), report.survey.project.root)
    err.print(
        f"[bold red]Faults in pages or leaflets: {len(told)}.[/] No older text stays in their "
        "place, and everything else is published. Mend them and build again."
    )

"""`pipeline build`: the site and the leaflets."""

import time

import click

from pipeline.cli.build import BuildReport, Wish, build
from pipeline.cli.console import complain, err, out, print_finding, say
from pipeline.cli.main import Context, pass_context
from pipeline.cli.workers import count_workers
from pipeline.errors import EXIT_INCOMPLETE, PdfError
from pipeline.model import PageState


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
@pass_context
def command(
    context: Context, tags: tuple[str, ...], resources: tuple[str, ...], no_pdf: bool, jobs: int
) -> int:
    """Build the website and its leaflets into site/.

    What has not changed is not made again. The site that is there stays as it is
    until all of the new one is ready; Ctrl-C is safe at any moment.
    """
    began = time.monotonic()
    wish = Wish(tags=tags, resources=resources, with_pdfs=not no_pdf, workers=jobs)
    report = build(context.project, wish)
    print_report(report, time.monotonic() - began)
    if report.failed:
        return PdfError.exit_code
    return EXIT_INCOMPLETE if report.is_incomplete else 0


def print_report(report: BuildReport, seconds: float | None) -> None:
    """Tell what was built and what could not be, in words."""
    found = report.survey
    root = found.project.root
    for warning in found.warnings:
        complain(warning, root, is_warning=True)
    for finding in found.findings:
        print_finding(finding, root)
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
    if report.failed:
        for error in report.failed:
            complain(error, root)
        out.print("Nothing was published: the site is as it was.")
        return
    pages = [page for edition in found.open_editions for page in edition.pages]
    not_yet = sum(page.state is PageState.NOT_YET for page in pages)
    out.print(
        f"{len(found.open_editions)} languages ({len(report.rebuilt)} made anew), "
        f"{len(pages) - not_yet} pages, {not_yet} “not yet” pages, "
        f"{report.leaflets} leaflets ({report.rendered} rendered)"
        + (f" in {seconds:.1f} s." if seconds is not None else ".")
    )
    if report.is_incomplete:
        out.print("Some files could not be used: see above.")
    out.print(f"Open {found.project.site_dir / 'index.html'}")

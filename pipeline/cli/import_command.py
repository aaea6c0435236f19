"""`pipeline import`: translators' files into the catalogs, and a report to mail back."""

from pathlib import Path

import click

from pipeline.cli.console import complain, late_progress, out
from pipeline.cli.files import write_bytes
from pipeline.cli.importing import Asked, import_file
from pipeline.cli.main import Context, pass_context
from pipeline.cli.review_screen import safe
from pipeline.content import read_documents
from pipeline.errors import EXIT_FINDINGS, EXIT_INCOMPLETE, PipelineError
from pipeline.exchange.report import Report, Section, render_html, render_markdown

_EPILOG = """\b
Examples:
  pipeline import covid-19.fever.so.xlsx
  pipeline import returned/*.docx --report for-the-translators.html
"""
_HTML = frozenset({".html", ".htm"})


@click.command("import", epilog=_EPILOG)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--resource", help="The resource, where the file does not say it: topic/slug.")
@click.option("--locale", "tag", help="The language, where the file does not say it.")
@click.option(
    "--theirs",
    is_flag=True,
    help="Where somebody else has changed a translation since, let the file win.",
)
@click.option("--dry-run", is_flag=True, help="Say what would become of it; write no catalog.")
@click.option(
    "--report", "report_file", metavar="FILE", help="Write the report: Markdown, or HTML (.html)."
)
@pass_context
def command(
    context: Context,
    *,
    files: tuple[Path, ...],
    resource: str | None,
    tag: str | None,
    theirs: bool,
    dry_run: bool,
    report_file: str | None,
) -> int:
    """Take translations back from files, and say what is wrong with them.

    Takes targets, notes and states, and nothing else; finds rows by their keys,
    wherever they stand. Never deletes a translation, never writes over one that
    somebody has changed since. All that is taken goes through the checks, and
    nothing is signed by it.
    """
    library = read_documents(context.project)
    asked = Asked(resource=resource, locale=tag, theirs=theirs, is_trial=dry_run)
    sections: list[Section] = []
    errors: list[PipelineError] = []
    with late_progress("Importing", len(files)) as advance:
        for path in files:
            try:
                sections.append(import_file(context.project, library, path, asked))
            except PipelineError as refusal:
                errors.append(refusal)
                sections.append(_refused(path, refusal))
            advance(path.name)
    report = Report(sections=tuple(sections))
    _show(report)
    for error in errors:
        complain(error, Path.cwd())
    if report_file:
        is_page = Path(report_file).suffix.lower() in _HTML
        data = render_html(report) if is_page else render_markdown(report).encode()
        write_bytes(report_file, data)
    if dry_run:
        out.print("Nothing was written: this was a trial.")
    return _code(report, errors)


def _refused(path: Path, error: PipelineError) -> Section:
    where = f"Line {error.line}: " if error.line else ""
    return Section(file=path.name, error=f"{where}{error.message} {error.remedy}")


def _show(report: Report) -> None:
    sections = tuple(section for section in report.sections if not section.error)
    if sections:
        out.print(_plain(Report(sections=sections)), markup=False)


def _plain(report: Report) -> str:
    lines = []
    for section in report.sections:
        about = " · ".join(filter(None, (section.resource, section.language)))
        lines.append(f"{safe(section.file)} ({about}): {section.headline}")
        lines += [f"  {remark}" for remark in section.remarks]
        for item in section.items:
            lines.append(f"  {item.place}  {_short(safe(item.source))}")
            for notice in item.notices:
                mark = f"{notice.severity}: " if notice.severity else ""
                name = f" ({notice.check})" if notice.check else ""
                lines.append(f"    {mark}{safe(notice.text)}{name}")
                if notice.remedy:
                    lines.append(f"    → {notice.remedy}")
    return "\n".join(lines)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:69]}…"  # noqa: PLR2004 - what fits a terminal


def _code(report: Report, errors: list[PipelineError]) -> int:
    if errors:
        return errors[0].exit_code
    if any(section.left_out for section in report.sections):
        return EXIT_INCOMPLETE
    return EXIT_FINDINGS if any(section.blocking for section in report.sections) else 0

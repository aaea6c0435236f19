"""`pipeline import-source`: a partner's document becomes a resource."""

from pathlib import Path

import click

from pipeline.cli.console import out, say
from pipeline.cli.files import write_bytes
from pipeline.cli.main import Context, pass_context
from pipeline.cli.partners.placing import choose_place
from pipeline.cli.partners.reading import read_document, read_resource
from pipeline.cli.partners.report import render_report
from pipeline.cli.partners.saving import save
from pipeline.errors import EXIT_INCOMPLETE
from pipeline.intake import Intake, Outcome

_EPILOG = """\b
Examples:
  pipeline import-source leaflet.docx --topic covid-19
  pipeline import-source "Find a dentist (final).odt" --topic using-the-nhs --slug find-a-dentist
  pipeline import-source page.zip --dry-run       a page of Google Docs: what would be lost?
  pipeline import-source leaflet.docx --stdout | less
"""


@click.command("import-source", epilog=_EPILOG)
@click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--topic", help="The topic that it belongs to; needed where there are several.")
@click.option("--slug", help="Its name in addresses; by default made from its title.")
@click.option(
    "--replace", is_flag=True, help="Write over a resource that is there, and its pictures."
)
@click.option("--dry-run", is_flag=True, help="Say what would become of it; write nothing.")
@click.option("--stdout", "to_stdout", is_flag=True, help="Print the Markdown; write no file.")
@pass_context
def command(
    context: Context,
    *,
    file: Path,
    topic: str | None,
    slug: str | None,
    replace: bool,
    dry_run: bool,
    to_stdout: bool,
) -> int:
    """Make a resource of a partner's document, and say what it could not keep.

    FILE is a Word file (.docx), an OpenDocument text (.odt), a page (.html), or a page
    zipped with its pictures (.zip). Writes content/TOPIC/SLUG.md and its pictures, and
    never writes over any without --replace. What a person has to answer for (audience,
    risk, sources, dates) begins with TO FILL IN, and nothing is published until it is
    filled in. Nothing but FILE is read, nothing is fetched. Leaves with 11 if something
    was left out.
    """
    project = context.project
    draft = read_document(file)
    place = choose_place(draft, file, project, topic=topic, slug=slug, is_for_show=to_stdout)
    intake = read_resource(draft, place, project)
    name = place.path.relative_to(project.root).as_posix()
    if to_stdout:
        write_bytes("-", intake.markdown.encode())
    elif not dry_run:
        save(intake, place, may_replace=replace)
    tell = say if to_stdout else _print
    for line in render_report(
        intake, file=file.name, name=name, is_written=not (dry_run or to_stdout)
    ):
        tell(line)
    return _code(intake)


def _print(line: str) -> None:
    out.print(line, markup=False)


def _code(intake: Intake) -> int:
    is_whole = all(remark.outcome is not Outcome.LOST for remark in intake.remarks)
    return 0 if is_whole else EXIT_INCOMPLETE

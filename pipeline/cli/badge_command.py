"""`pipeline badge`: how far a language is, as a picture for a README or a web page."""

from pathlib import Path

import click

from pipeline.cli.badges import make_badge, render_badge
from pipeline.cli.console import complain, progress, say
from pipeline.cli.files import write_bytes
from pipeline.cli.main import Context, pass_context
from pipeline.cli.matrix import survey_states


@click.command("badge")
@click.option("--locale", "tag", help="The language.")
@click.option(
    "--output", default="-", metavar="FILE", help="Where to write it; by default standard output."
)
@click.option(
    "--all",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="A badge of every language, as DIR/TAG.svg.",
)
@pass_context
def command(context: Context, *, tag: str | None, output: str, folder: Path | None) -> int:
    """Write a badge of a language, or of all: an SVG such as "Somali | 3 of 12 · 1 stale"."""
    if (tag is None) == (folder is None):
        raise click.UsageError("Say --locale TAG for one language, or --all DIR for every one.")
    if folder is not None and output != "-":
        raise click.UsageError("--output goes with --locale; --all DIR names its files itself.")
    project = context.project
    if tag == project.source.tag:
        raise click.UsageError(f"`{tag}` is the source language; a badge tells of translations.")
    wanted = project.locale(tag).tag if tag else ""
    with progress("Reading the languages", len(project.locales)) as advance:
        found = survey_states(project, advance=advance)
    for error in found.errors:
        complain(error, project.root)
    rows = [row for row in found.languages if wanted in {"", row.locale.tag}]
    for row in rows:
        name = str(folder / f"{row.locale.tag}.svg") if folder else output
        write_bytes(name, render_badge(make_badge(row)).encode())
    if folder:
        say(f"{len(rows)} badges written.")
    return 0

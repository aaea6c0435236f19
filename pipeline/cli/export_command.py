"""`pipeline export`: what is to be translated, as a file for a translator's own program."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from pipeline.cli.beside.memories import open_memory
from pipeline.cli.beside.suggestions import Suggest, suggest_from, suggest_nothing
from pipeline.cli.console import complain, late_progress, out
from pipeline.cli.main import Context, pass_context
from pipeline.cli.matter import (
    INTERFACE,
    Matter,
    Shelf,
    make_sheet,
    open_matter,
    open_shelf,
    translated_locale,
)
from pipeline.cli.travel import NAMES, file_name, render_sheet
from pipeline.content import read_documents
from pipeline.errors import EXIT_INCOMPLETE, PipelineError
from pipeline.exchange import Sheet, State
from pipeline.files import write_atomic
from pipeline.status import is_wanted

_FOLDER = "exports"
_EPILOG = """\b
Examples:
  pipeline export --locale so covid-19/when-to-get-help
  pipeline export --locale ar --format docx --changed -o to-send
  pipeline export --locale ti --format html covid-19/when-to-get-help
"""


@click.command("export", epilog=_EPILOG)
@click.argument("resources", nargs=-1, metavar="[TOPIC/SLUG | interface]…")
@click.option("--locale", "tags", multiple=True, required=True, help="The language; may repeat.")
@click.option(
    "--format",
    "form",
    type=click.Choice(NAMES),
    default="xlsx",
    show_default=True,
    help="xlsx: a spreadsheet; docx: a table in Word; xliff (1.2), xliff2 (2.1): for "
    "computer-aided translation; html: an editor in a browser, also a phone's, without a "
    "network; po: for Poedit; csv: for anything else.",
)
@click.option(
    "--no-memory",
    is_flag=True,
    help="Without what has been translated already: nothing is looked up.",
)
@click.option("--changed", is_flag=True, help="Only what is not done: new, changed, in question.")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write into; by default exports/ in the project.",
)
@pass_context
def command(
    context: Context,
    *,
    resources: tuple[str, ...],
    tags: tuple[str, ...],
    form: str,
    changed: bool,
    no_memory: bool,
    folder: Path | None,
) -> int:
    """Write what is to be translated as a file for a translator's own program.

    One file a resource. Without a name all resources that the language wants, and
    the words of the website (`interface`). Beside each text that is new or changed
    stands what the memory has for it. `pipeline import` takes the files back.
    """
    project = context.project
    library = read_documents(project)
    locales = [translated_locale(project, tag) for tag in dict.fromkeys(tags)]
    names = tuple(dict.fromkeys(resources))
    shelves = [open_shelf(project, library, locale, names) for locale in locales]
    jobs = [(shelf, name) for shelf in shelves for name in names or _all_names(shelf)]
    suggesters = {
        shelf.locale.tag: _nothing if no_memory else _suggester(shelf) for shelf in shelves
    }
    target = folder or project.root / _FOLDER
    written = 0
    errors: list[PipelineError] = [] if names else [*library.errors]
    with late_progress("Exporting", len(jobs)) as advance:
        for shelf, name in jobs:
            try:
                matter = open_matter(shelf, name)
                suggest = suggesters[shelf.locale.tag](matter)
                sheet = make_sheet(matter, only_open=changed, suggest=suggest)
                written += _write(sheet, matter, target, form)
            except PipelineError as error:
                if len(jobs) == 1:
                    raise
                errors.append(error)
            advance(name)
    for problem in errors:
        complain(problem, project.root)
    if not written and not errors:
        out.print("Nothing to export: all of it is done.")
    return EXIT_INCOMPLETE if errors else 0


def _all_names(shelf: Shelf) -> Iterator[str]:
    """The resources that the language wants, the words of the website first."""
    yield INTERFACE
    for document in shelf.library.documents:
        if is_wanted(document, shelf.locale):
            yield str(document.id)


def _nothing(_matter: Matter) -> Suggest:
    return suggest_nothing


def _suggester(shelf: Shelf) -> Callable[[Matter], Suggest]:
    """What suggests translations for a resource, from all that the language has signed."""
    memory = open_memory(shelf.project, shelf.locale, told=shelf.library.errors)
    if not memory:
        return _nothing
    return lambda matter: suggest_from(memory, [entry.key for entry in matter.entries])


def _write(sheet: Sheet, matter: Matter, folder: Path, form: str) -> int:
    """Write the file of a resource, unless nothing is to be done; how many were written."""
    if not sheet.rows:
        return 0
    path = folder / file_name(sheet, form)
    write_atomic(path, render_sheet(sheet, form, matter.catalog.headers))
    out.print(f"{path}: {_told(sheet)}", markup=False)
    return 1


def _told(sheet: Sheet) -> str:
    counts = {state: sum(row.state is state for row in sheet.rows) for state in State}
    told = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
    return f"{len(sheet.rows)} rows ({told})"

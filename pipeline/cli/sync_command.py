"""`pipeline sync`: bring every catalog up to date with its source."""

import click

from pipeline.cli.console import complain, out, progress
from pipeline.cli.main import Context, pass_context
from pipeline.cli.sync import sync_catalogs
from pipeline.content import read_documents
from pipeline.errors import EXIT_INCOMPLETE, ConfigError
from pipeline.segments import SEGMENTER_VERSION


@click.command("sync")
@click.option("--locale", "tags", multiple=True, help="Only this language; may be repeated.")
@pass_context
def command(context: Context, tags: tuple[str, ...]) -> int:
    """Bring every catalog up to date with its source.

    A translation is never lost: where the English has changed, the old translation
    stays as fuzzy, with what it was made for; where the English is gone, it is kept
    at the end of the file and comes back with the text. A file that needs no change
    is not written.
    """
    project = context.project
    if project.segmenter != SEGMENTER_VERSION:
        raise ConfigError(
            f"The catalogs were made by version {project.segmenter} of the segmenter, and this is "
            f"{SEGMENTER_VERSION}: translations of texts that are called otherwise would be fuzzy.",
            remedy="Run `pipeline upgrade --apply` first.",
            path=project.config_path,
        )
    locales = tuple(project.locale(tag) for tag in tags) or project.locales
    if project.source in locales:
        raise ConfigError(
            f"`{project.source.tag}` is the language that resources are written in.",
            remedy="Name a language that they are translated into.",
        )
    library = read_documents(project)
    total = len(locales) * (len(library.documents) + 1)
    with progress("Bringing catalogs up to date", total) as advance:
        report = sync_catalogs(project, library.documents, locales, on_done=advance)
    for problem in (*library.errors, *report.errors):
        complain(problem, project.root)
    for warning in (*library.warnings, *report.warnings):
        complain(warning, project.root, is_warning=True)
    out.print(
        f"{report.created} catalogs created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.skipped} skipped."
    )
    return EXIT_INCOMPLETE if library.errors or report.errors else 0

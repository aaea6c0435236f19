"""`pipeline serve`: a preview that is reloaded at each save."""

import gc
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.build import Shown, build
from pipeline.cli.build_command import print_report
from pipeline.cli.console import complain, out, say
from pipeline.cli.kept.remembered import Remembered
from pipeline.cli.main import Context, pass_context
from pipeline.cli.plan import Wish
from pipeline.cli.workers import count_workers
from pipeline.config import Project, load_project
from pipeline.content import list_documents
from pipeline.errors import PipelineError
from pipeline.processes import without_forks
from pipeline.website import is_asset, write_assets
from pipeline.website.generator import refuse_taken, serve

#: Files of which one changes few pages.
_TEXTS = frozenset({".md", ".po", ".jsonl"})
#: Pages from which on it is quicker to start a second process than to make them in this one.
_WORTH_PROCESSES = 150


@click.command("serve")
@click.option(
    "--locale",
    "tags",
    multiple=True,
    help="Only this language and English; may be repeated.",
)
@click.option("--pdf", is_flag=True, help="Make the leaflets too.")
@click.option("--port", default=8000, show_default=True, help="Port on this computer.")
@pass_context
def command(context: Context, tags: tuple[str, ...], pdf: bool, port: int) -> None:
    """Preview the site, and show each change a moment after you save it.

    Nothing has to be signed for it: every page says that it is a preview. Only this
    computer can see it. Stop with Ctrl-C.
    """
    refuse_taken(port)
    project = context.project
    languages = tuple(dict.fromkeys((project.source.tag, *tags))) if tags else ()
    remembered = Remembered()
    wish = Wish(tags=languages, with_pdfs=pdf, workers=count_workers())

    def rebuild(saved: frozenset[Path] = frozenset(), shown: Shown = lambda: True) -> None:
        # A mistake in a file being edited is told, and the preview goes on.
        try:
            now = load_project(project.root, is_preview=True)
            wanted = replace(wish, workers=_workers(now, wish, saved))
            print_report(build(now, wanted, shown=shown, remembered=remembered), None)
        except PipelineError as error:
            complain(error, project.root)
        finally:
            gc.unfreeze()  # a build sets aside what is there to its end, and this goes on

    rebuild()
    out.print(f"Preview: http://127.0.0.1:{port}/")
    say("Stop with Ctrl-C.")
    watched = (
        project.content_dir,
        project.locales_dir,
        project.theme_dir,
        project.config_path,
        project.mkdocs_config,
        project.checklist_path,
    )
    preview = replace(project, is_preview=True)

    def restyle(saved: frozenset[Path]) -> bool:
        return _restyle(preview, saved)

    # Beside the threads of a server no process may be forked: it would copy their locks.
    with without_forks():
        serve(preview.site_dir, rebuild=rebuild, restyle=restyle, watched=watched, port=port)


def _workers(project: Project, wish: Wish, saved: frozenset[Path]) -> int:
    """How many processes a build is worth: to start them takes longer than some pages."""
    if wish.with_pdfs:
        return wish.workers
    if saved and all(path.suffix in _TEXTS and path.stem != "interface" for path in saved):
        return 1
    pages = len(list_documents(project.content_dir)) * (len(wish.tags) or len(project.locales) + 1)
    return wish.workers if pages >= _WORTH_PROCESSES else 1


def _restyle(project: Project, saved: frozenset[Path]) -> bool:
    """Show saved styles, scripts and images: in the preview no page names their content."""
    if not all(is_asset(project, path) and path.is_file() for path in saved):
        return False
    try:
        write_assets(project)
    except (PipelineError, OSError):  # the build says what is wrong
        return False
    return True

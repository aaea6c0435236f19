"""`pipeline serve`: a preview that is reloaded at each save."""

from dataclasses import replace

import click

from pipeline.cli.build import build
from pipeline.cli.build_command import print_report
from pipeline.cli.console import complain, out, say
from pipeline.cli.main import Context, pass_context
from pipeline.cli.plan import Wish
from pipeline.cli.workers import count_workers
from pipeline.config import load_project
from pipeline.errors import PipelineError
from pipeline.website.generator import refuse_taken, serve


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
    wish = Wish(tags=languages, with_pdfs=pdf, workers=count_workers())

    def rebuild() -> None:
        # A mistake in a file being edited is told, and the preview goes on.
        try:
            print_report(build(load_project(project.root, is_preview=True), wish), None)
        except PipelineError as error:
            complain(error, project.root)

    rebuild()
    out.print(f"Preview: http://127.0.0.1:{port}/")
    say("Stop with Ctrl-C.")
    watched = (
        project.content_dir,
        project.locales_dir,
        project.theme_dir,
        project.config_path,
        project.mkdocs_config,
    )
    preview = replace(project, is_preview=True)
    serve(preview.site_dir, rebuild=rebuild, watched=watched, port=port)

"""`pipeline weblate`: what a Weblate server needs to know to take the catalogs."""

from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.console import complain, say
from pipeline.cli.files import write_bytes
from pipeline.cli.main import Context, pass_context
from pipeline.cli.matter import INTERFACE
from pipeline.config import Project
from pipeline.content import Library, read_documents
from pipeline.errors import EXIT_INCOMPLETE
from pipeline.exchange.weblate import Component, Server, render_components
from pipeline.status import is_wanted

_EPILOG = """\b
Example:
  pipeline weblate --project health --repository https://github.com/example/health.git \\
    --output weblate.json
Then, on the server, where the project `health` has been made:
  weblate import_json --project health weblate.json
"""


@click.command("weblate", epilog=_EPILOG)
@click.option(
    "--project", "slug", required=True, help="Short name (slug) of the project on the server."
)
@click.option(
    "--repository", required=True, metavar="URL", help="Where the server fetches from with git."
)
@click.option("--branch", default="", help="The branch; by default the repository's own.")
@click.option(
    "--licence", default="", metavar="SPDX", help="Licence of the translations, such as MIT."
)
@click.option(
    "--output", default="-", metavar="FILE", help="Where to write it; by default standard output."
)
@pass_context
def command(
    context: Context, *, slug: str, repository: str, branch: str, licence: str, output: str
) -> int:
    """Write the settings with which a Weblate server takes the catalogs.

    One component a resource, the words of the website first. The server makes no
    catalogs, merges nothing and pushes nothing: `pipeline sync` and you do.
    """
    project = context.project
    library = read_documents(project)
    components = tuple(_components(project, library))
    server = Server(project=slug, repository=repository, branch=branch, licence=licence)
    write_bytes(output, render_components(components, server))
    for error in library.errors:
        complain(error, project.root)
    say(f"{len(components)} components.")
    return EXIT_INCOMPLETE if library.errors else 0


def _components(project: Project, library: Library) -> Iterator[Component]:
    locales = [locale for locale in project.locales if locale != project.source]
    yield Component(
        resource=INTERFACE,
        title="The words of the website",
        mask=_mask(project, project.interface_path("*")),
        languages=tuple(locale.tag for locale in locales),
        is_markdown=False,
    )
    for document in library.documents:
        wanted = tuple(locale.tag for locale in locales if is_wanted(document, locale))
        if wanted:
            yield Component(
                resource=str(document.id),
                title=document.metadata.title,
                mask=_mask(project, project.catalog_path("*", document.topic, document.slug)),
                languages=wanted,
                is_markdown=True,
            )


def _mask(project: Project, path: Path) -> str:
    """A path from the root of the repository, which may be above that of the project."""
    folders = (project.root, *project.root.parents)
    root = next((folder for folder in folders if (folder / ".git").exists()), project.root)
    return path.relative_to(root).as_posix()

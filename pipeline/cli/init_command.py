"""`pipeline init`: a new repository of content."""

from pathlib import Path

import click

from pipeline.cli.console import out
from pipeline.cli.new_command import render_template
from pipeline.cli.repository.laying import lay_out
from pipeline.cli.repository.shipped import shipped_files


@click.command("init")
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    r"""Lay out a repository of content in FOLDER, which must be new or empty.

    It has an example, the languages with the interface in them (samples, and marked so), the
    theme, settings, a Makefile, and workflows for GitHub and GitLab. `make site` builds it at once.

    \b
      pipeline init health-in-leeds
      cd health-in-leeds && make site
    """
    files = dict(shipped_files())
    files["templates/resource.md"] = render_template("Title of the page").encode()
    lay_out(folder.absolute(), files)
    where = "" if folder == Path() else f"cd {folder} && "
    out.print(f"Laid out {len(files)} files. Next: read README.md, then `{where}make site`.")

"""`pipeline models`: the translation models on this machine."""

import tempfile
from pathlib import Path

import click
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.table import Table

from pipeline.cli.console import err, out, say
from pipeline.cli.main import Context, pass_context
from pipeline.cli.review_screen import safe
from pipeline.draft import (
    Model,
    fetch_index,
    fetch_package,
    find_offer,
    install_model,
    models_folder,
    read_models,
    remove_model,
    try_out,
)
from pipeline.errors import ModelError

_MEGABYTE = 1_000_000
_INSTALL = """\b
Examples:
  pipeline models install translate-en_ar-1_0.argosmodel
  pipeline models install en_so.argosmodel --sha256 08f7807e22c6…
  pipeline models install ar                  from Argos's index, by network
"""


@click.group("models")
def command() -> None:
    """List, install and remove the translation models on this machine.

    They are not part of a project. They are in the folder that PIPELINE_MODELS
    names, or `models` under [draft] in pipeline.toml; by default in your data folder.
    """


@command.command("list")
@pass_context
def list_(context: Context) -> int:
    """List the models that are installed."""
    folder = _folder(context)
    models = read_models(folder)
    if models:
        out.print(_table(models))
    else:
        out.print("No model is installed.")
    say(f"Models are in {folder}.")
    return 0


def _table(models: tuple[Model, ...]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("from", "to", "version"):
        table.add_column(name)
    table.add_column("size", justify="right")
    table.add_column("sha256 of the file", no_wrap=True, overflow="fold")
    for model in models:
        size = f"{model.size / _MEGABYTE:,.1f} MB"
        table.add_row(
            model.source, model.target, model.version, size, safe(model.sha256) or "not known"
        )
    return table


@command.command("install", epilog=_INSTALL)
@click.argument("name", metavar="FILE|TAG")
@click.option(
    "--sha256",
    default="",
    metavar="DIGEST",
    help="Refuse a file that has not this SHA-256: the one that whoever vouches for it gave you.",
)
@pass_context
def install(context: Context, name: str, *, sha256: str) -> int:
    """Install a model from a file, or by a language's tag from Argos's index.

    FILE is a package of Argos Translate (.argosmodel), or one that somebody has
    made in its form from a model of OPUS or NLLB. It takes the place of one for
    the same languages. A model is a program of sorts: install only what comes
    from people you trust, and compare the SHA-256 that is printed with theirs.
    """
    if Path(name).is_file():
        _install(context, Path(name), sha256)
        return 0
    if "." in name or "/" in name:
        raise ModelError(f"There is no file {name}.", remedy="Check the name.")
    folder = _folder(context)
    folder.mkdir(parents=True, exist_ok=True)
    # Beside the models: a folder for temporary files may be too small for one.
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetched-") as work:
        path = Path(work) / f"{name}.argosmodel"
        _fetch(context, name, path)
        _install(context, path, sha256)
    return 0


def _install(context: Context, path: Path, sha256: str) -> None:
    work = _work(context)
    model = install_model(
        path, _folder(context), sha256=sha256, try_out=lambda model: try_out(model, work)
    )
    out.print(f"Installed {model.name}, {model.size / _MEGABYTE:,.1f} MB.", markup=False)
    out.print(f"SHA-256 of the file: {model.sha256}", markup=False)


def _fetch(context: Context, tag: str, path: Path) -> None:
    project = context.find_project()
    source = project.source.tag if project else "en"
    offer = find_offer(fetch_index(), source, tag)
    if offer is None:
        raise ModelError(
            f"The index offers no model from {source} to {tag}.",
            remedy="Install one from a file; docs/reference/drafts.md says how one is made.",
        )
    say(f"Fetching {offer.source}_{offer.target} {safe(offer.version)} …")
    bar = Progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn(), console=err)
    with bar:
        task = bar.add_task("Fetching", total=None)
        fetch_package(offer, path, on_bytes=lambda count: bar.advance(task, count))


@command.command("remove")
@click.argument("pair", metavar="FROM_TO")
@pass_context
def remove(context: Context, pair: str) -> int:
    """Remove the model of a pair of languages, such as en_ar."""
    for model in remove_model(_folder(context), pair):
        out.print(f"Removed {model.name}.", markup=False)
    return 0


def _folder(context: Context) -> Path:
    project = context.find_project()
    return models_folder(project.models_dir if project else None)


def _work(context: Context) -> Path:
    """Where Argos Translate may write: beside the models where there is no project."""
    project = context.find_project()
    return project.cache_dir / "argos" if project else _folder(context) / ".argos"

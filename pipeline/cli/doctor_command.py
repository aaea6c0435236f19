"""`pipeline doctor`: what is missing on this machine, and the command that adds it."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from pipeline.cli.console import out
from pipeline.cli.main import Context, pass_context
from pipeline.errors import MachineError, PipelineError
from pipeline.pdf.machine import find_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class _Check:
    name: str
    problem: str | None = None
    remedy: str = ""
    is_needed: bool = True


@click.command("doctor")
@pass_context
def command(context: Context) -> int:
    """Say what is missing on this machine, and the command that adds it."""
    worst = 0
    for check in _checks(context):
        if check.problem is None:
            out.print(f"[green]ok[/]       {check.name}")
            continue
        label = "[red]missing[/] " if check.is_needed else "[yellow]optional[/]"
        out.print(f"{label} {check.name}: {check.problem}")
        out.print(f"           [dim]→[/] {check.remedy}", markup=True)
        worst = MachineError.exit_code if check.is_needed else worst
    return worst


def _checks(context: Context) -> Iterator[_Check]:
    yield _python()
    yield _settings(context)
    problems = find_problems()
    if not problems:
        yield _Check(name="libraries and fonts for leaflets")
    for problem in problems:
        yield _Check(
            name="leaflets",
            problem=problem.message,
            remedy=problem.remedy,
            is_needed=problem.is_fatal,
        )
    yield _machine_drafts()
    yield _tool("git", "the history of the project", "apt-get install git")
    yield _tool("msgfmt", "tests compare catalogs with GNU gettext", "apt-get install gettext")
    yield _tool("chromium", "tests open the site in a browser", "apt-get install chromium")


def _python() -> _Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return _Check(name=f"Python {version} in {Path(sys.prefix)}")


def _settings(context: Context) -> _Check:
    try:
        project = context.project
    except PipelineError as error:
        return _Check(name="settings", problem=str(error), remedy=error.remedy)
    return _Check(name=f"settings: {len(project.locales)} languages, {project.config_path}")


def _machine_drafts() -> _Check:
    name = "machine drafts"
    if find_spec("argostranslate") and find_spec("sentencex"):
        return _Check(name=name)
    problem = "Argos Translate is not installed; `pipeline draft` asks the memory alone"
    return _Check(name=name, problem=problem, remedy="make mt", is_needed=False)


def _tool(name: str, use: str, remedy: str) -> _Check:
    if shutil.which(name):
        return _Check(name=name)
    return _Check(name=name, problem=f"not found; {use}", remedy=remedy, is_needed=False)

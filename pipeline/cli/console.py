"""What goes to the terminal: results to standard output, everything else to standard error.

Colours and tables appear in a terminal only; a pipe gets plain text.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipeline.errors import PipelineError
from pipeline.model import Finding, Severity

#: Columns where nothing is known of a screen: in a pipe a table is never cut.
_PIPE_WIDTH = 160


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to ``main``: Rich would end the program with 1, as for a mistake."""
        raise BrokenPipeError


def _console(*, is_error: bool) -> Console:
    console = _Console(stderr=is_error, highlight=False, soft_wrap=True, emoji=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console


out = _console(is_error=False)
err = _console(is_error=True)


class Advance(Protocol):
    """Tells a progress bar what has just been done."""

    def __call__(self, name: str, /) -> None:
        """One more is done; its name."""


def say(message: str) -> None:
    """Tell the user something that is not the result."""
    err.print(escape(message))


def complain(error: PipelineError, root: Path | None = None, *, is_warning: bool = False) -> None:
    """Print an error: where, what, and what to do about it."""
    label = "[yellow]warning[/]" if is_warning else "[bold red]error[/]"
    err.print(f"{label}: {escape(_place(error.path, error.line, root))}{escape(error.message)}")
    err.print(f"  [dim]→[/] {escape(error.remedy)}")


def print_finding(finding: Finding, root: Path) -> None:
    """Print what a check saw."""
    colour = {Severity.CRITICAL: "bold red", Severity.MAJOR: "red", Severity.MINOR: "yellow"}
    place = escape(_place(finding.path, finding.line, root))
    err.print(
        f"[{colour[finding.severity]}]{finding.severity}[/]: {place}{escape(finding.message)} "
        f"[dim]({finding.check})[/]"
    )
    err.print(f"  [dim]→[/] {escape(finding.remedy)}")


def _place(path: Path | None, line: int | None, root: Path | None) -> str:
    if path is None:
        return ""
    shown = path.relative_to(root) if root and path.is_relative_to(root) else path
    return f"{shown}:{line}: " if line else f"{shown}: "


@contextmanager
def progress(title: str, total: int) -> Iterator[Advance]:
    """A progress bar in a terminal; in a pipe a line at the beginning.

    Args:
        title: what is being done.
        total: how many steps it has.
    """
    if not err.is_terminal:
        say(f"{title} ({total})")
        yield lambda _name: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[name]}[/]"),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(title, total=total, name="")
        yield lambda name: bar.update(task, advance=1, name=escape(name))


#: After so many seconds whoever waits wants to know what for.
_PATIENCE = 2.0


@contextmanager
def late_progress(title: str, total: int) -> Iterator[Advance]:
    """The same as :func:`progress`, for what is nearly always quick: silent for two seconds.

    Args:
        title: what is being done.
        total: how many steps it has.
    """
    begin, done = time.monotonic(), 0
    with ExitStack() as stack:
        shown: list[Advance] = []

        def advance(name: str) -> None:
            nonlocal done
            done += 1
            if not shown and time.monotonic() - begin > _PATIENCE:
                shown.append(stack.enter_context(progress(title, total)))
                for _ in range(done - 1):
                    shown[0](name)
            if shown:
                shown[0](name)

        yield advance

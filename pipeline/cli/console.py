"""What goes to the terminal: results to standard output, everything else to standard error.

Colours and tables appear in a terminal only; a pipe gets plain text.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.control import strip_control_codes
from rich.markup import escape
from rich.segment import Segment, Segments

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


def renew() -> None:
    """Look anew at where output goes, and what it understands: in a copy of another process."""
    for console, is_error in ((out, False), (err, True)):
        vars(console).update(vars(_console(is_error=is_error)))


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


_COLOURS = {Severity.CRITICAL: "bold red", Severity.MAJOR: "red", Severity.MINOR: "yellow"}


def print_finding(finding: Finding, root: Path) -> None:
    """Print what a check saw."""
    print_findings((finding,), root)


def print_findings(findings: Iterable[Finding], root: Path) -> None:
    """Print what checks saw, all of it at once: of a library these are thousands of lines.

    Args:
        findings: what they saw.
        root: of the project; paths below it are shown without it.
    """
    colours = {severity: err.get_style(colour) for severity, colour in _COLOURS.items()}
    dim = err.get_style("dim")
    pieces: list[Segment] = []
    for each in findings:
        place = _place(each.path, each.line, root)
        pieces += (
            Segment(each.severity.value, colours[each.severity]),
            Segment(_clean(f": {place}{each.message} ")),
            Segment(f"({each.check})", dim),
            Segment("\n  "),
            Segment("→", dim),
            Segment(_clean(f" {each.remedy}\n")),
        )
    if pieces:
        err.print(Segments(pieces), end="")


def _clean(text: str) -> str:
    """A text without what would move the cursor, as everything is printed here."""
    return strip_control_codes(text.expandtabs())


def _place(path: Path | None, line: int | None, root: Path | None) -> str:
    if path is None:
        return ""
    shown = str(path).removeprefix(f"{root}{os.sep}") if root else path
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
    # Loaded where there is a bar: it takes as long as the whole of some commands.
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

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

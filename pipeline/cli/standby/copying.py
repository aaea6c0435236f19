"""A copy of the process that stands by, which becomes the command that somebody has typed."""

import atexit
import os
import signal
import sys
import time
import traceback
from typing import Literal, TextIO

from pipeline.cli import console
from pipeline.cli.main import main
from pipeline.processes import hear_of_parent
from pipeline.standby import STOPPERS, STREAMS, Message


def become(request: Message, handles: list[int], server: int) -> None:
    """Be the command; never returns.

    Args:
        request: what was typed, where, with which variables.
        handles: of the streams of whoever typed it.
        server: the number of the process that stands by.
    """
    code = 1
    try:
        _take_over(request, handles, server)
        main(request["arguments"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  as Python does at the end of a program
        traceback.print_exc()
    finally:
        _leave(code)


def _take_over(request: Message, handles: list[int], server: int) -> None:
    """Be where the command was typed, with its screen and its variables."""
    os.setpgid(0, 0)  # with all that it begins, it is paused as one
    # When the process that stood by is ended from outside, nobody else would stop this.
    if not hear_of_parent(server, stopper_of(request)):
        sys.exit(1)
    for number in STOPPERS:
        handler = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        signal.signal(number, signal.SIG_IGN if number in request["ignored"] else handler)
    for handle, stream in zip(handles, STREAMS, strict=True):
        os.dup2(handle, stream)
        os.close(handle)
    os.environ.clear()
    os.environ.update(request["variables"])
    time.tzset()
    os.umask(request["mask"])
    os.chdir(request["folder"])
    sys.argv = ["pipeline", *request["arguments"]]
    sys.stdin = _open(0, sys.stdin, "r")
    sys.stdout = _open(1, sys.stdout, "w")
    sys.stderr = _open(2, sys.stderr, "w")
    console.renew()


def stopper_of(request: Message) -> signal.Signals:
    """What stops a copy: Ctrl-C, as cleanly as can be, or for one that is deaf to it the next."""
    return signal.SIGTERM if signal.SIGINT in request["ignored"] else signal.SIGINT


def _open(number: int, like: TextIO, mode: Literal["r", "w"]) -> TextIO:
    """A standard stream, as Python opens it at its start."""
    # Errors are seen at once, other output line by line where somebody looks on.
    by_line = mode == "w" and (number == STREAMS[-1] or os.isatty(number))
    return open(  # it stays open
        number, mode, 1 if by_line else -1, like.encoding, like.errors, closefd=False
    )


def _leave(code: int) -> None:
    """End as a program does, but for what the process that stands by was to do at its end."""
    try:
        atexit._run_exitfuncs()  # noqa: SLF001  nothing else has processes ended that are left
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)

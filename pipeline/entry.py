"""The command `pipeline`: a build runs in a copy of the process that stands by, all else here."""

import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from pipeline.standby import (
    STOPPERS,
    STREAMS,
    Message,
    connect,
    find_cache,
    may_stand_by,
    receive,
    send,
    surroundings,
)

_STOPPED = 130
_OF_TERMINAL = ("SIGQUIT", "SIGHUP")


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = run_elsewhere(sys.argv[1:]) if may_stand_by() else None
    except KeyboardInterrupt:  # nothing was begun, or who stands by sees that nobody waits
        code = _STOPPED
    if code is not None:
        _leave(code)
    from pipeline.cli import main as run  # noqa: PLC0415  what all this is to spare

    run()


def _leave(code: int) -> NoReturn:
    """End as the work has ended: whoever runs this sees a signal where there was one."""
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
        signal.raise_signal(-code)
        code = 128 - code  # of those that end nothing here
    sys.exit(code)


def run_elsewhere(arguments: Sequence[str]) -> int | None:
    """Have a build done by the process that stands by for its project.

    Args:
        arguments: what was typed after the name of the program.

    Returns:
        The exit code, less than nothing for what a signal ended; None where there is no such
        process, it cannot do this, or it was ended itself meanwhile.
    """
    try:
        for stream in STREAMS:
            os.fstat(stream)  # one that is closed would be that of the connection
        folder = find_cache(arguments)
    except OSError:
        return None
    is_wanted = folder and "--no-standby" not in arguments and "" not in os.environ
    other = connect(folder) if folder and is_wanted else None
    if other is None:
        return None
    with other:
        try:
            pid = _ask(other, arguments, str(folder))
        except OSError:
            return None
        return _wait(other, pid) if pid else None


def _ask(other: socket.socket, arguments: Sequence[str], cache: str) -> int | None:
    """Ask for the work; the number of the process that has begun it."""
    request = {
        "arguments": list(arguments),
        "folder": os.getcwd(),
        "cache": cache,
        "variables": dict(os.environ),
        "mask": _mask(),
        "ignored": [n for n in STOPPERS if signal.getsignal(n) == signal.SIG_IGN],
        "surroundings": surroundings(),
    }
    send(other, request, STREAMS)
    answer = receive(other)
    if not (answer and answer[0].get("fits")):
        return None
    # From here on it is done there, however long that takes to begin: never twice.
    send(other, {"go": True})
    other.settimeout(None)
    answer = receive(other)
    return answer[0].get("pid") if answer else None


def _mask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _wait(other: socket.socket, pid: int) -> int | None:
    """Wait for the end of the work; whoever stops or pauses this stops or pauses it.

    Returns:
        Its exit code, less than nothing for what a signal ended; None where it was stopped with
        the process that stands by, by nobody who waits for it.
    """
    work = _Work(pid)
    heard = [each for each in (*STOPPERS, signal.SIGTSTP) if _is_heard(each)]
    before = {number: signal.signal(number, work.hand_on) for number in heard}
    try:
        answer = _hear(other)
        if answer is None:
            work.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        work.close()
    if answer is not None:
        return int(answer[0]["code"])
    if work.stopped_by:
        return _STOPPED if work.stopped_by == signal.SIGINT else -work.stopped_by
    sys.stderr.write("The process that stood by was ended from outside. The build begins anew.\n")
    return None


def _is_heard(number: int) -> bool:
    return signal.getsignal(number) != signal.SIG_IGN


def _hear(other: socket.socket) -> tuple[Message, list[int]] | None:
    try:
        return receive(other)
    except OSError:
        return None


class _Work:
    """The process, leader of its group, in which the work is done.

    Attributes:
        stopped_by: the signal that somebody here stopped it with; 0 for none.
    """

    def __init__(self, pid: int) -> None:
        self.stopped_by = 0
        self._pid = pid
        try:
            self._handle = os.pidfd_open(pid)
        except OSError:  # it has ended
            self._handle = -1

    def hand_on(self, number: int, _frame: FrameType | None) -> None:
        """Do with it what is done with this process."""
        if number != signal.SIGTSTP:
            self.stopped_by = number
            # A terminal tells all that were begun from it.
            is_for_all = signal.Signals(number).name in _OF_TERMINAL
            self._tell(os.killpg if is_for_all else os.kill, number)
            return
        # Ctrl-Z, which its own group does not hear: it has no terminal.
        self._tell(os.killpg, signal.SIGSTOP)
        handler = signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)  # here this stands until `fg` or `bg`
        signal.signal(number, handler)
        self._tell(os.killpg, signal.SIGCONT)

    def _tell(self, send_signal: Callable[[int, int], None], number: int) -> None:
        # Where it has ended, its number may be another's.
        if self._handle >= 0 and not select.select([self._handle], [], [], 0)[0]:
            with suppress(ProcessLookupError):
                send_signal(self._pid, number)

    def wait(self) -> None:
        """Wait until it has ended: what comes after it writes to the same files."""
        if self._handle >= 0:
            select.select([self._handle], [], [])

    def close(self) -> None:
        """Let go of it."""
        if self._handle >= 0:
            os.close(self._handle)

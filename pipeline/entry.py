"""The command `pipeline`: a build runs in a copy of the process that stands by, all else here."""

import os
import signal
import socket
import sys
from collections.abc import Sequence
from types import FrameType

from pipeline.standby import (
    STOPPERS,
    STREAMS,
    connect,
    find_cache,
    may_stand_by,
    receive,
    send,
    surroundings,
)

_LOST, _STOPPED = 1, 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = run_elsewhere(sys.argv[1:]) if may_stand_by() else None
    except KeyboardInterrupt:  # nothing was begun, or who stands by sees that nobody waits
        code = _STOPPED
    if code is not None:
        sys.exit(code)
    from pipeline.cli import main as run  # noqa: PLC0415  what all this is to spare

    run()


def run_elsewhere(arguments: Sequence[str]) -> int | None:
    """Have a build done by the process that stands by for its project.

    Args:
        arguments: what was typed after the name of the program.

    Returns:
        The exit code; None where there is no such process, or it cannot do this.
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
            pid = _ask(other, arguments)
        except OSError:
            return None
        return _wait(other, pid) if pid else None


def _ask(other: socket.socket, arguments: Sequence[str]) -> int | None:
    """Ask for the work; the number of the process that has begun it."""
    request = {
        "arguments": list(arguments),
        "folder": os.getcwd(),
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


def _wait(other: socket.socket, pid: int) -> int:
    """Wait for the end of the work; whoever stops this stops it."""

    def hand_on(number: int, _frame: FrameType | None) -> None:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return

    heard = [each for each in STOPPERS if signal.getsignal(each) != signal.SIG_IGN]
    before = {number: signal.signal(number, hand_on) for number in heard}
    try:
        answer = receive(other)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if answer is None:
        sys.stderr.write("The process that did this was ended from outside. Build again.\n")
        return _LOST
    return int(answer[0]["code"])

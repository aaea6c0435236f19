"""Adding lines to a ledger: the only way in which the program changes one.

A ledger is never rewritten. A line is added under a lock, in one piece, on a line of its own
whatever the file ends with, and is on the disk before anybody is told that it is recorded.
"""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from pipeline.ledger.lines import format_time, line_id, parse_line, parse_time, render_line
from pipeline.ledger.reading import Ledger
from pipeline.workflow import Event, EventKind, Line, SignOff

try:
    import fcntl
except ImportError:  # pragma: no cover  # Windows: one write of a whole line has to do there
    fcntl = None  # type: ignore[assignment]

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
#: A link could lead out of the project; O_NONBLOCK so that a pipe is not waited for.
_FLAGS |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_OPPOSITE = {
    EventKind.WITHDRAWN: EventKind.RESTORED,
    EventKind.RESTORED: EventKind.WITHDRAWN,
    EventKind.LIVE: EventKind.TAKEN_DOWN,
    EventKind.TAKEN_DOWN: EventKind.LIVE,
}
_Some = TypeVar("_Some", SignOff, Event)


def append(path: Path, *lines: Line) -> None:
    """Add lines at the end of a ledger.

    Args:
        path: the file; it and its folders are made if missing.
        lines: what is to be added, in this order, all or nothing.

    Raises:
        LineError: a line is not what the schema allows; nothing was written.
        OSError: the file cannot be written to.
    """
    texts = [render_line(line) for line in lines]
    for text in texts:
        parse_line(text)
    data = "".join(f"{text}\n" for text in texts).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    # A merge or a checkout puts another file in the place of the one that was opened. What was
    # written to the old one is written again: a line that stands twice counts once.
    while data and not _append(path, data):
        pass


def fresh_time(ledger: Ledger, line: _Some) -> _Some:
    """The line at a time at which it says something new.

    Two lines that say the same at the same second are one line: who signs again right after
    a revocation would sign the revoked line. So it is moved on, a second at a time. What
    stops publication or allows it again is moved behind the last event that did the opposite.

    Args:
        ledger: the lines that are there.
        line: the line that is to be added.
    """
    line = _after_opposite(ledger, line)
    # Only lines of the same second can be the same: most ledgers have none.
    by_time: dict[str, set[str]] = {}
    for other in ledger.lines:
        if other.time >= line.time:
            by_time.setdefault(other.time, set()).add(line_id(other))
    revoked = {other.revokes for other in ledger.lines if isinstance(other, Event)}
    while (name := line_id(line)) in by_time.get(line.time, ()) or name in revoked:
        line = _at(line, line.time)
    return line


def _after_opposite(ledger: Ledger, line: _Some) -> _Some:
    opposite = _OPPOSITE.get(line.event) if isinstance(line, Event) else None
    times = [
        other.time
        for other in ledger.lines
        if isinstance(other, Event) and other.event is opposite and other.time >= line.time
    ]
    return _at(line, max(times)) if times else line


def _at(line: _Some, time: str) -> _Some:
    """The same a second after a time; a signature over the old time is worth nothing."""
    later = format_time(parse_time(time) + timedelta(seconds=1))
    return replace(line, time=later, signature="")


def _append(path: Path, data: bytes) -> bool:
    """Write to what is there now; False if that has been replaced by then."""
    is_new = not path.exists()
    file = os.open(path, _FLAGS, 0o644)
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        if not _is_same(file, path):
            return False
        _write(file, _joint(file) + data)
        os.fsync(file)
        is_kept = _is_same(file, path)
    finally:
        os.close(file)
    if is_new:
        _sync_folder(path.parent)
    return is_kept


def _write(file: int, data: bytes) -> None:
    """Write all in one piece; take a piece back that has no room on the disk."""
    size = os.fstat(file).st_size
    try:
        written = os.write(file, data)
        while written < len(data):
            written += os.write(file, data[written:])
    except OSError:
        # Under the lock nobody has written behind it. Half of a line would throw doubt.
        if fcntl is not None:
            with suppress(OSError):
                os.ftruncate(file, size)
        raise


def _joint(file: int) -> bytes:
    """What has to stand between the last line and the next."""
    size = os.fstat(file).st_size
    if not size:
        return b""
    os.lseek(file, size - 1, os.SEEK_SET)
    return b"" if os.read(file, 1) == b"\n" else b"\n"


def _is_same(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """Bring the name of a new file to the disk, where a system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

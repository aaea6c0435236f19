"""How a command finds the process that stands by for it, and what the two tell one another.

To load what a build needs takes longer than to make the page that an edit has changed. So a build
leaves a process behind in which all of it is loaded; the next one runs in a copy (``fork``) of it,
with the screen, the folder and the variables of whoever asked. Nothing of a project is remembered
in it: what a build knows of earlier ones is in the cache on the disk, as ever.

This is read at the start of every command, so it needs nothing but Python's own library.
"""

import json
import os
import signal
import socket
import stat
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

#: In the folder of the cache.
SOCKET = "standby.sock"
CONFIG = "pipeline.toml"
#: ``0``: neither ask such a process nor leave one.
SWITCH = "PIPELINE_STANDBY"
#: Standard input, output and error.
STREAMS = (0, 1, 2)
#: What is read when a program starts, or by the libraries in C: another value, another program.
_EARLY = (
    "PYTHON", "LC_", "LANG", "LD_", "FONTCONFIG", "FC_", "PANGO", "HARFBUZZ", "G_",
    "PIPELINE_GENERATOR", "DASK_", "XDG_CONFIG", "XDG_DATA", "XDG_CACHE", "MALLOC", "HOME",
    "PATH", "VIRTUAL_ENV", "TMP", "TEMP", "SQLITE_", "FREETYPE_", "HB_", "GOBJECT_", "OPENSSL",
    "XML_", "EXPAT_", "PILLOW_", "RAPIDFUZZ_", "PY_SAX", "REQUEST_METHOD",
)  # fmt: skip
#: What stops a build: Ctrl-C, `kill`, Ctrl-\\, and a terminal that is closed. The last two are not
#: everywhere.
STOPPERS = tuple(
    signal.Signals[name]
    for name in ("SIGINT", "SIGTERM", "SIGQUIT", "SIGHUP")
    if name in signal.Signals.__members__
)
#: What a process may do, in its status: groups, capabilities, what a sandbox took away, and the
#: signals that wait.
_RIGHTS = (
    "Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
    "Seccomp", "Seccomp_filters", "SigBlk",
)  # fmt: skip
_LENGTH = struct.Struct("!I")
_CREDENTIALS = struct.Struct("3i")
#: No message is longer than the variables of a process can be.
_MOST = 4_000_000
#: Seconds in which the other side says something, or is taken for gone.
PATIENCE = 2.0

Message = dict[str, Any]


def may_stand_by(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether processes may stand by: on Linux, where a fork is safe, and on no test machine.

    Args:
        environment: the variables.
    """
    switch = environment.get(SWITCH, "0" if environment.get("CI") else "1")
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and switch != "0"


def find_cache(arguments: Sequence[str]) -> str | None:
    """The folder of the cache of the project that a build is asked for.

    Args:
        arguments: what was typed after the name of the program.

    Returns:
        None where something else is asked for, or there is no such folder.
    """
    folder, rest = ".", list(arguments)
    while rest and rest[0].startswith("--project"):
        first = rest.pop(0)
        folder = first.partition("=")[2] if "=" in first else (rest.pop(0) if rest else "")
    if not rest or rest[0] != "build" or not folder:
        return None
    here = os.path.realpath(folder)
    while not os.path.isfile(f"{here}/{CONFIG}"):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    return f"{here}/.cache/pipeline"


def surroundings() -> Message:
    """What has to be the same in two processes, so that one can do the other's work."""
    import resource  # noqa: PLC0415  not there on Windows

    limits = {getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")}
    return {
        "python": [sys.executable, sys.version, sys.flags.utf8_mode],
        "early": {k: v for k, v in sorted(os.environ.items()) if k.startswith(_EARLY)},
        "limits": [list(resource.getrlimit(each)) for each in sorted(limits)],
        "rights": _rights(),
        "processors": sorted(os.sched_getaffinity(0)),
        "priority": [os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0)],
        "root": [os.stat("/").st_dev, os.stat("/").st_ino],
        "namespaces": _namespaces("self"),
    }


def _rights() -> dict[str, str]:
    with open("/proc/self/status", encoding="utf-8") as file:
        fields = (line.partition(":") for line in file)
        return {name: value.strip() for name, _, value in fields if name in _RIGHTS}


def _namespaces(process: str) -> dict[str, str]:
    folder = f"/proc/{process}/ns"
    return {name: os.readlink(f"{folder}/{name}") for name in os.listdir(folder)}


@contextmanager
def _address(folder: str) -> Iterator[str]:
    """A name for the socket in a folder that is short enough, however long the folder's is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{SOCKET}"
    finally:
        os.close(handle)


def listen(folder: str) -> socket.socket:
    """Begin to listen in the cache of a project, in the place of one that is gone.

    Args:
        folder: of the cache.

    Raises:
        OSError: nobody can listen there.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        with _address(folder) as address:
            if os.path.lexists(address):
                os.unlink(address)
            listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(before)
    return listener


def connect(folder: str) -> socket.socket | None:
    """Reach the process that stands by for a project; None where there is none of this user's.

    Args:
        folder: of the project's cache.
    """
    found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    found.settimeout(PATIENCE)
    try:
        with _address(folder) as address:
            # No link: a cache may come from anybody, and lead to who knows whom.
            is_there = stat.S_ISSOCK(os.lstat(address).st_mode)
            if is_there:
                found.connect(address)
        if is_there and is_same_user(found) and _is_of_this_system(found):
            return found
    except OSError:
        pass
    found.close()
    return None


def is_same_user(other: socket.socket) -> bool:
    """Whether who is at the other end is the user of this process."""
    return _credentials(other)[1] == os.geteuid()


def _is_of_this_system(other: socket.socket) -> bool:
    """Whether who is at the other end is in no container or sandbox that this process is not in.

    Raises:
        OSError: it cannot be seen from here.
    """
    return _namespaces(str(_credentials(other)[0])) == _namespaces("self")


def _credentials(other: socket.socket) -> tuple[int, int, int]:
    said = other.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    process, user, group = _CREDENTIALS.unpack(said)
    return process, user, group


def send(other: socket.socket, message: Message, handles: Sequence[int] = ()) -> None:
    """Tell the other side something.

    Args:
        other: it.
        message: what can be written as JSON.
        handles: of files that it may use.

    Raises:
        OSError: it is gone.
    """
    data = json.dumps(message).encode("utf-8", "surrogatepass")
    socket.send_fds(other, [_LENGTH.pack(len(data))], list(handles))
    other.sendall(data)


def receive(other: socket.socket, handles: int = 0) -> tuple[Message, list[int]] | None:
    """Hear what the other side says; None where it is gone, or says what nobody understands.

    Args:
        other: it.
        handles: how many files it may hand over.

    Raises:
        OSError: it says nothing for too long.
    """
    head, given, _, _ = socket.recv_fds(other, _LENGTH.size, handles)
    message = None
    try:
        if len(head) == _LENGTH.size:
            message = _parse(_read(other, _LENGTH.unpack(head)[0]))
    finally:
        if message is None:
            for handle in given:
                os.close(handle)
    return None if message is None else (message, list(given))


def _read(other: socket.socket, length: int) -> bytes:
    """So many bytes; none where there are fewer, or they are too many."""
    data = bytearray()
    while len(data) < length <= _MOST and (part := other.recv(length - len(data))):
        data += part
    return bytes(data) if len(data) == length else b""


def _parse(data: bytes) -> Message | None:
    try:
        message = json.loads(data.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    return message if isinstance(message, dict) else None

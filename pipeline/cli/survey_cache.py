"""What an earlier run found of each resource: a cache that may be lost at any time.

A record is one line of JSON: a resource with its cells. It says from which bytes it was made, by
digest, and by size, time and number of the file, so that a file need not be read again (as git
does; a file changed within two seconds of its being looked at is read again). Time alone changes
some cells: a record counts from ``made`` until ``expires``.
"""

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.files import write_atomic
from pipeline.ledger.digests import digest

#: Nanoseconds: times of files are this coarse on some disks.
_RACY = 2_000_000_000
#: There is no such file.
ABSENT = ""
#: It is a link or no file at all: nothing about it is remembered.
ODD = "!"
#: It was changed a moment ago: its digest says what it is.
RACY = "?"


class Stamps:
    """Size, time and number of files, by path, from whole folders at once.

    Args:
        now: the present moment, nanoseconds.
    """

    def __init__(self, now: int) -> None:
        self._fresh = now - _RACY
        self._folders: dict[str, dict[str, str]] = {}

    def stamp(self, path: str) -> str:
        """What tells whether a file is as it was: ``ABSENT``, ``ODD``, ``RACY`` or a stamp."""
        folder, _, name = path.rpartition("/")
        return self.stamps_in(folder).get(name, ABSENT)

    def stamps_in(self, folder: str) -> Mapping[str, str]:
        """The same of all that is in a folder, by name."""
        known = self._folders.get(folder)
        if known is None:
            known = self._folders[folder] = self._scan(folder)
        return known

    def empty(self) -> "Stamps":
        """The same moment, without what was seen: small enough for other processes."""
        return Stamps(self._fresh + _RACY)

    def is_still(self, path: str, stamp: str) -> bool:
        """Whether a file is now what its stamp says; not where that cannot be told."""
        try:
            return is_same(stamp, self._stamp(os.lstat(path)))
        except OSError:
            return stamp == ABSENT

    def _scan(self, folder: str) -> dict[str, str]:
        found, stamp = {}, self._stamp
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    found[entry.name] = stamp(entry.stat(follow_symlinks=False))
        except OSError:
            return found
        return found

    def _stamp(self, found: os.stat_result) -> str:
        if not stat.S_ISREG(found.st_mode):
            return ODD
        changed, touched = found.st_mtime_ns, found.st_ctime_ns
        if changed >= self._fresh or touched >= self._fresh:
            return RACY
        return f"{found.st_size}.{changed}.{touched}.{found.st_ino}"


def is_same(stored: object, stamp: str) -> bool:
    """Whether a file is surely as it was, without reading it."""
    return stored == stamp and stamp not in {ODD, RACY}


def read_file(path: str) -> tuple[str, bytes | None]:
    """A file's digest and its bytes, so that it is judged by just what was digested.

    Args:
        path: the file.

    Returns:
        Instead of the digest ``ABSENT`` where there is none, ``ODD`` where nobody can say; then
        there are no bytes.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return ODD, None
        with open(path, "rb") as file:  # noqa: PTH123  # half the time of Path.read_bytes
            data = file.read()
        return hashlib.blake2b(data, digest_size=20).hexdigest(), data
    except FileNotFoundError:
        return ABSENT, None
    except OSError:
        return ODD, None


def read_cache(path: Path, base: str) -> dict[str, str]:
    """The lines of a cache, by the resource's file; empty where it is damaged or of another base.

    Args:
        path: the cache's file.
        base: digest of all that every record depends on.
    """
    try:
        head, _, rest = path.read_text("utf-8").partition("\n")
        if head != f"{base} {digest(rest.encode())}":
            return {}
        rows = rest.splitlines()
        return dict(zip(map(_name, rows), rows, strict=True))
    except (OSError, ValueError):
        return {}


def _name(row: str) -> str:
    # A record begins with the file's name and a tab, which JSON never holds bare.
    return row[: row.index("\t")]


def write_cache(path: Path, base: str, rows: Iterable[str]) -> None:
    """Keep records. A cache that cannot be written is no reason to fail."""
    rest = "\n".join(rows)
    try:
        write_atomic(path, f"{base} {digest(rest.encode())}\n{rest}".encode())
    except (OSError, ValueError):
        return


def render_record(name: str, values: Mapping[str, object]) -> str:
    """One line of the cache: ASCII, so that no character in it ends a line."""
    return f"{json.dumps(name)[1:-1]}\t{json.dumps(values, separators=(',', ':'))}"


def parse_record(row: str) -> dict[str, Any]:
    """The values of a line.

    Raises:
        ValueError, TypeError: it is none.
    """
    values = json.loads(row.partition("\t")[2])
    if not isinstance(values, dict):
        raise TypeError("no record")
    return values


def record_key(name: str) -> str:
    """What a file's record is found by."""
    return json.dumps(name)[1:-1]

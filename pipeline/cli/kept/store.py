"""The one cache of builds: values by kind and name, in one file that may be deleted at any time.

SQLite keeps it whole when a process is killed, and lets two processes write to it. Each value
stands with the digest of all that it was made from and with a digest of itself, so that one that
is damaged is not there: it is made anew. A file that is no such cache is put away and begun anew;
one that cannot be written is no reason to fail.
"""

import json
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

#: Bytes of values, above which those go that no build asked for longest.
MOST_BYTES = 2_000_000_000
#: A value's time of use is noted again after so many seconds.
_DAY = 24 * 3600
_MADE = """
create table if not exists kept (
  kind text not null, name text not null, key text not null, value blob not null,
  used integer not null, primary key (kind, name)
) without rowid
"""
#: Of a damaged file SQLite says so, of one that others hold that it is locked.
_BUSY_SECONDS = 30.0
_PAUSE = 0.01
Values = Mapping[str, object]
Result = TypeVar("Result")


@dataclass(kw_only=True)
class Store:
    """Values of earlier builds.

    Attributes:
        path: the file; None where nothing is kept.
        most_bytes: how large it may grow.
    """

    path: Path | None
    most_bytes: int = MOST_BYTES
    _waiting: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    _plain: set[tuple[str, str]] = field(default_factory=set)
    _used: set[tuple[str, str]] = field(default_factory=set)

    def read(self, kind: str, name: str) -> tuple[str, bytes] | None:
        """A value with the digest of what it was made from; None where it is not there, or damaged.

        Args:
            kind: of what kind it is.
            name: what it is called among these.
        """
        found = self.read_all(kind, name)
        return next(iter(found.values()), None)

    def read_all(self, kind: str, name: str | None = None) -> dict[str, tuple[str, bytes]]:
        """All values of a kind by name, each with the digest of what it was made from.

        Args:
            kind: of what kind they are.
            name: of the one that is wanted; all if None.
        """
        where, given = (
            ("kind = ?", (kind,)) if name is None else ("kind = ? and name = ?", (kind, name))
        )

        def select(connection: sqlite3.Connection) -> list[tuple[str, str, bytes, int]]:
            return connection.execute(
                f"select name, key, value, used from kept where {where}",  # noqa: S608  no text of anybody
                given,
            ).fetchall()

        rows = self._do(select) or []
        old = time.time() - _DAY
        found = {}
        for each, key, packed, used in rows:
            if (value := _unpack(key, packed)) is not None:
                found[each] = key, value
                if used < old:
                    self._used.add((kind, each))
        for (waiting_kind, each), (key, value) in self._waiting.items():
            if waiting_kind == kind and name in {None, each}:
                found[each] = key, value
        return found

    def read_keys(self, kind: str) -> dict[str, str]:
        """Of all values of a kind the digest of what each was made from, by name.

        The values are not looked at: whether one is damaged :meth:`read` says.

        Args:
            kind: of what kind they are.
        """

        def select(connection: sqlite3.Connection) -> list[tuple[str, str]]:
            sql = "select name, key from kept where kind = ?"
            return connection.execute(sql, (kind,)).fetchall()

        found = dict(self._do(select) or [])
        waiting = {each: key for (other, each), (key, _) in self._waiting.items() if other == kind}
        return found | waiting

    def write(
        self, kind: str, name: str, key: str, value: bytes, *, is_packed: bool = True
    ) -> None:
        """Keep a value, once :meth:`save` is called.

        Args:
            kind: of what kind it is.
            name: what it is called among these.
            key: digest of all that it was made from.
            value: it.
            is_packed: whether it is made smaller: not where it is large and read by each build.
        """
        self._waiting[kind, name] = key, value
        if not is_packed:
            self._plain.add((kind, name))

    def forget(self, kind: str, names: Iterable[str]) -> None:
        """Take values out: at once, so that nobody takes them for what is there.

        Args:
            kind: of what kind they are.
            names: what they are called.
        """
        rows = [(kind, name) for name in names]
        for row in rows:
            self._waiting.pop(row, None)

        def delete(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("delete from kept where kind = ? and name = ?", rows)

        if rows:
            self._do(delete)

    def save(self) -> None:
        """Write what was to be kept, all of it or nothing, and keep within the bound."""
        if not (self._waiting or self._used) or self.path is None:
            return
        now = int(time.time())
        rows = [
            (kind, name, key, _pack(key, value, 0 if (kind, name) in self._plain else 1), now)
            for (kind, name), (key, value) in self._waiting.items()
        ]
        used = [(now, *place) for place in self._used]

        def write(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("insert or replace into kept values (?, ?, ?, ?, ?)", rows)
                connection.executemany("update kept set used = ? where kind = ? and name = ?", used)
            if self._is_large():
                _prune(connection, self.most_bytes)

        self._do(write)
        self._waiting.clear()
        self._used.clear()

    def _is_large(self) -> bool:
        """Whether the values may be above the bound: to add them up takes longer than to write."""
        paths = _files(self.path) if self.path else ()
        return sum(path.stat().st_size for path in paths if path.is_file()) > self.most_bytes

    def _do(self, action: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do something with the file; None where nothing can be done with it.

        One that is no cache, or damaged, is taken away, and the next is begun at once.
        """
        for _ in range(2 if self.path else 0):
            try:
                return self._do_in_turn(action)
            except (sqlite3.OperationalError, OSError):  # locked, or a disk that is full
                return None
            except sqlite3.DatabaseError:
                for path in _files(self.path):  # type: ignore[arg-type]
                    path.unlink(missing_ok=True)
        return None

    def _do_in_turn(self, action: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do something with the file, after others: SQLite does not always wait for them.

        Where one begins to use the file while another ends, it says at once that it is locked.
        """
        until = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                with closing(_connect(self.path)) as connection:  # type: ignore[arg-type]
                    return action(connection)
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > until:
                    raise
            time.sleep(_PAUSE)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    # Extended codes say more in the higher bits.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def open_store(cache_dir: Path) -> Store:
    """The cache of a project's builds.

    Args:
        cache_dir: folder of the project's cache.
    """
    return Store(path=cache_dir / "builds.sqlite")


def render_values(values: Values) -> bytes:
    """Values as JSON, for :meth:`Store.write`."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def parse_values(data: bytes) -> dict[str, Any]:
    """The values of such JSON.

    Raises:
        ValueError, TypeError: it is none.
    """
    values = json.loads(data.decode("utf-8", "surrogatepass"))
    if not isinstance(values, dict):
        raise TypeError("no values")
    return values


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        # What a loss of power leaves half-written is found out by its digest.
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = off")
        connection.execute(_MADE)
    except BaseException:
        connection.close()
        raise
    return connection


def _files(path: Path) -> Iterator[Path]:
    for ending in ("", "-wal", "-shm"):
        yield path.with_name(path.name + ending)


def _pack(key: str, value: bytes, level: int) -> bytes:
    return _digest(key, value) + zlib.compress(value, level)


def _unpack(key: str, packed: object) -> bytes | None:
    """The value; None where it is not what was kept under this key."""
    if not isinstance(packed, bytes):
        return None
    try:
        value = zlib.decompress(packed[16:])
    except zlib.error:
        return None
    return value if packed[:16] == _digest(key, value) else None


def _digest(key: str, value: bytes) -> bytes:
    return blake2b(
        value, digest_size=16, key=blake2b(key.encode(), digest_size=32).digest()
    ).digest()


def _prune(connection: sqlite3.Connection, most: int) -> None:
    """Take out what was not asked for longest, until the rest is small enough."""
    (size,) = connection.execute("select coalesce(sum(length(value)), 0) from kept").fetchone()
    if size <= most:
        return
    with connection:
        rows = connection.execute(
            "select kind, name, length(value) from kept order by used, kind, name"
        ).fetchall()
        gone = []
        for kind, name, length in rows:
            if size <= most:
                break
            size -= length
            gone.append((kind, name))
        connection.executemany("delete from kept where kind = ? and name = ?", gone)
    connection.execute("vacuum")

"""Records of one kind: those of earlier runs, read when they are asked for, and new ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipeline.cli.kept.store import Store, parse_values, render_values
from pipeline.cli.survey_cache import ODD, is_same, read_file

Record = dict[str, Any]
#: So many are read one by one.
_FEW = 3
FAULTS = (KeyError, IndexError, TypeError, ValueError, AttributeError)


@dataclass(slots=True)
class Parsed:
    """Records that this process has read, with their text: it need not be taken apart again.

    Attributes:
        most: how many there may be; those of a preview of two languages, not of a whole library.
    """

    most: int = 0
    _known: dict[tuple[str, str], tuple[bytes, Record]] = field(default_factory=dict)

    def parse(self, kind: str, name: str, value: bytes) -> Record:
        """The record of a text.

        Args:
            kind: of what kind it is.
            name: what it is called.
            value: its text.

        Raises:
            ValueError, TypeError: it is none.
        """
        known = self._known.get((kind, name))
        if known and known[0] == value:
            return known[1]
        record = parse_values(value)
        if known or len(self._known) < self.most:
            self._known[kind, name] = value, record
        return record


@dataclass(kw_only=True)
class Shelf:
    """Records by name.

    Attributes:
        store: the cache.
        kind: what they are called there.
        base: digest of all that every one of them depends on.
        moment: the present one.
        parsed: what this process has read of records.
    """

    store: Store
    kind: str
    base: str
    moment: str
    parsed: Parsed = field(default_factory=Parsed)
    _new: dict[str, Record] = field(default_factory=dict)
    _read: dict[str, Record] = field(default_factory=dict)
    _asked: int = 0

    def _find_old(self, name: str) -> tuple[str, bytes]:
        """What the cache has: all of it is read at once where more than a few are asked for."""
        self._asked += 1
        if self._asked > _FEW:
            return self._old.get(name, ("", b""))
        return self.store.read(self.kind, name) or ("", b"")

    @cached_property
    def _old(self) -> dict[str, tuple[str, bytes]]:
        return self.store.read_all(self.kind)

    def find(self, name: str) -> Record | None:
        """What is known; None where nothing is, or where it was another time or another project."""
        found = self._new.get(name) or self._read.get(name)
        if found is not None:
            return found
        key, value = self._find_old(name)
        if key != self.base:
            return None
        try:
            record = self.parsed.parse(self.kind, name, value)
            if not record["made"] <= self.moment < record["expires"]:
                return None
        except FAULTS:
            return None
        self._read[name] = record
        return record

    def find_same(self, name: str, stamps: Mapping[str, str]) -> Record | None:
        """What is known, if the files that it was made from are what they were.

        Args:
            name: what the record is called.
            stamps: of its files, by path.
        """
        if name in self._new:
            return self._new[name]
        record = self.find(name)
        if record is None:
            return None
        try:
            before = [(str(stamp), str(digest)) for stamp, digest in record["files"]]
        except FAULTS:
            return None
        if len(before) != len(stamps):
            return None
        now = [
            (stamp, digest) if is_same(known, stamp) else (stamp, read_file(path)[0])
            for (path, stamp), (known, digest) in zip(stamps.items(), before, strict=True)
        ]
        digests = [digest for _, digest in now]
        if ODD in digests or digests != [digest for _, digest in before]:
            return None
        if now != before:
            self.put(name, record | {"files": now})
        self._new[name] = record
        return record

    def put(self, name: str, record: Mapping[str, Any], value: bytes | None = None) -> None:
        """Keep a record.

        Args:
            name: what it is called.
            record: it.
            value: the same as JSON, where that is at hand.
        """
        self._new[name] = dict(record)
        self.store.write(self.kind, name, self.base, value or render_values(record))

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget what is gone, so that the cache grows no larger than the project."""
        self.store.forget(self.kind, set(self.store.read_keys(self.kind)) - set(names))

"""What the manifest says of each language, taken from it where nothing of the language changed.

The manifest of a library has tens of megabytes, and an edit changes the lines of one language. So
it is kept nowhere else: where the lines of each language stand in it is noted with the size, time
and number of the file.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cli.kept.shelf import FAULTS
from pipeline.cli.kept.store import Store, parse_values, render_values

_PLACE = "manifest", "site"
#: Between two entries.
BETWEEN = b",\n"
#: Key, head, first and last byte of a part.
_Row = tuple[str, Mapping[str, Any], int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """What the manifest says of a language.

    Attributes:
        key: digest of all that it is made from; empty where it may not be kept.
        head: its entry among the languages, and its books.
        lines: its resources, one a line, as they stand in the manifest: of thousands none is read.
    """

    key: str
    head: Mapping[str, Any]
    lines: bytes | memoryview


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptParts:
    """The parts of the manifest that is there.

    Attributes:
        data: the manifest; nothing where it is not the one that was noted.
        rows: where each part stands in it, by tag.
    """

    data: memoryview
    rows: Mapping[str, _Row]

    @classmethod
    def read(cls, path: Path, store: Store) -> "KeptParts":
        """Read a manifest.

        Args:
            path: the manifest.
            store: the cache, with what was noted of it.
        """
        key, noted = _read_note(store)
        try:
            with path.open("rb") as file:
                if key != _stamp(os.fstat(file.fileno())):
                    return cls(data=memoryview(b""), rows={})
                data = memoryview(file.read())
        except OSError:
            return cls(data=memoryview(b""), rows={})
        return cls(data=data, rows=noted["parts"])

    def find(self, tag: str, key: str) -> Part | None:
        """What is said of a language; None where it is not made from this, or nobody can say.

        Args:
            tag: of the language.
            key: digest of all that it is made from.
        """
        before, head, start, end = self.rows.get(tag, ("", {}, 0, 0))
        if not key or before != key:
            return None
        return Part(key, head, self.data[start:end])


def note_parts(
    path: Path, store: Store, parts: Mapping[str, Part], *, begin: int, has_withheld: bool
) -> None:
    """Note where what is said of each language stands in the manifest.

    Args:
        path: the manifest, as it was just written.
        store: the cache; it is written by its ``save``.
        parts: the parts, in their order, by tag.
        begin: where the first begins.
        has_withheld: whether it says of anything that it could not be made.
    """
    rows = {}
    for tag, part in parts.items():
        end = begin + len(part.lines)
        rows[tag] = part.key, part.head, begin, end
        begin = end + len(BETWEEN) if part.lines else end
    _write_note(store, _stamp(path.stat()), {"has_withheld": has_withheld, "parts": rows})


def forget_part(store: Store, tag: str) -> None:
    """Let a language be looked at anew: its tree is another.

    Args:
        store: the cache; it is written by its ``save``.
        tag: of the language.
    """
    key, noted = _read_note(store)
    if noted["parts"].pop(tag, None):
        _write_note(store, key, noted)


def has_nothing_withheld(path: Path, store: Store) -> bool:
    """Whether it is known of a manifest that it says of nothing that it could not be made.

    Args:
        path: the manifest.
        store: the cache.

    Raises:
        OSError: it is not there.
    """
    key, noted = _read_note(store)
    return key == _stamp(path.stat()) and not noted["has_withheld"]


def list_lines(parts: Iterable[Part]) -> list[bytes | memoryview]:
    """The resources of all languages, one a line, in pieces: they are tens of megabytes."""
    pieces: list[bytes | memoryview] = []
    for part in parts:
        if part.lines:
            pieces += [BETWEEN, part.lines] if pieces else [part.lines]
    return pieces


def _stamp(state: os.stat_result) -> str:
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ino}"


def _read_note(store: Store) -> tuple[str, dict[str, Any]]:
    """What was noted with the stamp of the manifest that it is of; empty where nothing was."""
    found = store.read(*_PLACE)
    try:
        values = parse_values(found[1]) if found else {}
        rows = {str(tag): _to_row(*row) for tag, row in values["parts"].items()}
        return found[0] if found else "", {"has_withheld": values["has_withheld"], "parts": rows}
    except FAULTS:
        return "", {"has_withheld": True, "parts": {}}


def _to_row(key: str, head: Mapping[str, Any], begin: int, end: int) -> _Row:
    return key, dict(head), int(begin), int(end)


def _write_note(store: Store, key: str, values: Mapping[str, object]) -> None:
    store.write(*_PLACE, key, render_values(values))

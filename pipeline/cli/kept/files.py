"""Sizes and digests of published files; only those are read that are others than before."""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pipeline.cli.kept.shelf import FAULTS
from pipeline.cli.kept.store import Store
from pipeline.processes import in_background

_KIND = "files"
#: Size, time of change, number, digest.
_Row = list[object]


@dataclass(kw_only=True)
class PublishedFiles:
    """The files of a site.

    A file is taken for what it was if it has the same size, time and number: every one is written
    under another name and then renamed, so that a new one has a number of its own.

    Attributes:
        site: folder of the site.
        store: where earlier looks are kept; None where each file is read.
    """

    site: Path
    store: Store | None = None
    _trees: dict[str, "_Tree"] = field(default_factory=dict)

    def find(self, name: str) -> dict[str, object] | None:
        """A file: its path below the site's folder, size and digest; None if it is not there.

        Args:
            name: its path below the site's folder.
        """
        found = self._row(name)
        return {"path": name, "bytes": found[0], "digest": found[3]} if found else None

    def find_all(self, tag: str) -> dict[str, str]:
        """Digests of all files in a folder of the site, by path below the site's.

        Args:
            tag: the folder's name.
        """
        tree = self._tree(tag)
        return tree.look_through(f"{self._folder}/{tag}", f"{tag}/")

    def find_sizes(self, tag: str) -> dict[str, int]:
        """Bytes of all files in a folder of the site, as :meth:`find_all` has seen them.

        Args:
            tag: the folder's name.
        """
        return self._tree(tag).sizes

    def _row(self, name: str) -> _Row | None:
        return self._tree(name.partition("/")[0]).find(f"{self._folder}/{name}", name)

    def _tree(self, tag: str) -> "_Tree":
        tree = self._trees.get(tag)
        if tree is None:
            tree = self._trees[tag] = _Tree(tag=tag, store=self.store)
        return tree

    @cached_property
    def _folder(self) -> str:
        return str(self.site)

    def save(self) -> None:
        """Keep what was seen, with the store's next writing."""
        for tree in self._trees.values():
            tree.save()


def begin_stamps(site: Path, tags: Iterable[str]) -> Callable[[], dict[str, str]]:
    """Begin to look at the trees of languages, beside what comes next.

    Args:
        site: folder of the site.
        tags: of the languages.

    Returns:
        What gives the stamp of each tree, by tag; to be called once.
    """
    folders = {tag: site / tag for tag in tags}
    return in_background(lambda: {tag: stamp_of_tree(each) for tag, each in folders.items()})


def stamp_of_tree(folder: Path) -> str:
    """Path, size, time and number of all that is below a folder, as one digest.

    Args:
        folder: the folder; one that is not there is like an empty one.
    """
    found = []
    for name, entry in _walk(str(folder), ""):
        state = entry.stat(follow_symlinks=False)
        of_file = f"{state.st_size} {state.st_mtime_ns} {state.st_ino} {state.st_mode}"
        found.append(f"{name}\0{of_file}")
    return hashlib.sha256("\0".join(sorted(found)).encode("utf-8", "surrogateescape")).hexdigest()


def _walk(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All that is below a folder and is none: thousands, so as little as can be is done for each.

    Args:
        folder: the folder; one that is not there is like an empty one.
        below: what names begin with.
    """
    folders = [(folder, below)]
    while folders:
        folder, below = folders.pop()
        try:
            entries = os.scandir(folder)
        except (FileNotFoundError, NotADirectoryError):
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{below}{entry.name}/"))
                else:
                    yield f"{below}{entry.name}", entry


@dataclass(kw_only=True)
class _Tree:
    tag: str
    store: Store | None
    is_whole: bool = False
    _seen: dict[str, _Row] = field(default_factory=dict)

    @cached_property
    def _known(self) -> dict[str, _Row]:
        found = self.store.read(_KIND, self.tag) if self.store else None
        try:
            return dict(json.loads(found[1])) if found else {}
        except FAULTS:
            return {}

    @property
    def sizes(self) -> dict[str, int]:
        return {name: int(row[0]) for name, row in self._seen.items()}  # type: ignore[call-overload]

    def find(self, path: str, name: str) -> _Row | None:
        if self.is_whole and name in self._seen:
            return self._seen[name]
        try:
            state = os.stat(path)  # noqa: PTH116  no path is made for each of most pages
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(state.st_mode):
            return None
        stamp: _Row = [state.st_size, state.st_mtime_ns, state.st_ino]
        known = self._known.get(name)
        if known is not None and known[:3] == stamp:
            self._seen[name] = known
        else:
            try:
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123  likewise
                    data = file.read()
            except FileNotFoundError:
                return None
            self._seen[name] = [len(data), *stamp[1:], hashlib.sha256(data).hexdigest()]
        return self._seen[name]

    def look_through(self, folder: str, below: str) -> dict[str, str]:
        """All digests below a folder, by name."""
        found, known = {}, self._known.get
        self.is_whole = False  # what was seen may be another by now
        for name, entry in _walk(folder, below):
            try:
                row, state = known(name), entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # written beside this, and now under its own name
                continue
            stamp = [state.st_size, state.st_mtime_ns, state.st_ino]
            if row is not None and row[:3] == stamp and stat.S_ISREG(state.st_mode):
                self._seen[name] = row
            else:
                row = self.find(entry.path, name)
            found[name] = str(row[3] if row else None)
        self.is_whole = True
        return found

    def save(self) -> None:
        rows = self._seen if self.is_whole else {**self._known, **self._seen}
        if self.store and rows != self._known:
            self.store.write(_KIND, self.tag, "", json.dumps(rows).encode())

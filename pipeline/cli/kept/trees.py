"""A locale's published tree as the beginning of the next: its pages stay, but for what changed.

The new tree is made of the old one's files by hard links, which takes no time and no room; what is
new is moved over them, and then the trees change places as always. So nobody ever sees half of it,
and a build that is killed leaves the old tree as it was.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.cli.kept.shelf import FAULTS
from pipeline.cli.kept.store import Store, parse_values, render_values
from pipeline.files import remove
from pipeline.website import Made, parse_note, render_note

_TREE = "tree"


def read_made(store: Store, tag: str, digest: str) -> Made | None:
    """What is noted of a published tree; None where nothing sure is.

    Args:
        store: the cache.
        tag: the tree's locale.
        digest: of all that it was made from.
    """
    head = store.read(_TREE, tag)
    if head is None or head[0] != digest or not digest:
        return None
    try:
        values = parse_values(head[1])
        wanted = dict(values["pages"])
        rows = store.read_all(_kind(tag))
        pages = {
            url: parse_note(rows[url][1]) for url, key in wanted.items() if rows[url][0] == key
        }
        made = Made(shared=str(values["shared"]), targets=dict(values["targets"]), pages=pages)
    except FAULTS:
        return None
    return made if len(pages) == len(wanted) else None


def write_made(store: Store, tag: str, digest: str, made: Made, earlier: Made | None) -> None:
    """Note what a tree was made of.

    Args:
        store: the cache.
        tag: the tree's locale.
        digest: of all that it was made from.
        made: what is noted of it.
        earlier: what was noted of the tree before.
    """
    before = earlier.pages if earlier else {}
    for url, page in made.pages.items():
        if before.get(url) != page:
            store.write(_kind(tag), url, page.digest, render_note(page))
    store.forget(_kind(tag), before.keys() - made.pages.keys())
    head = {
        "shared": made.shared,
        "targets": made.targets,
        "pages": {url: page.digest for url, page in made.pages.items()},
    }
    store.write(_TREE, tag, digest, render_values(head))


def forget_made(store: Store, tag: str) -> None:
    """Take what is noted of a tree for nothing: all of it is made the next time."""
    store.forget(_TREE, [tag])


def link_tree(old: Path, new: Path, keeps: Callable[[str], bool]) -> None:
    """Make a tree of another's files.

    Args:
        old: the tree that is there.
        new: the one to be made. What is in it stays where it is the very file that belongs there:
            to make hundreds of folders anew takes most of a second.
        keeps: whether a file belongs to it, by its path below the tree.
    """
    if not new.is_dir() or new.is_symlink():
        remove(new)
        new.mkdir(parents=True)
    _link_folder(str(old), str(new), "", keeps)


def _link_folder(old: str, new: str, below: str, keeps: Callable[[str], bool]) -> bool:
    """Link what is to be in a folder that is there; gives back whether anything is."""
    there = _entries(new)
    for name, entry in _entries(old).items():
        path, target = f"{below}{name}", f"{new}/{name}"
        mine = there.pop(name, None)
        if entry.is_dir(follow_symlinks=False):
            if mine is None or not mine.is_dir(follow_symlinks=False):
                _remove(mine)
                os.mkdir(target)  # noqa: PTH102  no path is made for each of thousands
            if not _link_folder(entry.path, target, f"{path}/", keeps):
                os.rmdir(target)  # noqa: PTH106
        elif entry.is_file(follow_symlinks=False) and keeps(path):
            if mine is None or not _is_same(mine, entry):
                _remove(mine)
                _link(entry.path, target)
        else:
            _remove(mine)
    for left in there.values():
        _remove(left)
    with os.scandir(new) as entries:
        return any(True for _ in entries)


def _entries(folder: str) -> dict[str, os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return {entry.name: entry for entry in entries}


def _is_same(one: os.DirEntry[str], other: os.DirEntry[str]) -> bool:
    """Whether two names are names of one file."""
    mine, its = one.stat(follow_symlinks=False), other.stat(follow_symlinks=False)
    return (mine.st_ino, mine.st_dev) == (its.st_ino, its.st_dev)


def _remove(entry: os.DirEntry[str] | None) -> None:
    if entry is not None:
        remove(Path(entry.path))


def _link(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except OSError:  # another disk, or one that knows no links
        shutil.copy2(old, new)


def lay_over(made: Path, tree: Path) -> None:
    """Move what was made over a tree; what is the same stays the file that it was.

    Args:
        made: what was made; gone afterwards.
        tree: the tree.
    """
    for path in _files(made):
        target = tree / path.relative_to(made)
        if target.is_file() and target.read_bytes() == path.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    remove(made)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _kind(tag: str) -> str:
    return f"page {tag}"

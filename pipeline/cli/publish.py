"""What was built, moved to where the public reads it."""

import ctypes
import errno
import os
import shutil
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.cli.books import kept_for_books
from pipeline.cli.manifest import read_tags
from pipeline.cli.plan import Stage
from pipeline.cli.survey import Survey
from pipeline.files import remove, write_atomic
from pipeline.model import LeafletVariant

#: Of renameat2(2): the two names change places in one step, and neither is ever missing.
_EXCHANGE = 2
_HERE = -100  # AT_FDCWD
#: What a kernel or a file system answers that cannot do it.
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


def publish_stage(stage: Stage, *, keeps_old: bool = False) -> None:
    """Put a locale's tree, or the part of it that was asked for, in its place.

    Args:
        stage: what was built.
        keeps_old: whether the tree that was there goes where this was built: the next one can be
            made of it.
    """
    # Gone while the tree changes: a build that is killed here is not taken for current.
    remove(stage.record)
    if not (stage.is_partial and stage.target.exists()):
        replace_tree(stage.folder, stage.target, keeps_old=keeps_old)
        return
    for part in stage.only:
        if (stage.folder / part).is_dir():
            replace_tree(stage.folder / part, stage.target / part)
        else:
            remove(stage.target / part)
    for name, data in stage.pictures.items():
        write_atomic(stage.target / name, data)
    for rendition in (each for versions in stage.renditions.values() for each in versions):
        write_atomic(stage.target / rendition.path, rendition.data)


def patch_tree(patch: Stage, tree: Path, *, lost: Container[str], with_sitemap: bool) -> None:
    """Put single pages that were made again over those of a tree; its leaflets stay.

    Args:
        patch: what was made again.
        tree: the tree that it belongs into.
        lost: pages that could not be made again: their leaflets and copies go.
        with_sitemap: whether the lists of what can be read follow too: of pages, of topics.
    """
    for name in patch.only:
        if name in lost:
            for beside in (
                *(tree / name).glob("*.pdf"),
                *(tree / name).glob("*.png"),
                *(tree / name).glob(f"*-{patch.tag}.html"),
            ):
                remove(beside)
        _copy(patch.folder / name / "index.html", tree / name / "index.html")
    for topic, form in patch.without_leaflet:
        if form is LeafletVariant.BOOK:  # the page that would lead to it
            page = f"{topic}/index.html" if topic else "index.html"
            _copy(patch.folder / page, tree / page)
    if with_sitemap:
        lists = ("sitemap.xml", "index.html", "*/index.html", "*/more/*/index.html")
        for path in (found for pattern in lists for found in patch.folder.glob(pattern)):
            _copy(path, tree / path.relative_to(patch.folder))


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        write_atomic(target, source.read_bytes())


def remove_closed(found: Survey, is_open: frozenset[str]) -> None:
    """Take down the tree of a language that is not open, or no longer in the table."""
    project = found.project
    known = {locale.tag for locale in project.locales} | read_tags(project.site_dir)
    for tag in known - is_open:
        remove(project.site_dir / tag)
        remove(project.cache_dir / "built" / tag)
        remove(project.cache_dir / "stage" / tag)
        remove(kept_for_books(project) / tag)


def replace_tree(new: Path, target: Path, *, keeps_old: bool = False) -> None:
    """Put a tree in the place of another; where the system can, no moment is without either.

    Args:
        new: the tree; gone afterwards.
        target: where it belongs.
        keeps_old: whether the other may stay in the place of the tree.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if new.stat().st_dev != target.parent.stat().st_dev:
        new, keeps_old = _copy_beside(new, target), False
    if target.is_dir() and not target.is_symlink() and _exchange(new, target):
        if not keeps_old:
            remove(new)
        return
    old = new.with_name(f"{new.name}.old")
    remove(old)
    if target.exists():
        target.rename(old)
    new.rename(target)
    remove(old)


def _copy_beside(tree: Path, target: Path) -> Path:
    """A copy of a tree on the disk that the site is on: no rename leads from one to another."""
    copy = target.with_name(f".{target.name}.new")
    remove(copy)
    return Path(shutil.copytree(tree, copy))


def _exchange(one: Path, other: Path) -> bool:
    """Let two names change places in one step; False where the system cannot."""
    call = _find_renameat2()
    if call is None:
        return False
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one), None, str(other))


@cache
def _find_renameat2() -> Any:  # noqa: ANN401  # a function of the C library
    """The call, where the C library has it: Linux with glibc 2.28 or musl 1.2.6."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return None
    path = ctypes.c_char_p
    call.argtypes = (ctypes.c_int, path, ctypes.c_int, path, ctypes.c_uint)
    return call

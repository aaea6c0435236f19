"""The tree that a generator is shown for one locale: names of pages, pictures that are files."""

import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pipeline.files import write_atomic
from pipeline.website.scaling import Renditions


def source_uri(folder: str, url: str) -> str:
    """What a generator calls the file from which the page at an address is made.

    Args:
        folder: the locale's folder in the tree.
        url: address below the locale.
    """
    where = url.rstrip("/")
    is_listing = where.count("/") == 0 and where != "search"
    name = f"{where}/index.md" if is_listing else f"{where}.md"
    return str(PurePosixPath(folder, name.lstrip("/")))


def write_pictures(pictures: Mapping[Path, bytes], renditions: Renditions, target: Path) -> None:
    """Write the pictures to where the pages expect them.

    Args:
        pictures: bytes by path below the folder of resources.
        renditions: smaller versions of them, by the paths of these.
        target: the locale's folder in the tree; emptied first.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    _write(pictures, renditions, target)


def add_pictures(pictures: Mapping[Path, bytes], renditions: Renditions, target: Path) -> None:
    """Write the pictures where a generator would have brought them.

    Args:
        pictures: as for :func:`write_pictures`.
        renditions: likewise.
        target: the locale's folder in the website; what is there stays.
    """
    # A generator passes over what is hidden.
    shown = {name: data for name, data in pictures.items() if not _is_hidden(name)}
    kept = {name: each for name, each in renditions.items() if not _is_hidden(name)}
    _write(shown, kept, target)


def _is_hidden(name: Path) -> bool:
    return any(part.startswith(".") for part in name.parts)


def _write(pictures: Mapping[Path, bytes], renditions: Renditions, target: Path) -> None:
    for name, data in pictures.items():
        write_atomic(target / name, data)
    for rendition in (each for versions in renditions.values() for each in versions):
        write_atomic(target / rendition.path, rendition.data)

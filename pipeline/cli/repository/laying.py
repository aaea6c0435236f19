"""A new repository of content: whole, or not there."""

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.config import CONFIG_NAME
from pipeline.errors import ConfigError
from pipeline.files import remove

#: What may be in the folder already: `git init` before `pipeline init`.
_ALLOWED = frozenset({".git"})


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a repository in a folder that is empty or not there.

    Everything is written beside it first and then moved, the settings last: what is interrupted
    leaves the folder as it was, or at worst one that is no project yet.

    Args:
        folder: where.
        files: its files, by path.

    Raises:
        ConfigError: there is something in the folder, or it is a file.
        OSError: it cannot be written.
    """
    _refuse_used(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside it, so that moving is renaming.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as beside:
        for name, data in files.items():
            path = Path(beside, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        _move(Path(beside), folder)


def _refuse_used(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ConfigError(
            "There is a file or a link of that name.", remedy="Name another folder.", path=folder
        )
    there = sorted({path.name for path in folder.iterdir()} - _ALLOWED) if folder.exists() else []
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise ConfigError(
            f"The folder is not empty: there is `{there[0]}`{more}.",
            remedy="Name a new folder; nothing was written.",
            path=folder,
        )


def _move(beside: Path, folder: Path) -> None:
    was_there = folder.exists()
    folder.mkdir(exist_ok=True)
    moved: list[Path] = []
    try:
        for path in sorted(beside.iterdir(), key=lambda path: path.name == CONFIG_NAME):
            moved += [_move_one(path, folder / path.name)]
    except BaseException:
        for path in moved:
            remove(path)
        if not was_there:
            folder.rmdir()
        raise


def _move_one(path: Path, target: Path) -> Path:
    # rename() would put a file in the place of one that has come since.
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    return path.rename(target)

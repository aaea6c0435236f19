"""Writing files so that an interrupted run never leaves half of one."""

import os
import shutil
import tempfile
from pathlib import Path

#: How the names end of what editors and systems leave beside a file.
_LEFTOVERS = ("~", "#", ".swp", ".swo", ".swx", "-swp", ".tmp", ".DS_Store")


def is_leftover(name: str) -> bool:
    """Whether a file is none of the project's: an editor's copy of one that is open there."""
    return name.endswith(_LEFTOVERS) or name.startswith(".#")


def remove(path: Path) -> None:
    """Remove a folder with all that is in it, or a file; fine if there is nothing.

    Raises:
        OSError: it cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        try:
            shutil.rmtree(path)
        except OSError as refusal:
            # It is told by the name alone of what is in there, which nobody would find.
            raise OSError(refusal.errno, refusal.strerror, str(path)) from refusal
    else:
        path.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder of the cache, in the place of a file that has got there.

    Args:
        path: the folder; those above it are made too, in which files are left alone.

    Raises:
        OSError: it cannot be made.
    """
    if path.exists() and not path.is_dir():
        path.unlink()
    path.mkdir(parents=True, exist_ok=True)


def write_atomic(path: Path, *data: bytes | memoryview) -> None:
    """Write a file as a whole or not at all: to a temporary file beside it, then rename.

    Args:
        path: where to write; its folder is made if missing.
        data: the whole content, in one piece or in several.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(data)
        # mkstemp makes files that only their owner may read; a website is for everybody.
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise

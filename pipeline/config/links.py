"""Folders that are links: they may lead out of the project, and what is read is published."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import ConfigError


def refuse_linked_folders(*folders: Path) -> None:
    """Complain about the first folder, one or two levels below these, that is a link.

    Args:
        folders: such as ``content`` and ``locales``; they themselves may be links.

    Raises:
        ConfigError: there is one. Reading through it could publish what nobody meant to
            publish, and ``sync`` would write where it leads.
    """
    for folder in folders:
        for path in _folders_below(folder):
            if path.is_symlink():
                raise ConfigError(
                    "The folder is a link.", remedy="Put the folder itself here.", path=path
                )


def _folders_below(folder: Path) -> Iterator[Path]:
    for path in _folders_in(folder):
        yield path
        if not path.is_symlink():
            yield from _folders_in(path)


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:  # what cannot be read is told by whoever reads it
        return []

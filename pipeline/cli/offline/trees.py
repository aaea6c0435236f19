"""Files of a tree, by their paths below the site's folder."""

from collections.abc import Callable, Iterable
from os.path import isfile, islink
from pathlib import Path

from pipeline.config import Project
from pipeline.model import Interface, Locale, LocalisedPage
from pipeline.website import Speech


def reader(site_dir: Path, tag: str, tree: Path) -> Callable[[str], bytes | None]:
    """What reads a file of a locale's tree, or one that all languages share.

    Args:
        site_dir: the site's folder.
        tag: of the locale.
        tree: its folder; it may not yet be where it is published.

    Returns:
        A function from a path below the site's folder to bytes; None for a file that is not
        there, or that lies outside.
    """
    own, shared = _Folder(tree), _Folder(site_dir / "assets")

    def read(path: str) -> bytes | None:
        top, _, name = path.partition("/")
        if top == tag:
            return own.read(name)
        return shared.read(name) if top == "assets" else None

    return read


class _Folder:
    """A folder of which any file is read, and none that only seems to be in it.

    Args:
        path: of the folder.
    """

    def __init__(self, path: Path) -> None:
        self._root = str(path.resolve())

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where it is not there, or lies elsewhere.

        Args:
            name: its path below the folder.
        """
        path = f"{self._root}/{name}"
        try:
            if not isfile(path) or not (self._is_plain(name) or self._is_inside(path)):  # noqa: PTH113
                return None
            with open(path, "rb") as file:  # noqa: PTH123  hundreds
                return file.read()
        except OSError:
            return None

    def _is_plain(self, name: str) -> bool:
        """Whether no link and no way up is on the way to a file: its path is what it seems."""
        place = self._root
        for step in name.split("/"):
            place = f"{place}/{step}"
            if step == ".." or "\\" in step or islink(place):  # noqa: PTH114
                return False
        return True

    def _is_inside(self, path: str) -> bool:
        return Path(path).resolve().is_relative_to(self._root)


def speech_of(project: Project, locale: Locale, interface: Interface) -> Speech:
    """What writes a text of the theme in a locale."""
    known = {each.tag: each for each in (project.source, locale)}
    return Speech(locale=locale, interface=interface, locales=known)


def readable(pages: Iterable[LocalisedPage]) -> list[LocalisedPage]:
    """The pages that the public can read."""
    return [page for page in pages if page.is_published]

"""Files of a tree, by their paths below the site's folder."""

from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.config import Project
from pipeline.model import Interface, Locale, LocalisedPage
from pipeline.website import Speech


def reader(project: Project, tag: str, tree: Path) -> Callable[[str], bytes | None]:
    """What reads a file of a locale's tree, or one that all languages share.

    Args:
        project: the project.
        tag: of the locale.
        tree: its folder; it may not yet be where it is published.

    Returns:
        A function from a path below the site's folder to bytes; None for a file that is not
        there, or that lies outside.
    """
    folders = {}
    for folder in (tree, project.site_dir / "assets"):
        folders[folder] = folder.resolve()

    def read(path: str) -> bytes | None:
        is_own = path.startswith(f"{tag}/")
        root = tree if is_own else project.site_dir / "assets"
        file = tree / path.removeprefix(f"{tag}/") if is_own else project.site_dir / path
        try:
            return file.read_bytes() if file.resolve().is_relative_to(folders[root]) else None
        except OSError:
            return None

    return read


def speech_of(project: Project, locale: Locale, interface: Interface) -> Speech:
    """What writes a text of the theme in a locale."""
    known = {each.tag: each for each in (project.source, locale)}
    return Speech(locale=locale, interface=interface, locales=known)


def readable(pages: Iterable[LocalisedPage]) -> list[LocalisedPage]:
    """The pages that the public can read."""
    return [page for page in pages if page.is_published]

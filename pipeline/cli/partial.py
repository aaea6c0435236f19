"""A build of some resources: put into the site that is there, without a link that leads nowhere.

The pages around it stay as they are, so they must be there; and a book would show the text that
was changed, so it goes with the links to it, until the next whole build makes it again.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.cli.console import say
from pipeline.cli.manifest import read_withheld
from pipeline.cli.plan import Stage, Wish, refuse_unknown
from pipeline.cli.survey import Survey
from pipeline.files import remove, write_atomic
from pipeline.website import book_path

_PAGE = "index.html"


def widen(found: Survey, wish: Wish) -> Wish:
    """What has to be built so that the pages of some resources lead to pages that are there.

    Args:
        found: the project as it should be published.
        wish: what was asked for.

    Returns:
        The same; all of the languages where one of them lacks a page beside these.

    Raises:
        PipelineError: a language or a resource that is asked for is not there.
    """
    if not wish.resources:
        return wish
    refuse_unknown(found, wish)
    missing = next(_missing(found, wish), None)
    if missing is None:
        return wish
    shown = missing.relative_to(found.project.site_dir).as_posix()
    say(f"The site has no {shown} yet, to which pages would lead: all resources are built.")
    return replace(wish, resources=())


def _missing(found: Survey, wish: Wish) -> Iterator[Path]:
    """Pages beside those that are asked for, and are not there."""
    site = found.project.site_dir
    # Of what is known not to be made there is no page, and no link to it.
    never = read_withheld(site).pages
    topics = {name.partition("/")[0] for name in wish.resources}
    for edition in found.open_editions:
        tag = edition.locale.tag
        if wish.tags and tag not in wish.tags:
            continue
        others = (n for n in edition.facts.names if n not in wish.resources)
        places = ["", *topics, *(name for name in others if (tag, name) not in never)]
        paths = (site / tag / place / _PAGE for place in places)
        yield from (path for path in paths if not path.is_file())


def drop_books(stage: Stage) -> None:
    """Take away books that have an older text of what is to be published, and links to them.

    A link goes first: to stop in between leaves none that leads nowhere.

    Args:
        stage: some resources of a locale, built beside the published tree.
    """
    changed = [name for name in stage.only if _is_changed(stage, name)]
    topics = {name.partition("/")[0] for name in changed}
    for topic in sorted(topics | {""} if topics else ()):
        book = stage.target / book_path(stage.tag, topic)
        page = stage.target / topic / _PAGE
        if page.is_file():
            text = page.read_bytes()
            without = without_link(text, book.name)
            if without != text:
                write_atomic(page, without)
        remove(book)


def _is_changed(stage: Stage, name: str) -> bool:
    pages = [folder / name / _PAGE for folder in (stage.folder, stage.target)]
    built, published = (page.read_bytes() if page.is_file() else b"" for page in pages)
    return built != published


def without_link(page: bytes, name: str) -> bytes:
    """A page without its link to a file, nor the paragraph that has nothing else in it.

    Args:
        page: its HTML.
        name: the file, as the link has it.
    """
    link = rb'<a\s[^>]*?href="' + re.escape(name.encode()) + rb'"[^>]*>.*?</a>'
    return re.sub(rb"<p>\s*" + link + rb"\s*</p>\n?|" + link, b"", page, flags=re.DOTALL)

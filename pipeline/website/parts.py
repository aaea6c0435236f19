"""A locale's website in parts: some of its pages, with what they need to know of the others.

A page shows of other pages the titles of its neighbours, and where its links lead. Lists show
titles, summaries and states. So a part is as large as its own pages, however many the locale has,
and can be made anywhere; what is made of all pages, the search index and the sitemap, is put
together from what is noted of each (:func:`pipeline.website.piecewise.finish_locale`).
"""

import html
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from pipeline.model import LocalisedPage
from pipeline.website.edition import ELSEWHERE
from pipeline.website.entries import Shelf, make_shelf
from pipeline.website.scaling import Renditions
from pipeline.website.site import Around, LeafletName, Library, Manuscript, address
from pipeline.website.views import View, make_lists

#: Pages of one part, and lists: measured in docs/reference/cluster.md.
MOST_PAGES = 200
MOST_LISTS = 100
#: What names of resources and of nearly all pictures are made of.
_PLAIN = re.compile(r"[\w.-]+")
_Each = TypeVar("_Each")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Which pages of a locale's website are in a part.

    Attributes:
        pages: the resources.
        lists: the pages above them, as templates see them.
    """

    pages: tuple[LocalisedPage, ...] = ()
    lists: tuple[View, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """``topic/slug`` of its resources."""
        return tuple(str(page.document.id) for page in self.pages)

    @property
    def has_home(self) -> bool:
        """Whether the locale's first page is in it, and the page for a wrong address."""
        return any(not view.url for view in self.lists)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Chunk):
    """Some pages of a locale's website, with what they need.

    Attributes:
        published: tags of the locales in which each of these resources can be read.
        captioned: tags of the locales in which the video of each has captions.
        around: the pages before and after each.
        targets: what their links may lead to beside themselves: name and address of each.
        without_leaflet: their leaflets that could not be made.
        pictures: bytes of the pictures that they show, by path.
        renditions: smaller versions of these.
    """

    published: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    captioned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    around: Mapping[str, Around] = field(default_factory=dict)
    targets: tuple[tuple[str, str], ...] = ()
    without_leaflet: frozenset[LeafletName] = frozenset()
    pictures: Mapping[Path, bytes] = field(default_factory=dict)
    renditions: Renditions = field(default_factory=dict)

    def taken_from(self, manuscript: Manuscript) -> Manuscript:
        """What the part is made from.

        Args:
            manuscript: what the whole website is made from.
        """
        return replace(
            manuscript,
            site=replace(manuscript.site, pages=self.pages),
            published=self.published,
            captioned=self.captioned,
            without_leaflet=self.without_leaflet,
            pictures=self.pictures,
            renditions=self.renditions,
        )


def find_targets_elsewhere(
    library: Library, unusable: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Where links lead to resources that a locale does not have: name and address.

    To the source language; to one that nobody can read now, to its topic.

    Args:
        library: the locale's pages.
        unusable: resources that are there and cannot be used, by ``topic/slug``.
    """
    here = {str(page.document.id) for page in library.site.pages}
    for name in library.published:
        if name not in here and name not in unusable:
            yield name, f"{ELSEWHERE}{library.project.source.tag}/{name}/"
    for name in sorted(set(unusable) - here):
        topic = name.partition("/")[0]
        if topic in library.topics:
            yield name, f"{topic}/"


def count_parts(count: int) -> int:
    """How many parts so many pages are, about: lists may be one more."""
    return 1 if count <= MOST_PAGES else -(-count // MOST_PAGES) + 1


@dataclass(frozen=True, kw_only=True)
class Cutter:
    """Cuts a locale's website into parts.

    Attributes:
        manuscript: what it is made from.
    """

    manuscript: Manuscript

    @cached_property
    def shelf(self) -> Shelf:
        """What the locale has of each resource."""
        return make_shelf(self.manuscript)

    def cut(self, only: Collection[str] = ()) -> tuple[Chunk, ...]:
        """What goes into each part, lists first; the pages of all together are in their order.

        Args:
            only: the resources to make, by ``topic/slug``; empty for all.

        Raises:
            WebsiteError: a topic has the name of a page of the website's own.
        """
        all_pages, lists = self.shelf.library.site.pages, self._lists
        pages = tuple(page for page in all_pages if not only or str(page.document.id) in only)
        if len(pages) <= MOST_PAGES and len(lists) <= MOST_LISTS:
            return (Chunk(pages=pages, lists=lists),)
        return (
            *(Chunk(lists=some) for some in _batches(lists, MOST_LISTS)),
            *(Chunk(pages=some) for some in _batches(pages, MOST_PAGES)),
        )

    def cut_out(self, names: Collection[str], *, with_lists: bool = False) -> Chunk:
        """One part, of some resources.

        Args:
            names: their ``topic/slug``.
            with_lists: whether all lists are in it too.
        """
        all_pages = self.shelf.library.site.pages
        pages = tuple(page for page in all_pages if str(page.document.id) in names)
        return Chunk(pages=pages, lists=self._lists if with_lists else ())

    def make_part(self, chunk: Chunk) -> Part:
        """A part with all that its pages need.

        Args:
            chunk: which pages these are.
        """
        library, pages = self.shelf.library, chunk.pages
        names = chunk.names
        made = {*names, *(view.url for view in chunk.lists)}
        words = frozenset[str]().union(*map(_words, pages))
        pictures = self._find_pictures(pages, words) if pages else {}
        beside = [(url, url) for url in (view.url for view in self._lists)]
        beside += (each for word in sorted(words) for each in self._by_slug.get(word, ()))
        without = self.shelf.without_leaflet
        return Part(
            pages=pages,
            lists=chunk.lists,
            published={n: library.published[n] for n in names if n in library.published},
            captioned={n: library.captioned[n] for n in names if n in library.captioned},
            around={n: library.neighbours[n] for n in names if n in library.neighbours},
            targets=tuple((name, url) for name, url in beside if name not in made),
            without_leaflet=frozenset(each for each in without if each[0] in made),
            pictures=pictures,
            renditions={p: each for p, each in self.manuscript.renditions.items() if p in pictures},
        )

    @cached_property
    def _lists(self) -> tuple[View, ...]:
        return tuple(make_lists(self.shelf))

    @cached_property
    def _by_slug(self) -> Mapping[str, list[tuple[str, str]]]:
        """Names and addresses of resources, by the name of their file."""
        found: dict[str, list[tuple[str, str]]] = {}
        library = self.shelf.library
        own = ((str(page.document.id), address(page)) for page in library.site.pages)
        for name, url in (*own, *find_targets_elsewhere(library, self.manuscript.unusable)):
            found.setdefault(name.partition("/")[2], []).append((name, url))
        return found

    @cached_property
    def _by_file(self) -> Mapping[str, list[Path]]:
        """Pictures by the names of their files."""
        found: dict[str, list[Path]] = {}
        for path in self.manuscript.pictures:
            found.setdefault(path.name, []).append(path)
        return found

    @cached_property
    def _odd(self) -> frozenset[Path]:
        """Pictures whose names may stand in a text in more than one way."""
        pictures = self.manuscript.pictures
        return frozenset(path for path in pictures if not _PLAIN.fullmatch(path.name))

    def _find_pictures(
        self, pages: Iterable[LocalisedPage], words: Iterable[str]
    ) -> dict[Path, bytes]:
        shown = {path for word in words for path in self._by_file.get(word, ())}
        shown |= {Path(own) for page in pages for _, own in page.pictures}
        shown |= self._odd
        return {path: data for path, data in self.manuscript.pictures.items() if path in shown}


def _batches(values: Sequence[_Each], size: int) -> Iterator[tuple[_Each, ...]]:
    return (tuple(values[start : start + size]) for start in range(0, len(values), size))


def _words(page: LocalisedPage) -> frozenset[str]:
    """All in a page that may be the name of a file, or of a resource."""
    video = page.document.video
    text = unquote(html.unescape(page.markdown)).replace("\\", "")
    found = set(_PLAIN.findall(text))
    found |= {piece for word in found for piece in word.split(".")}
    return frozenset(found | {posixpath.basename(video.poster)} if video else found)

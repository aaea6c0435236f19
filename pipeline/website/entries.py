"""Resources in lists: what each is about, and in which forms it is there."""

from dataclasses import dataclass

from pipeline.model import LeafletVariant, LocalisedPage, Phrase
from pipeline.website.films import make_film
from pipeline.website.site import LeafletName, Library, Manuscript, address

#: Entries of a topic on a locale's first page.
PER_CARD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A resource in a list.

    Attributes:
        title: its title.
        summary: one sentence on it.
        href: where it is.
        is_published: whether it can be read.
        formats: the forms in which it is there, as the theme calls them: page, PDF, audio, video,
            poster.
    """

    title: Phrase
    summary: Phrase
    href: str
    is_published: bool
    formats: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A topic with its first resources."""

    id: str
    href: str
    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a locale has of each resource.

    Attributes:
        library: the locale's pages, beside what the other locales have.
        pdfs: whether leaflets stand beside the pages.
        without_leaflet: the forms of leaflets that could not be made, with their resources.
    """

    library: Library
    pdfs: bool
    without_leaflet: frozenset[LeafletName]

    def leaflets(self, page: LocalisedPage) -> tuple[LeafletVariant, ...]:
        """The forms of a page's leaflet that stand beside it."""
        name, is_there = str(page.document.id), self.pdfs and page.is_published
        return tuple(v for v in page.leaflets if is_there and (name, v) not in self.without_leaflet)

    def formats(self, page: LocalisedPage) -> tuple[Phrase, ...]:
        """The forms in which a resource is there; nothing for one that cannot be read."""
        if not page.is_published:
            return ()
        has_film = make_film(self.library, page, "") is not None
        leaflets = self.leaflets(page)
        there = (
            ("format-page", True),
            ("format-pdf", any(not (v.is_picture or v.is_poster) for v in leaflets)),
            ("format-audio", page.recording is not None),
            ("format-video", has_film),
            ("poster", any(variant.is_poster for variant in leaflets)),
        )
        interface = self.library.site.interface
        return tuple(interface[name] for name, is_there in there if is_there)


def make_shelf(manuscript: Manuscript) -> Shelf:
    """What a locale has of each resource."""
    return Shelf(
        library=Library(
            project=manuscript.project,
            site=manuscript.site,
            published=manuscript.published,
            open_locales=manuscript.open_locales,
            captioned=manuscript.captioned,
        ),
        pdfs=manuscript.pdfs,
        without_leaflet=manuscript.without_leaflet,
    )


def make_card(shelf: Shelf, topic: str) -> Card:
    """A topic with its first resources, those that can be read before others."""
    pages = shelf.library.pages_by_topic[topic]
    return Card(
        id=topic,
        href=f"{topic}/",
        entries=tuple(make_entry(shelf, page, "") for page in pages[:PER_CARD]),
        total=len(pages),
    )


def make_entry(shelf: Shelf, page: LocalisedPage, home: str) -> Entry:
    """A resource in a list.

    Args:
        shelf: what the locale has of each.
        page: its page.
        home: the way from the list to the locale's first page.
    """
    return Entry(
        title=page.title,
        summary=page.summary,
        href=home + address(page),
        is_published=page.is_published,
        formats=shelf.formats(page),
    )

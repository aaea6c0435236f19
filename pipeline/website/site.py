"""What a locale's website is made from, and where things are in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.config import Project
from pipeline.model import Document, Interface, LeafletVariant, Locale, LocalisedPage, Phrase
from pipeline.website.scaling import Renditions

#: A leaflet of a locale: ``topic/slug`` of its resource (of a book its topic), and its form.
LeafletName = tuple[str, LeafletVariant]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleSite:
    """One locale's website, before it is built.

    Attributes:
        locale: the reader's locale.
        interface: the strings of the theme, by id, each with the locale it is really in.
        pages: every resource wanted in this locale, those not yet available included.
    """

    locale: Locale
    interface: Interface
    pages: Sequence[LocalisedPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """All that one locale's website is made from, wherever it is made.

    Attributes:
        project: the project.
        site: the locale with its interface and its pages.
        published: tags of the locales in which each resource can be read, by ``topic/slug``.
        open_locales: the locales that the public sees.
        pictures: what pages show, made safe: bytes by path below the folder of resources.
        renditions: smaller versions of pictures, by the paths of these.
        captioned: tags of the locales in which a resource's video has captions, by
            ``topic/slug``.
        unusable: resources that are there and cannot be used, by ``topic/slug``: a link to
            one leads to its topic, so that its fault is not that of the page with the link.
        pdfs: whether leaflets will stand beside the pages, so that pages link to them.
        without_leaflet: leaflets that could not be made, by ``topic/slug`` and form.
        only: the resources to build, by ``topic/slug``; empty for all. Lists and links are
            those of the whole site.
        shared: digest of what all pages are made from; empty for a tree that nothing is noted of.
    """

    project: Project
    site: LocaleSite
    published: Mapping[str, tuple[str, ...]]
    open_locales: tuple[Locale, ...]
    pictures: Mapping[Path, bytes] = field(default_factory=dict)
    renditions: Renditions = field(default_factory=dict)
    captioned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unusable: frozenset[str] = frozenset()
    pdfs: bool
    without_leaflet: frozenset[LeafletName] = frozenset()
    only: tuple[str, ...] = ()
    shared: str = ""

    @property
    def made_from(self) -> str:
        """What is noted beside the pages: ``shared``, or nothing where only some are built."""
        return "" if self.only else self.shared


class Neighbour(NamedTuple):
    """What a page says of the one before or after it in its topic."""

    title: Phrase
    slug: str


#: The pages before and after one.
Around = tuple[Neighbour | None, Neighbour | None]


@dataclass(frozen=True, kw_only=True)
class Library:
    """A locale's pages beside what the other locales have: what links are made from.

    Attributes:
        project: the project.
        site: the locale's website.
        published: tags of the locales in which each resource can be read, by ``topic/slug``.
        open_locales: the locales that the public sees, the source locale among them.
        captioned: tags of the locales in which a resource's video has captions, by
            ``topic/slug``; only resources with a video are there.
    """

    project: Project
    site: LocaleSite
    published: Mapping[str, tuple[str, ...]]
    open_locales: tuple[Locale, ...]
    captioned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Topics that have a resource in any locale, in the order of the settings."""
        used = {name.partition("/")[0] for name in self.published}
        used |= {page.document.topic for page in self.site.pages}
        return tuple(topic for topic in self.project.topics if topic in used)

    @cached_property
    def pages_by_topic(self) -> dict[str, tuple[LocalisedPage, ...]]:
        """The locale's pages by topic, those that can be read first."""
        return {
            topic: _readable_first(p for p in self.site.pages if p.document.topic == topic)
            for topic in self.topics
        }

    @cached_property
    def locales(self) -> dict[str, Locale]:
        """The open locales and this one, by tag, the source locale first."""
        known = (self.project.source, *self.open_locales, self.site.locale)
        return {locale.tag: locale for locale in known}

    @cached_property
    def neighbours(self) -> dict[str, Around]:
        """The pages before and after each readable page of its topic, by ``topic/slug``."""
        found: dict[str, Around] = {}
        for pages in self.pages_by_topic.values():
            chain = [page for page in pages if page.is_published]
            told = [None, *(Neighbour(p.title, p.document.slug) for p in chain), None]
            for page, before, after in zip(chain, told, told[2:], strict=False):
                found[str(page.document.id)] = (before, after)
        return found

    def is_readable_in(self, name: str, tag: str) -> bool:
        """Whether a resource can be read in a locale."""
        return tag in self.published.get(name, ())


def address(page: LocalisedPage) -> str:
    """Where a page is below its locale: ``topic/slug/``."""
    return f"{page.document.topic}/{page.document.slug}/"


def leaflet_name(document: Document, variant: LeafletVariant) -> str:
    """The file of a leaflet, beside its page."""
    if variant is LeafletVariant.STANDARD:
        return f"{document.slug}.pdf"
    return f"{document.slug}-{variant}.{'png' if variant.is_picture else 'pdf'}"


def card_heading(page: LocalisedPage, locale: Locale, interface: Interface) -> Phrase:
    """What stands large on a page's card: its title where that is in the reader's language.

    Else the topic, or the website's name; where these are not translated either, the language's
    own name: a card says nothing in another language.

    Args:
        page: the page.
        locale: the reader's locale.
        interface: the strings of the theme in it.
    """
    names = (f"topic-{page.document.topic}", "site-name")
    for phrase in (page.title, *(interface[name] for name in names if name in interface)):
        if phrase.locale == locale.tag:
            return phrase
    return Phrase(locale.autonym, locale.tag)


def book_path(tag: str, topic: str) -> str:
    """The file of a book below its locale; of the whole language where the topic is empty."""
    return f"{topic}/{topic}-book.pdf" if topic else f"{tag}-book.pdf"


def book_topics(project: Project, pages: Iterable[LocalisedPage]) -> tuple[str, ...]:
    """Of what there is a book in a locale: topics with several pages, and "" for all of them.

    Args:
        project: the project.
        pages: the locale's pages.
    """
    return book_topics_of(project, (p.document.topic for p in pages if p.is_published))


def book_topics_of(project: Project, topics: Iterable[str]) -> tuple[str, ...]:
    """The same.

    Args:
        project: the project.
        topics: of each of the locale's pages that can be read.
    """
    counted = Counter(topics)
    found = [topic for topic in project.topics if counted[topic] > 1]
    of_topics = found if "topic" in project.books else []
    of_all = [""] if "language" in project.books and counted.total() > 1 else []
    return (*of_topics, *of_all)


def one_file_name(document: Document, tag: str) -> str:
    """The file that is a page by itself, beside it: named so that two languages can be told."""
    return f"{document.slug}-{tag}.html"


def archive_name(tag: str) -> str:
    """The file with all pages of a locale, in its folder."""
    return f"{tag}.zip"


def keep_list_name() -> str:
    """The file that says what a browser fetches to keep a locale, in its folder."""
    return "keep.json"


def _readable_first(pages: Iterable[LocalisedPage]) -> tuple[LocalisedPage, ...]:
    return tuple(sorted(pages, key=lambda page: not page.is_published))

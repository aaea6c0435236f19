"""What a finished site holds, as plain values: what the checks of the output are given."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from pipeline.checks.output.pages import Page, read_head, read_page
from pipeline.model import LeafletVariant, Locale, PageState

#: States in which the resource itself stands at its address, not a notice.
READABLE = frozenset(
    {PageState.SOURCE, PageState.LIVE, PageState.LIVE_WITH_GAPS, PageState.KEY_FACTS}
)

_CAMPAIGN_PICTURE = re.compile(r"(?:^|/)([^/]+)/\1-(?:picture-)?card\.png$")
#: Stands for the root of an archive, which has no address.
_INSIDE = "https://archive.invalid/"

#: Says of a text and a locale's tag whether it is in that language; None where it cannot tell.
IsIn = Callable[[str, str], bool | None]


def never_tell(_text: str, _tag: str, /) -> bool | None:
    """An identifier of languages that knows none."""
    return None


def no_anchors(_path: str, /) -> frozenset[str] | None:
    """What a link can lead to in a page that nobody has read."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A file that the manifest names.

    Attributes:
        path: below the site's folder.
        digest: SHA-256 of its bytes.
        variant: of a leaflet, its form.
    """

    path: str
    digest: str
    variant: LeafletVariant = LeafletVariant.STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the manifest says of a resource in a locale.

    Attributes:
        resource: ``topic/slug``.
        locale: tag.
        state: value of a :class:`PageState`, or ``closed``.
        page: its page; None where there is none.
        leaflets: its leaflets.
        one_file: the page as one file; None where there is none.
        pictures: its card, and the picture to share.
    """

    resource: str
    locale: str
    state: str
    page: PublishedFile | None
    leaflets: tuple[PublishedFile, ...] = ()
    one_file: PublishedFile | None = None
    pictures: tuple[PublishedFile, ...] = ()

    @property
    def files(self) -> tuple[PublishedFile, ...]:
        """All that stands there of it."""
        single = [file for file in (self.page, self.one_file) if file]
        return (*single, *self.leaflets, *self.pictures)

    @property
    def is_readable(self) -> bool:
        """Whether the manifest says that the resource itself can be read."""
        return self.state in READABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """What a PDF says of itself.

    Attributes:
        path: below the site's folder.
        title: its title; empty for none.
        language: its language; empty for none.
        is_tagged: whether it says what is a heading, a list, a table.
        missing_glyphs: how many signs are printed as an empty box.
        text: its text, as a program reads it back.
        fault: why it cannot be read; empty where it can.
    """

    path: str
    title: str = ""
    language: str = ""
    is_tagged: bool = False
    missing_glyphs: int = 0
    text: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a card, or a picture to share, says of itself.

    Attributes:
        width: in dots; 0 where it cannot be read, as the next.
        height: in dots.
        text: what can be read in it, by its own account.
    """

    width: int
    height: int
    text: str


def is_campaign_picture(path: str) -> bool:
    """Whether a file, by its path, is the card or the picture to share of the page beside it."""
    return _CAMPAIGN_PICTURE.search(path) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A text that nobody may read yet, or any more.

    Attributes:
        resource: ``topic/slug`` of the resource that it is from.
        locale: the language that it is in.
        text: the text as it stands in the catalog or the source.
    """

    resource: str
    locale: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """A finished site with what it should be.

    Attributes:
        folder: where it is; findings name files below it.
        address: the site's address, with a slash at its end.
        source: tag of the source language.
        locales: the languages that the project knows, by tag.
        topics: ids of the topics.
        open_tags: tags of the languages that the public sees, by the manifest.
        entries: the manifest's resources.
        sizes: bytes of every file, by path below the folder.
        digests: SHA-256 of pages and leaflets, by path.
        pages: HTML texts, by path.
        texts: texts of all other files that hold any (search index, sitemap, style sheets, what
            is in an archive), by path.
        leaflets: what is in the PDFs.
        books: PDFs of a whole topic or language that the manifest names.
        pictures: what is in cards and pictures to share, by path.
        printed: of leaflets that do not have exactly the text of their page, what must be in
            them, by path.
        archives: the file with all pages of each language that has one, by tag.
        archive_names: what is in each archive that stands there, by path of the archive; the texts
            of its files are among ``texts``, as ``so/so.zip!index.html``.
        expected: the state that the gate gives each page now, by tag and ``topic/slug``.
        secrets: texts that must stand nowhere.
        public_texts: texts that may stand in the pages of each locale, by tag: one that is a
            secret of one resource may be public in another.
        source_texts: texts of the source language, in which nothing may pass for a translation.
        weight_limit: most bytes that a page may need.
        is_in: what tells languages apart.
        unread: paths of pages that were found without fault before and are the same still: they are
            not among ``pages``, and are taken for what they were.
        listed: addresses that sitemaps have with the same languages as when they were found without
            fault, of pages that are ``unread``.
        beside: paths of pages that are read because a changed one names them, or is named: they say
            what they said when they were found without fault, so that only their heads are read.
        anchors_unread: gives what a link can lead to in a page that is ``unread``; None of what is
            none.
        isolate: puts numbers in right-to-left HTML the right way round; twice is once.
    """

    folder: Path
    address: str
    source: str
    locales: Mapping[str, Locale]
    topics: frozenset[str]
    open_tags: frozenset[str]
    entries: tuple[Entry, ...]
    sizes: Mapping[str, int]
    digests: Mapping[str, str]
    pages: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    leaflets: tuple[Leaflet, ...] = ()
    books: tuple[PublishedFile, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=lambda: MappingProxyType({}))
    printed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    archives: Mapping[str, PublishedFile] = field(default_factory=lambda: MappingProxyType({}))
    archive_names: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    expected: Mapping[tuple[str, str], PageState]
    secrets: tuple[Secret, ...] = ()
    public_texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    source_texts: tuple[str, ...] = ()
    weight_limit: int
    is_in: IsIn = never_tell
    unread: Container[str] = frozenset()
    listed: frozenset[str] = frozenset()
    beside: Container[str] = frozenset()
    anchors_unread: Callable[[str], frozenset[str] | None] = no_anchors
    isolate: Callable[[str], str] = str

    @cached_property
    def parsed(self) -> dict[str, Page]:
        """The pages, read once for all checks, by path."""
        return {
            path: (read_head if path in self.beside else read_page)(path, text, self.address)
            for path, text in self.pages.items()
        }

    def anchors_of(self, path: str) -> frozenset[str] | None:
        """What a link can lead to in a page; None of what is none.

        Args:
            path: below the site's folder.
        """
        if path not in self.pages:
            return self.anchors_unread(path)
        if path not in self._anchors:
            page = self.parsed[path]
            if path in self.beside:  # of which only the head was read
                page = read_page(path, self.pages[path], self.address)
            self._anchors[path] = page.anchors
        return self._anchors[path]

    @cached_property
    def _anchors(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def archived(self) -> dict[str, Page]:
        """The pages in archives, by ``so/so.zip!index.html``; places are within the archive."""
        return {
            path: read_page(path.partition("!")[2], text, _INSIDE)
            for path, text in self.texts.items()
            if "!" in path and path.endswith((".html", ".htm"))
        }

    def tag_of(self, path: str) -> str:
        """The language of a file by its place; the source language above all languages."""
        tag = path.partition("/")[0]
        return tag if "/" in path and tag in self.locales else self.source

    @cached_property
    def variants(self) -> dict[str, LeafletVariant]:
        """The form of each leaflet that the manifest names, by path."""
        return {file.path: file.variant for entry in self.entries for file in entry.leaflets}

    @cached_property
    def readable(self) -> dict[str, Entry]:
        """What the manifest says of the resources that can be read, by path of their pages."""
        return {e.page.path: e for e in self.entries if e.page and e.is_readable}

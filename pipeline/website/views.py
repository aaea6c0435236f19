"""What the templates are given: one :class:`View` a page, ready to be written down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from pipeline.errors import WebsiteError
from pipeline.model import LeafletVariant, Locale, LocalisedPage, PageState, Phrase
from pipeline.website.entries import Card, Entry, Shelf, make_card, make_entry
from pipeline.website.films import Audio, Film, make_audio, make_film
from pipeline.website.site import (
    Around,
    Library,
    Neighbour,
    address,
    archive_name,
    book_path,
    book_topics,
    card_heading,
    leaflet_name,
    one_file_name,
)
from pipeline.website.trust import mistake_address, version

#: What a link to each form of a leaflet says, by the id of the string.
_WAYS = {
    LeafletVariant.LARGE_PRINT: "large-print",
    LeafletVariant.BILINGUAL: "side-by-side",
    LeafletVariant.KEY_FACTS: "key-facts-sheet",
    LeafletVariant.SHEETS: "activity-sheets",
    LeafletVariant.BOOKLET: "booklet",
    LeafletVariant.POSTER_A4: "poster",
    LeafletVariant.POSTER_A3: "poster",
}
#: What tells apart forms that are called the same.
_SIZES = {LeafletVariant.POSTER_A4: "A4", LeafletVariant.POSTER_A3: "A3"}
#: Entries on one page of a topic: keeps every page small, however large the library.
PER_LISTING = 40
#: What a browser runs to keep pages, at the root of the website: it may keep what is below it.
KEEPER = "service-worker.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLink:
    """An entry of the language menu."""

    locale: Locale
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its text."""

    text: Phrase
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPicture:
    """The picture that others show beside a link to a page (Open Graph, ``og:image``).

    Attributes:
        href: its address on the web: who shows it is not on the site.
        text: what stands on it, for people who cannot see it.
    """

    href: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A page as its template sees it.

    Attributes:
        kind: name of its template: ``resource``, ``not-yet``, ``home``, ``topic``, ``search``
            or ``not-found``.
        url: where it is below its locale.
        root: the way from it to the root of the website, with a slash at its end.
        home: the way from it to the locale's first page.
        title: its heading.
        description: one sentence on it, in the language of the page; empty for none.
        canonical: its address on the web; empty where it has none of its own.
        alternates: the same page in each language that has it, as ``hreflang`` and address.
        languages: the menu of languages: those that have this page.
        languages_not_yet: those that do not have it yet.
        is_indexed: whether search engines may list it.
        crumbs: the way here from the first page.
        page: the resource, on a page of one.
        source_href: the same page in the source language; empty on that page, and where it
            cannot be read.
        pdf_href: its leaflet; empty for none.
        ways: other forms of it to read.
        book: all pages of the topic, or of the language, as one PDF.
        mistake_href: where a reader reports a mistake.
        version: of the resource, as on its leaflet; empty where it cannot be read.
        before: the page before it in its topic.
        after: the page after it.
        topic: id of the topic, on the page of one.
        cards: topics, on a locale's first page.
        entries: resources, on a topic's page.
        numbers: pages of the topic, where there are several.
        film: the video of a resource.
        audio: the recording of a resource.
        one_file_href: the page as one file; empty for none.
        archive_href: all pages of the language as one file, on its first page; empty for none.
        share_href: where a telephone sends the page's address with WhatsApp.
        keep_href: what a browser runs to keep the page, or on the first page the language; empty
            where nothing may be kept.
        picture_href: the picture to share; empty for none.
        card: the picture that others show beside a link to the page.
    """

    kind: str
    url: str
    root: str
    home: str
    title: Phrase
    description: str = ""
    canonical: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    languages_not_yet: tuple[LanguageLink, ...] = ()
    is_indexed: bool = True
    crumbs: tuple[Link, ...] = ()
    page: LocalisedPage | None = None
    source_href: str = ""
    pdf_href: str = ""
    ways: tuple[Link, ...] = ()
    book: Link | None = None
    mistake_href: str = ""
    version: str = ""
    before: Link | None = None
    after: Link | None = None
    topic: str = ""
    cards: tuple[Card, ...] = ()
    entries: tuple[Entry, ...] = ()
    numbers: tuple[Link, ...] = ()
    film: Film | None = None
    audio: Audio | None = None
    one_file_href: str = ""
    archive_href: str = ""
    share_href: str = ""
    keep_href: str = ""
    picture_href: str = ""
    card: CardPicture | None = None


def make_views(shelf: Shelf) -> dict[str, View]:
    """Everything that a locale's website shows, by address below the locale.

    Args:
        shelf: what the locale has of each resource.

    Raises:
        WebsiteError: a topic has the name of a page of the website's own.
    """
    pages = make_pages(shelf, shelf.library.neighbours)
    return {view.url: view for view in (*make_lists(shelf), *pages)}


def make_pages(shelf: Shelf, around: Mapping[str, Around]) -> Iterator[View]:
    """The pages of a locale's resources, one after the other.

    Args:
        shelf: what the locale has of each.
        around: the pages before and after each, by ``topic/slug``.
    """
    for page in shelf.library.site.pages:
        beside = around.get(str(page.document.id), (None, None))
        yield _resource(shelf.library, page, shelf.leaflets(page), beside)


def make_lists(shelf: Shelf) -> list[View]:
    """The pages above all resources: the first page, the search page, the lists of topics.

    Args:
        shelf: what the locale has of each resource.

    Raises:
        WebsiteError: a topic has the name of a page of the website's own.
    """
    library = shelf.library
    if "search" in library.topics:
        raise WebsiteError(
            "`search` cannot be the id of a topic: it is the page of results.",
            remedy="Call the topic otherwise.",
            path=library.project.config_path,
        )
    views = [_home(library, shelf), _search(library, shelf)]
    for topic in library.topics:
        views += _topic(library, shelf, topic)
    books = _books(shelf) if shelf.pdfs else {}
    return [replace(view, book=books.get(view.url)) for view in views]


def make_stub(library: Library) -> View:
    """A first page for a generator that wants to have one, where it is made elsewhere."""
    title = library.site.interface["home-title"]
    return View(kind="home", url="", root="../", home="./", title=title)


def _books(shelf: Shelf) -> dict[str, Link]:
    """Links to the books of a locale, by the page on which each stands."""
    library = shelf.library
    tag, say = library.site.locale.tag, library.site.interface
    return {
        f"{topic}/" if topic else "": Link(
            text=say["book-topic" if topic else "book-language"],
            href=book_path(tag, topic).rpartition("/")[2],
        )
        for topic in book_topics(library.project, library.site.pages)
        if (topic, LeafletVariant.BOOK) not in shelf.without_leaflet
    }


def make_not_found(library: Library, site_path: str) -> View:
    """The page for a wrong address: it may stand at any depth, so its links start at the root.

    Args:
        library: the locale's pages.
        site_path: path of the website's address, with a slash at its end.
    """
    home = f"{site_path}{library.site.locale.tag}/"
    return View(
        kind="not-found",
        url="404.html",
        root=site_path,
        home=home,
        title=library.site.interface["not-found-title"],
        is_indexed=False,
        languages=_languages(library, library.locales.values(), site_path, ""),
    )


def _root(url: str) -> str:
    """The way from a page to the root of the website, above all locales."""
    return "../" * (url.count("/") + 1)


def _home(library: Library, shelf: Shelf) -> View:
    cards = tuple(make_card(shelf, topic) for topic in library.topics)
    site = library.site
    everywhere = tuple(library.locales)
    return View(
        kind="home",
        url="",
        root="../",
        home="./",
        title=site.interface["home-title"],
        description=_own_text(library, site.interface["site-description"]),
        canonical=_absolute(library, site.locale.tag, ""),
        alternates=_alternates(library, everywhere, "", default=library.project.site_url),
        languages=_languages(library, library.locales.values(), "../", ""),
        cards=cards,
        archive_href=archive_name(site.locale.tag)
        if any(page.is_published for page in site.pages)
        else "",
        keep_href=f"../{KEEPER}"
        if library.project.keeps_offline and any(page.is_published for page in site.pages)
        else "",
    )


def _search(library: Library, shelf: Shelf) -> View:
    url = "search/"
    return View(
        kind="search",
        url=url,
        root=_root(url),
        home="../",
        title=library.site.interface["material.search"],
        is_indexed=False,
        languages=_languages(library, library.locales.values(), _root(url), url),
        crumbs=(_home_link(library, "../"),),
        cards=tuple(make_card(shelf, topic) for topic in library.topics),
    )


def listing_urls(topic: str, total: int) -> tuple[str, ...]:
    """Addresses of the pages that list a topic's resources."""
    count = max(1, -(-total // PER_LISTING))
    return (f"{topic}/", *(f"{topic}/more/{number}/" for number in range(2, count + 1)))


def _topic(library: Library, shelf: Shelf, topic: str) -> list[View]:
    pages = library.pages_by_topic[topic]
    urls = listing_urls(topic, len(pages))
    parts: Sequence[tuple[LocalisedPage, ...]] = list(_batches(pages)) or [()]
    return [
        _listing(library, shelf, topic, urls, number, part) for number, part in enumerate(parts)
    ]


def _batches(pages: tuple[LocalisedPage, ...]) -> Iterable[tuple[LocalisedPage, ...]]:
    return (pages[start : start + PER_LISTING] for start in range(0, len(pages), PER_LISTING))


def _listing(
    library: Library,
    shelf: Shelf,
    topic: str,
    urls: tuple[str, ...],
    number: int,
    pages: tuple[LocalisedPage, ...],
) -> View:
    url, tag = urls[number], library.site.locale.tag
    root, home = _root(url), _root(url)[3:]
    # Another language may have fewer pages of a topic: only the first is sure to be there.
    everywhere = tuple(library.locales) if number == 0 else ()
    interface = library.site.interface
    return View(
        kind="topic",
        url=url,
        root=root,
        home=home,
        title=interface[f"topic-{topic}"],
        description=_own_text(library, interface[f"topic-{topic}-summary"]),
        canonical=_absolute(library, tag, url),
        alternates=_alternates(library, everywhere, url),
        languages=_languages(library, library.locales.values(), root, urls[0]),
        crumbs=(_home_link(library, home),),
        topic=topic,
        entries=tuple(make_entry(shelf, page, home) for page in pages),
        numbers=_numbers(library, home, urls, number),
        before=_neighbour(library, "material.footer.previous", home, urls, number - 1),
        after=_neighbour(library, "material.footer.next", home, urls, number + 1),
    )


def _numbers(library: Library, home: str, urls: tuple[str, ...], current: int) -> tuple[Link, ...]:
    if len(urls) == 1:
        return ()
    tag = library.site.locale.tag
    return tuple(
        Link(text=Phrase(str(number + 1), tag), href="" if number == current else home + url)
        for number, url in enumerate(urls)
    )


def _neighbour(
    library: Library, string_id: str, home: str, urls: tuple[str, ...], number: int
) -> Link | None:
    if not 0 <= number < len(urls):
        return None
    return Link(text=library.site.interface[string_id], href=home + urls[number])


def _home_link(library: Library, home: str) -> Link:
    return Link(text=library.site.interface["home-title"], href=home)


def _ways(
    library: Library, page: LocalisedPage, leaflets: tuple[LeafletVariant, ...]
) -> tuple[Link, ...]:
    """Links to the forms of a leaflet, but for the standard one."""
    return tuple(
        Link(
            text=_way_text(library.site.interface[_WAYS[variant]], _SIZES.get(variant, "")),
            href=leaflet_name(page.document, variant),
        )
        for variant in leaflets
        if variant in _WAYS
    )


def _way_text(name: Phrase, size: str) -> Phrase:
    return Phrase(f"{name.text} · {size}", name.locale) if size else name


def _picture(page: LocalisedPage, leaflets: tuple[LeafletVariant, ...]) -> str:
    picture = LeafletVariant.PICTURE_CARD
    return leaflet_name(page.document, picture) if picture in leaflets else ""


def _card(
    library: Library, page: LocalisedPage, leaflets: tuple[LeafletVariant, ...]
) -> CardPicture | None:
    """The card of a page; its text is what stands on it, in the reader's language alone."""
    if LeafletVariant.CARD not in leaflets:
        return None
    site = library.site
    name = leaflet_name(page.document, LeafletVariant.CARD)
    heading = card_heading(page, site.locale, site.interface)
    return CardPicture(
        href=_absolute(library, page.locale, f"{address(page)}{name}"), text=heading.text
    )


def _resource(
    library: Library, page: LocalisedPage, leaflets: tuple[LeafletVariant, ...], beside: Around
) -> View:
    document, url, tag = page.document, address(page), library.site.locale.tag
    name, root, home = str(document.id), _root(url), "../../"
    have = tuple(library.published.get(name, ()))
    source = library.project.source.tag
    is_published, is_source = page.is_published, tag == source
    before, after = beside
    stated = version(page)
    return View(
        kind="resource" if is_published else "not-yet",
        url=url,
        root=root,
        home=home,
        title=_title(library, page),
        description=_own_text(library, page.summary) if is_published else "",
        canonical=_absolute(library, tag, url) if is_published else "",
        alternates=_alternates(library, have, url) if is_published else (),
        languages=_languages(library, _with(library, have), root, url),
        languages_not_yet=_not_yet(library, page, have, root),
        is_indexed=is_published,
        crumbs=(
            _home_link(library, home),
            Link(text=library.site.interface[f"topic-{document.topic}"], href="../"),
        ),
        page=page,
        source_href=f"{root}{source}/{url}" if source in have and not is_source else "",
        pdf_href=leaflet_name(document, LeafletVariant.STANDARD)
        if LeafletVariant.STANDARD in leaflets
        else "",
        ways=_ways(library, page, leaflets),
        mistake_href=mistake_address(library, page, stated),
        version=stated if is_published else "",
        before=_page_link(before),
        after=_page_link(after),
        film=make_film(library, page, root),
        audio=make_audio(page, root),
        one_file_href=one_file_name(document, tag) if is_published else "",
        share_href=_share(library, page) if is_published else "",
        keep_href=f"{root}{KEEPER}" if is_published and library.project.keeps_offline else "",
        picture_href=_picture(page, leaflets),
        card=_card(library, page, leaflets),
    )


def _title(library: Library, page: LocalisedPage) -> Phrase:
    """The resource's title where it can be read; else what is said in its place."""
    if page.state is PageState.WITHDRAWN:
        return library.site.interface["notice-withdrawn"]
    if page.is_published or page.locale == library.project.source.tag:
        return page.title
    return library.site.interface["notice-not-yet"]


def _page_link(page: Neighbour | None) -> Link | None:
    return Link(text=page.title, href=f"../{page.slug}/") if page else None


def _share(library: Library, page: LocalisedPage) -> str:
    """A link that needs no script and loads nothing: it hands the page's address on."""
    text = f"{page.title.text}\n{_absolute(library, page.locale, address(page))}"
    return f"https://wa.me/?text={quote(text, safe='')}"


def _own_text(library: Library, phrase: Phrase) -> str:
    """A text for an attribute, which cannot say that it is in another language: ours or none."""
    return phrase.text if phrase.locale == library.site.locale.tag else ""


def _absolute(library: Library, tag: str, url: str) -> str:
    return f"{library.project.site_url}{tag}/{url}"


def _alternates(
    library: Library, tags: tuple[str, ...], url: str, *, default: str = ""
) -> tuple[tuple[str, str], ...]:
    """``hreflang`` values with their addresses, of the open locales among these."""
    found = [(tag, _absolute(library, tag, url)) for tag in library.locales if tag in tags]
    if not found:
        return ()
    source = library.project.source.tag
    if source not in tags:  # its page could not be made: nothing to fall back on
        return tuple(found)
    return (*found, ("x-default", default or _absolute(library, source, url)))


def _with(library: Library, tags: tuple[str, ...]) -> tuple[Locale, ...]:
    return tuple(locale for tag, locale in library.locales.items() if tag in tags)


def _languages(
    library: Library, locales: Iterable[Locale], root: str, url: str
) -> tuple[LanguageLink, ...]:
    current = library.site.locale.tag
    return tuple(
        LanguageLink(
            locale=locale, href=f"{root}{locale.tag}/{url}", is_current=locale.tag == current
        )
        for locale in locales
    )


def _not_yet(
    library: Library, page: LocalisedPage, have: tuple[str, ...], root: str
) -> tuple[LanguageLink, ...]:
    """Open locales without the resource: their notice, or their first page where none is due."""
    wanted = page.document.metadata.languages
    missing = [locale for tag, locale in library.locales.items() if tag not in have]
    return tuple(
        LanguageLink(
            locale=locale,
            href=f"{root}{locale.tag}/"
            + (address(page) if wanted is None or locale.tag in wanted else ""),
            is_current=locale.tag == library.site.locale.tag,
        )
        for locale in missing
    )

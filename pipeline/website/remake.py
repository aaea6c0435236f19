"""Which pages of a locale's website have to be made, where an earlier one is at hand.

A page is made from its view, from what all pages share, and from where its links lead. Equal
digests, equal pages: only the others are made, and what the search index and the checks of links
need of the rest was noted when it was made.
"""

import html
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import unquote

from pipeline.website.views import View


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """What is noted of a page.

    Attributes:
        digest: of its view.
        entries: what readers can search, as it stands in the index of the locale.
        anchors: ids to which links may lead.
        links: anchors that it links to, by the file that they are in, as MkDocs calls it.
    """

    digest: str
    entries: str = ""
    anchors: tuple[str, ...] = ()
    links: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Made:
    """What is noted of a locale's website.

    Attributes:
        shared: digest of what all of its pages are made from.
        targets: where a link to each resource leads, by ``topic/slug``.
        pages: its pages, by address below the locale.
    """

    shared: str
    targets: Mapping[str, str]
    pages: Mapping[str, MadePage]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What has to be done to an earlier website.

    Attributes:
        stale: addresses of pages to be made.
        gone: addresses of pages that are no more.
    """

    stale: frozenset[str]
    gone: frozenset[str]


def digest_of_view(view: View) -> str:
    """Digest of all that a page shows, but for what all pages share: the table of languages too."""
    menus = [
        [(link.locale.tag, link.href, link.is_current) for link in menu]
        for menu in (view.languages, view.languages_not_yet)
    ]
    texts: tuple[str, ...] = ()
    page = view.page
    if page:  # to print long texts takes longer than all else
        texts = page.markdown, page.document.text
        page = replace(page, markdown="", document=replace(page.document, text=""))
    said = repr((menus, replace(view, languages=(), languages_not_yet=(), page=page)))
    found = sha256()
    for text in (said, *texts):
        data = text.encode("utf-8", "surrogatepass")
        found.update(b"%d\n" % len(data))
        found.update(data)
    return found.hexdigest()


def find_targets(
    urls: Iterable[tuple[str, str]], elsewhere: Collection[str], unusable: Collection[str]
) -> dict[str, str]:
    """Where a link to each resource leads, in short: equal texts, equal links.

    Args:
        urls: names and addresses of the locale's own.
        elsewhere: names of those that it does not have.
        unusable: names of those that cannot be used.
    """
    return {
        **dict.fromkeys(unusable, "topic"),
        **dict.fromkeys(elsewhere, "source"),
        **dict(urls),
    }


def compare(earlier: Made, now: Made, views: Mapping[str, View]) -> Difference | None:
    """What has to be made of a website; None where all of it has to be.

    Args:
        earlier: what is noted of the website that is there.
        now: the same of the one that is wanted, without what is found out by making it.
        views: the pages that are wanted.
    """
    if earlier.shared != now.shared:
        return None
    moved = {
        name.rpartition("/")[2]
        for name in earlier.targets.keys() | now.targets.keys()
        if earlier.targets.get(name) != now.targets.get(name)
    }
    stale = {
        url
        for url, page in now.pages.items()
        if url not in earlier.pages
        or earlier.pages[url].digest != page.digest
        or (moved and _mentions(views[url], moved))
    }
    return Difference(
        stale=frozenset(stale), gone=frozenset(earlier.pages.keys() - now.pages.keys())
    )


def _mentions(view: View, slugs: Collection[str]) -> bool:
    """Whether a page may link to one of some resources."""
    text = view.page.markdown if view.page else ""
    text = unquote(html.unescape(text))
    return any(slug in text for slug in slugs)


def find_lost_anchors(made: Made, uri_of: Mapping[str, str]) -> bool:
    """Whether a link leads to a part of a page that is not there.

    Args:
        made: the website.
        uri_of: what MkDocs calls the file of each page, by address.
    """
    return any(True for _ in find_lost_links(made.pages, uri_of))


def find_lost_links(
    pages: Mapping[str, MadePage], uri_of: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Pages that lead to a part of a page that is not there: their address, the other's file.

    Args:
        pages: they, by address.
        uri_of: what MkDocs calls the file of each page, by address.
    """
    anchors = {uri_of[url]: frozenset(page.anchors) for url, page in pages.items()}
    for url, page in pages.items():
        for uri, wanted in page.links:
            if uri in anchors and not set(wanted) <= anchors[uri]:
                yield url, uri


def merge(earlier: Made, now: Made, made: Mapping[str, MadePage]) -> Made:
    """What is noted of a website of which some pages were made anew."""
    pages = {
        url: replace(made[url], digest=page.digest) if url in made else earlier.pages[url]
        for url, page in now.pages.items()
    }
    return replace(now, pages=pages)


def render_note(page: MadePage) -> bytes:
    """A note as bytes: a line of JSON, and what readers can search, which is never read."""
    head = json.dumps([page.digest, page.anchors, page.links], ensure_ascii=False)
    return f"{head}\n{page.entries}".encode("utf-8", "surrogatepass")


def parse_note(data: bytes) -> MadePage:
    """The note of such bytes.

    Raises:
        TypeError, ValueError: it is none.
    """
    head, _, entries = data.decode("utf-8", "surrogatepass").partition("\n")
    digest, anchors, links = json.loads(head)
    return MadePage(
        digest=str(digest),
        entries=entries,
        anchors=tuple(anchors),
        links=tuple((uri, tuple(wanted)) for uri, wanted in links),
    )

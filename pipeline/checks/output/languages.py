"""Whether pages say truly which language they are in and where the others are."""

from collections.abc import Iterator

from pipeline.checks.output.addresses import find_place, web_address
from pipeline.checks.output.findings import about_file
from pipeline.checks.output.pages import Page
from pipeline.checks.output.site import Site
from pipeline.checks.output.sitemaps import SitemapEntry, read_sitemap
from pipeline.model import Finding, Severity

_AGAIN = "Build again with `pipeline build`; if it stays, the template or the language table lies."
_DEFAULT = "x-default"


def check_page_language(site: Site) -> tuple[Finding, ...]:
    """page-language: a page says that it is in another language or direction than it is.

    Its address says the language (``/so/…``), the language table says the direction. A screen
    reader reads a page aloud in the language of ``lang``, and ``dir`` turns its lines.

    - Source: ``the page at /so/covid-19/``
    - Wrong: ``<html lang="en" dir="ltr">``
    - Right: ``<html lang="so" dir="ltr">``
    - Source: ``the page at /ar/covid-19/``
    - Wrong: ``<html lang="ar" dir="ltr"> … <h1>الحمى</h1>``
    - Right: ``<html lang="ar" dir="rtl"> … <h1>الحمى</h1>``

    Args:
        site: the finished site.

    Returns:
        A critical finding for each page that says something else.
    """
    return tuple(
        about_file(
            "page-language",
            Severity.CRITICAL,
            site,
            path,
            message=f"The page says {said}, and it is {true}.",
            remedy=_AGAIN,
        )
        for path, page in site.parsed.items()
        for said, true in _lies(site, path, page)
    )


def _lies(site: Site, path: str, page: Page) -> Iterator[tuple[str, str]]:
    locale = site.locales[site.tag_of(path)]
    if page.language != locale.tag:
        yield f'lang="{page.language}"', f'lang="{locale.tag}"'
    for direction in (page.direction, page.body_direction or page.direction):
        if direction != locale.direction:
            yield f'dir="{direction}"', f'dir="{locale.direction}"'
            return


def check_alternates(site: Site) -> tuple[Finding, ...]:
    """alternates: what a page tells search engines of its other languages is not so.

    Each ``hreflang`` leads to a page that is there, may be listed and is in that language, and
    that page leads back. A page names itself, its own address (``canonical``) and the one for
    all others (``x-default``). What cannot be read has no languages. The sitemap says the same.

    - Source: ``/so/fever/, which is published in Somali and English alone``
    - Wrong: ``<link rel="alternate" hreflang="ur" href="https://health.example.org/ur/fever/">``
    - Right: ``<link rel="alternate" hreflang="so" href="https://health.example.org/so/fever/">``
    - Source: ``/ar/fever/, الحمى``
    - Wrong: ``<link rel="canonical" href="https://health.example.org/en/fever/">``
    - Right: ``<link rel="canonical" href="https://health.example.org/ar/fever/">``

    Args:
        site: the finished site.

    Returns:
        Major findings.
    """
    problems = [
        (path, what)
        for path, page in site.parsed.items()
        for what in (*_canonical(site, path, page), *_alternates(site, path, page))
    ]
    problems += _in_sitemaps(site)
    return tuple(
        about_file("alternates", Severity.MAJOR, site, path, message=what, remedy=_AGAIN)
        for path, what in problems
    )


def _canonical(site: Site, path: str, page: Page) -> Iterator[str]:
    true = site.address + web_address(path)
    if page.canonical and page.canonical != true:
        yield f"It says that its address is {page.canonical}; it is {true}."
    elif page.is_indexed and not page.canonical:
        yield f"It does not say that its address is {true}."


def _alternates(site: Site, path: str, page: Page) -> Iterator[str]:
    """What is wrong with the languages that a page names."""
    named = dict(page.alternates)
    if len(named) < len(page.alternates):
        yield "It names a language twice."
    if named and not page.is_indexed:
        yield "It names other languages of a page that nobody can read yet."
        return
    for tag, address in named.items():
        yield from _alternate(site, path, tag, address)
    tag = site.tag_of(path)
    if named and "/" in path and named.get(tag) != site.address + web_address(path):
        yield f"Among its languages it does not name its own, {tag}."
    if site.source in named and _DEFAULT not in named:
        yield "It does not say which page is for readers of all other languages (x-default)."


def _alternate(site: Site, path: str, tag: str, address: str) -> Iterator[str]:
    place = find_place(address, path, site.address)
    if place and place.path and place.path in site.unread:
        return
    other = site.parsed.get(place.path or "") if place else None
    if other is None:
        yield f"It names a page in {tag} that is not there: {address}"
    elif not other.is_indexed:
        yield f"It names a page in {tag} that nobody can read yet: {address}"
    elif tag == _DEFAULT:
        if site.tag_of(other.path) != site.source:
            yield f"The page for readers of all other languages is in another: {address}"
    elif site.tag_of(other.path) != tag:
        yield f"The page that it names for {tag} is in another language: {address}"
    elif (site.address + web_address(path)) not in dict(other.alternates).values():
        yield f"It names its page in {tag}, and that does not lead back: {address}"


def _in_sitemaps(site: Site) -> Iterator[tuple[str, str]]:
    """Pages that a sitemap lacks or has without right, and languages that it tells otherwise."""
    for path, text in site.texts.items():
        if not path.endswith("sitemap.xml"):
            continue
        entries = read_sitemap(text)
        if entries is None:
            yield path, "It is no XML that can be read."
        elif "/" in path:
            yield from ((path, what) for what in _sitemap(site, path.partition("/")[0], entries))


def _sitemap(site: Site, tag: str, entries: tuple[SitemapEntry, ...]) -> Iterator[str]:
    listed = {entry.address: entry.alternates for entry in entries}
    there = {
        site.address + web_address(path): page
        for path, page in site.parsed.items()
        if path.startswith(f"{tag}/") and page.is_indexed
    }
    for address in sorted(listed.keys() - there.keys() - site.listed):
        yield f"It lists a page that is not there or that nobody can read yet: {address}"
    for address in sorted(there.keys() - listed.keys()):
        yield f"It lacks a page that can be read: {address}"
    for address, page in there.items():
        if address in listed and listed[address] != page.alternates:
            yield f"It names other languages than the page itself: {address}"

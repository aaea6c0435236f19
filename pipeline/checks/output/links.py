"""Whether every address of the site leads to something that is there."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from pipeline.checks.output.addresses import Place, find_place, is_relative
from pipeline.checks.output.findings import about_file
from pipeline.checks.output.pages import find_css_addresses
from pipeline.checks.output.site import Site
from pipeline.checks.output.sitemaps import read_sitemap
from pipeline.model import Finding, Severity

_REMEDY = "Mend the link in the text, its translation or the template, and build again."
#: A font that is fetched only where a page has such characters and the device has no font for
#: them; a site without such a language does not have the file.
_SPARE_FONT = re.compile(r"@font-face\s*\{[^}]*\bunicode-range\b[^}]*\}")
#: What a browser itself understands: the top of a page.
_TOP = frozenset({"", "top"})
_NOT_FOUND = "404.html"


def check_dead_link(site: Site) -> tuple[Finding, ...]:
    """dead-link: an address leads to a page, a part of a page or a file that is not there.

    All addresses within the site are followed, in every language: of pages, the pages for wrong
    addresses (which stand at any depth, so that theirs begin at the root), the page on which a
    language is chosen, style sheets, the search index, the sitemaps. Other sites are not asked.

    - Source: ``[When to call 111](when-to-get-help.md#when-to-call-111)``
    - Wrong: ``<a href="../when-to-get-help/#goorta-la-waco-111">``, there is no such part
    - Right: ``<a href="../when-to-get-help/#when-to-call-111">``
    - Source: ``/ar/404.html``
    - Wrong: ``<a href="covid-19/">كوفيد-19</a>``
    - Right: ``<a href="/ar/covid-19/">كوفيد-19</a>``

    Args:
        site: the finished site.

    Returns:
        Major findings, one for each address and file; minor ones for a part of a page, since
        such a link opens the page at its top.
    """
    told = (*_in_pages(site), *_in_style_sheets(site), *_in_search(site), *_in_sitemaps(site))
    found = ((path, line, problem) for path, line, problem in told if problem)
    return tuple(
        about_file(
            "dead-link",
            problem.severity,
            site,
            path,
            line=line or None,
            message=problem.message,
            remedy=_REMEDY,
        )
        for path, line, problem in dict.fromkeys(found)
    )


class _Problem(NamedTuple):
    message: str
    severity: Severity = Severity.MAJOR


_Told = Iterator[tuple[str, int, _Problem | None]]


def _in_pages(site: Site) -> _Told:
    for path, page in site.parsed.items():
        is_anywhere = path.endswith(_NOT_FOUND)
        for link in page.links:
            if is_anywhere and is_relative(link.address):
                where = f"From a page that stands at any depth, this leads astray: {link.address}"
                yield path, link.line, _Problem(where)
            else:
                yield path, link.line, _problem(site, link.place, link.address)


def _problem(site: Site, place: Place | None, address: str) -> _Problem | None:
    """What is wrong with an address; None for nothing."""
    if not address.strip():
        return _Problem("A link leads nowhere: its address is empty.")
    return _missing(site, place, address) if place else None


def _missing(site: Site, place: Place, address: str) -> _Problem | None:
    if place.path is None:
        return _Problem(f"This leads out of the site: {address}")
    if place.path not in site.sizes:
        return _Problem(f"This leads to something that is not there: {address}")
    anchors = None if place.fragment in _TOP else site.anchors_of(place.path)
    if anchors is not None and place.fragment not in anchors:
        # It opens the page at its top.
        said = f"This leads to a part of the page that is not there: {address}"
        return _Problem(said, Severity.MINOR)
    return None


def _in_style_sheets(site: Site) -> _Told:
    for path, text in site.texts.items():
        if path.endswith(".css"):
            for address in find_css_addresses(_SPARE_FONT.sub("", text)):
                yield path, 0, _problem(site, find_place(address, path, site.address), address)


def _in_search(site: Site) -> _Told:
    """What search finds, below the first page of its language."""
    for path, text in site.texts.items():
        if not path.endswith("/search_index.json"):
            continue
        home = path.partition("/")[0] + "/index.html"
        places: dict[str, Place | None] = {}
        for location in read_locations(text):
            page, _, fragment = location.strip().partition("#")
            if page not in places:  # it has an entry for each of its headings
                # The first page of a language has an empty address.
                places[page] = find_place(page or "./", home, site.address)
            place = places[page]
            if place and place.path and fragment:
                place = Place(path=place.path, fragment=unquote(fragment))
            yield path, 0, _problem(site, place, location or "./")


def read_locations(index: str) -> list[str]:
    """Where the entries of a search index lead; one empty address where it cannot be read."""
    try:
        return [str(entry["location"]) for entry in json.loads(index)["docs"]]
    except (ValueError, LookupError, TypeError, RecursionError):
        return [" "]


def _in_sitemaps(site: Site) -> _Told:
    for path, text in site.texts.items():
        if path == "sitemap.xml":
            # One that cannot be read is told by `alternates`.
            addresses = [entry.address for entry in read_sitemap(text) or ()]
        elif path == "robots.txt":
            lines = [line.partition(": ") for line in text.splitlines()]
            addresses = [value for key, _, value in lines if key.lower() == "sitemap"]
        else:
            continue
        for address in addresses:
            yield path, 0, _problem(site, find_place(address, path, site.address), address)

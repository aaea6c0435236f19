"""Whether what stands in the site passed the gate, and nothing else stands there."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipeline.checks.output.findings import about_file
from pipeline.checks.output.links import read_locations
from pipeline.checks.output.pages import Page
from pipeline.checks.output.site import READABLE, Entry, PublishedFile, Site
from pipeline.checks.output.texts import squeeze, strip_markup
from pipeline.model import Finding, Severity

_REMEDY = "Do not publish this site. Build again with `pipeline build`."
#: Shorter texts, in letters and digits, stand somewhere by chance ("Call 999").
_LEAST_LETTERS = 16
#: The same in scripts that say more with one sign.
_LEAST_SIGNS = 8
_DENSE = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_OWN_PAGES = frozenset({"index.html", "404.html", "search/index.html"})
_LISTING = re.compile(r"([^/]+)/(?:more/\d+/)?index\.html")
_ABOVE = frozenset({"index.html", "404.html"})
_KEPT = "keep.json"
_JUDGED = (".html", ".htm", ".pdf", ".zip")


def check_unapproved_page(site: Site) -> tuple[Finding, ...]:
    """unapproved-page: a page or leaflet stands in the site that did not pass the gate.

    The manifest says what the build published. Each of its pages and leaflets is compared with
    what stands there, byte for byte, and with what the gate says now. Where nothing may be read
    yet, a notice stands that search engines do not list, no leaflet, search does not find it, and
    no phone keeps it with its language. A page that the manifest does not know is of an older
    build.

    - Source: ``fever is not signed in Urdu``
    - Wrong: ``ur/covid-19/fever/index.html: <h1>بخار</h1>, state live``
    - Right: ``ur/covid-19/fever/index.html: the notice “not yet in Urdu”, in Urdu``
    - Source: ``fever has been withdrawn``
    - Wrong: ``so/covid-19/fever/fever.pdf still stands there: Qandho``
    - Right: ``so/covid-19/fever/ has the notice alone``

    Args:
        site: the finished site.

    Returns:
        Critical findings.
    """
    problems = [
        *(found for entry in site.entries for found in _entry(site, entry)),
        *_published(site, (*site.books, *site.archives.values())),
        *_strangers(site),
        *_searched(site),
        *_kept(site),
    ]
    return tuple(
        about_file("unapproved-page", Severity.CRITICAL, site, path, message=what, remedy=_REMEDY)
        for path, what in problems
    )


_Told = Iterator[tuple[str, str]]


def _entry(site: Site, entry: Entry) -> _Told:
    """What is wrong with a resource in a locale."""
    where = entry.page.path if entry.page else f"{entry.locale}/{entry.resource}/index.html"
    if entry.is_readable and site.expected.get((entry.locale, entry.resource)) not in READABLE:
        yield where, "This page does not pass the gate any more, and stands here."
    yield from _published(site, entry.files)
    if where in site.unread:
        return
    page = site.parsed.get(where)
    if page and not entry.is_readable:
        yield from _notice(entry, where, page)
    if entry.is_readable and (page is None or not page.is_indexed):
        yield where, "The manifest says that this can be read, and a notice or nothing is here."


def _published(site: Site, files: Iterable[PublishedFile]) -> _Told:
    for file in files:
        if file.path not in site.digests:
            yield file.path, "The manifest names this file, and it is not there."
        elif site.digests[file.path] != file.digest:
            yield file.path, "This is not what the build published: its digest is another."


def _notice(entry: Entry, where: str, page: Page) -> _Told:
    if entry.page is None:
        yield where, "A page stands here of which the manifest says that there is none."
    elif page.is_indexed:
        yield where, "A page that can be read stands here, and it should be a notice."
    if entry.leaflets or entry.one_file or entry.pictures:
        yield where, "There is a leaflet or a copy of something that cannot be read yet."


def _strangers(site: Site) -> _Told:
    """Pages and leaflets that the manifest does not know, and languages that are not open."""
    known = {file.path for entry in site.entries for file in entry.files}
    known |= {file.path for file in site.archives.values()}
    known |= {book.path for book in site.books}
    for path in site.sizes:
        tag = path.partition("/")[0]
        if "/" in path and tag in site.locales and tag not in site.open_tags:
            yield path, "This language is not open to the public, and this file stands here."
        elif (
            (path.endswith(_JUDGED) or path in site.pictures)
            and path not in known
            and not _is_own(site, path)
        ):
            yield path, "The manifest does not know this file: it is of an older build."


def _is_own(site: Site, path: str) -> bool:
    """Whether a page is above all languages, or is a first page, a topic or a search page."""
    tag, _, rest = path.partition("/")
    listing = _LISTING.fullmatch(rest)
    is_own = rest in _OWN_PAGES or (listing is not None and listing[1] in site.topics)
    return path in _ABOVE or (is_own and tag in site.open_tags)


def _searched(site: Site) -> _Told:
    """What search finds though it cannot be read."""
    for path, text in site.texts.items():
        if not path.endswith("/search_index.json"):
            continue
        tag = path.partition("/")[0]
        pages = {location.partition("#")[0] for location in read_locations(text)}
        for page in sorted(pages):
            if f"{tag}/{page}index.html" not in site.readable:
                yield path, f"Search finds a page that cannot be read yet: {page}"


def _kept(site: Site) -> _Told:
    """What phones keep with a language though it cannot be read, or is not what stands there."""
    for path, text in site.texts.items():
        for address, digest in _read_kept(text) if path.endswith(f"/{_KEPT}") else ():
            file = f"{address}index.html" if address.endswith("/") else address
            if not site.digests.get(file, "").startswith(digest):
                yield path, f"Phones would keep something else than what stands here: {address}"
            elif file.endswith(".html") and file not in site.readable and not _is_own(site, file):
                yield path, f"Phones would keep a page that cannot be read yet: {address}"


def _read_kept(text: str) -> list[tuple[str, str]]:
    """Addresses with digests of such a list; something that is nowhere if it cannot be read."""
    try:
        return [(str(path), str(digest)) for path, digest, _ in json.loads(text)["files"]]
    except (ValueError, LookupError, TypeError, RecursionError):
        return [("?", "?")]


def check_unpublished_text(site: Site) -> tuple[Finding, ...]:
    """unpublished-text: a text that nobody may read yet, or any more, stands in the site.

    Drafts, texts that are not signed or that a check holds back, translations of an older
    source, resources that were withdrawn: looked for in every page (comments and attributes too),
    leaflet, search index, sitemap and archive of their language, and above all languages. Marks,
    spaces and capitals make no difference; a text that another page may show is left out, and so
    are those too short to be sure of.

    - Source: ``Take 2 tablets every 6 hours.``
    - Wrong: ``Qaado 2 kaniini 4tii saacadoodba mar.``, a draft, in so/search/search_index.json
    - Right: ``Take 2 tablets every 6 hours.``, in its own lang
    - Source: ``Stay at home for 10 days.``
    - Wrong: ``ابقَ في المنزل ٥ أيام على الأقل.``, from before the change, in ar/…/fever.pdf
    - Right: ``Stay at home for 10 days.``, in its own lang

    Args:
        site: the finished site.

    Returns:
        Critical findings, one for each text and file.
    """
    texts = _squeezed(site)
    return tuple(
        about_file(
            "unpublished-text",
            Severity.CRITICAL,
            site,
            path,
            message=f"This text of {resource} is not to be read: {_short(text)}",
            remedy=_REMEDY,
        )
        for tag, resource, text, needle in _needles(site)
        for path, haystack in texts[tag]
        if needle in haystack
    )


def _squeezed(site: Site) -> defaultdict[str, list[tuple[str, str]]]:
    """All texts by the language that they are looked through for, each with its file."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, text in _all_texts(site):
        found[path.partition("/")[0] if "/" in path else ""].append((path, text))
    above = found.pop("", [])
    for tag in site.locales:
        found[tag] += above
    return found


def _all_texts(site: Site) -> Iterator[tuple[str, str]]:
    for path, page in site.parsed.items():
        yield path, page.squeezed
    for path, page in site.archived.items():
        yield path, page.squeezed
    for path, text in site.texts.items():
        if path not in site.archived:
            yield path, squeeze(text)
    for path, picture in site.pictures.items():
        yield path, squeeze(picture.text)
    for leaflet in site.leaflets:
        yield leaflet.path, squeeze(f"{leaflet.title}\n{leaflet.text}")


def _needles(site: Site) -> Iterable[tuple[str, str, str, str]]:
    """Where to look for what: tag, resource, text, and the text as it is looked for."""
    public = {tag: squeeze(strip_markup(text)) for tag, text in site.public_texts.items()}
    for secret in site.secrets:
        text = strip_markup(secret.text)
        needle = find_needle(text)
        if not needle:
            continue
        # The source language is shown for what is not translated, in every language.
        tags = site.locales if secret.locale == site.source else (secret.locale,)
        for tag in tags:
            if needle not in public.get(tag, ""):
                yield tag, secret.resource, text, needle


def find_needle(text: str) -> str:
    """A text as it is looked for; empty for one that is too short to be sure of.

    Args:
        text: the text, without its markup.
    """
    needle = squeeze(text)
    is_long = len(needle) >= (_LEAST_SIGNS if _DENSE.search(needle) else _LEAST_LETTERS)
    return needle if is_long else ""


def _short(text: str) -> str:
    limit = 60
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"

"""What readers take along: a page as one file, a language as an archive; it cannot be undone."""

import re
from collections.abc import Iterator

from pipeline.checks.output.addresses import web_address
from pipeline.checks.output.findings import about_file
from pipeline.checks.output.site import Site
from pipeline.model import Finding, Severity

_AGAIN = "Build again with `pipeline build`; if it stays, tell the maintainers."
_REMEDY = "Do not publish this site. Build again with `pipeline build`."
#: What a slow connection sends in half a minute.
_MOST_BYTES = 300_000
_POLICY = "default-src 'none'; img-src data:; style-src 'sha256-"
_RUNS = re.compile(r"<script\b|\son\w+\s*=|javascript:", re.IGNORECASE)
_SAFE = re.compile(r"[\w][\w.-]*(?:/[\w][\w.-]*)*")
_LISTING = re.compile(r"index\.html|([^/]+)/(?:more/\d+/)?index\.html")
_Told = Iterator[tuple[str, Severity, str]]


def check_one_file(site: Site) -> tuple[Finding, ...]:
    """one-file: a page as one file needs something else, would run something, or is too large.

    It is opened on a telephone without the internet, from a messenger that knows nothing of the
    site. So it holds all that it shows, its policy forbids everything else, and it says where
    the current page stands, for a copy grows old. At most 300 kB.

    - Source: ``![A phone](images/phone.svg)``
    - Wrong: ``fever-so.html: <img src="../images/phone.svg" alt="Telefoon">``
    - Right: ``fever-so.html: <img src="data:image/svg+xml;base64,…" alt="Telefoon">``
    - Source: ``/ar/covid-19/fever/``
    - Wrong: ``fever-ar.html: <h1>الحمى</h1>, and no address``
    - Right: ``fever-ar.html: <a href="https://health.example.org/ar/covid-19/fever/">``

    Args:
        site: the finished site.

    Returns:
        Critical findings for what runs or is loaded, major ones for the rest.
    """
    return tuple(
        about_file("one-file", severity, site, path, message=what, remedy=_AGAIN)
        for page, entry in site.readable.items()
        if entry.one_file
        for path, severity, what in _one_file(site, entry.one_file.path, page)
    )


def _one_file(site: Site, path: str, page: str) -> _Told:
    text, parsed = site.pages.get(path, ""), site.parsed.get(path)
    if parsed is None:
        return  # told by unapproved-page
    for link in parsed.links:
        if link.is_loaded and not link.address.startswith("data:"):
            yield path, Severity.CRITICAL, f"It loads another file: {link.address}"
    if _POLICY not in text or _RUNS.search(text):
        yield path, Severity.CRITICAL, "It could run or load something: its policy lets it."
    if site.sizes[path] > _MOST_BYTES:
        size = site.sizes[path] // 1000
        yield path, Severity.MAJOR, f"It has {size} kB; the limit is {_MOST_BYTES // 1000} kB."
    if site.address + web_address(page) not in {link.address for link in parsed.links}:
        yield path, Severity.MAJOR, "It does not say where the current page stands."


def check_archive(site: Site) -> tuple[Finding, ...]:
    """archive: the file with all pages of a language has one too many, lacks one, or is broken.

    It is unpacked on a stick and read for months. In it are the pages that the public reads in
    the language, and no notice, draft or page that was withdrawn; every address that stays
    within it leads somewhere; its names can be unpacked on every system and lead out of no
    folder.

    - Source: ``fever has been withdrawn``
    - Wrong: ``so.zip: covid-19/fever/index.html``
    - Right: ``so.zip: covid-19/index.html``, which leads to the site for fever
    - Source: ``[اتصل بالرقم 999](when-to-get-help.md)``
    - Wrong: ``ar.zip: <a href="../when-to-get-help/">``, which opens a folder
    - Right: ``ar.zip: <a href="../when-to-get-help/index.html">``

    Args:
        site: the finished site.

    Returns:
        Critical findings for a page too many and an unsafe name, major ones for the rest.
    """
    return tuple(
        about_file("archive", severity, site, path, message=what, remedy=_REMEDY)
        for tag, file in site.archives.items()
        for path, severity, what in _archive(site, tag, file.path)
    )


def _archive(site: Site, tag: str, path: str) -> _Told:
    names = site.archive_names.get(path, ())
    wanted = {page.removeprefix(f"{tag}/") for page in site.readable if page.startswith(f"{tag}/")}
    for name in names:
        if not _SAFE.fullmatch(name):
            yield path, Severity.CRITICAL, f"This name cannot be unpacked safely: {name}"
        if name.endswith((".html", ".htm")) and name not in wanted and not _is_listing(site, name):
            yield path, Severity.CRITICAL, f"This page cannot be read on the site: {name}"
    for name in sorted((wanted | {"index.html"}) - set(names)):
        yield path, Severity.MAJOR, f"It lacks this page: {name}"
    yield from _links(site, path, frozenset(names))


def _is_listing(site: Site, name: str) -> bool:
    found = _LISTING.fullmatch(name)
    return found is not None and (found[1] is None or found[1] in site.topics)


def _links(site: Site, path: str, names: frozenset[str]) -> _Told:
    """Addresses within the archive that lead nowhere, and what is loaded from outside."""
    for name, page in site.archived.items():
        if not name.startswith(f"{path}!"):
            continue
        for link in page.links:
            if link.place and link.place.path not in names:
                inside = name.partition("!")[2]
                yield path, Severity.MAJOR, f"{inside} leads to what is not there: {link.address}"
            elif link.is_loaded and not link.place and not link.address.startswith("data:"):
                yield path, Severity.CRITICAL, f"It loads something from a site: {link.address}"

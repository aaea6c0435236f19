"""What pages are made of: where it comes from, how heavy it is, whether names are unique."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.checks.output.addresses import find_place
from pipeline.checks.output.findings import about_file
from pipeline.checks.output.pages import Link, Page, find_css_addresses
from pipeline.checks.output.site import Site
from pipeline.model import Finding, Severity

_KILOBYTE = 1000
_FROM_ELSEWHERE = "This is loaded from another site: "
_PUT_HERE = "Put the file into the project and load it from there."
_AGAIN = "Keep what the theme writes, and build again with `pipeline build`."
_WHEN_PLAYED = (".webm", ".mp4", ".vtt")


def check_foreign_host(site: Site) -> tuple[Finding, ...]:
    """foreign-host: a page loads a script, style, picture or film from another site.

    It would tell that site who reads what about their health, and works neither offline nor
    where the other site is blocked. Links that a reader may follow are free; so is a film of
    another site that waits until somebody plays it (`preload="none"`), where the policy of its
    page lets that site be asked. A policy that lets more sites be asked than the page plays from
    is found too.

    - Source: ``![A phone](images/phone.svg)``
    - Wrong: ``<img src="https://pictures.example.com/phone.svg" alt="Telefoon">``
    - Right: ``<img src="../images/phone.svg" alt="Telefoon">``
    - Source: ``a font for Arabic``
    - Wrong: ``@import "https://fonts.example.com/amiri.css"; … <p>اتصل بالرقم 999</p>``
    - Right: ``src: url(../fonts/amiri.woff2) … <p>اتصل بالرقم 999</p>``

    Args:
        site: the finished site.

    Returns:
        Critical findings.
    """
    return tuple(
        about_file(
            "foreign-host",
            Severity.CRITICAL,
            site,
            path,
            line=line or None,
            message=message,
            remedy=remedy,
        )
        for path, line, message, remedy in dict.fromkeys(_loads(site))
    )


def _loads(site: Site) -> Iterator[tuple[str, int, str, str]]:
    """What is loaded from another site, and what could be without need."""
    for path, page in site.parsed.items():
        played = set()
        for link in page.links:
            if not link.is_loaded or link.place is not None or _is_inline(link.address):
                continue
            origin = _origin(link.address)
            if not link.is_played:
                yield path, link.line, f"{_FROM_ELSEWHERE}{link.address}", _PUT_HERE
            elif origin not in page.media_origins:
                what = f"The page's policy does not let this be played: {link.address}"
                yield path, link.line, what, _AGAIN
            played.add(origin)
        for origin in sorted(page.media_origins - played):
            what = f"The page's policy lets a site be asked that it plays nothing from: {origin}"
            yield path, 0, what, _AGAIN
    for path, text in site.texts.items():
        for address in find_css_addresses(text) if path.endswith(".css") else ():
            if not _is_inline(address) and find_place(address, path, site.address) is None:
                yield path, 0, f"{_FROM_ELSEWHERE}{address}", _PUT_HERE


def _origin(address: str) -> str:
    """Scheme, host and port of an address, as a policy names them; empty for none."""
    try:
        parts = urlsplit(address.lower())
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _is_inline(address: str) -> bool:
    return address.lstrip().lower().startswith("data:")


def check_page_weight(site: Site) -> tuple[Finding, ...]:
    """page-weight: a page with what it loads is heavier than the settings allow.

    Counted are the bytes of the page and of each style sheet, script and picture that it loads,
    once, as they are on the disk, of a picture in several sizes the heaviest; a film is not, for it
    is fetched when it is played. On a cheap phone with little credit a heavy page is not read.
    The limit is ``page_kilobytes`` of ``pipeline.toml``.

    - Source: ``page_kilobytes = 500``
    - Wrong: ``/so/fever/ with a photograph of 2 MB``
    - Right: ``/so/fever/ with a drawing of 4 kB``
    - Source: ``page_kilobytes = 500``
    - Wrong: ``/ar/fever/ with a font for العربية of 900 kB``
    - Right: ``/ar/fever/ with العربية in the font of the phone``

    Args:
        site: the finished site.

    Returns:
        Major findings.
    """
    limit = site.weight_limit
    weights = {path: _weight(site, page) for path, page in site.parsed.items()}
    return tuple(
        about_file(
            "page-weight",
            Severity.MAJOR,
            site,
            path,
            message=f"The page needs {weight / _KILOBYTE:.0f} kB; the limit is "
            f"{limit / _KILOBYTE:.0f} kB.",
            remedy="Make its pictures smaller, or part the page; `page_kilobytes` is the limit.",
        )
        for path, weight in weights.items()
        if weight > limit
    )


def _weight(site: Site, page: Page) -> int:
    loaded = [link for link in page.links if link.is_loaded and link.place and link.place.path]
    paths = {page.path} | {_path(link) for link in loaded if not link.choice}
    for choice in {link.choice for link in loaded if link.choice}:
        ways = [_path(link) for link in loaded if link.choice == choice]
        paths.add(max(ways, key=lambda path: site.sizes.get(path, 0)))
    # A film is fetched when it is played, and its captions when they are chosen.
    paths = {path for path in paths if not path.endswith(_WHEN_PLAYED)}
    return sum(site.sizes.get(path, 0) for path in paths)


def _path(link: Link) -> str:
    return (link.place and link.place.path) or ""


def check_duplicate_id(site: Site) -> tuple[Finding, ...]:
    """duplicate-id: two elements of a page have one id.

    A link leads to the first of them alone, a label names the first alone, and a screen reader
    is led astray (WCAG 2.2, 4.1.2).

    - Source: ``## Rest {#rest}``
    - Wrong: ``<h2 id="rest">Naso</h2> … <h2 id="rest">Cab biyo</h2>``
    - Right: ``<h2 id="rest">Naso</h2> … <h2 id="drink">Cab biyo</h2>``
    - Source: ``## Call 999 {#call}``
    - Wrong: ``<h2 id="call">اتصل بالرقم 999</h2> … <p id="call">``
    - Right: ``<h2 id="call">اتصل بالرقم 999</h2> … <p>``

    Args:
        site: the finished site.

    Returns:
        Major findings, one for each id and page, at the second element.
    """
    return tuple(
        about_file(
            "duplicate-id",
            Severity.MAJOR,
            site,
            path,
            line=[line for name, line in page.ids if name == twice][1] or None,
            message=f"The id `{twice}` stands there {count} times.",
            remedy="Give each its own id in the text or the template, and build again.",
        )
        for path, page in site.parsed.items()
        for twice, count in Counter(name for name, _ in page.ids).items()
        if count > 1
    )

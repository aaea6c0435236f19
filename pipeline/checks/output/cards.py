"""What others show beside a link to a page: the card, as messengers and networks ask for it."""

from collections.abc import Iterator

from pipeline.checks.output.findings import about_file
from pipeline.checks.output.pages import Page
from pipeline.checks.output.site import Entry, Site
from pipeline.model import Finding, LeafletVariant, Severity

_AGAIN = "Build again with `pipeline build`; if it stays, tell the maintainers."
#: What Facebook, WhatsApp, Telegram and X show large beside a link.
_SIZE = (1200, 630)
#: WhatsApp shows no larger ones on a telephone.
_MOST_BYTES = 300_000
_SQUARE = (1080, 1080)


def check_share_card(site: Site) -> tuple[Finding, ...]:
    """share-card: who is sent a link sees no card, a broken one, or that of another page.

    A messenger fetches the picture that the page names (``og:image``) from anywhere: so it needs
    the whole address, of a file that stands there, with the size that the page says, and a text
    for people who cannot see it. A page that is only a notice names none.

    - Source: ``/so/covid-19/fever/``
    - Wrong: ``<meta property="og:image" content="fever-card.png">``
    - Right: ``<meta property="og:image" content="https://health.example.org/so/covid-19/fever/fever-card.png">``
    - Source: ``title: Fever``, in Arabic ``الحمى``
    - Wrong: ``<meta property="og:image:alt" content="Fever">``, and a card of 600 × 315 dots
    - Right: ``<meta property="og:image:alt" content="الحمى">``, and a card of 1200 × 630 dots

    Args:
        site: the finished site.

    Returns:
        Major findings; critical ones for the card of a page that nobody may read.
    """
    problems = [*_shown(site), *_pictures(site)]
    return tuple(
        about_file("share-card", severity, site, path, message=what, remedy=_AGAIN)
        for path, severity, what in problems
    )


_Told = Iterator[tuple[str, Severity, str]]


def _shown(site: Site) -> _Told:
    """What pages say of their cards."""
    for path, page in site.parsed.items():
        entry = site.readable.get(path)
        card = _card(entry) if entry else ""
        named = page.shared.get("og:image", "")
        if named and not card:
            is_notice = entry is None
            severity = Severity.CRITICAL if is_notice else Severity.MAJOR
            yield path, severity, f"This page names a card that the manifest does not know: {named}"
        elif card:
            yield from ((path, Severity.MAJOR, what) for what in _lacks(site, page, card))


def _card(entry: Entry) -> str:
    cards = (file.path for file in entry.pictures if file.variant is LeafletVariant.CARD)
    return next(cards, "")


def _lacks(site: Site, page: Page, card: str) -> Iterator[str]:
    said = page.shared
    if said.get("og:image") != site.address + card:
        yield f"This page names “{said.get('og:image', '')}” as its card, not {card} on the web."
    if (said.get("og:image:width"), said.get("og:image:height")) != tuple(map(str, _SIZE)):
        yield "This page does not say how large its card is: 1200 × 630."
    alt = said.get("og:image:alt", "")
    picture = site.pictures.get(card)
    if not alt.strip() or (picture and alt.split() != picture.text.partition("\n")[0].split()):
        yield f"The text of its card is “{alt}”, and the card says something else."
    if said.get("twitter:card") != "summary_large_image":
        yield "This page does not ask for a large card."


def _pictures(site: Site) -> _Told:
    """Cards and pictures themselves."""
    for entry in site.entries:
        for file in entry.pictures:
            picture = site.pictures.get(file.path)
            if picture is None:
                continue  # told by unapproved-page
            wanted = _SIZE if file.variant is LeafletVariant.CARD else _SQUARE
            if (picture.width, picture.height) != wanted:
                found = f"{picture.width} × {picture.height}"
                what = f"This picture has {found} dots, and should have {wanted[0]} × {wanted[1]}."
                yield file.path, Severity.MAJOR, what
            if site.sizes.get(file.path, 0) > _MOST_BYTES:
                yield file.path, Severity.MAJOR, "Messengers show no picture above 300 kB."

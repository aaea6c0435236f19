"""What a reader's visit moves: bytes as a server with gzip sends them, and requests.

`python scripts/measure_visits.py` after `make site`. A leaflet is opened as the first page of
a visit, then a second one in the same browser. Pictures and fonts are counted apart: pictures come
when they are scrolled to, fonts only to devices without one for the script.
"""

import gzip
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import showing
from playwright.sync_api import BrowserContext

SITE = Path(__file__).resolve().parents[1] / "site"
TAGS = ("en", "so", "ar", "bn", "ti", "zh", "ur")
FIRST = "covid-19/look-after-yourself-at-home/"
LATER = "covid-19/when-to-get-help/"
#: What is counted apart, as browsers call it.
APART = ("image", "font", "media")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one page of a visit moved.

    Attributes:
        text: kilobytes (1,000 bytes) compressed, without pictures and fonts.
        pictures: kilobytes of pictures, as they are.
        fonts: kilobytes of fonts, as they are.
        requests: how many, pictures and fonts too.
        missing: addresses that are not there.
    """

    text: float
    pictures: float
    fonts: float
    requests: int
    missing: tuple[str, ...]


class CachingHandler(showing.QuietHandler):
    """As docs/guides/hosting.md says: what has a digest in its name is kept for ever."""

    def end_headers(self) -> None:
        """Add how long it may be kept."""
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        super().end_headers()


def visit(context: BrowserContext, address: str) -> Visit:
    """Open a page and tell what the browser asked for.

    Args:
        context: a browser, with what it has kept of earlier pages.
        address: the page.
    """
    page = context.new_page()
    asked = []
    page.on("response", lambda reply: asked.append(reply))  # noqa: PLW0108  Playwright marks it
    page.goto(address, wait_until="networkidle")
    kept = set(
        page.evaluate(
            "[...performance.getEntriesByType('resource')]"
            ".filter((e) => !e.transferSize && e.decodedBodySize).map((e) => e.name)"
        )
    )
    moved = [reply for reply in asked if reply.url not in kept and "data:" not in reply.url[:5]]
    sizes = [(reply.request.resource_type, reply.body()) for reply in moved]
    page.close()
    return Visit(
        text=_sum(len(gzip.compress(body, 6)) for kind, body in sizes if kind not in APART),
        pictures=_sum(len(body) for kind, body in sizes if kind in {"image", "media"}),
        fonts=_sum(len(body) for kind, body in sizes if kind == "font"),
        requests=len(moved),
        missing=tuple(reply.url for reply in moved if reply.status != 200),  # noqa: PLR2004  HTTP
    )


def _sum(sizes: Iterable[int]) -> float:
    return sum(sizes) / 1000


def main() -> int:
    """Visit the site in several languages; print a table."""
    with showing.served(SITE, CachingHandler) as address, showing.opened() as browser:
        print("locale  page    text kB  pictures kB  fonts kB  requests")
        for tag in TAGS:
            context = browser.new_context(viewport={"width": 360, "height": 800})
            for name, path in (("first", FIRST), ("later", LATER)):
                seen = visit(context, f"{address}{tag}/{path}")
                print(
                    f"{tag:6}  {name:6} {seen.text:8.1f} {seen.pictures:12.1f}"
                    f" {seen.fonts:9.1f} {seen.requests:9}  {' '.join(seen.missing)}"
                )
            context.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

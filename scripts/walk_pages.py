"""Open the built site in real Chromium as different readers do; say over what they stumble.

`make walk` after `make site`: every kind of page, in six scripts, at a phone's width and a
desk's, in light and dark. On each: axe-core (WCAG 2.2 A and AA, best practices), what the page's
own Content-Security-Policy refuses, what fails to load, text that WCAG 1.4.12's spacing or 400 %
zoom cuts off or makes scroll sideways, the order and the frame of what Tab reaches. The tests use
the same functions on a sample.
"""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import showing
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

SITE = Path(__file__).resolve().parents[1] / "site"
TAGS = ("so", "ar", "bn", "ti", "zh", "ur")
LEAFLET = "covid-19/when-to-get-help/"
#: A page of each kind, below a language.
KINDS = {
    "home": "",
    "topic": "covid-19/",
    "live": LEAFLET,
    "key facts": "covid-19/look-after-yourself-at-home/",
    "film": "covid-19/wash-your-hands/",
    "not yet": "covid-19/long-covid/",
    "search": "search/?q=111",
    "wrong address": "404.html",
}
WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: 1280 pixels at 400 %: WCAG 1.4.10.
ZOOMED = {"width": 320, "height": 256}

#: Notes what the page's policy refuses, before anything of the page runs.
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
#: What WCAG 1.4.12 says that a reader may set. A sheet of this kind is no inline style.
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
#: Texts that are cut off by a box around them, or that reach out of the window at its sides.
FIND_CUT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (!text || element.closest(".unseen, .md-skip, script, style, option")) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1) continue;
      const isOut = rect.left < -1 || rect.right > document.documentElement.clientWidth + 1;
      let isCut = false;
      for (let box = element; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
        const edge = box.getBoundingClientRect();
        isCut ||= rect.top < edge.top - 3 || rect.bottom > edge.bottom + 3
          || rect.left < edge.left - 1 || rect.right > edge.right + 1;
      }
      if (!isOut && !isCut) continue;
      found.push(`${isOut ? "outside" : "cut off"}: ${text.slice(0, 40)}`);
      break;
    }
  }
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) found.push(`scrolls sideways: ${width} > ${innerWidth}`);
  return found;
}"""
#: Where the keyboard is, and whether its frame can be seen.
WHERE = """() => {
  let at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  // What chooses a tab is seen by its label alone.
  if (at.matches(".tabbed-set > input")) at = document.querySelector(`label[for="${at.id}"]`);
  const rect = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const isRtl = document.documentElement.dir === "rtl";
  const name = at.getAttribute("href") || at.id || at.tagName;
  return {
    name: `${name} ${at.textContent.trim().slice(0, 30)}`,
    tag: at.tagName, top: rect.top + scrollY, bottom: rect.bottom + scrollY,
    start: isRtl ? innerWidth - rect.right : rect.left,
    end: isRtl ? innerWidth - rect.left : rect.right,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inView: rect.bottom > 0 && rect.top < innerHeight && rect.width > 0,
  };
}"""


def open_page(browser: Browser, address: str, **options: object) -> Page:
    """Open an address in a browser of its own, listening to what is refused and what fails.

    Args:
        browser: the browser.
        address: the page.
        options: what the reader's device is; see Playwright's ``new_context``.
    """
    page = browser.new_context(**options).new_page()
    page.add_init_script(LISTEN)
    failed: list[str] = []
    page.on("response", lambda reply: reply.status >= 400 and failed.append(reply.url))  # noqa: PLR2004  HTTP
    page.goto(address)
    page.failed = failed  # type: ignore[attr-defined]
    return page


def find_faults(page: Page) -> list[str]:
    """What axe-core finds in a page, what its policy has refused, what has not loaded."""
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    broken = [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]
    refused = [f"refused by the page's policy: {what}" for what in page.evaluate("window.refused")]
    return [*broken, *refused, *(f"not there: {url}" for url in getattr(page, "failed", ()))]


def find_cut_texts(page: Page) -> list[str]:
    """What cannot be read at 400 % zoom, and with the spacing of WCAG 1.4.12. Resizes the page."""
    found = [f"as it is: {what}" for what in page.evaluate(FIND_CUT)]
    page.evaluate(SPACE_OUT)
    found += [f"spaced out: {what}" for what in page.evaluate(FIND_CUT)]
    page.set_viewport_size(ZOOMED)
    found += [f"zoomed and spaced out: {what}" for what in page.evaluate(FIND_CUT)]
    page.evaluate("() => { document.adoptedStyleSheets = []; }")
    return found + [f"zoomed: {what}" for what in page.evaluate(FIND_CUT)]


def list_stops(page: Page, most: int = 200) -> Iterator[dict[str, Any]]:
    """What Tab reaches, from the top of a page until the keyboard has left it."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE)
        if stop is None:
            return
        yield stop
    raise AssertionError(f"The keyboard does not get out of the page in {most} steps.")


def find_lost_stops(stops: list[dict[str, Any]]) -> list[str]:
    """Stops that cannot be seen, have no frame, or come after what stands behind them.

    Args:
        stops: what Tab reaches, in order.
    """
    found = [f"not seen: {s['name']}" for s in stops if not s["inView"]]
    found += [f"no frame: {s['name']}" for s in stops if s["outline"] < 2 and s["tag"] != "VIDEO"]  # noqa: PLR2004
    for one, two in itertools.pairwise(stops):
        middle = (two["top"] + two["bottom"]) / 2
        is_same_row = one["top"] < middle < one["bottom"]
        is_next_column = two["start"] >= one["end"]
        is_above = two["bottom"] <= one["top"] and not is_next_column
        if is_above or (is_same_row and two["start"] < one["start"] - 1):
            found.append(f"out of order: {two['name']} comes after {one['name']}")
    return found


def list_cases() -> Iterator[tuple[str, int, str]]:
    """Every page to open, with a width and a colour scheme."""
    paths = ["", "404.html", *(f"{tag}/{path}" for tag in ("en", *TAGS) for path in KINDS.values())]
    yield from itertools.product(paths, WIDTHS, SCHEMES)


def main() -> int:
    """Serve the site, open each page, print what is wrong."""
    faults = 0
    with showing.served(SITE) as address, showing.opened() as browser:
        for path, width, scheme in list_cases():
            size = {"width": width, "height": 800}
            page = open_page(browser, f"{address}{path}", viewport=size, color_scheme=scheme)
            found = find_faults(page)
            if scheme == "light":
                found += find_lost_stops(list(list_stops(page)))
                found += find_cut_texts(page)
            page.context.close()
            faults += len(found)
            for what in found:
                print(f"/{path} ({width}, {scheme}): {what}")
    print(f"{faults} faults on {len(list(list_cases()))} pages.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

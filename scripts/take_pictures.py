"""Make the picture of the README from the real site: `make pictures` after `make site`.

Opens the same page in four scripts at a phone's width in Chromium and puts them side by
side in ``docs/images/pages.png``.
"""

import io
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TAGS = ("so", "ar", "bn", "ti")
PAGE = "covid-19/when-to-get-help/"
PHONE = {"width": 390, "height": 780}
GAP = 24


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve the site, take the pictures, join them."""
    handler = partial(_Quiet, directory=str(ROOT / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        executable = shutil.which("chromium") or shutil.which("chromium-browser")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
            address = f"http://127.0.0.1:{server.server_port}/"
            pictures = [_take(browser, f"{address}{tag}/{PAGE}") for tag in TAGS]
            browser.close()
        server.shutdown()
    target = ROOT / "docs/images/pages.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    _join(pictures).quantize(128).save(target, optimize=True)


def _take(browser: Browser, address: str) -> Image.Image:
    page = browser.new_page(viewport=PHONE)
    page.goto(address, wait_until="networkidle")
    data = page.screenshot()
    page.close()
    return Image.open(io.BytesIO(data)).convert("RGB")


def _join(pictures: list[Image.Image]) -> Image.Image:
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    joined = Image.new("RGB", (width, PHONE["height"] + 2 * GAP), "#d5dde0")
    left = GAP
    for picture in pictures:
        joined.paste(picture, (left, GAP))
        left += picture.width + GAP
    return joined


if __name__ == "__main__":
    main()

"""Make the pictures of the docs from what ships: `make pictures` after `make site`.

Opens the same page in four scripts at a phone's width in Chromium and puts them side by
side in ``docs/images/pages.png``; takes a picture of the dashboard's table, in
``docs/images/dashboard.png``, and one of it on a phone, ``dashboard-phone.png``.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import showing
from PIL import Image
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
TAGS = ("so", "ar", "bn", "ti")
PAGE = "covid-19/when-to-get-help/"
PHONE = {"width": 390, "height": 780}
GAP = 24


def main() -> None:
    """Serve the site, take the pictures, join them."""
    with showing.served(ROOT / "site") as address, showing.opened() as browser:
        pictures = [_take(browser, f"{address}{tag}/{PAGE}") for tag in TAGS]
        table, phone = _take_dashboard(browser)
    _save(_join(pictures), "pages")
    _save(table, "dashboard")
    _save(phone, "dashboard-phone")


def _save(picture: Image.Image, name: str) -> None:
    target = ROOT / f"docs/images/{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(128).save(target, optimize=True)


def _take(browser: Browser, address: str) -> Image.Image:
    page = browser.new_page(viewport=PHONE)
    page.goto(address, wait_until="networkidle")
    data = page.screenshot()
    page.close()
    return Image.open(io.BytesIO(data)).convert("RGB")


def _take_dashboard(browser: Browser) -> tuple[Image.Image, Image.Image]:
    """The table as a screen shows it, and the top of the page as a dark phone does."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "status.html"
        pipeline = Path(sys.executable).with_name("pipeline")
        command = [pipeline, "--project", ROOT, "status", "--format", "html", "--output", file]
        subprocess.run(command, check=True)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(file.as_uri())
        table = page.locator("#matrix").screenshot()
        page.close()
        page = browser.new_page(viewport=PHONE, color_scheme="dark")
        page.goto(file.as_uri())
        page.locator("#so > summary").click()
        page.locator("#so").evaluate("part => part.scrollIntoView()")
        phone = page.screenshot()
        page.close()
    return tuple(Image.open(io.BytesIO(data)).convert("RGB") for data in (table, phone))


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

"""What ships looks as it did: pages in real Chromium, first sheets of leaflets, and the gallery.

After a change that is meant: `make site && make gallery`. Tolerance: docs/reference/looks.md.
"""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps

from pipeline.config.locales import read_locales

pytestmark = [pytest.mark.e2e, pytest.mark.unwatched]

REPOSITORY = Path(__file__).resolve().parents[2]
AR = "ar/covid-19/when-to-get-help/"
#: The part of the Arabic page on which faults are tried, in pixels: down to what 111 is for.
TOP = {"x": 0, "y": 0, "width": 360, "height": 2560}


@pytest.fixture(scope="module")
def fonts(looks, cut_fonts):
    return looks.SteadyFonts(cut_fonts)


def explain(looks, folder, name, kept, seen, found) -> str:
    path = looks.write_difference(folder / f"{name}.png", kept, seen, found)
    return (
        f"{name} looks other than before in {len(found.spots)} places: see {path} (as it was, as it"
        " is, and where they differ). If it is meant to: make site && make gallery"
    )


PAGES = [*((tag, "light") for tag in ("so", "ar", "bn", "ti", "zh", "pl")), ("fa", "dark")]
LEAFLETS = ["so", "ar", "bn", "ti", "zh", "pl"]


@pytest.mark.parametrize(("tag", "scheme"), PAGES)
def test_a_page_looks_as_before(looks, visit, fonts, tmp_path, tag, scheme):
    page = visit(f"{tag}/covid-19/when-to-get-help/", **looks.look_with(scheme))
    shown = fonts.settle(page)
    kept, seen = looks.read_kept(tag, scheme), looks.take_page(page)
    found = looks.compare(kept, seen)
    assert found.is_same, explain(looks, tmp_path, f"{tag}-{scheme}", kept, seen, found)
    assert fonts.find_foreign(shown) == []


@pytest.mark.parametrize("tag", LEAFLETS)
def test_the_first_sheet_of_a_leaflet_looks_as_before(built, looks, gallery, tmp_path, tag):
    kept = looks.read_kept(tag, "sheet")
    seen = looks.take_sheet(gallery.name_sheet(built.site, tag))
    found = looks.compare(kept, seen)
    assert found.is_same, explain(looks, tmp_path, f"{tag}-sheet", kept, seen, found)


def test_all_that_is_kept_is_compared(looks):
    pages = {f"{tag}-{scheme}.webp" for tag, scheme in PAGES}
    sheets = {f"{tag}-sheet.webp" for tag in LEAFLETS}
    assert {path.name for path in looks.KEPT.iterdir()} == pages | sheets


# What is seen

WRITE = """(wrong, right, where) => {
  const walker = document.createTreeWalker(document.querySelector(where), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    node.data = node.data.replace(new RegExp(wrong, "gu"), right);
}"""
COLOUR = "(name, value) => document.documentElement.style.setProperty(name, value)"
STYLE = "(where, style) => { document.querySelector(where).style.cssText = style }"
FAULTS = {
    "no notice that this is a demonstration": f'({STYLE})(".demonstration", "display: none")',
    "an empty notice": f'({STYLE})(".demonstration", "color: transparent")',
    "Arabic from left to right": 'document.documentElement.dir = "ltr"',
    # A character that is none: every font has a box for it.
    "boxes in a heading": f'({WRITE})("\\\\p{{Script=Arabic}}", "\\u0378", "#how-to-call-999")',
    "a warning as pale as the page": f'({COLOUR})("--alert-shade", "#ffffff")',
    "a warning that is not red": f'({COLOUR})("--alert", "#0b5a6b")',
    "a column 8 pixels off": f'({STYLE})("main", "position: relative; left: 8px")',
    "no picture": f'({STYLE})("main img", "visibility: hidden")',
    "another number in a heading": f'({WRITE})("111", "119", "#when-to-call-111")',
}


#: Sets a page right again after a fault: what it was, and how it is set back.
KEEP = "window.whole = document.body.innerHTML"
MEND = """async () => {
  document.documentElement.removeAttribute("style");
  document.documentElement.dir = "rtl";
  document.body.innerHTML = window.whole;
  await Promise.all([...document.images].map((image) => image.decode()));
}"""


@pytest.fixture(scope="module")
def arabic(looks):
    """The top of the Arabic page, as it was kept."""
    kept = looks.read_kept("ar", "light")
    return kept.crop((0, 0, kept.width, TOP["height"] // 4))


@pytest.fixture(scope="module")
def page(built, browser, looks, fonts):
    """The Arabic page, open and whole, for one fault after another."""
    page = browser.new_page(**looks.look_with())
    page.goto(built.address + AR)
    fonts.settle(page)
    page.evaluate(KEEP)
    yield page
    page.context.close()


def take_top(looks, page) -> Image.Image:
    return looks.open_picture(page.screenshot(full_page=True, clip=TOP))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_page_is_seen(looks, page, arabic, fault):
    page.evaluate(FAULTS[fault])
    spoilt = take_top(looks, page)
    page.evaluate(MEND)
    assert not looks.compare(arabic, spoilt).is_same


def test_the_page_was_whole_between_its_faults(looks, page, arabic):
    assert looks.compare(arabic, take_top(looks, page)).is_same


@pytest.fixture(scope="module")
def sheet(built, looks, gallery):
    return looks.take_sheet(gallery.name_sheet(built.site, "ar"))


def without(sheet: Image.Image, *box: int) -> Image.Image:
    made = sheet.copy()
    ImageDraw.Draw(made).rectangle(box, fill="white")
    return made


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(ImageOps.mirror, id="mirrored"),
        pytest.param(lambda sheet: without(sheet, 60, 60, 740, 110), id="no notice"),
        pytest.param(lambda sheet: without(sheet, 540, 340, 740, 350), id="half a line"),
        pytest.param(lambda sheet: ImageChops.offset(sheet, 0, 8), id="eight pixels lower"),
        pytest.param(lambda sheet: sheet.crop((0, 0, sheet.width, 1000)), id="another paper"),
        pytest.param(ImageOps.grayscale, id="no colour"),
    ],
)
def test_a_fault_of_a_sheet_is_seen(looks, sheet, spoil):
    spoilt = spoil(sheet).convert("RGB")
    assert not looks.compare(looks.read_kept("ar", "sheet"), spoilt).is_same


def test_what_differs_is_shown(looks, tmp_path):
    seen = Image.new("RGB", (360, 640), "white")
    kept = looks.shrink(seen)
    ImageDraw.Draw(seen).rectangle((100, 200, 119, 231), fill="black")
    found = looks.compare(kept, seen)
    assert found.spots == ((96, 192, 128, 224), (96, 224, 128, 256))
    message = explain(looks, tmp_path, "so-light", kept, seen, found)
    assert message.startswith(f"so-light looks other than before in 2 places: see {tmp_path}")
    assert message.endswith("make site && make gallery")
    with Image.open(tmp_path / "so-light.png") as shown:
        assert shown.size == (3 * 360 + 4 * 16, 640 + 2 * 16)


# What is not seen


def test_another_smoothing_of_letters_is_not_seen(built, looks, browser, fonts, arabic):
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=full"]
    arguments += ["--disable-lcd-text"]
    other = browser.browser_type.launch(executable_path=executable, args=arguments)
    page = other.new_page(**looks.look_with())
    page.goto(built.address + AR)
    fonts.settle(page)
    seen = take_top(looks, page)
    other.close()
    assert looks.compare(arabic, seen).is_same


def test_letters_of_a_sharper_screen_are_not_seen(built, looks, browser, fonts, arabic):
    page = browser.new_page(**{**looks.look_with(), "device_scale_factor": 2})
    page.goto(built.address + AR)
    fonts.settle(page)
    seen = take_top(looks, page).reduce(2)
    page.context.close()
    found = looks.compare(arabic, seen)
    assert found.is_same
    assert found.worst > 0


@pytest.mark.parametrize(("right", "down"), [(1, 0), (0, -1), (1, 1)])
def test_a_pixel_is_not_seen(looks, page, arabic, right, down):
    page.evaluate(f"({STYLE})('body', 'position: relative; left: {right}px; top: {down}px')")
    moved = take_top(looks, page)
    page.evaluate(f"({STYLE})('body', '')")
    assert looks.compare(arabic, moved).is_same


@pytest.mark.parametrize("tag", ["ar", "zh"])
def test_finer_dots_of_a_sheet_are_not_seen(built, looks, gallery, tag):
    finer = looks.take_sheet(gallery.name_sheet(built.site, tag), dots=192).reduce(2)
    assert looks.compare(looks.read_kept(tag, "sheet"), finer).is_same


# The gallery


def test_the_page_of_the_gallery_shows_what_can_be_read_today(built, gallery):
    _, locales = read_locales(built.root / "locales/locales.toml")
    live, missing = gallery.choose(built.manifest(), locales)
    assert gallery.PAGE.read_text("utf-8") == gallery.render_page(live, missing), (
        "Type: make site && make gallery"
    )
    scripts = {shown.locale.script for shown in (*live, *missing)}
    assert scripts == {locale.script for locale in locales}
    names = {name for shown in live for name in (shown.tag, f"{shown.tag}-forms")}
    pictures = {path.stem: path.stat().st_size for path in gallery.PICTURES.iterdir()}
    assert pictures.keys() == names | {
        "dark",
        "poster-a4",
        "picture-card",
        *(["not-yet"] if missing else []),
    }
    assert sum(pictures.values()) < 1_200_000


def test_a_picture_is_left_alone_where_it_looks_the_same(gallery):
    sheet = Image.open(REPOSITORY / "docs/images/gallery/ar.webp").convert("RGB")

    def save(picture: Image.Image, quality: int) -> bytes:
        data = BytesIO()
        picture.save(data, "WEBP", quality=quality, method=0)
        return data.getvalue()

    before = save(sheet, 90)
    assert gallery.is_as_before(before, save(sheet, 85))
    assert not gallery.is_as_before(before, save(without(sheet, 30, 240, 300, 300), 90))

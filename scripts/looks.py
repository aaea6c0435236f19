"""How a page or a sheet of paper looks, and whether it looks as it did: for gallery and tests.

Machines have different fonts, and Chromium draws letters a little differently from one release to
the next. So a page is opened in fonts that travel with the project (:class:`SteadyFonts`) and with
letters as far apart as the font says, whatever a screen is like. Then two pictures are compared as
somebody would from across a room (:func:`compare`).
"""

import io
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import Page, Route

from pipeline.pdf.fonts import prepare_fonts
from pipeline.website.fonts import FONTS

KEPT = Path(__file__).resolve().parents[1] / "tests/data/looks"
LEAFLET = "covid-19/when-to-get-help/"
PHONE = {"width": 360, "height": 800}
#: What is compared: the whole page on a phone, the first sheet of its leaflet.
LIGHT, DARK, SHEET = "light", "dark", "sheet"
LOOKS = (
    *((tag, look) for tag in ("so", "ar", "bn", "ti", "zh", "pl") for look in (LIGHT, SHEET)),
    ("fa", DARK),
)

#: So many pixels of a page, along a side, become one of those that are kept and compared.
SCALE = 4
#: So many of those, along a side, make a block: a square of 32 pixels of the page.
BLOCK = 8
#: How far the mean of a block may be off, of 255 in any of red, green and blue.
LIMIT = 8
#: A place may be found so many pixels of the page away from where it was.
SHIFT = 1
#: So many kept pixels may a page be longer or wider.
LONGER = 1
#: Kept pixels are rounded to steps of four: that saves a third of their bytes.
_ROUND = [min(255, (value + 2) // 4 * 4) for value in range(256)] * 3

#: Where the sheet and its fonts seem to be: at the site's own address, as its policy wants.
_PLACE = "/steady-look/"
#: Pages in Chinese have it before all others, for its punctuation is wide.
_CHINESE = "Steady Hans"
#: No device's fonts, nothing that moves, letters that keep their distance whatever the screen; and
#: without the notice that a page gets by the clock alone.
_RULES = """
:root, [data-script] {{ --fonts: {families} !important }}
[data-script="Hans"] {{ --fonts: "{chinese}", {families} !important }}
*, *::before, *::after {{ animation: none !important; transition: none !important;
  caret-color: transparent !important; scroll-behavior: auto !important;
  text-rendering: geometricPrecision !important }}
.notice--overdue {{ display: none !important }}
"""
_SETTLE = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  document.body.getBoundingClientRect();
  await document.fonts.ready;
}"""
#: Every character that a page shows, also those that come from the style sheet.
_CHARACTERS = """() => {
  const texts = [document.body.innerText];
  for (const element of document.body.querySelectorAll("*"))
    for (const part of ["::before", "::after", "::marker"])
      texts.push(getComputedStyle(element, part).content.replace(/^(none|normal)$/, ""));
  return [...new Set(texts.join(""))].join("");
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Face:
    """A font of the sheet."""

    family: str
    weight: int
    file: Path
    ranges: str

    @property
    def address(self) -> str:
        return _PLACE + self.file.name

    def render(self) -> str:
        return (
            f'@font-face {{ font-family: "{self.family}"; font-weight: {self.weight};'
            f' src: url("{self.address}"); unicode-range: {self.ranges} }}\n'
        )


class SteadyFonts:
    """A style sheet that puts the fonts of the leaflets first for every script."""

    def __init__(self, cache_dir: Path) -> None:
        """Read or make the fonts.

        Args:
            cache_dir: where leaflets' fonts are kept.

        Raises:
            MachineError: a package of fonts is not installed.
        """
        self._faces = tuple(_list_faces(prepare_fonts(cache_dir).folder))
        families = dict.fromkeys(f'"{face.family}"' for face in self._faces)
        faces = "".join(face.render() for face in self._faces)
        self._sheet = faces + _RULES.format(families=", ".join(families), chinese=_CHINESE)

    def settle(self, page: Page) -> frozenset[str]:
        """Dress a page that is open, and wait until all of its fonts and pictures are there.

        Returns:
            The characters that it shows.
        """
        shown = frozenset(page.evaluate(_CHARACTERS))
        answer = partial(self._answer, shown)
        page.route(f"**{_PLACE}*", answer)
        page.add_style_tag(url=f"{_PLACE}look.css")
        page.evaluate(_SETTLE)
        page.unroute(f"**{_PLACE}*", answer)
        return shown

    def find_foreign(self, shown: Iterable[str]) -> list[str]:
        """Those characters that are in none of the fonts, so that the machine's own draws them."""
        # What has no shape of its own is in no font: breaks, joiners, marks of direction.
        letters = {char for char in shown if not unicodedata.category(char).startswith("C")}
        return sorted(letters - _list_characters(tuple(face.file for face in self._faces)))

    def _answer(self, shown: frozenset[str], route: Route) -> None:
        for face in self._faces:
            if route.request.url.endswith(face.address):
                route.fulfill(body=_cut(face.file, shown), content_type="font/ttf")
                return
        route.fulfill(body=self._sheet, content_type="text/css")


def _list_faces(folder: Path) -> Iterator[_Face]:
    """The scripts, which have ranges of their own, before the fonts that have all the rest."""
    scripts = {f"Steady {font.script}": font for font in FONTS if font.script}
    chinese = scripts.pop(_CHINESE)
    for family, font in scripts.items():
        yield from _list_weights(family, folder / font.name, font.ranges)
    yield from _list_weights("Steady Sans", folder / "NotoSans")
    yield from _list_weights(_CHINESE, folder / chinese.name, chinese.ranges)
    yield from _list_weights("Steady Symbols", folder / "NotoSansSymbols")
    yield from _list_weights("Steady Emoji", folder / "NotoEmoji")


def _list_weights(family: str, stem: Path, ranges: str = "U+0-10FFFF") -> Iterator[_Face]:
    for weight, style in ((400, "Regular"), (700, "Bold")):
        file = stem.with_name(f"{stem.name}-{style}.ttf")
        yield _Face(family=family, weight=weight, file=file, ranges=ranges)


@cache
def _list_characters(files: tuple[Path, ...]) -> frozenset[str]:
    found: set[int] = set()
    for file in files:
        with TTFont(file, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(map(chr, found))


@lru_cache(maxsize=20)
def _cut(file: Path, characters: frozenset[str]) -> bytes:
    """A font with some characters alone: whole ones take seconds to be handed over."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, characters))
    return bytes(hb.subset(hb.Face(hb.Blob.from_file_path(str(file))), wanted).blob.data)


def look_with(scheme: str = LIGHT, viewport: dict[str, int] | None = None) -> dict[str, object]:
    """How a browser is to look at a page: options of a context of Playwright."""
    return {
        "viewport": viewport or PHONE,
        "color_scheme": scheme,
        "device_scale_factor": 1,
        "reduced_motion": "reduce",
        "service_workers": "block",
    }


def take_page(page: Page, *, whole: bool = True) -> Image.Image:
    """A picture of a page that has settled: all of it, or what its window shows."""
    return open_picture(page.screenshot(full_page=whole))


def take_sheet(leaflet: Path, dots: int = 96) -> Image.Image:
    """A picture of the first sheet of a PDF, at so many dots an inch.

    Made twice as large first: poppler paints each dot that an edge touches, so that a code of
    squares looks other at each size.
    """
    command = ["pdftoppm", "-r", str(2 * dots), "-f", "1", "-l", "1", str(leaflet)]
    return open_picture(subprocess.run(command, capture_output=True, check=True).stdout).reduce(2)


def open_picture(data: bytes) -> Image.Image:
    """A picture in red, green and blue."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def shrink(picture: Image.Image) -> Image.Image:
    """What is kept of a picture."""
    return picture.reduce(SCALE).point(_ROUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How far a look is from what was kept.

    Attributes:
        worst: the mean of the block that is furthest off, of 255.
        spots: the blocks that are too far off, as boxes in pixels of the page.
    """

    worst: int
    spots: tuple[tuple[int, int, int, int], ...]

    @property
    def is_same(self) -> bool:
        """Whether nobody would see a difference."""
        return not self.spots


def compare(kept: Image.Image, seen: Image.Image) -> Comparison:
    """Compare a picture with one that was kept, so that what matters is seen, and nothing else.

    Both are as small as a quarter; a block of 8 × 8 of those pixels may be off by a mean of 8 of
    255, in the nearest of nine places, each within a pixel of the page. No block may be further
    off. So it does not matter how edges of letters are smoothed.

    Args:
        kept: made by :func:`shrink`.
        seen: in its own size.
    """
    width, height = min(kept.width, seen.width // SCALE), min(kept.height, seen.height // SCALE)
    nearest = None
    for x in range(-SHIFT, SHIFT + 1):
        for y in range(-SHIFT, SHIFT + 1):
            moved = ImageChops.offset(seen, x, y).reduce(SCALE)
            off = _block_means(kept.crop((0, 0, width, height)), moved.crop((0, 0, width, height)))
            nearest = ImageChops.darker(nearest, off) if nearest else off
    assert nearest is not None  # noqa: S101 - there are nine places
    means = nearest.tobytes()
    spots = [_box(at, nearest.width) for at, mean in enumerate(means) if mean > LIMIT]
    return Comparison(worst=max(means), spots=(*spots, *_list_overhang(kept, seen)))


def _block_means(kept: Image.Image, seen: Image.Image) -> Image.Image:
    red, green, blue = ImageChops.difference(kept, seen).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).reduce(BLOCK)


def _box(at: int, blocks_a_row: int) -> tuple[int, int, int, int]:
    side = SCALE * BLOCK
    left, top = at % blocks_a_row * side, at // blocks_a_row * side
    return (left, top, left + side, top + side)


def _list_overhang(kept: Image.Image, seen: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """What one of two pictures has where the other has ended."""
    low, high = sorted((kept.height * SCALE, seen.height))
    if high - low > (LONGER + 1) * SCALE:
        yield (0, low, seen.width, high)
    low, high = sorted((kept.width * SCALE, seen.width))
    if high - low >= SCALE:
        yield (low, 0, high, seen.height)


def read_kept(tag: str, look: str) -> Image.Image:
    """What was kept of a look.

    Raises:
        FileNotFoundError: nothing was.
    """
    return open_picture(name_kept(tag, look).read_bytes())


def name_kept(tag: str, look: str) -> Path:
    """The file of a look that is kept."""
    return KEPT / f"{tag}-{look}.webp"


def write_difference(target: Path, kept: Image.Image, seen: Image.Image, found: Comparison) -> Path:
    """Put what was kept, what is seen and where they differ beside each other, into a PNG."""
    before = kept.resize((kept.width * SCALE, kept.height * SCALE))
    marked = seen.copy()
    draw = ImageDraw.Draw(marked)
    for box in found.spots:
        draw.rectangle(box, outline="#d00000", width=2)
    join([before, seen, marked]).save(target)
    return target


def join(pictures: list[Image.Image], gap: int = 16) -> Image.Image:
    """Put pictures beside each other."""
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) + 1)
    height = max(picture.height for picture in pictures) + 2 * gap
    joined = Image.new("RGB", (width, height), "#d5dde0")
    left = gap
    for picture in pictures:
        joined.paste(picture, (left, gap))
        left += picture.width + gap
    return joined

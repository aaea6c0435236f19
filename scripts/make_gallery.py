"""Make the gallery again, and what the tests compare looks with: `make gallery` after `make site`.

The same leaflet in the first two languages of each script in which it can be read: its page on a
phone and on a desk, the first sheet of its PDF, and its other forms. Of the other scripts the page
that says "not yet". Writes docs/gallery.md, docs/images/gallery/ and tests/data/looks/, and leaves
alone what looks as before (:func:`looks.compare`), so that git shows what has changed.
"""

import io
import itertools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import looks
import showing
from PIL import Image
from playwright.sync_api import Browser

from pipeline.config.locales import read_locales
from pipeline.model import Locale

ROOT = Path(__file__).resolve().parents[1]
RESOURCE = looks.LEAFLET.strip("/")
#: Whose posters and pictures to send are shown.
ACTIVITY = "single-parents/rainy-day-activities"
PICTURES = ROOT / "docs/images/gallery"
PAGE = ROOT / "docs/gallery.md"
#: Of each script; the source, which everybody of the project sees every day, does not count.
LANGUAGES_A_SCRIPT = 2
#: Heights of the rows, in pixels, and widths that they are taken at.
TALL, LOW = 800, 460
PHONE = {"width": 360, "height": 960}
DESK = {"width": 1180, "height": 1573}
QUALITY = 50
SCRIPTS = {
    "Latn": "Latin",
    "Arab": "Arabic",
    "Beng": "Bengali",
    "Ethi": "Ethiopic",
    "Gujr": "Gujarati",
    "Guru": "Gurmukhi",
    "Taml": "Tamil",
    "Cyrl": "Cyrillic",
    "Deva": "Devanagari",
    "Hans": "Chinese",
}
FORMS = {
    "large-print": "large print",
    "bilingual": "bilingual",
    "key-facts": "key facts",
    "sheets": "activity sheets",
    "booklet": "booklet",
    "poster-a4": "poster",
    "picture-card": "picture to send",
    "card": "card beside a link",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A language of the gallery.

    Attributes:
        locale: the language.
        forms: kind and path below the site of each other form that can be shown; empty where the
            leaflet cannot be read.
    """

    locale: Locale
    forms: tuple[tuple[str, str], ...]

    @property
    def tag(self) -> str:
        """The language's tag."""
        return self.locale.tag

    @property
    def name(self) -> str:
        """The language in English and in itself, and its script."""
        script = SCRIPTS.get(self.locale.script, self.locale.script)
        return f"{self.locale.english_name} · {self.locale.autonym} ({script})"


def choose(
    manifest: Mapping[str, Any], locales: Sequence[Locale]
) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """The languages in which the leaflet can be read, and one of each script in which it cannot.

    Args:
        manifest: ``site/manifest.json``.
        locales: the languages in the order of the project.
    """
    entries = {
        entry["locale"]: entry for entry in manifest["resources"] if entry["resource"] == RESOURCE
    }
    live: dict[str, list[Shown]] = {}
    other: dict[str, list[Shown]] = {}
    for locale in locales:
        entry = entries[locale.tag]
        shown = Shown(locale=locale, forms=tuple(_list_forms(entry)))
        where = live if entry["state"].startswith("live") else other
        where.setdefault(locale.script, []).append(shown)
    missing = [each[0] for script, each in other.items() if script not in live]
    return tuple(x for each in live.values() for x in each[:LANGUAGES_A_SCRIPT]), tuple(missing)


def _list_forms(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in (*entry["pdfs"], *entry.get("pictures", ())):
        if each["variant"] in FORMS:
            yield each["variant"], each["path"]


def list_activity(manifest: Mapping[str, Any], live: Sequence[Shown]) -> dict[str, list[str]]:
    """Posters, and pictures to send, of the activity in those languages: their paths."""
    found: dict[str, list[str]] = {"poster-a4": [], "picture-card": []}
    tags = [shown.tag for shown in live]
    entries = {
        entry["locale"]: entry for entry in manifest["resources"] if entry["resource"] == ACTIVITY
    }
    for tag in tags:
        for kind, path in _list_forms(entries[tag]):
            if kind in found:
                found[kind].append(path)
    return found


def main() -> None:
    """Take all pictures, put what differs in the place of what was there, write the page."""
    site = ROOT / "site"
    if not (site / "manifest.json").is_file():
        sys.exit("There is no site yet. Type: make site")
    _, locales = read_locales(ROOT / "locales/locales.toml")
    manifest = json.loads((site / "manifest.json").read_text("utf-8"))
    live, missing = choose(manifest, locales)
    with showing.served(site) as address, showing.opened() as browser:
        fonts = looks.SteadyFonts(ROOT / ".cache/pipeline/pdf/fonts")
        take = partial(_take, browser, fonts, address)
        pictures = itertools.chain(
            _make_pictures(take, site, live, missing),
            _make_activity(site, list_activity(manifest, live)),
        )
        changed = [*_keep_looks(take, site), *_keep_pictures(pictures)]
    PAGE.write_text(render_page(live, missing), encoding="utf-8", newline="\n")
    for path in changed:
        print(path.relative_to(ROOT))
    print(
        f"{len(changed)} pictures look other than before, or are new."
        if changed
        else "All as before."
    )


Take = Callable[..., Image.Image]


def _take(
    browser: Browser,
    fonts: looks.SteadyFonts,
    address: str,
    tag: str,
    *,
    scheme: str = looks.LIGHT,
    viewport: dict[str, int] | None = None,
) -> Image.Image:
    """The leaflet's page: all of it on a phone, or what a window of that size shows."""
    context = browser.new_context(**looks.look_with(scheme, viewport))
    page = context.new_page()
    page.goto(f"{address}{tag}/{looks.LEAFLET}")
    fonts.settle(page)
    picture = looks.take_page(page, whole=viewport is None)
    context.close()
    return picture


def name_sheet(site: Path, tag: str) -> Path:
    """The leaflet as PDF."""
    return site / tag / f"{RESOURCE}/{RESOURCE.split('/')[1]}.pdf"


def _keep_looks(take: Take, site: Path) -> Iterator[Path]:
    """Keep the looks that the tests compare with; yields those that have changed."""
    wanted = set()
    for tag, look in looks.LOOKS:
        path = looks.name_kept(tag, look)
        wanted.add(path)
        is_sheet = look == looks.SHEET
        seen = looks.take_sheet(name_sheet(site, tag)) if is_sheet else take(tag, scheme=look)
        if not path.is_file() or not looks.compare(looks.read_kept(tag, look), seen).is_same:
            path.parent.mkdir(parents=True, exist_ok=True)
            looks.shrink(seen).save(path, "WEBP", lossless=True, method=6)
            yield path
    _remove_others(looks.KEPT, wanted)


def _keep_pictures(pictures: Iterable[tuple[str, Image.Image]]) -> Iterator[Path]:
    """Keep the pictures of the page; yields those that have changed."""
    wanted = set()
    for name, picture in pictures:
        path = PICTURES / f"{name}.webp"
        wanted.add(path)
        data = io.BytesIO()
        picture.save(data, "WEBP", quality=QUALITY, method=6)
        if not path.is_file() or not is_as_before(path.read_bytes(), data.getvalue()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.getvalue())
            yield path
    _remove_others(PICTURES, wanted)


def is_as_before(before: bytes, now: bytes) -> bool:
    """Whether two files of a picture look the same."""
    kept = looks.shrink(looks.open_picture(before))
    return looks.compare(kept, looks.open_picture(now)).is_same


def _make_pictures(
    take: Take, site: Path, live: Sequence[Shown], missing: Sequence[Shown]
) -> Iterator[tuple[str, Image.Image]]:
    for shown in live:
        sheet = looks.take_sheet(name_sheet(site, shown.tag))
        views = [take(shown.tag, viewport=PHONE), take(shown.tag, viewport=DESK), sheet]
        yield shown.tag, _line_up(views, TALL)
        forms = [_take_form(site / path) for _, path in shown.forms]
        yield f"{shown.tag}-forms", _line_up(forms, LOW)
    firsts = {shown.locale.script: shown.tag for shown in reversed(live)}
    dark = [take(tag, scheme=looks.DARK, viewport=PHONE) for tag in reversed(firsts.values())]
    yield "dark", _line_up(dark, LOW)
    if missing:
        yield "not-yet", _line_up([take(each.tag, viewport=PHONE) for each in missing], LOW)


def _make_activity(
    site: Path, activity: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Image.Image]]:
    for kind, paths in activity.items():
        if paths:
            yield kind, _line_up([_take_form(site / path) for path in paths], LOW // 2)


def _take_form(path: Path) -> Image.Image:
    if path.suffix == ".pdf":
        return looks.take_sheet(path)
    return looks.open_picture(path.read_bytes())


def _line_up(pictures: Sequence[Image.Image], height: int) -> Image.Image:
    """Pictures of one height beside each other; those that lie on their side are half as high."""
    lined_up = []
    for each in pictures:
        high = height // 2 if each.width > each.height else height
        size = (each.width * high // each.height, high)
        lined_up.append(each.resize(size, Image.Resampling.LANCZOS))
    return looks.join(lined_up)


def _remove_others(folder: Path, wanted: set[Path]) -> None:
    for path in folder.glob("*.webp"):
        if path not in wanted:
            path.unlink()


def render_page(live: Sequence[Shown], missing: Sequence[Shown]) -> str:
    """The page of the gallery, as Markdown."""
    return "\n".join(_list_lines(live, missing)) + "\n"


def _list_lines(live: Sequence[Shown], missing: Sequence[Shown]) -> Iterator[str]:
    yield _HEAD
    for shown in live:
        forms = ", ".join(FORMS[kind] for kind, _ in shown.forms)
        yield f"## {shown.name}\n"
        yield (
            f"![The page in {shown.locale.english_name} on a phone and on a desk, and the first"
            f" sheet of its PDF](images/gallery/{shown.tag}.webp)\n"
        )
        yield f"Its other forms, from the left: {forms}.\n"
        yield (
            f"![The other forms of the leaflet in {shown.locale.english_name}]"
            f"(images/gallery/{shown.tag}-forms.webp)\n"
        )
    yield _ACTIVITY
    yield "## In the dark\n"
    yield "![The page in each of these scripts on a dark phone](images/gallery/dark.webp)"
    if missing:
        yield "\n## Not to be read yet\n"
        yield (
            "In these scripts nobody has signed this leaflet so far. The page at its address says"
            " so in the reader's language and leads to the English one. From the left:\n"
        )
        yield from (f"- {shown.name}" for shown in missing)
        yield "\n![The pages that say “not yet”](images/gallery/not-yet.webp)"


_HEAD = """\
<!-- Made by scripts/make_gallery.py; type `make gallery` after `make site`. -->

# Gallery

The same leaflet, “When to get help with COVID-19”, in the first two languages of every script in
which it can be read: its page at the width of a phone and of a desk, the first sheet of its PDF,
and its other forms. The translations are samples that no health professional has checked, and each
page and sheet says so at its top.

The pictures are taken by a real Chromium in the fonts of the leaflets, so that they are the same on
every machine; a device shows the page in its own fonts, the PDF as it is here. The tests compare
pages and sheets with [what they looked like before](reference/looks.md).
"""

_ACTIVITY = """\
## To hang up and to send

A poster and a picture to send, of an activity pack, in each of these languages in which it can be
read ([posters and cards](reference/sharing.md)).

![The poster of an activity in several languages](images/gallery/poster-a4.webp)

![The picture to send of the same activity](images/gallery/picture-card.webp)
"""


if __name__ == "__main__":
    main()

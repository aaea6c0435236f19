"""After any edit, a build gives byte for byte what a build from nothing gives."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.cli import survey_cache
from pipeline.cli.build import build
from pipeline.cli.kept.store import open_store
from pipeline.cli.plan import Wish
from pipeline.config import load_project
from tests.cli.conftest import SOMALI

pytestmark = pytest.mark.unwatched  # what it compares has tests of its own

ARABIC = {
    "Cough": "السعال",
    "Drink water often.": "اشرب الماء كثيرًا.",
    "Call 999 now": "اتصل بالرقم 999 الآن",
    "Call 999 if you cannot breathe.": "اتصل بالرقم 999 إذا كنت لا تستطيع التنفس.",
    "Rest": "الراحة",
    "Stay at home for 5 days.": "ابقَ في المنزل لمدة 5 أيام.",
}
WISH = Wish(with_pdfs=False)
Step = tuple[str, Callable[..., object]]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")


def files_of(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def build_here(root: Path, wish: Wish = WISH):
    return build(load_project(root), wish)


def build_anew(
    root: Path, scratch: Path, wish: Wish = WISH, fonts: Path | None = None
) -> dict[str, bytes]:
    """The site that a build from nothing makes of a project."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for path in root.iterdir():
        if path.is_dir() and path.name not in {"site", ".cache"}:
            shutil.copytree(path, scratch / path.name)
        elif path.is_file():
            shutil.copy2(path, scratch)
    if fonts:
        (scratch / ".cache/pipeline/pdf").mkdir(parents=True)
        (scratch / ".cache/pipeline/pdf/fonts").symlink_to(fonts)
    build_here(scratch, wish)
    return files_of(scratch / "site")


def differences(here: dict[str, bytes], anew: dict[str, bytes]) -> list[str]:
    return [path for path in sorted(here | anew) if here.get(path) != anew.get(path)]


@pytest.fixture
def library(place, pipeline):
    """Three resources: the first in Somali, the second in Arabic, the third in English alone."""
    text = place.resource.read_text("utf-8")
    for slug, title in (("cough", "Cough"), ("rash", "Rash")):
        other = text.replace("title: Fever", f"title: {title}")
        (place.resource.parent / f"{slug}.md").write_text(other, "utf-8")
    pipeline("sync")
    place.translate(SOMALI)
    catalog = place.root / "locales/ar/covid-19/cough.po"
    for source, target in ARABIC.items():
        change(catalog, f'msgid "{source}"\nmsgstr ""\n', f'msgid "{source}"\nmsgstr "{target}"\n')
    place.sign()
    return place


def steps(place) -> list[Step]:
    content, locales = place.root / "content/covid-19", place.root / "locales"
    somali = locales / "so/covid-19/fever.po"

    def rename_topic() -> None:
        for folder in (place.root / "content", *(locales / tag for tag in ("so", "ar", "ckb"))):
            (folder / "covid-19").rename(folder / "single-parents")

    def add_language() -> None:
        table = (Path(__file__).resolve().parents[3] / "locales/locales.toml").read_text("utf-8")
        (entry,) = (e for e in table.split("[[locale]]") if 'tag = "ti"' in e)
        with (locales / "locales.toml").open("a", encoding="utf-8") as file:
            file.write(f"[[locale]]{entry}")
        source = Path(__file__).resolve().parents[3] / "locales/ti/interface.po"
        (locales / "ti").mkdir()
        shutil.copy(source, locales / "ti")

    def new_resource() -> None:
        text = (content / "rash.md").read_text("utf-8")
        (content / "itch.md").write_text(
            text.replace("title: Rash", "title: Itch").replace("often.", "at [rash](rash.md)."),
            "utf-8",
        )

    def picture() -> None:
        (content / "images").mkdir()
        (content / "images/cup.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>', "utf-8"
        )
        change(content / "itch.md", "Drink", "![A cup](images/cup.svg) Drink")

    def glossary() -> None:
        rows = "source_term,target_term,status,note,origin\nwater,biyaha,preferred,,\n"
        (locales / "so/glossary.csv").write_text(rows, "utf-8")

    return [
        ("a unit", lambda: change(somali, "Biyo badan cab.", "Biyo badan cab maalin kasta.")),
        ("a sign-off", place.sign),
        ("front matter", lambda: change(content / "rash.md", "too hot.", "itching.")),
        ("a text", lambda: change(content / "cough.md", "Drink water", "Drink tea")),
        ("a new resource", new_resource),
        ("a deleted resource that another leads to", (content / "rash.md").unlink),
        ("a link taken out", lambda: change(content / "itch.md", "at [rash](rash.md)", "often")),
        ("a picture", picture),
        ("another picture", lambda: change(content / "images/cup.svg", "10", "20")),
        ("a glossary", glossary),
        (
            "an interface",
            lambda: change(locales / "so/interface.po", "Markii ugu dambeysay", "Markii ugu"),
        ),
        ("a theme", lambda: change(place.root / "theme/site/base.html", "</main>", "<hr></main>")),
        ("a setting", lambda: change(place.root / "pipeline.toml", "0.8", "0.1")),
        ("a review date", lambda: change(content / "cough.md", "2099-05-20", "2026-11-21")),
        ("a new language", add_language),
        ("a renamed topic", rename_topic),
    ]


def test_every_edit(library, tmp_path_factory):
    place, scratch = library, tmp_path_factory.mktemp("anew") / "project"
    build_here(place.root)
    wrong = {}
    for number, (what, step) in enumerate(steps(place)):
        step()
        build_here(place.root)
        # What is wrong in a tree is wrong in those that begin with it: every second time will do.
        if number % 2:
            anew = build_anew(place.root, scratch)
            if found := differences(files_of(place.root / "site"), anew):
                wrong[what] = found
    assert wrong == {}
    assert what == "a renamed topic"


def test_a_change_of_one_unit_touches_nothing_else(library, tmp_path):
    place = library
    build_here(place.root)
    before = {path: path.stat().st_ino for path in (place.root / "site").rglob("*.*")}
    # Held, so that no new file gets the number of one that has gone.
    for number, path in enumerate(path for path in before if path.is_file()):
        (tmp_path / f"held-{number}").hardlink_to(path)

    change(place.root / "locales/so/covid-19/fever.po", "Guriga joog", "Joog guriga")
    report = build_here(place.root)

    site = place.root / "site"
    after = {path: path.stat().st_ino for path in site.rglob("*.*")}
    assert report.rebuilt == ("so",)
    touched = {p.relative_to(site).as_posix() for p in after if before.get(p) != after[p]}
    # The files above all languages are written at each build, as they were.
    assert {path for path in touched if "/" in path} == {
        "so/covid-19/fever/fever-so.html",
        "so/covid-19/fever/index.html",
        "so/keep.json",
        "so/search/search_index.json",
        "so/so.zip",
    }


@pytest.mark.usefixtures("fonts")
def test_leaflets_are_those_of_a_build_from_nothing(library, cut_fonts, tmp_path_factory):
    root, wish = library.root, Wish(with_pdfs=True, workers=2)
    change(library.resource, "leaflets: []", "leaflets: [standard, bilingual]")
    library.sign()
    # English, Somali, Somali beside English, and the cards of five pages.
    assert build_here(root, wish).rendered == 8

    change(root / "locales/so/covid-19/fever.po", "Guriga joog", "Joog guriga")
    library.sign()
    report = build_here(root, wish)

    assert (report.rebuilt, report.rendered) == (("so",), 2)
    anew = build_anew(root, tmp_path_factory.mktemp("anew") / "project", wish, cut_fonts)
    assert differences(files_of(root / "site"), anew) == []
    # What was read of them beside the rest of the build is what they say.
    said = [facts.text for facts in report.facts().values()]
    assert len(said) == 2
    assert all("Joog guriga 5 maalmood." in text for text in said)


@pytest.mark.usefixtures("fonts")
def test_a_month_later_the_cache_has_what_pages_have_and_no_more(library):
    root, wish = library.root, Wish(with_pdfs=True, workers=2)
    change(library.resource, "leaflets: []", "leaflets: [standard, bilingual]")
    library.sign()
    build_here(root, wish)
    change(root / "locales/so/covid-19/fever.po", "Guriga joog", "Joog guriga")
    library.sign()
    build_here(root, wish)
    cache = root / ".cache/pipeline/pdf"
    assert len(list((cache / "leaflets").glob("*.p*"))) == 10  # two as they were before the edit

    a_month_ago = time.time() - 31 * 24 * 3600
    for path in (*(cache / "leaflets").iterdir(), cache / "pruned"):
        os.utime(path, (a_month_ago, a_month_ago))
    build_here(root, wish)
    assert len(list((cache / "leaflets").glob("*.p*"))) == 8

    # The page beside it has another title: its two cards are set, and no leaflet of the fever.
    change(root / "content/covid-19/cough.md", "title: Cough", "title: A cough")
    library.sign()
    assert build_here(root, wish).rendered == 2


@pytest.mark.usefixtures("fonts")
def test_a_book_is_that_of_a_build_from_nothing(library, pipeline, cut_fonts, tmp_path_factory):
    root, somali = library.root, library.root / "locales/so/covid-19"
    change(root / "pipeline.toml", "books = []", 'books = ["topic", "language"]')
    for source, target in SOMALI.items():
        entry = f'msgid "{"Cough" if source == "Fever" else source}"\nmsgstr ""\n'
        change(somali / "cough.po", entry, entry.replace('msgstr ""', f'msgstr "{target}"'))
    library.sign()
    assert "files that changed" not in pipeline("build").out
    book = root / "site/so/covid-19/covid-19-book.pdf"
    before = book.read_bytes()

    change(somali / "fever.po", "Guriga joog", "Joog guriga")
    library.sign()
    ran = pipeline("build")

    assert book.read_bytes() != before
    # The page, its copy, its leaflet, two books, the search index, the archive, what phones keep.
    assert "Looked through 8 files that changed" in ran.out
    assert ran.code == 0
    wish = Wish(with_pdfs=True, workers=2)
    anew = build_anew(root, tmp_path_factory.mktemp("anew") / "project", wish, cut_fonts)
    assert differences(files_of(root / "site"), anew) == []

    # What somebody else has put in the place of a book is looked at with all the rest.
    book.write_bytes(before)
    assert "files that changed" not in pipeline("build").out

    # Of a book that nobody asks for any more nothing is kept; a file in the way is none.
    kept = root / ".cache/pipeline/pdf/books/so"
    names = lambda: sorted(path.name for path in kept.rglob("*.*"))  # noqa: E731
    assert names() == [
        "covid-19-book.json", "covid-19-book.pdf", "so-book.json", "so-book.pdf",
    ]  # fmt: skip
    change(root / "pipeline.toml", '["topic", "language"]', '["topic"]')
    shutil.rmtree(kept.parent)
    kept.parent.write_text("a file", "utf-8")
    build_here(root, wish)
    assert names() == ["covid-19-book.json", "covid-19-book.pdf"]
    change(root / "pipeline.toml", '["topic"]', "[]")
    build_here(root, wish)
    assert names() == []


def test_after_an_edit_only_what_changed_is_looked_through(library, pipeline):
    place = library
    assert "files that changed" not in pipeline("build", "--no-pdf").out
    change(place.root / "locales/so/covid-19/fever.po", "Guriga joog", "Joog guriga")

    ran = pipeline("build", "--no-pdf")

    # The page, its copy, the search index, the archive, and what phones keep.
    assert "Looked through 5 files that changed" in ran.out
    assert ran.code == 0


def test_what_is_damaged_of_what_pages_said_is_noted_again_by_a_look_at_all(library, pipeline):
    pipeline("build", "--no-pdf")
    cache = library.root / ".cache/pipeline"
    with closing(sqlite3.connect(cache / "builds.sqlite")) as connection, connection:
        connection.execute("update kept set value = x'00' where kind = 'seen so'")
        connection.execute("delete from kept where kind = 'faultless'")
    (cache / "output-faultless").unlink()

    assert "files that changed" not in pipeline("build", "--no-pdf").out

    store = open_store(cache)
    assert store.read_all("seen so").keys() == store.read_keys("seen so").keys()


def test_a_page_that_somebody_took_away_is_made_again_with_the_next_edit(library):
    place = library
    build_here(place.root)
    page = place.root / "site/so/covid-19/cough/index.html"
    text = page.read_bytes()
    page.unlink()

    change(place.root / "locales/so/covid-19/fever.po", "Guriga joog", "Joog guriga")
    build_here(place.root)

    assert page.read_bytes() == text


def test_a_resource_that_is_saved_again_within_a_moment(library, tmp_path, monkeypatch):
    place = library
    # A file is read again that was changed within the last two seconds, or here in half of one.
    monkeypatch.setattr(survey_cache, "_RACY", 500_000_000)
    time.sleep(0.6)  # the catalogs are older
    build_here(place.root)
    for old, new in (("often", "now"), ("now", "at once"), ("at once", "often")):
        change(place.resource, f"Drink water {old}.", f"Drink water {new}.")
        build_here(place.root)
        anew = build_anew(place.root, tmp_path / "anew")
        assert differences(files_of(place.root / "site"), anew) == []

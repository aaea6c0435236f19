"""A fault costs its own page or leaflet: the rest is published, nothing older stays, it is told."""

import json
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from pipeline.errors import WebsiteError
from pipeline.pdf import workers
from pipeline.website import Fault
from pipeline.website.generator import plugin
from tests.cli.conftest import SOMALI

HIEROGLYPH = "\U00013080"
BUILD = ("build", "--no-pdf", "--jobs", "1")


def page_of(place, tag: str = "so", slug: str = "fever") -> str:
    return (place.root / f"site/{tag}/covid-19/{slug}/index.html").read_text("utf-8")


def leaflet_of(place, tag: str = "so"):
    return place.root / f"site/{tag}/covid-19/fever/fever.pdf"


def copy_of(place, tag: str = "so"):
    return place.root / f"site/{tag}/covid-19/fever/fever-{tag}.html"


def archived(place, tag: str) -> set[str]:
    with ZipFile(place.root / f"site/{tag}/{tag}.zip") as archive:
        return set(archive.namelist())


def entry_of(place, tag: str = "so", slug: str = "fever") -> dict:
    manifest = json.loads((place.root / "site/manifest.json").read_text("utf-8"))
    (entry,) = [
        each
        for each in manifest["resources"]
        if (each["locale"], each["resource"]) == (tag, f"covid-19/{slug}")
    ]
    return entry


def edit(path, change: Callable[[str], str]) -> None:
    text = path.read_text("utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, "utf-8")


@pytest.fixture
def library(place, pipeline):
    """Two resources; the first is in Somali."""
    other = place.resource.read_text("utf-8").replace("title: Fever", "title: Cough")
    (place.resource.parent / "cough.md").write_text(other, "utf-8")
    pipeline("sync")
    place.translate(SOMALI)
    return place


# --- Leaflets -------------------------------------------------------------------------


@pytest.mark.usefixtures("fonts")
def test_a_leaflet_that_cannot_be_made_costs_itself_alone(library, pipeline):
    place = library
    assert pipeline("build", "--jobs", "1").code == 0
    assert leaflet_of(place).is_file()
    assert 'href="fever.pdf"' in page_of(place)

    # The critical advice of the other resource changes, and a leaflet fails at the same time.
    place.translate({})
    edit(place.catalog, lambda text: text.replace("Nasasho", f"Nasasho {HIEROGLYPH}"))
    edit(place.resource.parent / "cough.md", lambda text: text.replace("cannot", "can not"))
    place.sign()
    ran = pipeline("build", "--jobs", "1")  # leaflets have a process of their own all the same
    assert ran.code == 8
    line = place.catalog.read_text("utf-8").split(HIEROGLYPH)[0].count("\n") + 1
    *_, error, remedy, last = ran.err.strip().splitlines()
    assert error.startswith(f"error: locales/so/covid-19/fever.po:{line}: No font has a glyph for ")
    assert "U+13080" in error
    assert "Noto Sans" in error
    assert "put a font that has it in theme/fonts" in remedy
    assert "everything else is published" in last

    assert HIEROGLYPH in page_of(place)
    assert ".pdf" not in page_of(place)
    home = (place.root / "site/so/index.html").read_text("utf-8")
    assert "PDF" not in home.partition("fever/")[2].partition("</li>")[0]
    assert not leaflet_of(place).exists()
    assert leaflet_of(place, "en").is_file()
    assert "can not breathe" in page_of(place, "en", "cough")
    entry = entry_of(place)
    assert (entry["state"], entry["pdfs"]) == ("live", [])
    (withheld,) = entry["withheld"]
    assert withheld["what"] == "leaflet"
    assert withheld["reason"].startswith(f"locales/so/covid-19/fever.po:{line}: No font has")
    assert str(place.root) not in (place.root / "site/manifest.json").read_text("utf-8")

    # It is not taken for current: told again, and made as soon as it can be.
    assert pipeline("build", "--jobs", "1").code == 8
    edit(place.catalog, lambda text: text.replace(HIEROGLYPH, ""))
    place.sign()
    assert pipeline("build", "--jobs", "1").code == 0
    assert 'href="fever.pdf"' in page_of(place)
    assert leaflet_of(place).is_file()
    assert entry_of(place)["withheld"] == []


@pytest.mark.usefixtures("fonts")
def test_a_title_that_cannot_be_set_costs_its_leaflet_not_the_book(library, pipeline):
    place = library
    edit(place.root / "pipeline.toml", lambda text: text.replace("books = []", 'books = ["topic"]'))
    cough = place.catalog.with_name("cough.po")
    text = cough.read_text("utf-8").replace(
        'msgid "Cough"\nmsgstr ""', 'msgid "Cough"\nmsgstr "Qufac"'
    )
    for source, target in SOMALI.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    cough.write_text(text, "utf-8")
    edit(place.catalog, lambda text: text.replace("Qandho", f"Qandho {HIEROGLYPH}"))
    place.sign()

    ran = pipeline("build")

    # Told once, though the contents of the book, which are set beside it, could not be set either.
    assert (ran.code, ran.err.count("No font has a glyph for")) == (8, 1)
    assert not leaflet_of(place).exists()
    book = PdfReader(place.root / "site/so/covid-19/covid-19-book.pdf")
    links = [ref.get_object()["/Contents"] for ref in book.pages[0]["/Annots"]]
    assert [said for said in links if said.endswith(")")] == ["Qufac (1)"]


@pytest.mark.usefixtures("fonts")
def test_a_font_that_cannot_be_read_costs_every_leaflet_and_no_page(library, pipeline):
    place = library
    assert pipeline("build", "--jobs", "1").code == 0
    fonts = place.root / "theme/fonts"
    fonts.mkdir()
    (fonts / "Broken.ttf").write_bytes(b"no font")
    workers.find_fonts.cache_clear()  # as a program that starts now
    ran = pipeline("build", "--jobs", "1")
    assert ran.code == 8
    assert "theme/fonts/Broken.ttf" in ran.err
    assert ran.err.count("error: ") == 1
    for tag in ("so", "en"):
        assert ".pdf" not in page_of(place, tag)
        assert not leaflet_of(place, tag).exists()


# --- Pages ----------------------------------------------------------------------------


def test_a_dead_link_costs_its_page_in_each_language_that_has_it(library, pipeline):
    place = library
    assert pipeline(*BUILD).code == 0
    assert "Guriga joog 5 maalmood." in page_of(place)
    edit(place.resource, lambda text: text + "\n[More](gone.md)\n")
    edit(place.resource.parent / "cough.md", lambda text: text.replace("5 days", "3 days"))
    settings = place.root / "pipeline.toml"
    edit(settings, lambda text: text.replace("0.8", "0.5"))
    pipeline("sync")
    ran = pipeline("build", "--no-pdf", "--jobs", "2")
    assert ran.code == 7
    assert "error: content/covid-19/fever.md:25: Doc file" in ran.err
    assert "→ Correct the link or the Markdown" in ran.err

    # Somali: the notice with the English link. English: a plain short page.
    somali = page_of(place)
    assert "Guriga joog" not in somali
    assert "notice-" not in somali
    assert 'href="../../../en/covid-19/fever/"' in somali
    english = page_of(place, "en")
    assert "This page cannot be shown at the moment." in english
    assert "Drink water often." not in english
    assert 'name="robots" content="noindex"' in english
    assert "3 days" in page_of(place, "en", "cough")
    assert "Not shown at the moment" in (place.root / "site/en/covid-19/index.html").read_text()
    for tag in ("en", "so"):
        entry = entry_of(place, tag)
        assert entry["state"] == "not-yet"
        assert entry["withheld"][0]["what"] == "page"
        assert "gone.md" in entry["withheld"][0]["reason"]
    assert entry_of(place, "ar")["withheld"] == []

    # Mended: all is as it would have been.
    edit(place.resource, lambda text: text.replace("\n[More](gone.md)\n", ""))
    pipeline("sync")
    assert pipeline(*BUILD).code == 0
    assert "Guriga joog 5 maalmood." in page_of(place)
    assert entry_of(place)["withheld"] == []


def test_active_content_in_one_language_costs_that_page_and_what_leads_to_it(
    library, pipeline, monkeypatch: pytest.MonkeyPatch
):
    place = library
    assert pipeline(*BUILD).code == 0
    assert 'hreflang="so"' in page_of(place, "en")
    monkeypatch.setattr(
        "pipeline.cli.stages.find_active_content",
        lambda html: ["a script: Guriga joog"] if "Guriga joog" in html else [],
    )
    edit(place.catalog, lambda text: text.replace("Biyo badan", "Biyo"))
    ran = pipeline(*BUILD)
    assert ran.code == 7
    line = place.catalog.read_text("utf-8").split("Guriga joog")[0].count("\n") + 1
    assert f"error: locales/so/covid-19/fever.po:{line}: The page would run something" in ran.err
    assert "Guriga joog" not in page_of(place)
    # Nobody is told any more that the page is there in Somali.
    alternate = 'rel="alternate" hreflang="so"'
    assert alternate not in page_of(place, "en")
    assert alternate in (place.root / "site/en/index.html").read_text("utf-8")
    assert 'hreflang="so"' not in sitemap_entry(place, "en", "fever")
    assert entry_of(place, "en")["state"] == "source"

    # English was right as it was: a second try makes Somali alone anew.
    assert "(1 made anew)" in pipeline(*BUILD).out
    monkeypatch.undo()
    monkeypatch.chdir(place.root)
    assert pipeline(*BUILD).code == 0
    assert alternate in page_of(place, "en")
    assert 'hreflang="so"' in sitemap_entry(place, "en", "fever")
    assert "(0 made anew)" in pipeline(*BUILD).out


def sitemap_entry(place, tag: str, slug: str) -> str:
    text = (place.root / f"site/{tag}/sitemap.xml").read_text("utf-8")
    (entry,) = [part for part in text.split("<url>") if f"/{tag}/covid-19/{slug}/</loc>" in part]
    return entry


def test_other_languages_are_right_when_one_is_built_alone(library, pipeline):
    place = library
    edit(place.resource, lambda text: text + "\n[More](gone.md)\n")
    assert pipeline(*BUILD).code == 7
    assert pipeline(*BUILD, "--locale", "ar").code == 0
    entry = entry_of(place, "en")
    assert entry["state"] == "not-yet"
    assert "gone.md" in entry["withheld"][0]["reason"]


@pytest.mark.usefixtures("fonts")
def test_a_page_that_fails_in_a_build_of_one_resource_is_withdrawn(library, pipeline):
    place = library
    assert pipeline("build", "--jobs", "1").code == 0
    fever = "covid-19/fever/index.html"
    archived_before = archived(place, "en")
    assert fever in archived_before
    assert copy_of(place, "en").is_file()
    edit(place.resource, lambda text: text + "\n[More](gone.md)\n")
    ran = pipeline("build", "--jobs", "1", "--resource", "covid-19/fever")
    assert ran.code == 7
    # It goes with all that was made of it.
    assert archived(place, "en") == archived_before - {fever, "covid-19/fever/fever.pdf"}
    assert not copy_of(place, "en").exists()
    assert entry_of(place, "en")["one_file"] is None
    assert "Drink water" not in page_of(place, "en")
    assert not leaflet_of(place, "en").exists()
    assert "Drink water" in page_of(place, "en", "cough")


def test_an_archive_is_made_again_where_its_language_has_changed_and_there_alone(library, pipeline):
    place = library
    assert pipeline(*BUILD).code == 0
    paths = [place.root / f"site/{tag}/{tag}.zip" for tag in ("en", "so")]
    made = [path.stat().st_ino for path in paths]
    assert not (place.root / "site/ar/ar.zip").exists()  # nothing of it can be read
    edit(place.catalog, lambda text: text.replace("Guriga joog 5", "Gurigaaga joog 5"))
    place.sign()
    assert pipeline(*BUILD).code == 0
    assert paths[0].stat().st_ino == made[0]
    with ZipFile(paths[1]) as archive:
        assert "Gurigaaga joog 5" in archive.read("covid-19/fever/index.html").decode()


def test_a_link_to_a_part_that_is_not_there_is_told_and_costs_no_page(library, pipeline):
    place = library
    edit(place.resource, lambda text: text + "\n[More](cough.md#gone)\n")
    for _ in range(2):
        ran = pipeline(*BUILD)
        assert ran.code == 7
        assert "error: content/covid-19/fever.md:25: Doc file" in ran.err
        assert "does not contain an anchor '#gone'" in ran.err
        assert "Drink water often." in page_of(place, "en")


def test_a_resource_that_is_refused_costs_no_page_that_leads_to_it(library, pipeline):
    place = library
    edit(place.resource, lambda text: text + "\n[More](cough.md)\n")
    edit(place.resource.parent / "cough.md", lambda text: text + "\n<script>x()</script>\n")
    ran = pipeline(*BUILD)
    assert ran.code == 11
    assert '<a href="../">More</a>' in page_of(place, "en")
    assert not (place.root / "site/en/covid-19/cough").exists()


@pytest.mark.usefixtures("fonts")
def test_a_page_of_which_not_even_the_notice_can_be_made_is_left_out(
    library, pipeline, monkeypatch: pytest.MonkeyPatch
):
    place = library
    assert pipeline("build", "--jobs", "1").code == 0

    def find_clashes(views, _folder):
        error = WebsiteError("Two pages have the address `x/`.", remedy="Rename it.")
        view = views.get("covid-19/fever/")
        return [Fault(name="covid-19/fever", error=error)] if view else []

    monkeypatch.setattr("pipeline.website.build.find_clashes", find_clashes)
    edit(place.resource.parent / "cough.md", lambda text: text + "\n[More](fever.md)\n")
    edit(place.root / "mkdocs.yml", lambda text: text + "\n")
    ran = pipeline("build", "--jobs", "1")
    assert ran.code == 7
    assert "error: content/covid-19/fever.md: Two pages have the address" in ran.err
    for tag in ("en", "so", "ar", "ckb"):
        assert not (place.root / f"site/{tag}/covid-19/fever").exists()
        assert entry_of(place, tag)["page"] is None
    assert '<a href="../">More</a>' in page_of(place, "en", "cough")


# --- Whole languages ------------------------------------------------------------------


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch):
    """Let the generator fail for a language, with any page or only where one can be read."""
    original = plugin.SitePlugin.on_env

    def stumble(tag: str, *, always: bool) -> None:
        def on_env(self, env, /, **options):
            site = self.edition.library.site
            if site.locale.tag == tag and (always or any(p.is_published for p in site.pages)):
                raise ValueError("a fault that nobody has foreseen")
            return original(self, env, **options)

        monkeypatch.setattr(plugin.SitePlugin, "on_env", on_env)

    return stumble


def test_a_language_whose_site_cannot_be_made_says_so_on_every_page(library, pipeline, stumbling):
    place = library
    assert pipeline(*BUILD).code == 0
    stumbling("so", always=False)
    edit(place.catalog, lambda text: text.replace("Nasasho", "Naso"))
    ran = pipeline(*BUILD)
    assert ran.code == 7
    assert "a fault that nobody has foreseen (so)" in ran.err
    assert "Guriga joog" not in page_of(place)
    assert 'href="../../../en/covid-19/fever/"' in page_of(place)
    assert "Drink water" in page_of(place, "en")


def test_a_language_of_which_not_even_notices_can_be_made_is_taken_down(
    library, pipeline, stumbling
):
    place = library
    assert pipeline(*BUILD).code == 0
    stumbling("so", always=True)
    edit(place.catalog, lambda text: text.replace("Nasasho", "Naso"))
    for arguments in ((), ("--locale", "ar")):
        ran = pipeline(*BUILD, *arguments)
        assert ran.code == (0 if arguments else 7)
        assert not (place.root / "site/so").exists()
        assert "Drink water" in page_of(place, "en")
        for page in (place.root / "site").rglob("*.html"):
            assert 'lang="so"' not in page.read_text("utf-8"), page
        manifest = json.loads((place.root / "site/manifest.json").read_text("utf-8"))
        (somali,) = [entry for entry in manifest["locales"] if entry["locale"] == "so"]
        assert not somali["open"]
        assert "a fault that nobody has foreseen" in somali["withheld"]
        assert (entry_of(place)["state"], entry_of(place)["page"]) == ("closed", None)


def test_a_source_language_that_cannot_be_made_leaves_the_site_as_it_was(
    library, pipeline, stumbling
):
    place = library
    assert pipeline(*BUILD).code == 0
    before = {path: path.read_bytes() for path in (place.root / "site").rglob("*.html")}
    stumbling("en", always=True)
    edit(place.resource, lambda text: text.replace("5 days", "3 days"))
    ran = pipeline(*BUILD)
    assert ran.code == 7
    assert "a fault that nobody has foreseen (en)" in ran.err
    assert {path: path.read_bytes() for path in (place.root / "site").rglob("*.html")} == before


def test_other_forms_are_made_linked_and_listed(place, pipeline):
    edit(place.resource, lambda text: text.replace("leaflets: []", "leaflets: [bilingual]"))
    pipeline("sync")
    place.translate(SOMALI)
    place.sign()
    # Beside English as it stands there: where that is not built with it, it is not made.
    assert pipeline("build", "--locale", "so", "--jobs", "1").code == 0
    assert [each["variant"] for each in entry_of(place)["pdfs"]] == ["standard"]
    assert pipeline("build", "--jobs", "1").code == 0
    assert [each["variant"] for each in entry_of(place)["pdfs"]] == ["standard", "bilingual"]
    assert 'href="fever-bilingual.pdf"' in page_of(place)
    assert [each["variant"] for each in entry_of(place, "en")["pdfs"]] == ["standard"]

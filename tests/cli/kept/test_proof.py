"""What changed is looked at alone, until somebody cannot be sure: then all of the site is."""

import re

import pytest
from pypdf import PdfReader

from pipeline.checks.output import check_output
from pipeline.cli.output import read_output
from pipeline.config import load_project
from tests.cli.conftest import SOMALI

BUILD = ("build", "--no-pdf")
PARTLY = "files that changed"
COUGH = {"Cough": "Qufac", **{text: said for text, said in SOMALI.items() if text != "Fever"}}


def write_translation(place, said: dict[str, str]) -> None:
    """Fill the Somali catalog of the second resource; without a text, its box is empty."""
    catalog = place.catalog.with_name("cough.po")
    lines = catalog.read_text("utf-8").split("\n")
    for at, line in enumerate(lines):
        source = line.removeprefix('msgid "').removesuffix('"')
        if line.startswith("msgid ") and source in COUGH:
            lines[at + 1] = f'msgstr "{said.get(source, "")}"'
    catalog.write_text("\n".join(lines), "utf-8")
    place.sign()


@pytest.fixture
def library(place, pipeline):
    """Two resources in Somali and English; of the second the Somali is not there yet."""
    text = place.resource.read_text("utf-8")
    (place.resource.parent / "cough.md").write_text(text.replace("Fever", "Cough"), "utf-8")
    pipeline("sync")
    place.translate(SOMALI)
    return place


def test_a_page_that_becomes_public_is_looked_at_alone(library, pipeline):
    assert PARTLY not in pipeline(*BUILD).out
    write_translation(library, COUGH)

    ran = pipeline(*BUILD)

    # It is in Somali, and its pages in all other languages lead to it.
    assert (ran.code, ran.err.count("Looking through languages (4)")) == (0, 1)
    assert re.search(r"Looked through \d\d files that changed in [\d.]+ s: nothing found", ran.out)
    sitemap = (library.root / "site/so/sitemap.xml").read_text("utf-8")
    assert "/so/covid-19/cough/" in sitemap

    # What was seen of it is known the next time.
    assert "Looked through 0 files that changed" in pipeline(*BUILD).out


@pytest.mark.usefixtures("fonts")
def test_a_page_that_becomes_public_is_looked_at_alone_in_its_book_too(library, pipeline):
    settings = library.root / "pipeline.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("books = []", 'books = ["topic"]'), "utf-8")
    assert PARTLY not in pipeline("build").out
    write_translation(library, COUGH)

    ran = pipeline("build")

    assert (ran.code, PARTLY in ran.out) == (0, True)
    # It comes first, so that the leaflet after it has another place than before.
    book = PdfReader(library.root / "site/so/covid-19/covid-19-book.pdf")
    tops = [each.title for each in book.outline if not isinstance(each, list)]
    assert tops[1:] == ["Qufac", "Qandho"]


def test_where_a_page_went_away_all_of_the_site_is_looked_through(library, pipeline):
    write_translation(library, COUGH)
    pipeline(*BUILD)
    write_translation(library, {})

    ran = pipeline(*BUILD)

    assert (ran.code, PARTLY in ran.out) == (0, False)
    assert not list((library.root / "site/so/covid-19/cough").glob("*-so.html"))


HOME = "https://health.example.org/so/"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            re.escape(f"<url><loc>{HOME}covid-19/fever/</loc>") + ".*?</url>",
            "",
            "It lacks a page that can be read: ",
        ),
        (
            re.escape(f"<url><loc>{HOME}covid-19/fever/</loc>"),
            rf'\g<0><xhtml:link rel="alternate" hreflang="ar" href="{HOME}"/>',
            "It names other languages than the page itself: ",
        ),
        (
            re.escape(f"<url><loc>{HOME}covid-19/cough/</loc>"),
            rf'\g<0><xhtml:link rel="alternate" hreflang="ar" href="{HOME}"/>',
            "It names other languages than the page itself: ",
        ),
        (
            "</urlset>",
            f"<url><loc>{HOME}covid-19/rash/</loc></url></urlset>",
            "It lists a page that is not there or that nobody can read yet: ",
        ),
        ("</urlset>", "", "It is no XML that can be read."),
    ],
    ids=["an old page missing", "of an old page", "of the new page", "a stranger", "no XML"],
)
def test_a_sitemap_that_somebody_changed_is_told(library, pipeline, old, new, what):
    pipeline(*BUILD)
    write_translation(library, COUGH)
    pipeline(*BUILD, "--no-check")
    sitemap = library.root / "site/so/sitemap.xml"
    changed, count = re.subn(old, new, sitemap.read_text("utf-8"), flags=re.DOTALL)
    assert count == 1
    sitemap.write_text(changed, "utf-8")

    ran = pipeline(*BUILD)

    assert ran.code == 15
    assert f"major: site/so/sitemap.xml: {what}" in ran.err


# --- What is wrong elsewhere is not overlooked ---


def change(path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def built(library, pipeline):
    """Both resources in Somali, the site found without fault."""
    write_translation(library, COUGH)
    assert "nothing found" in pipeline(*BUILD).out
    return library


def findings_of(place, pipeline) -> set[str]:
    """What is found after an edit; a look at all of the site finds the same."""
    pipeline(*BUILD)
    project = load_project(place.root)
    found = {finding.check for finding in check_output(read_output(project.site_dir, project))}
    # What was found before stays found: nothing was noted of the site.
    assert (PARTLY in pipeline(*BUILD).out) == (not found)
    return found


def test_a_part_that_goes_away_where_another_page_leads_to_it(library, pipeline):
    cough = library.resource.with_name("cough.md")
    change(cough, "Drink water often.", "Drink water often. [see](fever.md#rest).")
    pipeline("sync")
    write_translation(library, COUGH)
    assert "nothing found" in pipeline(*BUILD).out

    # Nothing but key facts of it is shown in Somali until somebody has looked again.
    change(library.resource, "Stay at home for 5 days.", "Stay at home for 7 days.")
    pipeline("sync")
    library.sign()

    assert findings_of(library, pipeline) == {"dead-link"}


def test_a_new_link_to_a_part_that_a_page_does_not_have(built, pipeline):
    change(built.resource, "Stay at home for 5 days.", "Stay at home for 7 days.")
    pipeline("sync")
    built.sign()
    assert "nothing found" in pipeline(*BUILD).out  # nothing leads to what key facts lack

    cough = built.resource.with_name("cough.md")
    change(cough, "Drink water often.", "Drink water often. [see](fever.md#rest).")
    pipeline("sync")
    built.sign()

    assert findings_of(built, pipeline) == {"dead-link"}


@pytest.mark.parametrize("there", ["Guriga joog 5 maalmood.", "Guriga **joog** 5 maalmood."])
def test_english_that_says_what_a_translation_says_already(built, pipeline, there):
    cough = built.resource.with_name("cough.md")
    said = "Stay at home for 5 days."
    change(cough, said, f"{said}\n\n{there}")
    built.sign()

    assert findings_of(built, pipeline) == {"fallback-language"}


def test_a_picture_that_becomes_too_heavy_for_a_page_that_stays_as_it_was(library, pipeline):
    content = library.resource.parent
    (content / "images").mkdir()
    picture = content / "images/cup.svg"
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0'
    picture.write_text(f'{head}"/></svg>', "utf-8")
    change(
        content / "cough.md", "Drink water often.", "![A cup](images/cup.svg) Drink water often."
    )
    change(library.root / "pipeline.toml", "page_kilobytes = 300", "page_kilobytes = 160")
    pipeline("sync")
    library.sign()
    assert "nothing found" in pipeline(*BUILD).out

    picture.write_text(f'{head}{" L1 1" * 15_000}"/></svg>', "utf-8")

    assert findings_of(library, pipeline) == {"page-weight"}


def test_a_hidden_text_that_another_page_does_not_say_any_more(library, pipeline):
    content = library.resource.parent
    rash = (content / "cough.md").read_text("utf-8").replace("Cough", "Rash")
    said = "Read NHS, fever in adults."
    (content / "rash.md").write_text(rash.replace("Drink water often.", said), "utf-8")
    pipeline("sync")
    # A draft, which stands in the sources of another page too; a third may say it.
    write_translation(library, {"Rest": "NHS, fever in adults"})
    assert "nothing found" in pipeline(*BUILD).out

    change(content / "rash.md", said, "Read more.")
    library.sign()

    assert findings_of(library, pipeline) == {"unpublished-text"}


def test_a_new_draft_that_stands_above_all_languages(built, pipeline):
    said = "Keeps pages that a reader asked for"
    assert said in (built.root / "site/service-worker.js").read_text("utf-8")
    write_translation(built, {})
    pipeline(*BUILD)

    write_translation(built, {"Rest": said})

    assert findings_of(built, pipeline) == {"unpublished-text"}


HIDDEN = "Guriga ha ka bixin 5 maalmood."


@pytest.mark.parametrize(
    ("name", "tamper", "check"),
    [
        ("index.html", lambda text: f"{text}<!-- x -->", "unapproved-page"),
        ("old.txt", lambda _: HIDDEN, "unpublished-text"),
        (
            "keep.json",
            lambda text: text.replace("{", f'{{"note": "{HIDDEN}",', 1),
            "unpublished-text",
        ),
        (
            "sitemap.xml",
            lambda text: text.replace(
                "</urlset>", f"<url><loc>{HOME}covid-19/fever/</loc></url></urlset>"
            ),
            "alternates",
        ),
        ("sitemap.xml", lambda text: f"{text}<!-- {HIDDEN} -->", "unpublished-text"),
        ("search/search_index.json", lambda _: "{", "dead-link"),
        ("old.bin", lambda _: "PK\x03\x04 of somebody else", None),
    ],
    ids=[
        "a list of pages",
        "a text",
        "a keep list",
        "an entry twice",
        "a comment",
        "a damaged index",
        "an archive",
    ],
)
def test_what_somebody_changes_in_the_site_is_told(built, pipeline, name, tamper, check):
    change(built.catalog.with_name("cough.po"), COUGH["Stay at home for 5 days."], HIDDEN)
    pipeline(*BUILD)
    path = built.root / "site/so" / name
    path.write_text(tamper(path.read_text("utf-8") if path.is_file() else ""), "utf-8")

    if check is None:  # nothing is wrong, but all of the site is looked through
        assert PARTLY not in pipeline(*BUILD).out
    else:
        assert check in findings_of(built, pipeline)

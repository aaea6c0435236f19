"""What changed is looked at alone, until somebody cannot be sure: then all of the site is."""

import re

import pytest
from pypdf import PdfReader

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

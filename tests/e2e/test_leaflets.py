"""The leaflets that ship, read back."""

import re
import subprocess

import pytest
from pypdf import PdfReader

from pipeline.cli.partial import without_link

pytestmark = pytest.mark.e2e


def text_of(path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode("utf-8").split())


def leaflet(built, tag):
    return built.site / tag / "covid-19" / "when-to-get-help" / "when-to-get-help.pdf"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", ["Call 999 now", "Page 1 of", "English"]),
        ("so", ["999", "When to get help with COVID-19", "Somali", "Soomaali"]),
        ("bn", ["999", "Bengali", "বাংলা"]),
        ("ti", ["999", "Tigrinya", "ትግርኛ"]),
        ("ar", ["999", "Arabic", "When to get help with COVID-19"]),
    ],
)
def test_words_come_back_out_of_the_leaflet(built, tag, words):
    text = text_of(leaflet(built, tag))
    for word in words:
        assert word in text


@pytest.mark.parametrize("tag", ["en", "so", "ar", "bn", "ti", "zh"])
def test_a_leaflet_is_tagged_and_says_its_language_and_title(built, tag):
    reader = PdfReader(leaflet(built, tag))
    assert reader.trailer["/Root"]["/Lang"] == tag
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title
    assert reader.outline


def test_every_published_page_has_its_leaflet_and_no_other_has(built):
    for entry in built.manifest()["resources"]:
        is_published = entry["state"] in {"source", "live", "live-with-gaps", "key-facts"}
        assert bool(entry["pdfs"]) is is_published, entry
        for pdf in entry["pdfs"]:
            assert (built.site / pdf["path"]).read_bytes().startswith(b"%PDF-")


def test_a_second_build_renders_nothing(built, run_in):
    done = run_in(built.root, "build")
    assert done.returncode == 0
    assert "(0 made anew)" in done.stdout
    assert "(0 rendered)" in done.stdout


@pytest.mark.parametrize("tag", ["en", "so", "ar"])
def test_the_link_to_a_book_can_be_taken_off_its_page_and_nothing_else(built, tag):
    page = (built.site / tag / "covid-19/index.html").read_bytes()
    without = without_link(page, "covid-19-book.pdf")
    (gone,) = re.findall(rb'<p><a href="covid-19-book.pdf"[^>]*>[^<]*</a></p>\n', page)
    assert without == page.replace(gone, b"")

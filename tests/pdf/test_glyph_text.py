"""Arabic is read back letter by letter, though it is set in groups."""

import subprocess
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from pipeline.pdf import render_leaflet
from pipeline.pdf.fonts import prepare_fonts
from pipeline.pdf.glyph_text import GlyphTexts, glyph_texts


@pytest.fixture(scope="session")
def amiri(cache_dir):
    return prepare_fonts(cache_dir / "fonts").files["Amiri"].read_bytes()


def test_letters_and_their_forms_stand_for_the_letter(amiri):
    texts = glyph_texts(amiri)
    with TTFont(BytesIO(amiri)) as font:
        ids = font.getReverseGlyphMap()
        meem = ids[font.getBestCmap()[0x0645]]
    assert texts[meem] == "م"
    assert list(texts.values()).count("م") > 1  # the forms it takes in a word


def test_a_font_without_arabic_is_left_to_weasyprint(cache_dir):
    files = prepare_fonts(cache_dir / "fonts").files
    assert set(glyph_texts(files["Noto Sans Bengali"].read_bytes()).values()) == {"◌"}


def test_what_the_font_knows_wins_and_a_single_letter_wins_over_a_group():
    texts = GlyphTexts({7: "ل"})
    texts[7] = "لك"
    assert texts[7] == "ل"
    texts[8] = "لك"
    assert 8 not in texts  # so that WeasyPrint tells the next text too
    texts[8] = "ك"
    assert texts[8] == "ك"
    assert 8 in texts
    texts[9] = ""
    assert 9 not in texts
    assert dict(texts) == {7: "ل", 8: "ك", 9: ""}


@pytest.mark.parametrize(
    "sentence",
    ["ولكن اشرب الكثير من السوائل", "في تحليل زنجيرهاي عملكرد", "المملكة المتحدة لحماية الخبرة"],
)
def test_words_whose_letters_join_are_read_back(make_job, cache_dir, sentence):
    data = render_leaflet(make_job(f"<p>{sentence}</p>", tag="ar"), cache_dir=cache_dir)
    text = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    assert sentence in text

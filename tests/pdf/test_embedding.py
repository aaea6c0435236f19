"""Fonts in a leaflet: small, and every glyph says what it stands for."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from pipeline.pdf import render_leaflet


@pytest.fixture
def font_of(make_job, cache_dir):
    def render(tag: str, text: str):
        data = render_leaflet(make_job(f"<p>{text}</p>", tag=tag), cache_dir=cache_dir)
        fonts = PdfReader(BytesIO(data)).pages[0]["/Resources"]["/Font"]
        family = {"zh": "Noto-Sans-SC", "bn": "Noto-Sans-Bengali"}[tag]
        return next(
            font.get_object() for font in fonts.values() if font["/BaseFont"].endswith(family)
        )

    return render


def test_a_font_has_the_glyphs_that_are_used_and_no_room_for_others(font_of):
    kept = font_of("zh", "请留在家中好好休息。")["/DescendantFonts"][0]
    file = TTFont(BytesIO(kept["/FontDescriptor"]["/FontFile2"].get_data()))
    # Ten signs of the sentence, those of the notice, .notdef; the whole font has 30,000.
    assert file["maxp"].numGlyphs < 80
    assert set(file.keys()) == {"GlyphOrder", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    numbers = kept["/CIDToGIDMap"].get_data()
    new = [int.from_bytes(numbers[at : at + 2], "big") for at in range(0, len(numbers), 2)]
    assert sorted(number for number in new if number) == list(range(1, file["maxp"].numGlyphs))


def test_each_glyph_of_a_conjunct_stands_for_something(font_of):
    table = font_of("bn", "স্বাস্থ্য ও চিকিৎসা")["/ToUnicode"].get_data()
    assert b"> <>" not in table
    assert b"> <2060>" in table  # joins, and is not seen; /ActualText has the words

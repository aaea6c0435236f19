"""Fonts for readers whose device has none: what is put into the website, and how it is named."""

import importlib.resources
import re
from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from pipeline.catalogs import parse_catalog
from pipeline.website.fonts import FONTS, render_font_faces, write_fonts

LOCALES = Path(__file__).parents[2] / "locales"


def test_a_script_gets_its_font_and_no_other(workshop, tmp_path):
    (path,) = write_fonts(workshop.project, {"Latn", "Beng"}, tmp_path)
    assert re.fullmatch(r"NotoSansBengali\.[0-9a-f]{8}\.woff", path.name)
    assert path.parent == tmp_path / "assets" / "fonts"
    assert path.stat().st_size < 80_000


def test_chinese_comes_with_a_small_font_for_its_name(workshop, tmp_path):
    chinese, name = sorted(write_fonts(workshop.project, {"Hans"}, tmp_path), reverse=True)
    assert chinese.name.startswith("NotoSansSC.")
    assert chinese.stat().st_size < 800_000
    assert name.name.startswith("NotoSansSC-Name.")
    assert name.stat().st_size < 10_000


def test_every_script_of_the_table_that_is_not_on_every_device_has_one(workshop):
    scripts = {locale.script for locale in workshop.project.locales}
    assert scripts - {font.script for font in FONTS} <= {"Latn", "Cyrl"}


def test_what_ships_in_chinese_has_no_box(workshop, tmp_path):
    (font,) = (font for font in FONTS if font.script == "Hans")
    write_fonts(workshop.project, {"Hans"}, tmp_path)
    letters = TTFont(tmp_path / font.path).getBestCmap()
    catalogs = [parse_catalog(path.read_bytes(), path) for path in LOCALES.glob("zh/**/*.po")]
    texts = [unit.msgstr for catalog in catalogs for unit in catalog.units]
    signs = {char for text in texts for char in text if "\u4e00" <= char <= "\u9fff"}
    assert len(signs) > 300
    assert signs - set(map(chr, letters)) == set()


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("Arab", "الإسعاف"),
        ("Beng", "স্বাস্থ্য"),
        ("Deva", "स्वास्थ्य"),
        ("Ethi", "ሓበሬታ"),
        ("Gujr", "સ્વાસ્થ્ય"),
        ("Guru", "ਸਿਹਤ"),
        ("Hans", "请拨打九九九"),
        ("Hans", "昏厥、荨麻疹、头孢、脚踝、对乙酰氨基酚"),
        ("Taml", "கொரோனா"),
    ],
)
def test_a_font_that_was_cut_shapes_its_script_as_the_whole_one_does(
    workshop, tmp_path, script, text
):
    (font,) = (font for font in FONTS if font.script == script)
    write_fonts(workshop.project, {script}, tmp_path)
    whole = importlib.resources.files(font.package[1]).joinpath(font.package[2]).read_bytes()
    shaped = shape(unpack((tmp_path / font.path).read_bytes()), text)
    assert shaped == shape(whole, text)


def unpack(woff):
    font = TTFont(BytesIO(woff))
    font.flavor = None
    data = BytesIO()
    font.save(data)
    return data.getvalue()


def shape(font, text):
    """How wide each glyph is that a text becomes; a glyph for what is missing fails."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    face = hb.Font(hb.Face(font))
    hb.shape(face, buffer, {"kern": False})
    missing = [info for info in buffer.glyph_infos if info.codepoint == 0]
    assert missing == []
    return [position.x_advance for position in buffer.glyph_positions]


def test_a_browser_looks_on_the_device_first(workshop, tmp_path):
    (path,) = write_fonts(workshop.project, {"Guru"}, tmp_path)
    assert (
        '@font-face { font-family: "Spare Guru"; font-display: swap;'
        ' src: local("Noto Sans Gurmukhi"), local("NotoSansGurmukhi-Regular"),'
        ' local("NotoSansGurmukhi-VF"), local("GurmukhiMN"), local("Nirmala UI"),'
        ' local("Lohit Gurmukhi"),'
        f' url("../fonts/{path.name}") format("woff");'
        " unicode-range: U+A00-A7F, U+964-965, U+200C-200D, U+25CC; }"
    ) in render_font_faces().decode()


def test_until_a_font_comes_its_place_is_kept_by_one_as_wide():
    assert (
        '@font-face { font-family: "Near Arab"; src: local("DejaVu Sans"); size-adjust: 95.5%;'
    ) in render_font_faces().decode()


def test_fonts_stay_and_those_of_an_older_build_go(workshop, tmp_path):
    paths = write_fonts(workshop.project, {"Taml"}, tmp_path)
    (path,) = paths
    before = path.stat().st_mtime_ns
    assert write_fonts(workshop.project, {"Taml"}, tmp_path) == paths
    assert path.stat().st_mtime_ns == before

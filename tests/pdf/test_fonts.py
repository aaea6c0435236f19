"""Fonts: from locked packages, static, the same on every machine, and enough of them."""

import shutil

import pytest
from fontTools.ttLib import TTFont

from pipeline.errors import PdfError
from pipeline.pdf import fonts as fonts_module
from pipeline.pdf.fonts import prepare_fonts
from pipeline.pdf.glyphs import choose_families, describe

#: Letters that fonts forget, and signs that the content uses.
LETTERS = {
    "en": "✓→•–—…£°×½“”’",
    "so": "Soomaali ' Nabad",
    "pl": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "ro": "șțăâîȘȚ",
    "sq": "ëçËÇ",
    "es": "ñ¿¡áü",
    "fr": "œçéèêë«»",
    "pt": "ãõçâ",
    "it": "àèéìòù",
    "fil": "ñNg̃",
    "uk": "ґєіїҐЄІЇ",
    "ar": "ةىؤئإأآًٌٍَُِّْ،؛؟",
    "fa": "پچژکگیۀ۰۱۲۳۴۵۶۷۸۹«»",
    "prs": "پچژکگی",
    "ur": "ٹڈڑںےہھۓۃ۔",
    "ps": "ټډړږښګڼېۍئځڅ",
    "ckb": "ڕڵۆێەڤ",
    "bn": "কক্ষজ্ঞশ্রড়য়ৎংঃঁ০১২৩৪৫৬৭৮৯।",
    "gu": "ક્ષજ્ઞળઑઍ૦૧૨",
    "pa": "ਖ਼ਗ਼ਜ਼ਫ਼ੜੱੰ੦੧੨",
    "ta": "கஷஜஸஹஶ்ரீஃ",
    "ne": "क्षज्ञळऑॐ०१२।",
    "ti": "ኣቐቘዀኸጐ፡።፣",
    "am": "ኧሷቧፗ፡።",
    "zh": "的一是不了人我在有他新冠疫苗隔离。，、：“”",
}


@pytest.fixture(scope="session")
def fonts(cache_dir):
    return prepare_fonts(cache_dir / "fonts")


def test_every_language_of_the_table_is_tested_here(project):
    assert set(LETTERS) == {project.source.tag, *(locale.tag for locale in project.locales)}


@pytest.mark.parametrize("tag", LETTERS)
def test_the_fonts_of_a_language_have_its_letters(project, fonts, tag):
    locale = project.source if tag == "en" else project.locale(tag)
    families = choose_families(LETTERS[tag], locale.fonts, fonts)
    assert families.missing == ()
    assert families.names[: len(locale.fonts)] == locale.fonts
    own = [c for c in LETTERS[tag] if c.isalpha()]
    assert all(any(fonts.covers(name, c) for name in locale.fonts) for c in own)


def test_a_font_that_nobody_asked_for_is_added_for_the_name_of_a_language(fonts):
    families = choose_families("ខ្មែរ", ("Noto Sans",), fonts)
    assert families.names[-1] == "Noto Sans Khmer"
    assert families.missing == ()


def test_a_character_that_no_font_has_is_named(fonts):
    families = choose_families("a \u200b \U00013000", ("Noto Sans",), fonts)
    assert [describe(c) for c in families.missing] == [
        "\U00013000 (U+13000 EGYPTIAN HIEROGLYPH A001)"
    ]


def test_fonts_are_static_and_named_by_family(fonts):
    with TTFont(fonts.files["Noto Sans Bengali"]) as font:
        assert "fvar" not in font
        assert font["name"].getDebugName(1) == "Noto Sans Bengali"
    with TTFont(fonts.folder / "NotoSans-Bold.ttf") as font:
        assert (font["OS/2"].usWeightClass, font["head"].macStyle) == (700, 1)


@pytest.fixture
def cut_few(monkeypatch):
    """Fonts that are cut here are three families, for all take seconds."""
    few = {"Noto Sans", "Noto Sans Gujarati", "Amiri"}
    cuts = [cut for cut in fonts_module._cuts() if cut.family in few]  # noqa: SLF001
    monkeypatch.setattr(fonts_module, "_cuts", lambda: cuts)


@pytest.mark.usefixtures("cut_few")
def test_fonts_cut_elsewhere_are_the_same_and_follow_a_project_that_is_moved(fonts, tmp_path):
    before = prepare_fonts(tmp_path / "here")
    for path in ("NotoSans-Bold.ttf", "NotoSansGujarati-Regular.ttf", "Amiri-Regular.ttf"):
        assert (before.folder / path).read_bytes() == (fonts.folder / path).read_bytes()
    assert before.digest == fonts.digest
    assert str(tmp_path / "here") in before.config_path.read_text()

    shutil.move(tmp_path / "here", tmp_path / "there")
    after = prepare_fonts(tmp_path / "there")
    assert str(tmp_path / "there") in after.config_path.read_text()
    assert str(tmp_path / "here") not in after.config_path.read_text()


@pytest.mark.parametrize("damage", ["cut", "deleted", "list"])
def test_fonts_that_are_damaged_in_the_cache_are_made_anew(fonts, tmp_path, damage, monkeypatch):
    shutil.copytree(fonts.folder, tmp_path / fonts.folder.name)
    made = []
    monkeypatch.setattr(fonts_module, "_make", lambda folder, _: made.append(folder))
    assert prepare_fonts(tmp_path).files.keys() == fonts.files.keys()
    assert made == []
    font = tmp_path / fonts.folder.name / "Amiri-Regular.ttf"
    if damage == "cut":
        font.write_bytes(font.read_bytes()[:1000])
    elif damage == "deleted":
        font.unlink()
    else:
        (font.parent / "fonts.txt").write_bytes(b"\xff")
    with pytest.raises(FileNotFoundError):  # nothing is made here: removed, and asked for
        prepare_fonts(tmp_path)
    assert made == [font.parent]
    assert not font.exists()


@pytest.mark.usefixtures("cut_few")
def test_a_project_can_bring_fonts_of_its_own(fonts, tmp_path):
    own = tmp_path / "theme-fonts"
    own.mkdir()
    with TTFont(fonts.files["Amiri"]) as font:
        for record in font["name"].names:
            if record.nameID in {1, 16}:
                record.string = "House"
        font.save(own / "House-Regular.ttf")
    assert prepare_fonts(tmp_path / "cache", own).covers("House", "ش")


def test_a_damaged_font_is_named(tmp_path):
    (tmp_path / "Broken-Regular.ttf").write_bytes(b"not a font")
    with pytest.raises(PdfError, match=r"Broken-Regular\.ttf: This font cannot be read"):
        prepare_fonts(tmp_path / "cache", tmp_path)

"""Tables of languages: every one that ships loads; a mistake in one is named with its line."""

import re
import tomllib
from pathlib import Path

import pytest

from pipeline.errors import LanguageError
from pipeline.languages import fold, load_language, table_tags
from pipeline.languages.tables import read_table

TABLES = Path(__file__).resolve().parents[2] / "pipeline" / "languages" / "tables"
LOCALES = TABLES.parents[2] / "locales" / "locales.toml"
FORMS = ("numbers.words", "numbers.also", "numbers.fractions", "units")


def write(folder: Path, text: str) -> Path:
    path = folder / "so.toml"
    path.write_text(text, "utf-8")
    return path


def all_forms(tag: str) -> list[tuple[str, str, str]]:
    """Table, key and form of whatever a table lists."""
    raw = read_table(TABLES / f"{tag}.toml")
    found = [
        (table, key, form)
        for table in FORMS
        for key in raw.values[table]
        for form in raw.forms(table, key)
    ]
    return found + [("negation", "words", form) for form in raw.forms("negation", "words")]


def test_every_language_of_the_project_has_a_table() -> None:
    locales = tomllib.loads(LOCALES.read_text("utf-8"))["locale"]
    assert {locale["tag"] for locale in locales} <= set(table_tags())


@pytest.mark.parametrize("tag", table_tags())
def test_every_table_loads_and_says_what_the_checks_need(tag: str) -> None:
    language = load_language(tag)
    assert language.name
    assert language.scripts
    assert language.negators
    assert {word.value for word in language.numbers.find(fold(" , ".join(three(tag))))} == {3}


def three(tag: str) -> tuple[str, ...]:
    return read_table(TABLES / f"{tag}.toml").forms("numbers.words", "3")[:1]


@pytest.mark.parametrize("tag", table_tags())
def test_no_form_is_so_short_that_it_fits_any_word(tag: str) -> None:
    short = [
        (table, key, form)
        for table, key, form in all_forms(tag)
        if "*" in form and len(form.replace("*", "")) < 2
    ]
    assert short == []


@pytest.mark.parametrize("tag", table_tags())
def test_no_number_word_has_two_values(tag: str) -> None:
    values: dict[str, set[str]] = {}
    for table, key, form in all_forms(tag):
        if table == "numbers.words":
            values.setdefault(fold(form), set()).add(key)
    assert {form: keys for form, keys in values.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("tag", table_tags())
def test_units_have_the_names_of_the_english_table(tag: str) -> None:
    known = set(read_table(TABLES / "en.toml").values["units"])
    assert set(read_table(TABLES / f"{tag}.toml").values["units"]) <= known


def test_an_unknown_key_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'name = "Somali"\n\n[negation]\nword = "ma"\n')
    with pytest.raises(
        LanguageError, match=re.escape(f"{path}:4: [negation] has an unknown key `word`")
    ):
        read_table(path)


def test_a_form_that_would_be_any_word_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '[negation]\nwords = "ma, *"\n')
    with pytest.raises(LanguageError, match="`\\*` would be any word at all"):
        load_language("so", path)


def test_a_number_that_is_none_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '[numbers.words]\nlaba = "2"\n')
    with pytest.raises(LanguageError, match="`laba` is no number"):
        load_language("so", path)


def test_a_project_puts_its_own_in_the_place_of_ours(tmp_path: Path) -> None:
    path = write(tmp_path, '[numbers.words]\n2 = "labo"\n\n[units]\nday = "dharaar*"\n')
    language = load_language("so", path)
    assert [word.value for word in language.numbers.find("labo iyo saddex")] == [2, 3]
    assert language.numbers.find("laba") == []
    assert [hit.value for hit in language.units.hits("2 dharaarood")] == ["day"]
    assert language.negators.has("ha qaadan")


def test_a_language_without_a_table_is_known_by_cldr() -> None:
    swedish = load_language("sv")
    assert (swedish.name, swedish.decimal) == ("Swedish", ",")
    assert not swedish.negators
    assert [hit.value for hit in swedish.units.hits("5 timmar")] == ["hour"]


def test_a_region_has_the_table_of_its_language() -> None:
    assert load_language("pt-BR").negators.forms == load_language("pt").negators.forms

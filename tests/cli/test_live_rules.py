"""What the editor is told of two languages is what the checks know of them."""

from pathlib import Path

import pytest

from pipeline.checks import Languages
from pipeline.cli.live_rules import make_rules
from pipeline.exchange import NumberForm
from pipeline.languages import fold, load_language


def rules(tag: str, own: Path | None = None):
    return make_rules(Languages(source=load_language("en"), target=load_language(tag, own)))


def test_numbers_are_those_of_the_tables():
    somali = rules("so")
    assert NumberForm("two", 2.0) in somali.source_numbers
    assert NumberForm("labaatan*", 20.0) in somali.target_numbers
    assert (rules("pl").source_decimal, rules("pl").target_decimal) == (".", ",")


def test_what_a_project_says_of_a_language_is_told(tmp_path):
    own = tmp_path / "language.toml"
    own.write_text('[numbers.words]\n2 = "labba"\n', "utf-8")
    assert NumberForm("labba", 2.0) in rules("so", own).target_numbers


def test_a_language_without_a_table_is_known_by_its_signs_alone():
    assert rules("xx").target_numbers == ()
    assert not rules("zh").is_spaced


@pytest.mark.parametrize("tag", ["so", "ar", "ckb", "uk"])
def test_signs_that_stand_for_one_another_are_those_of_the_checks(tag):
    for sign, becomes in rules(tag).folding:
        assert fold(f"ب{sign}b") == f"ب{becomes}b"

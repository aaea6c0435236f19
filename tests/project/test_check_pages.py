"""Every check has a page, an item of the checklist and examples in two scripts."""

import importlib.util
import json
import re
import unicodedata
from pathlib import Path

import pytest

from pipeline.config.checklist import read_checklist
from pipeline.workflow import Stage

ROOT = Path(__file__).parents[2]


def load():
    path = ROOT / "scripts/make_check_pages.py"
    spec = importlib.util.spec_from_file_location("make_check_pages", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pages = load()
CHECKS = pages.find_checks()
OF_TRANSLATIONS = sorted(name for name, check in CHECKS.items() if check.of_translation)
LISTED = {check: item for item in read_checklist().items for check in item.checks}


def test_the_pages_are_those_that_the_checks_make():
    made = {path.name: text for path, text in pages.render_all().items()}
    there = {path.name: path.read_text("utf-8") for path in pages.PAGES.glob("*.md")}
    assert there == made, "run `make docs`"


def test_checks_are_found():
    assert {"number-mismatch", "active-content", "misaligned", "glossary"} <= set(CHECKS)


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_check_says_what_it_finds_and_what_to_do(name):
    check = CHECKS[name]
    assert check.summary.endswith(".")
    assert check.severities
    assert any(example.startswith("- Wrong") for example in check.examples)
    assert any(example.startswith("- Right") for example in check.examples)


def scripts_of(examples) -> set[str]:
    """Scripts of the letters in examples, by the first word of their names."""
    return {
        unicodedata.name(letter, "?").split()[0]
        for example in examples
        for letter in example.partition(":")[2]
        if letter.isalpha()
    }


@pytest.mark.parametrize("name", OF_TRANSLATIONS)
def test_its_examples_are_in_two_scripts(name):
    wrong, right = (
        [each for each in CHECKS[name].examples if each.startswith(kind)]
        for kind in ("- Wrong", "- Right")
    )
    assert len(wrong) > 1
    assert len(scripts_of(right)) > 1


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_every_check_answers_a_question_of_the_checklist(name):
    assert name in LISTED


def test_every_check_of_translations_in_the_checklist_is_there():
    named = {
        check for check, item in LISTED.items() if {Stage.UNIT, Stage.DOCUMENT} & set(item.stages)
    }
    assert named <= set(CHECKS)


def test_no_check_answers_two_questions():
    named = [check for item in read_checklist().items for check in item.checks]
    assert len(set(named)) == len(named)


OF_PROFESSIONALS = "of professional translations"
FIGURES = {
    "so": {"recall": {"tenfold": [49, 50]}, "alarms_by_check": {}, "segments": 3000},
    "ar": {
        "recall": {"tenfold": [50, 50]},
        "alarms_by_check": {"number-mismatch": 6},
        "segments": 3000,
    },
}


def test_figures_are_summed_over_languages(tmp_path):
    path = tmp_path / "results.json"
    path.write_text(json.dumps({"version": 1, "languages": FIGURES}), "utf-8")
    assert pages.describe_measured("number-mismatch", pages.read_results(path)) == [
        "- tenfold: 99.0% of 100 mistakes put in were found (by whichever check).",
        f"- False alarms above advice: 0.10% of 6,000 segments {OF_PROFESSIONALS} in 2 languages.",
    ]


def test_without_figures_it_says_so(tmp_path):
    assert pages.read_results(tmp_path / "none.json") == {}
    assert pages.describe_measured("number-mismatch", {}) == ["Not measured yet."]


def test_what_is_seeded_is_what_the_measurement_seeds():
    text = (ROOT / "benchmarks/qa/seeding.py").read_text("utf-8")
    seeds = re.findall(r'^    "([^"]+)": \w+,$', text.partition("\nSEEDS")[2], re.MULTILINE)
    assert set(pages.SEEDED) == {*seeds, "shifted run"}
    assert set(pages.SEEDED.values()) <= set(CHECKS)

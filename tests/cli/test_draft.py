"""`pipeline draft --from memory`: proposals in the boxes, and none of them before the public."""

import pytest

from pipeline.catalogs import read_catalog
from pipeline.config import load_project
from pipeline.errors import EXIT_FINDINGS
from pipeline.model import Origin

OLD = {
    "Drink water often.": "Biyo badan cab.",
    "Stay at home for 5 days.": "Guriga joog 5 maalmood.",
    "Call 999 if you cannot breathe.": "Wac 999 haddii aadan neefsan karin.",
    "Fever": "Qandho",
    "What to do when you are too hot.": "Waxa la sameeyo marka aad kulushahay.",
    "Call 999 now": "Hadda wac 999",
    "Rest": "Naso",
}
NEW = """
Drink water often.

Stay at home for 10 days.

Call 999 if you can breathe.

Drink warm water often.

Open the windows.
"""


@pytest.fixture
def second(place, pipeline):
    """A second resource, whose sentences are those of the first or like them."""
    pipeline("sync")
    place.translate(OLD)
    text = place.resource.read_text("utf-8")
    head = text[: text.rindex("---") + 4].replace("title: Fever", "title: A cold")
    place.resource.with_name("cold.md").write_text(head + NEW, "utf-8")
    assert pipeline("sync").code == 0
    return place.catalog.with_name("cold.po")


def targets(path) -> dict[str, str]:
    return {unit.msgid: unit.msgstr for unit in read_catalog(path).units if unit.msgstr}


def test_what_is_known_fills_the_boxes(second, pipeline):
    ran = pipeline("draft", "--locale", "so", "--from", "memory", "covid-19/cold")
    assert ran.code == 0, ran.err
    assert targets(second) == {
        "What to do when you are too hot.": "Waxa la sameeyo marka aad kulushahay.",
        "Drink water often.": "Biyo badan cab.",
        "Drink warm water often.": "Biyo badan cab.",
    }
    for unit in read_catalog(second).units:
        if unit.msgstr:
            assert unit.fuzzy
            assert unit.origin is Origin.MEMORY
            assert "covid-19/fever, signed by translator" in unit.origin_note


@pytest.mark.usefixtures("second")
def test_another_number_and_a_lost_not_stay_empty_and_are_told(pipeline):
    ran = pipeline("draft", "--locale", "so", "covid-19/cold")
    assert ran.out == (
        "Somali: no model is installed; 3 of 7 empty segments from memory, 4 for a person.\n"
        "covid-19/cold: 2 same text, 1 like it, 4 empty\n"
        "  left empty: Stay at home for 10 days.\n"
        "    covid-19/fever has “Stay at home for 5 days.” (94 of 100); "
        "other number: 5 days → 10 days\n"
        "  left empty: Call 999 if you can breathe.\n"
        "    covid-19/fever has “Call 999 if you cannot breathe.” (95 of 100); "
        "other negation: not → none\n"
        "Somali: 3 of 7 empty segments from memory, 4 for a person. "
        "Every proposal is fuzzy: nothing of it is public.\n"
    )


@pytest.mark.usefixtures("fonts")
def test_the_gate_lets_no_draft_through(place, second, pipeline):
    """End to end, with everybody signing all that can be signed: the public reads English."""
    pipeline("draft", "--locale", "so")
    drafts = targets(second)
    assert drafts
    place.sign()
    project = load_project(place.root)
    ran = pipeline("build", "--jobs", "1")
    assert ran.code in {0, EXIT_FINDINGS}, ran.err
    page = project.site_dir / "so/covid-19/cold/index.html"
    assert page.exists()
    html = page.read_text("utf-8")
    assert all(target not in html for target in drafts.values())
    # The first resource, with the same sentence, is public.
    assert "Biyo badan cab." in (project.site_dir / "so/covid-19/fever/index.html").read_text(
        "utf-8"
    )


def test_a_second_run_changes_nothing(second, pipeline):
    pipeline("draft", "--locale", "so")
    data = second.read_bytes()
    ran = pipeline("draft", "--locale", "so")
    assert ran.code == 0
    assert second.read_bytes() == data
    assert pipeline("sync").code == 0
    assert second.read_bytes() == data


def test_the_same_text_alone(second, pipeline):
    pipeline("draft", "--locale", "so", "--least", "100")
    assert list(targets(second)) == ["What to do when you are too hot.", "Drink water often."]


def test_a_draft_that_is_confirmed_as_it_stands_still_needs_everybody(second, pipeline):
    pipeline("draft", "--locale", "so")
    text = second.read_text("utf-8").replace("#, fuzzy\n", "")
    second.write_text(text, "utf-8")
    ran = pipeline("review", "covid-19/cold", "--locale", "so", "--role", "translator")
    assert "Biyo badan cab." in ran.out


@pytest.mark.usefixtures("second")
def test_a_resource_that_is_not_there(pipeline):
    assert pipeline("draft", "--locale", "so", "covid-19/none").code == 4
    assert pipeline("draft", "--locale", "en").code == 3


def test_a_catalog_that_is_damaged_costs_only_itself(second, pipeline):
    second.with_name("fever.po").write_text("msgid", "utf-8")
    ran = pipeline("draft", "--locale", "so")
    assert ran.code == 11
    assert "fever.po" in ran.err

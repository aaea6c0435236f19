"""The same sentence in another resource, translated otherwise: shown to whoever reviews."""

import json

import pytest

WATER = ('msgid "Drink water often."\nmsgstr ""', 'msgid "Drink water often."\nmsgstr "{}"')


@pytest.fixture
def other(ready, pipeline):
    """Another leaflet that says the same; its one translated sentence is signed."""

    def write(target: str, *, context: str = "") -> None:
        text = ready.resource.read_text("utf-8")
        if context:
            text = text.replace("Drink water", f"<!-- i18n: context={context} -->\nDrink water")
        ready.resource.with_name("cough.md").write_text(text, "utf-8")
        assert pipeline("sync").code == 0
        catalog = ready.catalog.with_name("cough.po")
        old, new = WATER
        told = catalog.read_text("utf-8").replace(old, new.format(target))
        catalog.write_text(told, "utf-8")
        signing = ("sign", "covid-19/cough", "--locale", "so", "--role", "translator")
        assert pipeline(*signing, "--handle", "amina", "--yes").code == 0

    return write


def elsewhere(said) -> dict[str, object]:
    """What is said of each text that is translated otherwise elsewhere."""
    units = json.loads(said.out)["units"]
    return {unit["source"]: unit["elsewhere"] for unit in units if unit["elsewhere"]}


def test_another_translation_of_the_same_sentence_is_shown(review, other):
    other("Cab biyo badan.")
    assert elsewhere(review("reviser", "--format", "json")) == {
        "Drink water often.": {
            "target": "Cab biyo badan.",
            "resource": "covid-19/cough",
            "roles": ["translator"],
        }
    }
    said = review("reviser").out
    assert "    elsewhere covid-19/cough → Cab biyo badan.\n" in said


def test_the_same_translation_is_not(review, other):
    other("Biyo  badan cab.")
    assert elsewhere(review("reviser", "--format", "json")) == {}


def test_nothing_is_asked_of_the_source_or_where_nobody_wants_it(review, other, pipeline, ready):
    other("Cab biyo badan.")
    assert elsewhere(review("reviser", "--format", "json", "--no-memory")) == {}
    pipeline("review", "covid-19/fever", "--role", "clinician", "--format", "json")
    assert not (ready.root / ".cache/pipeline/memory").exists()


def test_a_page_and_a_form_show_it_in_its_language(review, other, ready):
    other("Cab biyo badan.")
    review("reviser", "--html", "page.html", "--offline-form", "form.html")
    for name in ("page.html", "form.html"):
        html = (ready.root / name).read_text("utf-8")
        assert "In covid-19/cough this text is translated otherwise (signed by translator):" in html
        assert '<p class="aside elsewhere" lang="so" dir="ltr">Cab biyo badan.</p>' in html


def test_terms_of_the_glossary_are_in_page_and_form(review, ready):
    table = "source_term,target_term,status,note\nwater,biyo,preferred,also bottled\n"
    (ready.root / "locales/so/glossary.csv").write_text(table, "utf-8")
    review("reviser", "--html", "page.html", "--offline-form", "form.html")
    for name in ("page.html", "form.html"):
        html = (ready.root / name).read_text("utf-8")
        assert (
            '<dl class="terms"><dt lang="en">water</dt>'
            '<dd lang="so" dir="ltr">biyo (preferred: also bottled)</dd></dl>'
        ) in html

"""`pipeline glossary`: what it tells people, spreadsheets and scripts."""

import csv
import io
import json

import pytest

from pipeline.errors import EXIT_FINDINGS, ConfigError, GlossaryError

SECOND = """\
---
title: Cough
summary: What to do when you cough.
audience: Everybody
risk: clinical
urgency: urgent
owner: Health team
sources:
  - title: NHS, cough
    url: https://www.nhs.uk/symptoms/cough/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2099-05-20
---

Drink water often.

Stay at home if you cough. Ask a pharmacist about coughing.
"""
WATER = "Drink water often."
ASK = "Stay at home if you cough. Ask a pharmacist about coughing."
HEAD = "source_term,target_term,status,note,origin\n"


@pytest.fixture
def two(place, pipeline):
    """Two resources, both translated into Somali."""
    (place.root / "content/covid-19/cough.md").write_text(SECOND, "utf-8")
    assert pipeline("sync").code == 0
    place.translate({WATER: "Biyo badan cab."})
    write(place, {WATER: "Biyo badan cab.", ASK: "Guriga joog haddii aad qufacdo."})
    return place


def write(place, translations):
    path = place.root / "locales/so/covid-19/cough.po"
    text = path.read_text("utf-8")
    for source, target in translations.items():
        start = text.index(f'msgid "{source}"\nmsgstr "') + len(f'msgid "{source}"\nmsgstr "')
        text = text[:start] + target + text[text.index('"\n', start) :]
    path.write_text(text, "utf-8")


def glossary(place, *rows):
    (place.root / "locales/so/glossary.csv").write_text(HEAD + "\n".join(rows), "utf-8")


def test_a_language_that_agrees(two, pipeline):
    glossary(two, "water,biyo,preferred,,", "cough,qufac,preferred,,", "vaccine,tallaal,,,")
    ran = pipeline("glossary", "report")
    assert ran.code == 0
    assert ran.out == (
        "Somali (so): 3 terms in 3 translations\n"
        "  water: biyo (preferred)\n"
        "    preferred    2  locales/so/covid-19/cough.po:23, locales/so/covid-19/fever.po:23\n"
        "  cough: qufac (preferred)\n"
        "    preferred    1  locales/so/covid-19/cough.po:28\n"
        "  in no translated text: vaccine\n"
    )
    assert ran.err == "1 language: nothing to look at.\n"


def test_what_is_forbidden_and_one_text_in_two_ways(two, pipeline):
    write(two, {WATER: "Caano badan cab."})
    glossary(two, "water,biyo,preferred,,", "water,caano,forbidden,,")
    ran = pipeline("glossary", "report", "--locale", "so")
    assert ran.code == EXIT_FINDINGS
    assert ran.out == (
        "Somali (so): 1 term in 3 translations\n"
        "  water: biyo (preferred), caano (forbidden)\n"
        "    preferred    1  locales/so/covid-19/fever.po:23\n"
        "    forbidden    1  locales/so/covid-19/cough.po:23\n"
        "    → Say “biyo” instead.\n"
        "  “Drink water often.” is translated in several ways:\n"
        "    Biyo badan cab.\n"
        "      locales/so/covid-19/fever.po:23\n"
        "    Caano badan cab.\n"
        "      locales/so/covid-19/cough.po:23\n"
    )
    assert ran.err == "1 language: 2 to look at.\n"


def test_for_other_programs(two, pipeline):
    glossary(two, "water,biyo,preferred,,", "cough,=hindhiso,preferred,,")
    ran = pipeline("glossary", "report", "--format", "json")
    # A glossary that cannot be used costs its language, and nothing else.
    assert ran.code == GlossaryError.exit_code
    assert json.loads(ran.out) == {"version": 1, "findings": 0, "locales": []}
    assert "glossary.csv:3: A spreadsheet takes target_term for a formula" in ran.err
    glossary(two, "water,biyo,preferred,,", "cough,hindhiso,preferred,,")
    (so,) = json.loads(pipeline("glossary", "report", "--format", "json").out)["locales"]
    assert [(term["source_term"], term["counts"]["none"]) for term in so["terms"]] == [
        ("water", 0),
        ("cough", 1),
    ]
    ran = pipeline("glossary", "report", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert [(row["term"], row["called"], row["line"]) for row in rows] == [
        ("water", "preferred", "23"),
        ("water", "preferred", "23"),
        ("cough", "none", "28"),
    ]


@pytest.mark.usefixtures("two")
def test_a_project_without_glossaries(pipeline):
    ran = pipeline("glossary", "report")
    assert (ran.code, ran.out) == (0, "")
    assert "No language has a glossary yet" in ran.err
    assert pipeline("glossary", "report", "--locale", "en").code == ConfigError.exit_code


@pytest.fixture
def coughing(two):
    """A third resource, so that something comes back."""
    path = two.root / "content/covid-19/cough.md"
    more = "\n\nA pharmacist sells honey.\n\nPharmacists know more about a cough.\n"
    path.write_text(SECOND + more, "utf-8")
    two.resource.write_text(two.resource.read_text("utf-8") + more, "utf-8")
    return two


def test_candidates(coughing, pipeline):
    glossary(coughing, "cough,qufac,preferred,,")
    ran = pipeline("glossary", "candidates", "--locale", "so")
    assert ran.code == 0
    assert ran.out == (
        "pharmacist  5 times in covid-19/cough, covid-19/fever\n    A pharmacist sells honey.\n"
    )
    assert ran.err == "1 candidate.\n"


def test_a_glossary_begins_from_its_candidates(coughing, pipeline):
    path = coughing.root / "locales/so/glossary.csv"
    begin = ("glossary", "candidates", "--locale", "so", "--format", "csv", "--output", str(path))
    assert pipeline(*begin).code == 0
    assert path.read_text("utf-8-sig").splitlines() == [
        "source_term,target_term,status,note,origin,count,resources,example",
        "cough,,candidate,,,6,covid-19/cough covid-19/fever,What to do when you cough.",
        "pharmacist,,candidate,,,5,covid-19/cough covid-19/fever,A pharmacist sells honey.",
    ]
    # Nobody has decided yet: nothing is looked for, and nothing is proposed again.
    assert "0 terms" in pipeline("glossary", "report", "--locale", "so").out
    assert pipeline("glossary", "candidates", "--locale", "so").out == ""
    refused = pipeline(*begin)
    assert refused.code == ConfigError.exit_code
    assert "There is such a file already." in refused.err
    filled = path.read_text("utf-8-sig").replace("cough,,candidate", "cough,qufac,preferred")
    path.write_text(filled, "utf-8")
    assert "1 term" in pipeline("glossary", "report", "--locale", "so").out


@pytest.mark.usefixtures("two")
def test_what_cannot_be_asked(pipeline):
    two_languages = ("--locale", "so", "--locale", "ar", "--format", "csv")
    assert pipeline("glossary", "candidates", *two_languages).code == 2
    assert pipeline("glossary", "candidates", "--output", "x.csv").code == 2

"""Front matter is read whole or refused with file, line and remedy."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.content import find_body, parse_metadata
from pipeline.content.frontmatter import MetadataReading
from pipeline.model import LeafletVariant, Question, RiskTier, Source, Urgency

TODAY = date(2026, 11, 24)
GOOD = """\
---
title: When to get help
summary: Signs that need a doctor now.
audience: Everybody
risk: clinical
urgency: urgent
languages: [so, ar]
owner: Health team
sources:
  - title: NHS, COVID-19
    url: https://www.nhs.uk/conditions/covid-19/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2027-05-20
---

## Call 999
"""


def read(text: str) -> MetadataReading:
    return parse_metadata(
        text, path=Path("content/covid-19/x.md"), topic="covid-19", tags=["so", "ar"], today=TODAY
    )


def test_good_front_matter_becomes_metadata():
    metadata = read(GOOD).metadata
    assert metadata is not None
    assert metadata.title == "When to get help"
    assert metadata.risk is RiskTier.CLINICAL
    assert metadata.urgency is Urgency.URGENT
    assert metadata.languages == ("so", "ar")
    assert metadata.sources == (
        Source(
            title="NHS, COVID-19",
            url="https://www.nhs.uk/conditions/covid-19/",
            checked=date(2026, 11, 20),
        ),
    )
    assert metadata.review_by == date(2027, 5, 20)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("'999'", "999"),
        ("999", "999"),
        ("999.", "999."),
        ("No", "No"),
        ("Call  999 now.", "Call 999 now."),
    ],
)
def test_questions_come_with_their_answers(written, answer):
    """Numbers and yes or no are texts here, whatever YAML takes them for."""
    text = GOOD.replace(
        "owner:",
        f"questions:\n  - question: Who do you call?\n    answer: {written}\nowner:",
    )
    metadata = read(text).metadata
    assert metadata is not None
    assert metadata.questions == (Question(question="Who do you call?", answer=answer),)


def test_what_a_language_needs_of_its_own():
    written = "audio: true\npictures_with_text: [images/card.svg, b.png, b.png]\nowner:"
    metadata = read(GOOD.replace("owner:", written)).metadata
    assert (metadata.has_audio, metadata.pictures_with_text) == (True, ("images/card.svg", "b.png"))
    assert not read(GOOD.replace("owner:", "audio: false\nowner:")).metadata.has_audio


def test_body_begins_after_the_front_matter():
    assert GOOD[find_body(GOOD) :] == "\n## Call 999\n"
    assert find_body("## No front matter\n") == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "remedy"),
    [
        ("risk:", "rsik:", 5, "Unknown key `rsik`", "Did you mean `risk`?"),
        (
            "Everybody",
            "TO FILL IN (who this page is for)",
            4,
            "`audience` is still to be filled in",
            "Write it in place of `TO FILL IN`: who this page is for.",
        ),
        (
            "risk: clinical",
            "risk: TO FILL IN",
            5,
            "`risk` is still to be filled in",
            "Write it in place of `TO FILL IN`.",
        ),
        (
            "checked: 2026-11-20",
            "checked: TO FILL IN",
            12,
            "`sources: checked` is still to be filled in",
            "Write it in place",
        ),
        ("risk: clinical", "risk: high", 5, "`risk` is not one of clinical", "risk: clinical"),
        ("title: When", "title: [a]\n# When", 2, "`title` is not a text", "title: some words"),
        ("title: When to get help", "title: 999", 2, "`title` is not a text", "some words"),
        ("title: When to get help", "title:", 2, "`title` is not a text", "some words"),
        ("title: When to get help", "title: Help: now", 2, "not YAML", "between quotes"),
        ("[so, ar]", "[so, xx]", 7, "`xx` is not in the language table", "locales.toml"),
        ("[so, ar]", "Somali", 7, "`languages` is not a list", "[so, ar]"),
        ("owner: Health team\n", "", 1, "lacks `owner`", "Add it"),
        ("https://www", "www", 11, "not an address of the web", "https://"),
        ("    checked: 2026-11-20\n", "", 10, "A source lacks `checked`", "title, url and checked"),
        ("review_by: 2027-05-20", "review_by: 20 May 2027", 14, "is not a date", "2026-11-24"),
        ("review_by: 2027-05-20", "review_by: 2027-02-30", 14, "is not a date", "2026-11-24"),
        ("last_checked: 2026-11-20", "last_checked: 2026-12-20", 13, "in the future", "sources"),
        ("owner:", "questions: Who?\nowner:", 8, "`questions` is not a list", "- question: …"),
        ("owner:", "questions: [Who?]\nowner:", 8, "lacks `answer` and `question`", "answer"),
        ("owner:", "questions: [{question: Who, anwser: You}]\nowner:", 8, "`anwser`", "`answer`"),
        ("owner:", "questions: [{question: Who, answer: ''}]\nowner:", 8, "is not a text", "some"),
        ("owner:", "questions: [{question: Who, answer: ~}]\nowner:", 8, "is not a text", "some"),
        ("owner:", "questions: [{question: Who, answer: [a]}]\nowner:", 8, "is not a text", "some"),
        ("owner:", "audio: fever.mp3\nowner:", 8, "neither true nor false", "audio: true"),
        ("owner:", "pictures_with_text: a.png\nowner:", 8, "not a list of files", "[images/"),
        ("owner:", "pictures_with_text: [{a: b}]\nowner:", 8, "not a list of files", "[images/"),
        ("owner:", "title: Two\nowner:", 8, "The key `title` stands twice", "Remove one"),
    ],
)
def test_each_fault_names_its_line_and_the_remedy(old, new, line, message, remedy):
    reading = read(GOOD.replace(old, new, 1))
    assert reading.metadata is None
    found = [error for error in reading.errors if message in error.message]
    assert found, reading.errors
    assert found[0].line == line
    assert found[0].path == Path("content/covid-19/x.md")
    assert remedy in found[0].remedy


def test_all_faults_are_told_at_once():
    text = GOOD.replace("risk:", "rsik:").replace("owner: Health team\n", "")
    assert len(read(text).errors) == 3  # unknown rsik, no risk, no owner


def test_a_past_review_date_is_a_warning_and_the_resource_is_used():
    reading = read(GOOD.replace("2027-05-20", "2026-11-21"))
    assert reading.metadata is not None
    assert [(w.line, w.message) for w in reading.warnings] == [
        (14, "`review_by` is in the past (2026-11-21): the advice may be out of date.")
    ]


def test_no_front_matter_at_all():
    (error,) = read("## Call 999\n").errors
    assert "no front matter" in error.message
    assert error.line == 1


def test_a_document_in_another_folder_than_its_topic():
    (error,) = read(GOOD.replace("owner:", "topic: vaccines\nowner:")).errors
    assert "not the folder" in error.message


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("", None),
        ("leaflets: []\n", ()),
        (
            "leaflets: [booklet, large-print]\n",
            (LeafletVariant.LARGE_PRINT, LeafletVariant.BOOKLET),
        ),
    ],
)
def test_forms_of_the_leaflet(written, read_as):
    metadata = read(GOOD.replace("owner:", f"{written}owner:")).metadata
    assert metadata is not None
    assert metadata.leaflets == read_as


@pytest.mark.parametrize("written", ["[booklets]", "booklets", "[[booklet]]", "{booklets: 1}"])
def test_a_form_that_is_none_is_told(written):
    reading = read(GOOD.replace("owner:", f"leaflets: {written}\nowner:"))
    (error,) = reading.errors
    assert (error.line, error.message.startswith("`leaflets` has `")) == (8, True)
    assert error.remedy == (
        "Write a list of some of these: "
        "standard, large-print, bilingual, key-facts, sheets, booklet, poster-a4, poster-a3, "
        "picture-card."
    )

"""False alarms and misses: good texts, texts with one fault each, and what ships.

Every finding on the good texts was looked at by hand and is true; what is listed is all of it.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.checks import plain
from pipeline.checks.plain import ENGLISH_CHECKS, check_page, not_run, read_page
from pipeline.segments import split

ROOT = Path(__file__).parents[3]
GOOD = ROOT / "tests/data/plain"
#: What is to be said of the good texts: line, check, severity.
EXPECTED = {
    "antibiotics": [(1, "review-dates", "minor")],
    "back-pain": [(29, "long-sentence", "minor")],
    "flu-vaccine": [(1, "review-dates", "minor"), (3, "passive-voice", "minor")],
    "hay-fever": [],
    "nosebleed": [],
    "safer-sleep": [],
}
SHIPPED = {
    "money-and-food-help": [(110, "when-to-get-help", "minor")],
    "protect-someone-at-higher-risk": [(45, "interpreter-line", "minor")],
}
BASE = """\
---
title: Fever
summary: What to do when you are too hot.
risk: clinical
sources:
  - title: "NHS: fever"
    url: https://www.nhs.uk/symptoms/fever-in-adults/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2027-05-20
---

Rest and drink water. You can ask for an interpreter.

## When to get help

!!! danger critical "Call 999 now"
    Call 999 if you cannot breathe.

Call 111 if you feel worse.

"""
LINE = BASE.count("\n") + 1


def test_the_text_without_faults_is_without_findings(check):
    assert check(BASE) == []


@pytest.mark.parametrize("path", sorted(GOOD.glob("*.md")), ids=lambda path: path.stem)
def test_good_texts(check, path):
    assert check(path.read_text("utf-8")) == EXPECTED[path.stem]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "content").glob("*/*.md")), ids=lambda path: path.stem
)
def test_what_ships(path):
    text = path.read_text("utf-8")
    page = read_page(text, path, split(text), locale="en")
    found = check_page(page, today=date(2026, 11, 26))

    assert [(f.line, f.check, str(f.severity)) for f in found] == SHIPPED.get(path.stem, [])


#: A fault that is put at the end of a text without faults, and what must be said of its line.
SEEDED = [
    ("Go to bed early" + ", and drink a lot" * 5 + ".", "long-sentence"),
    ("You should ask what it may be" + " and what to do" * 5 + ".", "long-sentence"),
    ("Rest. Drink. Eat. Walk. Sleep. Wait. Call. Read.", "long-paragraph"),
    ("Your name will be called.", "passive-voice"),
    ("The tablets should be taken with food.", "passive-voice"),
    ("You may be referred to a hospital.", "passive-voice"),
    ("Blood samples are sent to a laboratory.", "passive-voice"),
    ("A letter was written.", "passive-voice"),
    ("It has been known for years that it is often missed.", "passive-voice"),
    ("Do not take it if you have hypertension.", "jargon"),
    ("Your medication may need time.", "jargon"),
    ("Contact us prior to your visit.", "jargon"),
    ("People in receipt of benefits pay nothing.", "jargon"),
    ("Seek help if symptoms deteriorate.", "jargon"),
    ("Ensure that you drink.", "jargon"),
    ("This is an acute illness.", "jargon"),
    ("You may have pyrexia.", "jargon"),
    ("Sit in close proximity to a window.", "jargon"),
    ("Vulnerable individuals wait.", "jargon"),
    ("Ask the CMHT for help.", "unexplained-acronym"),
    ("You need a PCR test.", "unexplained-acronym"),
    ("Your BMI and your BP count.", "unexplained-acronym"),
    ("#### A part", "heading-order"),
    ("# A title", "heading-order"),
    ("[Click here](https://www.nhs.uk/).", "link-text"),
    ("Read [this](https://www.nhs.uk/).", "link-text"),
    ("For more, [find out more](https://www.nhs.uk/).", "link-text"),
    ("Go to https://www.nhs.uk/conditions/.", "link-text"),
    ("Go to <https://www.nhs.uk/conditions/>.", "link-text"),
    ("Go to [www.nhs.uk](https://www.nhs.uk/).", "link-text"),
    ("[](https://www.nhs.uk/)", "link-text"),
    ("![](images/rest.svg)", "alt-text"),
    ("![rest.svg](images/rest.svg)", "alt-text"),
    ("![IMG_2041](images/rest.svg)", "alt-text"),
    ("![photo](images/rest.svg)", "alt-text"),
    ("![Picture of a bed](images/rest.svg)", "alt-text"),
    ('<img src="images/rest.svg">', "alt-text"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "wanted"), SEEDED)
def test_a_fault_is_found_on_its_line(check, fault, wanted):
    assert (LINE, wanted) in [(line, name) for line, name, _ in check(f"{BASE}{fault}\n")]


#: A change to the text without faults, and what must be said of the whole.
BROKEN = [
    (r"review_by: 2027-05-20\n", "", "review-dates"),
    (r"review_by: 2027-05-20", "review_by: 2026-11-19", "review-dates"),
    (r"review_by: 2027-05-20", "review_by: 2031-01-01", "review-dates"),
    (r"review_by: 2027-05-20", "review_by: 2027-11-20", "review-dates"),
    (r"last_checked: 2026-11-20", "last_checked: 2027-01-01", "review-dates"),
    (r"(?s)sources:.*?last_", "last_", "sources-present"),
    (r"    checked: .*\n", "", "sources-present"),
    (r" You can ask for an interpreter\.", "", "interpreter-line"),
    (r"999", "a friend", "when-to-get-help"),
    (r" critical", "", "when-to-get-help"),
    (r"!!! danger critical", "??? danger critical", "when-to-get-help"),
    (r"(?s)Rest and.*", "Fever is a sign of many illnesses.\n", "call-to-action"),
    (r"(?s)Rest and.*", "Fever is a sign of many illnesses.\n", "main-message-first"),
    (r"(?s)Rest and.*", "Fever is a sign of many illnesses.\n", "when-to-get-help"),
    (r"(?s)\Z", "Severe illness may necessitate admission to hospital. " * 20, "reading-age"),
    (r"(?s)\Z", "Medical professionals investigate. " * 30, "smog"),
    (r"(?s)\Z", ("You can go out" + " and do the same" * 4 + ". ") * 20, "sentence-length"),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "instead", "wanted"), BROKEN)
def test_what_is_missing_is_found(check, pattern, instead, wanted):
    broken = re.sub(pattern, instead, BASE)

    assert broken != BASE
    assert wanted in [name for _, name, _ in check(broken)]


def test_every_check_has_faults_that_it_finds():
    seeded = {wanted for _, wanted in SEEDED} | {wanted for _, _, wanted in BROKEN}
    ids = {
        name.removeprefix("check_").replace("_", "-")
        for name in plain.__all__
        if name.startswith("check_") and name != "check_page"
    }
    assert ids == seeded


@pytest.mark.parametrize(
    "name", [n for n in plain.__all__ if n.startswith("check_") and n != "check_page"]
)
def test_a_check_names_itself_its_standard_and_examples(name):
    text = getattr(plain, name).__doc__

    assert text.startswith(f"{name.removeprefix('check_').replace('_', '-')}: ")
    assert "- Standard: " in text
    assert "https://" in text
    assert "- Wrong: " in text
    assert "- Right: " in text


def test_on_other_languages_it_is_said_what_was_not_run(read):
    assert not_run(read("Rest.\n")) == ()
    assert not_run(read("Naso.\n", "so")) == ENGLISH_CHECKS
    assert ENGLISH_CHECKS == (
        "reading-age",
        "smog",
        "sentence-length",
        "long-sentence",
        "passive-voice",
        "jargon",
        "main-message-first",
        "call-to-action",
        "interpreter-line",
    )


@pytest.mark.parametrize(
    "text", ["", "\n", "---\n---\n", "<!--", "```\n", "![", "# ", "&#0;", "\r\n\r\nA\r\n"]
)
def test_odd_texts_do_no_harm(check, text):
    assert isinstance(check(text), list)

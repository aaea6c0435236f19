"""Sources and dates."""

from datetime import date

import pytest

from pipeline.checks.plain import check_review_dates, check_sources_present

TODAY = date(2026, 11, 25)
SOURCES = """\
sources:
  - title: NHS
    url: https://www.nhs.uk/
    checked: 2026-11-20
"""


def page(*lines, risk="clinical"):
    return "\n".join(["---", "title: Fever", f"risk: {risk}", *lines, "---", "", "Rest.", ""])


def said(findings):
    return [(finding.line, str(finding.severity), finding.message) for finding in findings]


@pytest.mark.parametrize(("risk", "severity"), [("clinical", "major"), ("general", "minor")])
def test_no_source(read, risk, severity):
    assert said(check_sources_present(read(page(risk=risk)))) == [
        (1, severity, "Nothing says where the facts come from.")
    ]


def test_a_source_in_full(read):
    assert check_sources_present(read(page(SOURCES.rstrip()))) == ()


def test_a_source_that_lacks_something(read):
    text = page("sources:", "  - title: NHS", "  - url: https://www.nhs.uk/", "    title: NHS")
    assert said(check_sources_present(read(text))) == [
        (5, "minor", "Source 1 lacks `url` and `checked`."),
        (6, "minor", "Source 2 lacks `checked`."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Fever\n\nRest.\n\n## Sources\n\nThe NHS.\n",
        "Rest.\n\nSource: the NHS page about fever.\n",
    ],
)
def test_files_from_elsewhere_name_sources_in_the_text(read, text):
    assert check_sources_present(read(text)) == ()


@pytest.mark.parametrize(
    ("risk", "checked", "review", "found"),
    [
        ("clinical", "2026-11-20", "2027-05-20", []),
        ("general", "2026-11-20", "2027-11-20", []),
        (
            "clinical",
            "2026-11-20",
            "2027-11-20",
            [(5, "minor", "The next check is 365 days after the last.")],
        ),
        (
            "general",
            "2026-11-20",
            "2030-11-20",
            [(5, "major", "The next check is 4 years after the last.")],
        ),
        (
            "clinical",
            "2026-05-01",
            "2026-10-01",
            [
                (
                    5,
                    "major",
                    "`review_by` is in the past (2026-10-01): the advice may be out of date.",
                )
            ],
        ),
        (
            "clinical",
            "2026-11-20",
            "2026-11-20",
            [(5, "major", "`review_by` (2026-11-20) is not after `last_checked` (2026-11-20).")],
        ),
        (
            "clinical",
            "2026-12-20",
            "2027-05-20",
            [(4, "major", "`last_checked` is in the future (2026-12-20).")],
        ),
    ],
)
def test_dates(read, risk, checked, review, found):
    text = page(f"last_checked: {checked}", f"review_by: {review}", risk=risk)
    assert said(check_review_dates(read(text), today=TODAY)) == found


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        ((), "`last_checked` and `review_by`"),
        (("last_checked: 2026-11-20",), "`review_by`"),
        (("last_checked: soon", "review_by: 2027-02-30"), "`last_checked` and `review_by`"),
    ],
)
def test_dates_that_are_missing(read, lines, keys):
    assert said(check_review_dates(read(page(*lines)), today=TODAY)) == [
        (1, "minor", f"No day is given for {keys}.")
    ]


def test_front_matter_that_is_no_yaml_has_no_fields(read):
    assert dict(read("---\ntitle: [\n---\n\nRest.\n").fields) == {}

"""A translation that would break its page."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.checks import markup_checks
from pipeline.model import SegmentKind, Severity
from pipeline.segments import find_problem

PATH = Path("locales/so/covid-19/rest.po")
BROKEN = [
    (SegmentKind.CELL, "Maalintii | hal mar", "a bare `|`"),
    (SegmentKind.PARAGRAPH, "Maalintii\n\nhal mar", "an empty line"),
    (SegmentKind.PARAGRAPH, "- hal mar", "begins a list"),
    (SegmentKind.HEADING, "Maalintii\nhal mar", "more than one line"),
]


@pytest.mark.parametrize(("kind", "target", "message"), BROKEN)
def test_what_would_break_a_page(pair, kind, target, message):
    segment, unit = pair("Once a day", target)
    check, *_ = markup_checks(find_problem)
    (finding,) = check(replace(segment, kind=kind), unit, PATH, "so")
    assert finding.message.startswith("The translation of “Once a day” ")
    assert message in finding.message
    assert (finding.check, finding.severity) == ("broken-page", Severity.CRITICAL)
    assert (finding.path, finding.line, finding.locale) == (PATH, 7, "so")


def test_a_translation_that_fits(pair):
    segment, unit = pair("Once a day", "Maalintii hal mar")
    check, *_ = markup_checks(find_problem)
    assert check(segment, unit, PATH, "so") == ()


def test_a_long_source_is_cut_in_the_message(pair):
    segment, unit = pair("Rest. " * 20, "a\n\nb")
    check, *_ = markup_checks(find_problem)
    (finding,) = check(segment, unit, PATH, "so")
    assert "Rest. Rest. Rest.…” has" in finding.message

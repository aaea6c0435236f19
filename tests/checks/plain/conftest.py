from datetime import date
from pathlib import Path

import pytest

from pipeline.checks.plain import check_page, read_page
from pipeline.segments import split

TODAY = date(2026, 11, 25)


@pytest.fixture
def read():
    """A text as the checks see it."""

    def make(text, locale="en"):
        return read_page(text, Path("content/covid-19/rest.md"), split(text), locale=locale)

    return make


@pytest.fixture
def check(read):
    """What all checks say about a text: line, id and severity of each finding."""

    def make(text, locale="en"):
        found = check_page(read(text, locale), today=TODAY)
        return [(finding.line, finding.check, str(finding.severity)) for finding in found]

    return make

"""Short files whose rows are shifted."""

from pathlib import Path

import pytest

from pipeline.catalogs import read_catalog
from pipeline.checks.shifts import Shift, find_shift
from pipeline.languages import load_language

LOCALES = Path(__file__).parents[2] / "locales"
LEAFLETS = ["so", "ar", "pl", "bn", "fa"]


def leaflet(tag: str) -> list[tuple[str, str]]:
    units = read_catalog(LOCALES / tag / "covid-19/when-to-get-help.po").units
    return [(unit.msgid, unit.msgstr) for unit in units if unit.is_current]


@pytest.mark.parametrize("tag", LEAFLETS)
def test_a_leaflet_is_not_shifted(tag):
    assert find_shift(leaflet(tag), load_language(tag)) is None


@pytest.mark.parametrize("tag", LEAFLETS)
def test_a_text_that_is_missing_shifts_what_is_below(tag):
    sources, targets = zip(*leaflet(tag), strict=True)
    shifted = list(zip(sources[:-1], targets[:20] + targets[21:], strict=True))
    found = find_shift(shifted, load_language(tag))
    assert found is not None
    assert found.rows == -1
    # Near the row: titles and short texts do not tell for certain.
    assert abs(found.start - 20) <= 6


def test_a_text_too_many_shifts_it_the_other_way():
    sources, targets = zip(*leaflet("so"), strict=True)
    shifted = list(zip(sources, ("Hordhac", *targets[:-1]), strict=True))
    found = find_shift(shifted, load_language("so"))
    assert found is not None
    assert found.rows == 1
    assert found.start <= 3


def test_a_handful_of_rows_says_nothing():
    rows = [("Call 999.", "Gacmahaaga dhaq."), ("Wash your hands.", "Wac 999.")]
    assert find_shift(rows, load_language("so")) is None
    assert Shift(0, 1).rows == 1


def test_a_language_that_nobody_has_measured():
    assert find_shift(leaflet("so"), load_language("rw")) is None

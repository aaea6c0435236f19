"""Words counted right; one that is off does not move a text by a tenth of a school year."""

import pytest

from pipeline.checks.plain.syllables import count_syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("help", 1),
        ("breathe", 1),
        ("called", 1),
        ("takes", 1),
        ("tired", 1),
        ("needed", 2),
        ("people", 2),
        ("table", 2),
        ("doctor", 2),
        ("symptoms", 2),
        ("something", 2),
        ("safely", 2),
        ("patient", 2),
        ("radio", 3),
        ("various", 3),
        ("medicine", 3),
        ("society", 4),
        ("emergency", 4),
        ("interpreter", 4),
        ("temperature", 3),
        ("vaccination", 4),
        ("paracetamol", 5),
        ("rehabilitation", 6),
        ("COVID-19", 3),
        ("NHS", 3),
        ("BMW", 3),
        ("rainy-day", 3),
        ("doctor’s", 2),
        ("111", 1),
    ],
)
def test_syllables(word, syllables):
    assert count_syllables(word) == syllables

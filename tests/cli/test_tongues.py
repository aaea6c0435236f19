"""Which language a text is in, where that can be told with certainty."""

import pytest

from pipeline.cli.tongues import is_in

POLISH = "Zostań w domu i odpoczywaj, aż poczujesz się lepiej. Pij dużo wody i dzwoń pod numer 111."
ENGLISH = "Stay at home and rest until you feel better. Drink plenty of water, and call 111."


@pytest.mark.parametrize(
    ("text", "tag", "answer"),
    [
        (POLISH, "pl", True),
        (ENGLISH, "pl", False),
        ("111", "pl", None),  # nobody can say
        (ENGLISH, "xx", None),  # a language that the identifier is not trusted with
    ],
)
def test_a_text_is_judged_only_where_that_is_certain(text, tag, answer):
    assert is_in(text, tag) is answer

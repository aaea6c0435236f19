"""What a likeness of letters does not see: numbers, measures, "not"."""

import pytest

from pipeline.memory import Memory


def differences(meaning_of, unit, old: str, new: str) -> list[str]:
    (match,) = Memory([unit(old, "…")], meaning_of=meaning_of).find(new, least=50)
    return [str(each) for each in match.differences]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Stay at home for 10 days.", "Stay at home for 5 days.", ["number: 10 days → 5 days"]),
        ("Stay at home for ten days.", "Stay at home for 10 days.", []),
        (
            "Stay at home for ten days.",
            "Stay at home for five days.",
            ["number: ten days → five days"],
        ),
        ("1,000 people called.", "1000 people called.", []),
        ("Take 500 mg.", "Take 500 mcg.", ["unit of measurement: mg → mcg"]),
        ("Wait 2 hours.", "Wait 2 days.", ["unit of measurement: hours → days"]),
        (
            "Take 2 tablets every 4 hours.",
            "Take 4 tablets every 2 hours.",
            ["number: 2 tablets → 4 tablets", "number: 4 hours → 2 hours"],
        ),
        ("Call 111 if you feel worse.", "Call 999 if you feel worse.", ["number: 111 → 999"]),
        ("Rest for 3 days.", "Rest for some days.", ["number: 3 days → none"]),
        ("Take this with alcohol.", "Do not take this with alcohol.", ["negation: none → not"]),
        ("You can’t give it to a child.", "You can give it to a child.", ["negation: not → none"]),
        ("Drink water often.", "Drink warm water often.", []),
        ("Come in March.", "Come in April.", ["number: March → April"]),
    ],
)
def test_what_differs(meaning_of, unit, old, new, expected):
    assert differences(meaning_of, unit, old, new) == expected


def test_a_match_that_says_something_else_is_not_safe(somali):
    (match,) = somali.find("Stay at home for 5 days.")
    assert match.score > 90
    assert not match.is_safe

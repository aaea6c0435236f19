"""“Do not” that became “do”."""

import pytest

from pipeline.checks import check_negation_missing
from pipeline.checks.negation import count_negations
from pipeline.languages import load_language

RIGHT = [
    ("so", "Do not take more than 4 doses.", "Ha qaadan in ka badan 4 qiyaasood."),
    ("ar", "Never leave a child alone.", "لا تترك طفلك وحده أبدًا."),
    ("bn", "Do not go out.", "বাইরে যাবেন না।"),
    ("es", "You cannot catch it.", "No se puede contagiar."),
    ("pl", "Do not wait.", "Nie czekaj."),
    ("fr", "Do not take it without food.", "Ne le prenez pas à jeun."),
    ("ur", "Do not go to work.", "کام پر مت جائیں۔"),
    ("fa", "Do not share it.", "آن را به اشتراک نگذارید."),
    ("zh", "Do not wait.", "不要等待。"),
    ("ti", "Do not wait.", "ኣይትጸበ።"),
    ("ro", "Do not wait.", "Nu așteptați."),
    ("pt", "Avoid alcohol.", "Evite álcool."),
]
WRONG = [
    ("so", "Do not take more than 4 doses.", "Qaado in ka badan 4 qiyaasood."),
    ("ar", "Do not wait.", "انتظر."),
    ("bn", "Do not go out.", "বাইরে যান।"),
    ("es", "Do not wait.", "Espere."),
    ("pl", "Do not wait.", "Czekaj."),
    ("zh", "Do not wait.", "请等待。"),
]


@pytest.mark.parametrize(("tag", "source", "target"), RIGHT)
def test_said(said, tag, source, target):
    assert said(check_negation_missing, tag, source, target) == []


@pytest.mark.parametrize(("tag", "source", "target"), WRONG)
def test_lost(said, tag, source, target):
    assert said(check_negation_missing, tag, source, target) == [
        ("major", "The source says no, and no word of the translation does.")
    ]


def test_a_language_without_a_table_is_not_judged(said):
    assert said(check_negation_missing, "xx", "Do not wait.", "Aaa.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do not wait.", 1),
        ("Don't wait.", 1),
        ("You can't catch it.", 1),
        ("Do not go out without a mask.", 2),
        ("Rest, and not only at night.", 0),
        ("A note on nothing but rest.", 0),
        ("Note the number.", 0),
    ],
)
def test_negated_sources(text, expected):
    assert count_negations(text, load_language("en")) == expected


BOTH = "Do not go out without a mask."


@pytest.mark.parametrize(
    ("tag", "target", "count"),
    [
        ("es", "No salga sin mascarilla.", 0),
        ("es", "Salga sin mascarilla.", 1),
        ("ar", "لا تخرج دون كمامة.", 0),
        ("ar", "اخرج دون كمامة.", 1),
        # Tigrinya has not been seen to keep both.
        ("ti", "ብዘይ ማስክ ውጻእ።", 0),
    ],
)
def test_of_two_both_are_looked_for(said, tag, target, count):
    found = said(check_negation_missing, tag, BOTH, target)
    assert [message for _, message in found] == [
        "The source says no twice, and the translation does not."
    ] * count

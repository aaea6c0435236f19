"""A translation that nobody can see, or that shows its characters in another order."""

from pathlib import Path

import pytest

from pipeline.checks import check_hidden_direction, check_no_words, has_words
from pipeline.model import Severity

PATH = Path("locales/so/covid-19/rest.po")


@pytest.mark.parametrize(
    "target",
    [
        "\u200b\u200b",  # zero width space
        "\u200d\u200c\u2060\ufeff",  # joiners, a byte order mark
        "\u200f",  # right-to-left mark
        "\u00ad",  # soft hyphen
        "\u3164",  # Hangul filler: a letter to Unicode, nothing to the eye
        "\u2800",  # braille blank
        "\U000e0041",  # tag
        "…",
        "-",
        "?",
    ],
)
def test_a_target_without_a_word_is_no_translation(pair, target):
    (found,) = check_no_words(*pair("Call 999 now", target), PATH, "so")
    assert (found.check, found.severity, found.line) == ("no-words", Severity.CRITICAL, 7)
    assert found.message == "The translation of “Call 999 now” has no word in it."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Call 999 now", "Wac 999 hadda"),
        ("Rest", "راحة"),
        ("Rest", "休息"),
        ("Rest", "আরাম"),
        ("38°C", "٣٨"),
        ("—", "–"),  # nothing to translate
    ],
)
def test_a_word_in_any_script_is_one(pair, source, target):
    assert check_no_words(*pair(source, target), PATH, "so") == ()
    assert has_words(target) == has_words(source)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        # Shown to readers as 911.
        ("اتصل بـ \u202e119\u202c", "a character that turns text round: RIGHT-TO-LEFT OVERRIDE"),
        ("Wac \u202d119", "a character that turns text round: LEFT-TO-RIGHT OVERRIDE"),
        ("اتصل \u2066999 الآن", "LEFT-TO-RIGHT ISOLATE without its end"),
        ("اتصل \u202a999 الآن", "LEFT-TO-RIGHT EMBEDDING without its end"),
        ("اتصل 999\u2069 الآن", "POP DIRECTIONAL ISOLATE without its beginning"),
        ("اتصل \u2066999\u202c الآن", "POP DIRECTIONAL FORMATTING without its beginning"),
    ],
)
def test_characters_that_turn_text_round(pair, target, message):
    found = check_hidden_direction(*pair("Call 999 now", target), PATH, "ar")
    assert found
    assert {finding.severity for finding in found} == {Severity.CRITICAL}
    assert message in found[0].message


@pytest.mark.parametrize(
    "target", ["اتصل بالرقم \u2066999\u2069 الآن", "اتصل \u200e999\u200f الآن", "\u202a999\u202c"]
)
def test_pairs_and_marks_that_arabic_needs_may_stand(pair, target):
    assert check_hidden_direction(*pair("Call 999 now", target), PATH, "ar") == ()

"""Numbers that are missing, foreign or others than in the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import check_number_mismatch
from pipeline.checks.numbers.comparing import _compare, _compare_words, _have_same_digits
from pipeline.languages import load_language

# Tag, source, translation: the same numbers, however they are written.
RIGHT = [
    ("so", "Stay at home for 10 days.", "Guriga joog 10 maalmood."),
    ("so", "Take two tablets.", "Qaado laba kaniini."),
    ("so", "Take 2 tablets.", "Qaado laba kaniini."),
    ("ar", "Stay at home for 10 days.", "ابقَ في المنزل ١٠ أيام."),
    ("ar", "Wait 2 days.", "انتظر يومين."),
    ("ar", "25 people", "خمسة وعشرون شخصًا"),
    ("bn", "Call 999 within 24 hours.", "২৪ ঘণ্টার মধ্যে ৯৯৯ নম্বরে ফোন করুন।"),
    ("fa", "57.60 percent", "۵۷/۶۰ درصد"),
    ("pl", "1,500 people", "1 500 osób"),
    ("es", "1.5 million doses", "1,5 millones de dosis"),
    ("zh", "100,000 people", "10 万人"),
    ("hi", "1.5 million people", "15 लाख लोग"),
    ("fr", "at 8 pm", "à 20 h"),
    ("ro", "COVID-19 spreads.", "Coronavirusul se răspândește."),
    ("ti", "Rest for 14 days.", "ን፲፬ መዓልቲ ዕረፍ።"),
    ("es", "in the 21st century", "en el siglo XXI"),
    ("pt", "2010–11", "2010-2011"),
    ("pt", "About 50% of them", "Cerca de metade deles"),
    ("es", "We open at 8:00 a.m.", "Abrimos a las 8 a. m."),
    ("es", "(1) One of three", "(1) Uno de tres"),
    ("sw", "coronavirus disease 2019", "COVID-19"),
]
# Tag, source, translation, how severe, what the message says.
WRONG = [
    ("so", "Take 2 tablets.", "Qaado 3 kaniini.", "critical", "has 3 where the source has 2"),
    ("so", "Take two tablets.", "Qaado saddex kaniini.", "critical", "has 3 where"),
    ("ar", "10 days", "١٠٠ يوم", "critical", "has ١٠٠ where the source has 10"),
    ("bn", "Call 999.", "৯৯৮ নম্বরে ফোন করুন।", "critical", "has ৯৯৮ where the source has 999"),
    ("pl", "1.5 mg", "15 mg", "critical", "has 15 where the source has 1.5"),
    ("pt", "0.5 ml", "0,05 ml", "critical", "has 0,05 where the source has 0.5"),
    ("fr", "5–10 days", "5–12 jours", "critical", "has 12 where the source has 10"),
    ("ur", "Wait 24 hours.", "انتظار کریں۔", "major", "has no 24, which the source has"),
    ("es", "Wait.", "Espere 24 horas.", "major", "has 24, which the source does not have"),
    ("ti", "14 days", "፲፭ መዓልቲ", "critical", "where the source has 14"),
    # What both say in another way answers for no number.
    ("pt", "Half were over 50.", "Metade tinha mais de anos.", "major", "has no 50"),
    ("zh", "a Phase II trial of enzyme 2", "酶的 II 期试验", "major", "has no 2"),
    ("sw", "244 cases of coronavirus", "visa 2 vya virusi vya korona", "critical", "has 2 where"),
    # Nor does a word where the number has left a hole.
    ("bn", "(1) rest", "() একটু বিশ্রাম", "major", "has no 1"),
    ("fr", "a difference of 1%", "une différence de %", "major", "has no 1"),
    ("zh", "at 8:00 a.m.", "上午 8: 更新", "major", "has no 00"),
    ("id", "1 January–15 March", "1 Januari–Maret", "major", "has no 15"),
    (
        "es",
        "coronavirus disease 2019 (COVID-19)",
        "enfermedad por coronavirus (COVID-19)",
        "major",
        "has no 2019",
    ),
]


@pytest.mark.parametrize(("tag", "source", "target"), RIGHT)
def test_the_same_numbers(said, tag, source, target):
    assert said(check_number_mismatch, tag, source, target) == []


@pytest.mark.parametrize(("tag", "source", "target", "severity", "message"), WRONG)
def test_other_numbers(said, tag, source, target, severity, message):
    ((found, text),) = said(check_number_mismatch, tag, source, target)
    assert found == severity
    assert message in text


def test_phone_numbers_are_another_checks_matter(said):
    source, target = "Call 020 7946 0018.", "Wac 020 7946 0081."
    assert said(check_number_mismatch, "so", source, target) == []


def test_without_a_table_small_numbers_may_be_words(said):
    assert said(check_number_mismatch, "xx", "Wait 5 days.", "Aaa bbb.") == []
    assert said(check_number_mismatch, "xx", "Wait 50 days.", "Aaa bbb.") != []


NUMBERS = st.text("0123456789 .,-٠١٢½፲ abtwo", max_size=30)


@given(NUMBERS, NUMBERS)
def test_law_the_quick_way_says_what_the_long_one_says(source, target):
    english, somali = load_language("en"), load_language("so")
    if _have_same_digits(source, target) and source == target:
        assert _compare(source, target, english, english) == ([], [])
        assert _compare_words(source, target, english, somali) == ([], [])

"""Numbers as values, in any script's digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.numbers import read_numbers
from pipeline.languages import load_language

READ = [
    ("en", "1,500 people, 57.6% and 12 days", [1500, 57.6, 12]),
    ("en", "2–3 tablets on 3.12.2020", [2, 3, 3, 12, 2020]),
    ("en", "February 18,2020", [18, 2020]),
    ("en", "½ a cup", [0.5]),
    ("pt", "1.500 pessoas, 57,6%", [1500, 57.6]),
    ("fr", "10 000 personnes et 5 000 000", [10_000, 5_000_000]),
    ("ar", "٢٠ يومًا و١٬٥٠٠ شخص و٥٧٫٦", [20, 1500, 57.6]),
    ("fa", "۳۹،۷۶۸ نفر", [39_768]),
    ("bn", "১,৫০,০০০ জন", [150_000]),
    ("hi", "१२,३४,५६७ लोग", [1_234_567]),
    ("ti", "፲፱ መዓልቲ፣ ፪፻ ሰብ፣ ፳፻፲፪", [19, 200, 2012]),
    ("am", "፻ ሰው፣ ፼", [100, 10_000]),
    ("zh", "10 万人", [10]),
]


@pytest.mark.parametrize(("tag", "text", "values"), READ)
def test_values(tag, text, values):
    assert [number.value for number in read_numbers(text, load_language(tag))] == values


MULTIPLIED = [
    ("en", "1.5 million doses", 1_500_000),
    ("bn", "১৫ লক্ষ ডোজ", 1_500_000),
    ("zh", "150 万剂", 1_500_000),
    ("hi", "15 लाख खुराक", 1_500_000),
    ("es", "1,5 millones de dosis", 1_500_000),
    ("pt-BR", "160 mil testes", 160_000),
]


@pytest.mark.parametrize(("tag", "text", "value"), MULTIPLIED)
def test_a_word_behind_a_number_multiplies_it(tag, text, value):
    (number,) = read_numbers(text, load_language(tag))
    assert value in number.values


def test_hours_of_both_clocks():
    (number,) = read_numbers("at 8 pm", load_language("en"))
    assert number.values == {8, 20}


@pytest.mark.parametrize(
    "text", ["COVID-19", "COVID–19", "Covid–19", "H1N1", "B12", "SARS-CoV-2", "2019-nCoV"]
)
def test_numbers_in_names(text):
    assert all(number.is_name for number in read_numbers(text, load_language("en")))


def test_a_dash_behind_a_month_makes_no_name():
    numbers = read_numbers("1 January–15 March", load_language("en"))
    assert [number.is_name for number in numbers] == [False, False]


@given(st.integers(0, 999_999_999), st.sampled_from("0٠۰०০੦૦௦"))
def test_law_digits_of_every_script_say_the_same(value, zero):
    text = "".join(chr(ord(zero) + int(digit)) for digit in str(value))
    (number,) = read_numbers(f"({text})", load_language("en"))
    assert number.value == value


@given(st.text(max_size=60))
def test_law_any_text_is_read(text):
    for number in read_numbers(text, load_language("ar")):
        assert text[number.start : number.end] == number.text


@pytest.mark.parametrize("text", ["1" * 200_000, "1.1," * 5_000, "020 " * 5_000, "½" * 5_000])
def test_endless_digits_are_read_in_no_time(text):
    assert read_numbers(text, load_language("ar"))

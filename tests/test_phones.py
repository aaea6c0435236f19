"""Which digits of a text are dialled."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.phones import find_codes, find_phones

CODES = {"999", "111", "112", "116123", "18001111"}


def dialled(text, codes=CODES):
    return [(text[phone.start : phone.end], phone.number) for phone in find_phones(text, codes)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wac 020 7946 0018 hadda", [("020 7946 0018", "02079460018")]),
        ("+44 (0)20 7946 0018", [("+44 (0)20 7946 0018", "+442079460018")]),
        ("اتصل بالرقم ٠٢٠ ٧٩٤٦ ٠٠١٨", [("٠٢٠ ٧٩٤٦ ٠٠١٨", "02079460018")]),
        ("০২০ ৭৯৪৬ ০০১৮ নম্বরে ফোন করুন", [("০২০ ৭৯৪৬ ০০১৮", "02079460018")]),
        ("Childline 0800 1111, 0808 2000 247",
         [("0800 1111", "08001111"), ("0808 2000 247", "08082000247")]),
        ("拨打999。", [("999", "999")]),
        ("اتصل بـ NHS 111 أو ٩٩٩.", [("111", "111"), ("٩٩٩", "999")]),
        ("NHS 111-কে বলুন", [("111", "111")]),  # "tell 111"
        ("၁", []),
        ("Textphone: 18001 111. Samaritans: ১১৬ ১২৩",
         [("18001 111", "18001111"), ("১১৬ ১২৩", "116123")]),
    ],
)  # fmt: skip
def test_numbers_are_found_in_any_script_and_dialled_in_ascii(text, expected):
    assert dialled(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "111 mg", "£111", "111–112", "111%", "112 °C", "1,111", "999.5", "有111人",  # amounts
        "01-02-2026", "12.03.2020", "24/11/2026", "11:10",  # dates and hours
        "NHS number: 943 476 5919", "485-777-3456",
        "W12 0HS", "COVID-19", "111.nhs.uk", "111@example.org", "call 111/999", "12 000 tests",
        "111-day", "111-112", "111 - 5",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_phone_number_is_none(text):
    assert dialled(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Call 999 or 111 if you are not sure.", {"999", "111"}),
        ("Use NHS 111\nonline.", {"111"}),
        ("Call Samaritans free on **116 123**.", {"116123"}),
        ("Use a textphone to call 18001 111.", {"18001111"}),
        ("112 people fell ill; 999 did not.", set()),
        ("Call your GP within 111 days.", set()),
    ],
)
def test_the_source_says_which_short_codes_are_dialled(text, codes):
    assert find_codes(text) == codes


def test_a_code_that_the_source_does_not_dial_is_a_number():
    assert dialled("112 qof ayaa bukooday", find_codes("112 people fell ill. Call 999.")) == []


@given(st.text(alphabet="0123456789٠٩ +()-.–/x£", max_size=30))
def test_what_is_found_is_there_in_order_and_can_be_dialled(text):
    found = list(find_phones(text, CODES))
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    for phone in found:
        assert phone.number.removeprefix("+").isascii()
        assert phone.number.removeprefix("+").isdecimal()
        assert text[phone.start : phone.end].strip() != ""

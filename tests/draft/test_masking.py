"""What a machine must not touch goes out of its sight, and comes back where it belongs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.draft.masking import find_loss, is_nested, mask, restore


@pytest.mark.parametrize(
    ("source", "masked"),
    [
        # A link with a number to dial is one thing; the words of another link are translated.
        ("Call [111](tel:111) now.", "Call ⟦1⟧111⟦2⟧ now."),
        ("Call [020 7946 0018](tel:+442079460018) now.", "Call ⟦1⟧ now."),
        ("Read [how to rest](rest.md).", "Read ⟦1⟧how to rest⟦2⟧."),
        ("Read **[how *you* rest](rest.md)**.", "Read ⟦1⟧how ⟦2⟧you⟦3⟧ rest⟦4⟧."),
        ("**Do not** take it.", "⟦1⟧Do not⟦2⟧ take it."),
        # Numbers stay, with their units.
        ("Take 2–3 × 500 mg every 4 hours.", "Take 2–3 × 500 mg every 4 hours."),
        ("Call 999 or +44 (0)20 7946 0018.", "Call 999 or ⟦1⟧."),
        (
            "Write to help@nhs.example or see https://www.nhs.uk/a.b?c=d.",
            "Write to ⟦1⟧ or see ⟦2⟧.",
        ),
        ("Checked on {date}, %s of %(all)s", "Checked on ⟦1⟧, ⟦2⟧ of ⟦3⟧"),
        ("Rest.<br>Then <b>call</b> &nbsp;us", "Rest.⟦1⟧Then ⟦2⟧call⟦3⟧ ⟦4⟧us"),
        ("5 * 3 is 15, snake_case is not _this_", "5 ⟦1⟧ 3 is 15, snake_case is not ⟦2⟧this⟦3⟧"),
        ("A ⟦1⟧ of the author's", "A ⟦1⟧1⟦2⟧ of the author's"),
    ],
)
def test_marks_become_tokens(source, masked):
    assert mask(source).text == masked
    assert restore(mask(source).text, mask(source).marks) == source


def test_protected_spans_and_terms_are_taken_out_as_whole_words():
    masked = mask("The NHS, not NHSX: type `a_b`.", ["`a_b`", "NHS"])
    assert masked.text == "The ⟦1⟧, not NHSX: type ⟦2⟧."


@pytest.mark.parametrize(
    ("translated", "loss"),
    [
        ("Llame al ⟦1⟧ de inmediato ⟦2⟧ahora⟦3⟧.", ""),
        ("Llame al ⟦ 1 ⟧ de inmediato ⟦2⟧ahora⟦3⟧.", ""),
        ("⟦٣⟧ اتصل ⟦١⟧ ⟦٢⟧", ""),
        ("Llame de inmediato ⟦2⟧ahora⟦3⟧.", "1 of 3 marks, links or numbers to dial were lost"),
        ("Llame al ⟦1⟧ ⟦1⟧ ⟦2⟧ahora⟦3⟧.", "a mark came back twice, or one that was never there"),
        ("Llame al ⟦1 de inmediato ⟦2⟧ahora⟦3⟧.", "a mark came back damaged"),
    ],
)
def test_a_lost_token_is_told(translated, loss):
    assert find_loss("Call ⟦1⟧ right away ⟦2⟧now⟦3⟧.", translated) == loss


def test_an_end_before_its_beginning_is_found():
    marks = mask("**Do not** take [this one](a.md).").marks
    assert is_nested("No tome ⟦3⟧esto⟦4⟧ ⟦1⟧nunca⟦2⟧.", marks)
    assert not is_nested("⟦2⟧No⟦1⟧ tome ⟦3⟧esto⟦4⟧.", marks)
    assert not is_nested("⟦1⟧No ⟦3⟧tome⟦2⟧ esto⟦4⟧.", marks)


@pytest.mark.parametrize(
    ("source", "translated", "restored"),
    [
        # Spaces that a machine puts within bold would end it being bold.
        ("**Do not** take it.", "⟦1⟧ No tome ⟦2⟧ esto.", "**No tome** esto."),
        # A space that it leaves out, beside letters and not beside a full stop.
        (
            "Call [0161 496 0018](tel:1) now",
            "Llame al⟦1⟧ya.",
            "Llame al [0161 496 0018](tel:1) ya.",
        ),
        ("Call [0161 496 0018](tel:1) now", "Llame al ⟦1⟧.", "Llame al [0161 496 0018](tel:1)."),
        ("**Rest** now", "Ahora,⟦1⟧descanse⟦2⟧.", "Ahora,**descanse**."),
    ],
)
def test_spaces_are_put_right(source, translated, restored):
    assert restore(translated, mask(source).marks) == restored


def test_no_space_is_put_into_a_script_without():
    marks = mask("Call **111** now.").marks
    assert restore("立即拨打⟦1⟧111⟦2⟧。", marks, is_spaced=False) == "立即拨打**111**。"


@given(st.text(alphabet=" ab1*_[](){}<>/&;\\⟦⟧~=^!.@:%+-`\"'", max_size=60))
def test_whatever_is_masked_comes_back_to_the_letter(text):
    masked = mask(text)
    assert find_loss(masked.text, masked.text) == ""
    assert is_nested(masked.text, masked.marks)
    back = masked.text
    for number, mark in reversed(list(enumerate(masked.marks, 1))):
        back = back.replace(f"⟦{number}⟧", mark.text, 1) if "⟦" not in mark.text else back
    if not any("⟦" in mark.text or "⟧" in mark.text for mark in masked.marks):
        assert back == text

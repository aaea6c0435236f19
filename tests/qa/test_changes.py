"""What changed between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.qa.changes import Change, diff_words


def shown(before: str, after: str) -> str:
    marks = {Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}", Change.KEPT: "{}"}
    return "".join(marks[piece.change].format(piece.text) for piece in diff_words(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Stay at home.", "Stay at home.", "Stay at home."),
        ("Stay for 10 days.", "Stay for 5 days.", "Stay for [-10-]{+5+} days."),
        ("Joog 5 maalmood.", "Joog 10 maalmood.", "Joog [-5-]{+10+} maalmood."),
        ("Drink water often.", "Drink water.", "Drink water[- often-]."),
        # Neighbouring changes are read as one.
        ("Call your GP today.", "Ring a doctor today.", "[-Call your GP-]{+Ring a doctor+} today."),
        # Vowel signs belong to their letters.
        ("ঘন ঘন পানি পান করুন।", "ঘন ঘন জল পান করুন।", "ঘন ঘন [-পানি-]{+জল+} পান করুন।"),
        ("اتصل بالرقم 111.", "اتصل بالرقم 999.", "اتصل بالرقم [-111-]{+999+}."),
        # Without spaces, sign by sign.
        ("请拨打111求助", "请拨打999求助", "请拨打[-111-]{+999+}求助"),
        ("请在家休息", "请在家多休息", "请在家{+多+}休息"),
        ("", "New.", "{+New.+}"),
    ],
)
def test_changes_are_shown_in_whole_words(before, after, expected):
    assert shown(before, after) == expected


@given(st.text(alphabet="ab ক্ .5\n"), st.text(alphabet="ab ক্ .5\n"))
def test_the_pieces_make_both_texts(before, after):
    pieces = diff_words(before, after)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after


def test_a_huge_text_is_shown_as_replaced():
    assert len(diff_words("a " * 5000, "b " * 5000)) == 2

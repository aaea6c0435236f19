"""Cells that a spreadsheet would take for something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formulas import guard, is_formula, unguard


@given(st.text())
def test_a_guarded_text_is_none_of_them_and_comes_back(text):
    assert unguard(guard(text)) == text
    assert not is_formula(guard(text)) or text.startswith("#")


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "@SUM(A1)", "+44 20", "-ka", "#NAME?"])
def test_formulas(text):
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "maaskaro", "- see below", "'=1", "#1", "5 days"])
def test_texts(text):
    assert not is_formula(text)

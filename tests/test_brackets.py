"""Brackets that Python-Markdown would look for the ends of for minutes."""

from pathlib import Path

import pytest

from pipeline.brackets import find_costly_brackets
from pipeline.checks import check_active_content
from pipeline.segments import find_problem, split


@pytest.mark.parametrize("piece", ["[", "![", "[a", "[a](", "[a][", "[[a]"])
def test_some_thousand_that_do_not_end_are_refused_with_their_line(piece):
    text = f"Rest.\n\n{piece * 5_000}\n"
    assert find_costly_brackets(text) in {text.index("["), text.index("[", 8)}
    (finding,) = check_active_content(text, Path("rest.md"))
    assert finding.line == 3
    assert "brackets that do not end" in finding.message
    (segment,) = split("Rest.\n")
    assert "brackets that do not end" in str(find_problem(segment, piece * 5_000))


@pytest.mark.parametrize(
    "text", ["[a](b.md) " * 5_000, "[a]\n\n" * 5_000, "\\[" * 5_000, "[\n\n" * 5_000]
)
def test_many_that_end_are_fine(text):
    assert find_costly_brackets(text) is None

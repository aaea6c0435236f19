"""A page has one heading of the first level, its title; a second one is told with its line."""

import pytest

from pipeline.content.headings import find_first_level

FRONT = "---\ntitle: Fever\n# a comment\n---\n"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("# Fever\n\nDrink water.\n", [5]),
        ("Drink water.\n\n#Fever\n", [7]),
        ("Fever\n=====\n\nDrink water.\n", [5]),
        ("## Fever\n\n### When to call 999\n", []),
        ("#1 is water.\n", [5]),  # Python-Markdown makes a heading of it
        ("```sh\n# a comment\n```\n\n    # code\n", []),
        ("~~~\n```\n# a comment\n~~~\n# Fever\n", [9]),
        ("<!--\n# not shown\n-->\n", []),
        ("<!-- translators: short -->\n# Fever\n", [6]),
        ("#\n\n######\n\n===\n", []),
    ],
)
def test_lines_of_headings_of_the_first_level(body, lines):
    assert list(find_first_level(FRONT + body, len(FRONT))) == lines

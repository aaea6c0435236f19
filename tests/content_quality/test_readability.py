"""What ships reads easily: short sentences, and a grade that a child of 9 to 11 can read.

Measured as ``pipeline check`` measures. A text of school year *n* is read comfortably at about age
*n* + 5, so reading age 9 to 11 is year 4 to 6, and 6 is the limit.
"""

from pathlib import Path

import pytest

from pipeline.checks.plain import measure, read_page
from pipeline.segments import split

CONTENT = Path(__file__).parents[2] / "content"
RESOURCES = sorted(CONTENT.glob("*/*.md"))
LONGEST_SENTENCE = 20
HIGHEST_GRADE = 6.0

each_resource = pytest.mark.parametrize("path", RESOURCES, ids=lambda path: path.stem)


def read(path):
    text = path.read_text(encoding="utf-8")
    return read_page(text, path, split(text), locale="en")


def find_lengths(page):
    """Words of each sentence; a heading, a list item or a cell without an end is one."""
    return [len(sentence.words) for block in page.blocks for sentence in block.sentences]


@each_resource
def test_no_sentence_is_longer_than_20_words(path):
    page = read(path)

    assert [
        f"line {page.line_of(block, sentence.text)}: {len(sentence.words)} words: {sentence.text}"
        for block in page.blocks
        for sentence in block.sentences
        if len(sentence.words) > LONGEST_SENTENCE
    ] == []


@each_resource
def test_reading_age_is_at_most_11(path):
    assert measure(read(path)).grade <= HIGHEST_GRADE


@each_resource
def test_a_resource_fits_on_a_leaflet(path):
    # The transcript of a film of half a minute is as short as the film.
    is_transcript = "\nvideo:" in path.read_text("utf-8")
    assert (80 if is_transcript else 350) <= sum(find_lengths(read(path))) <= 750


@each_resource
def test_the_table_in_the_docs_says_what_is_measured(path):
    table = (CONTENT.parent / "docs" / "content-sources.md").read_text(encoding="utf-8")
    page = read(path)
    lengths, found = find_lengths(page), measure(page)

    assert (
        f"| `{path.parent.name}/{path.stem}` | {sum(lengths)} | {max(lengths)} "
        f"| {found.mean:.1f} | {found.grade:.1f} |"
    ) in table

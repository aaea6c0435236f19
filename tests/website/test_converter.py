from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import HRProcessor
from mkdocs.config import load_config

from pipeline.website.generator.converter import quicken

REPOSITORY = Path(__file__).resolve().parents[2]


def converter():
    config = load_config(str(REPOSITORY / "mkdocs.yml"))
    return Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"]
    )


@pytest.fixture(scope="module")
def both():
    """A converter of Python-Markdown, and one that passes over plain text."""
    return converter(), quicken(converter())


def test_plain_text_is_passed_over(both):
    plain, quick = both
    kinds = [type(one.treeprocessors["inline"]).__name__ for one in (plain, quick)]
    assert kinds == ["InlineProcessor", "_PlainTextPasses"]


def test_every_resource_gives_the_same_html(both):
    plain, quick = both
    paths = sorted((REPOSITORY / "content").glob("*/*.md"))
    assert paths
    for path in paths:
        text = path.read_text("utf-8")
        assert quick.reset().convert(text) == plain.reset().convert(text), path


PIECES = st.sampled_from(
    ["text", "99", "  \n", "\n", "\n\n", "*", "_", "`", "[", "](x.md)", "[^1]", "<b>", "</b>", "&",
     "&amp;", "\\", "!", "https://a.b", "<a@b.c>", "a@b.c", "    ", "- ", "| a | b |\n|---|---|\n",
     '!!! note "T"\n    ', "GP", "*[GP]: doctor\n", "[^1]: note\n", "{#id}", "عربي", ": def\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_gives_the_same_html(both, text):
    plain, quick = both
    assert quick.reset().convert(text) == plain.reset().convert(text)


def test_a_pattern_that_is_not_known_is_always_looked_for():
    one = Markdown(extensions=["pymdownx.magiclink"])
    before = one.treeprocessors["inline"]
    assert quicken(one).treeprocessors["inline"] is before


def test_what_is_registered_later_is_looked_for():
    one = quicken(Markdown())
    assert one.convert("a\n\n---\n") == "<p>a</p>\n<hr />"
    one.parser.blockprocessors.deregister("hr")
    assert one.reset().convert("a\n\n---\n") == "<p>a</p>\n<p>---</p>"
    one.parser.blockprocessors.register(HRProcessor(one.parser), "hr", 50)
    assert one.reset().convert("a\n\n---\n") == "<p>a</p>\n<hr />"

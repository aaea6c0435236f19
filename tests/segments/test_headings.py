import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.segments import splice, split
from pipeline.segments.headings import Heading, heading_ids, slugify


def ids_of(text):
    """What Python-Markdown gives the headings of a text."""
    page = markdown.Markdown(extensions=["toc", "attr_list", "footnotes", "def_list", "abbr"])
    page.convert(text)
    found = []

    def collect(tokens):
        for token in tokens:
            found.append(token["id"])
            collect(token["children"])

    collect(page.toc_tokens)
    return found


PAGE = """\
# Stay at home

## Rest

### Rest

## *Rest* & `code_span` [link](a.md) ![alt](b.png)

## Rest {#rest_1}

Set_text _heading_
---

- ## In a list

## Ünïcödé — 999!

## 你好

## Rest <b>now</b> &amp; then[^1]

## C\\# \\_x\\_ ##

## [Undefined][nowhere] and [defined][there]

## ![A boat][nowhere] and ![a car][there] and ![a cat]

## Sleep[^1] and sleep[^nowhere]

## Rest <span title="Sleep">today</span>

## Rest \\<a lot\\> | then <i title="now">sleep</i>

[there]: a.md

[^1]: note
"""


def test_a_translated_heading_keeps_the_id_that_the_source_has():
    text = splice(PAGE, {segment.key: f"ü {segment.msgid}" for segment in split(PAGE)})
    assert ids_of(text) == ids_of(PAGE)


def test_a_heading_translated_alone_changes_no_other_id():
    segments = split(PAGE)
    for segment in segments:
        text = splice(PAGE, {segment.key: f"ü {segment.msgid}"})
        assert ids_of(text) == ids_of(PAGE), segment.msgid


def test_the_id_joins_an_attribute_list_that_is_there():
    (segment,) = split("## Rest { .big data-x=1 } ##\n")
    target = splice("## Rest { .big data-x=1 } ##\n", {segment.key: "Naso"})
    assert target == "## Naso { #rest .big data-x=1 } ##\n"


@pytest.mark.parametrize("text", ["## Rest {{ version }}\n", "## {{ x }} {% y %} rest { .big }\n"])
def test_a_macro_in_a_heading_does_not_hide_the_id(text):
    (segment,) = split(text)
    target = splice(text, {segment.key: f"ü {segment.msgid}"})
    page = markdown.markdown(target, extensions=["toc", "attr_list"])
    assert re.findall(r' id="([^"]+)"', page) == [slugify(segment.msgid)]
    assert "{#" not in page
    assert "rest-" not in re.sub(r"<[^>]*>", "", page)


def test_ids_can_be_left_to_the_generator():
    (segment,) = split("## Rest\n")
    assert splice("## Rest\n", {segment.key: "Naso"}, pin_headings=False) == "## Naso\n"


@pytest.mark.parametrize("target", ["Use {braces} here", "Ends with #", "a {b} c {d}"])
def test_a_target_cannot_hide_the_id(target):
    (segment,) = split("## Rest\n")
    assert ids_of(splice("## Rest\n", {segment.key: target})) == ["rest"]


@given(st.text())
def test_slugs_are_those_of_the_toc_extension(text):
    assert slugify(text) == markdown.extensions.toc.slugify(text, "-")


@given(st.lists(st.sampled_from(["Rest", "rest_1", "Rest_2", "1", "", "_1", "Rest 1"])))
def test_ids_are_unique_as_the_toc_extension_makes_them(names):
    used, counters = set(), {}
    toc = markdown.extensions.toc
    expected = [toc.unique(toc.slugify(name, "-"), used, counters) for name in names]
    assert list(heading_ids([Heading(text=name) for name in names], (), ())) == expected

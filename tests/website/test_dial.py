"""Phone numbers of a page as links."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.website.dial import link_phones
from pipeline.website.isolate import isolate_numbers

CODES = {"999", "111"}


def marked(html):
    """The result with brackets for the links, so that an expectation can be read."""
    linked = re.sub(r'<a class="phone" href="tel:([^"]*)">(.*?)</a>', r"⟦\2→\1⟧", html)
    return linked.replace('<bdi dir="ltr">', "{").replace("</bdi>", "}")


def test_in_right_to_left_text_the_number_dials_and_its_words_stay_with_it():
    html = link_phones(isolate_numbers("اتصل بـ NHS 111 أو +44 (0)20 7946 0018."), CODES)
    assert marked(html) == "اتصل بـ {NHS ⟦111→111⟧} أو {⟦+44 (0)20 7946 0018→+442079460018⟧}."
    # The output check isolates what is not isolated: it finds nothing to mend.
    assert isolate_numbers(html) == html


def test_a_number_keeps_the_digits_of_its_language():
    assert marked(link_phones("<li>৯৯৯ নম্বরে ফোন করুন</li>", CODES)) == (
        "<li>⟦৯৯৯→999⟧ নম্বরে ফোন করুন</li>"
    )


@pytest.mark.parametrize(
    "html",
    [
        '<a href="tel:999">999</a>',
        '<a href="../call-999/">Wac <strong>999</strong></a>',
        "<summary>When to call 999</summary>",
        '<label for="t">111</label>',
        "<code>999</code> <kbd>111</kbd>",
        '<img alt="Call 999"> <!-- 999 -->',
        "<p>112 qof, 5 mg, 24/11/2026, W12 0HS</p>",
    ],
)
def test_links_switches_code_and_other_numbers_are_left_alone(html):
    assert link_phones(html, CODES) == html


PIECES = st.sampled_from(
    ["اتصل", "NHS", " 111", "999 ", "020 7946 0018", "<b>", "</b>", '<a href="x">', "</a>", "<br>",
     "<summary>", "</summary>", "<code>", "</code>", "&amp;", "-", " "]
)  # fmt: skip


@example("020 7946 0018 111")  # one run of digits, which nobody can dial
@given(st.lists(PIECES, max_size=20).map("".join))
def test_without_the_added_links_it_is_the_input_and_twice_is_once(html):
    linked = link_phones(html, CODES)
    assert re.sub(r'<a class="phone" href="tel:\+?\d+">(.*?)</a>', r"\1", linked) == html
    assert link_phones(linked, CODES) == linked

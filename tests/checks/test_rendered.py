"""The second line of defence: the HTML of a page."""

import time
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks import find_active_content
from pipeline.checks.rendered import _is_harmless
from pipeline.checks.tags import find_tags

DATA = Path(__file__).parents[1] / "data" / "attacks"
HTML_ATTACKS = [
    text
    for text in (DATA / "markdown.txt").read_text(encoding="utf-8").rstrip("\n").split("\n----\n")
    if text.startswith("<") and not text.startswith(("<javascript", "<!--"))
]


@pytest.mark.parametrize("html", HTML_ATTACKS)
def test_an_attack_in_html_is_found(html):
    assert find_active_content(f"<p>Rest.</p>\n{html}\n<p>Drink.</p>")


ELSEWHERE = "something loaded from elsewhere by <img>: "


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<p onclick=a()>x</p>", "the event handler onclick"),
        ('<a href="x:y">z</a>', "a link that runs something or opens a file: x:y"),
        ('<img src="https://e.example/a.png">', ELSEWHERE + "https://e.example/a.png"),
        ("<script>a()</script>", "the tag <script>"),
        ("<p>x<!-- y", "a comment that does not end"),
        ("<div>x</div></article><p>y", "an end tag of something that it did not begin: </article>"),
        ("<p>x</p></p></BODY >", "an end tag of something that it did not begin: </body>"),
        ('<input type="text">', "a field for typing (<input>)"),
        ("<img alt='a>b' src=x onerror=a() ", "the event handler onerror"),
        ('<p title="<!--"><img src=x onerror=a()>-->', "the event handler onerror"),
        ("<!-- a --><p onclick=a()>x</p><!-- b -->", "the event handler onclick"),
        ("<!x><p onclick=a()>", "the event handler onclick"),
        ("</ x><p onclick=a()>", "the event handler onclick"),
        ("<img src='\\\\e.example\\x.png'>", ELSEWHERE + "\\\\e.example\\x.png"),
        # Found by comparing with Chromium on random fragments: `=` begins a name.
        ("<p a=x =\f'<?<b open ontoggle=a()>", "the event handler ontoggle"),
        ("<img src='/\\e.example/x.png'>", ELSEWHERE + "/\\e.example/x.png"),
        ('<img srcset="a.png 1x, //e.example/b 2x">', ELSEWHERE + "a.png 1x, //e.example/b 2x"),
    ],
)
def test_what_is_found(html, what):
    assert [str(found) for found in find_active_content(html)] == [what]


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="rest">Rest</h2><p>Call <a href="tel:111">111</a> or <a href="../x/#a">see</a>.',
        '<span lang=en dir=ltr class=gap>Rest</span><bdi dir="ltr">2 × 500 mg</bdi>',
        '<img alt="A map: javascript: is a word" src="images/a.svg" width="20" loading="lazy">',
        '<img alt="" src="data:image/png;base64,AAAA">',
        '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio" />',
        '<input disabled type="checkbox"> <td style="text-align: right;">5</td>',
        "<!-- <script>a()</script> --><pre><code>&lt;script&gt; onclick=a()</code></pre>",
        "<!--> <p>x</p> <!-- -->",
        "3 < 4, 5 > 4, on = 1",
        '<video src="a.mp4" controls><track src="a.vtt" kind="captions"></video>',
    ],
)
def test_what_pages_have_is_let_through(html):
    assert find_active_content(html) == ()


USUAL_AND_NOT = """
<p> </p> <p <a </a> <b> <!-- --> <! > < / = " ' x y onclick href="a" href="x:y" title="
<script> <img alt=' > é <BODY> </br> is=x
"""
FRAGMENTS = st.sampled_from([*USUAL_AND_NOT.split(), "\x00", "\f"])


@given(st.lists(FRAGMENTS, max_size=12).map("".join) | st.lists(FRAGMENTS).map(" ".join))
def test_what_is_let_through_quickly_is_harmless_and_made_of_the_tags_that_it_looked_at(html):
    if _is_harmless(html):
        # The slow way: a first tag that is not usual turns the quick one off.
        assert [found for found in find_active_content(f"<x-y>{html}") if found.offset] == []
        pieces = [piece for piece in html.split("<")[1:] if not piece.startswith("!")]
        assert len(list(find_tags(html))) == len(pieces)


def test_our_own_resources_pass_in_under_a_millisecond_a_page():
    root = Path(__file__).parents[2] / "content"
    pages = [
        markdown.markdown(path.read_text(encoding="utf-8"), extensions=["tables", "attr_list"])
        for path in root.rglob("*.md")
    ]
    assert pages
    start = time.process_time()
    assert [find_active_content(page) for page in pages] == [()] * len(pages)
    # Ten times what it takes, for a machine with other work.
    assert (time.process_time() - start) / len(pages) < 0.01

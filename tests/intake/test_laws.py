"""A page says exactly what the document said, whatever characters that has."""

# ruff: noqa: E501 - documents are read better as they are written

import re
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from making import body_of, docx, html, odt, p, r, take

from pipeline.intake.escaping import normalise
from pipeline.segments import scan, splice

#: Signs that are markup somewhere, and letters of several scripts.
SIGNS = st.sampled_from(
    [*list("*_`[](){}<>#+-.!|\\&~^=:$/%@\"'0123456789 \t\n"), "  ", "    ", "abc", "Somali", "عربي", "বাংলা", "ትግርኛ", "中文", "é", "\xa0", "\u200c", "\xad", "‑", "&amp;", "&#35;", "<b>", "![x](y)", "[x](y)", "[^1]", "*[GP]: doctor", "!!! note", '=== "Tab"', "??? q", "1. ", "- ", "```", "~~~", ":   ", "::: x", "/// x", "$$", "--8<--", "{: .x }", "{{ x }}", "<!-- c -->", "http://a.b", "a@b.c", "***", "---", "[TOC]", "\u2028"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(SIGNS, max_size=14).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"), max_size=30),
)
LINES = st.lists(TEXTS, min_size=1, max_size=3)
NOT_XML = re.compile("[\ufffe\uffff]")


def seen(text: str) -> str:
    """A text as a reader sees it: one space for several, none at its ends."""
    return normalise(text).strip().strip("\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
                                           "\u2007\u2008\u2009\u200a\u202f\u205f\u1680").strip()  # fmt: skip


def words(page: str) -> list[str]:
    """The texts of the paragraphs of a page, line breaks as line feeds."""
    root = lxml_html.fragment_fromstring(page, create_parent="main")
    for each in root.iter("br"):
        each.tail = "\n" + (each.tail or "").lstrip("\n")
    return ["\n".join(map(seen, each.text_content().split("\n"))) for each in root.iter("p")]


def as_docx(lines: list[str]) -> bytes:
    runs = "<w:r><w:br/></w:r>".join(r(line) for line in lines)
    return docx(p("Before.") + p("<w:r/>" + runs) + p("After."))


def as_odt(lines: list[str]) -> bytes:
    inner = "<text:line-break/>".join(map(escape, lines))
    return odt(f"<text:p>Before.</text:p><text:p>{inner}</text:p><text:p>After.</text:p>")


def as_html(lines: list[str]) -> bytes:
    return html(f"<p>Before.</p><p>{'<br>'.join(map(escape, lines))}</p><p>After.</p>")


FORMS = pytest.mark.parametrize(
    ("make", "name"), [(as_docx, "a.docx"), (as_odt, "a.odt"), (as_html, "a.html")]
)


@FORMS
@given(lines=LINES)
@example(lines=["a | b", "--- | ---"])
@example(lines=["Title", "==="])
@example(lines=["1.", "- x"])
def test_a_page_says_what_the_document_said(render, make, name, lines):
    lines = [NOT_XML.sub("", line) for line in lines]
    intake = take(make(lines), name)
    wanted = "\n".join(filter(None, map(seen, lines)))
    assert words(render(body_of(intake))) == ["Before.", *([wanted] if wanted else []), "After."]


def everywhere(line: str) -> bytes:
    """One text in each place that a document has for it."""
    text = escape(line)
    return html(
        f"<h1>Title</h1><p>A.</p><h2>B {text}</h2><ul><li>C {text}<ol><li>D {text}</ol><li><p>E"
        f" {text}<p>F <b>{text}</b></ul><blockquote><p>G {text}</blockquote><table><tr><th>H<th>I "
        f"{text}<tr><td>J {text}<td>K <i>{text}</i><p>L</table><dl><dt>M {text}<dd>N {text}</dl>"
        f'<p>O<a href="#n" id="m">1</a>.<p dir="rtl">P {text}<p>Q <a href="https://a.b/{text}">R '
        f'{text}</a><p id="n"><a href="#m">1</a> S {text}'
    )


def squeezed(text: str) -> str:
    return "".join(seen(text).split())


def page_text(page: str) -> str:
    """All that a page says, without what the website adds to footnotes."""
    root = lxml_html.fragment_fromstring(page, create_parent="main")
    for each in root.xpath("//a[contains(@class, 'footnote')]"):
        each.drop_tree()
    return squeezed(root.text_content())


@given(line=TEXTS)
@settings(max_examples=40)
@example(line="x")
def test_it_does_so_in_lists_tables_quotations_headings_and_notes(render, line):
    line = NOT_XML.sub("", line)
    said = squeezed(line)
    wanted = "A." + "".join(f"{name}{said}" for name in "BCDEFG") + f"HI{said}J{said}K{said}L"
    wanted += f"M{said}N{said}O.P{said}Q" + (f"R{said}S{said}")
    assert page_text(render(body_of(take(everywhere(line), "a.html")))) == wanted


@given(line=TEXTS)
@settings(max_examples=20)
def test_translators_get_each_text_and_give_it_back_in_its_place(render, line):
    text = take(everywhere(NOT_XML.sub("", line)), "a.html").markdown
    found = scan(text)
    assert splice(text, {}) == text
    assert found.reports == ()
    translated = splice(text, {each.key: f"ሰ{each.msgid}" for each in found.segments})
    before, after = (re.findall(r"<(\w+)", render(each)) for each in (text, translated))
    assert before == after


MARKED = st.lists(
    st.tuples(st.sampled_from(["abc", " a ", "*", "_", "5", ". ", "(", "عربي", "中"]),
              st.sets(st.sampled_from(["b", "i", "strike"]))),
    min_size=1, max_size=5,
)  # fmt: skip


@given(runs=MARKED)
@settings(max_examples=40)
def test_what_was_bold_is_bold_and_nothing_else_is(render, runs):
    body = "".join(
        r(text, "".join(f"<w:{look}/>" for look in sorted(looks))) for text, looks in runs
    )
    page = render(body_of(take(docx(p("Before.") + p(r("x") + body)))))
    root = lxml_html.fragment_fromstring(page, create_parent="main")
    for look, tag in (("b", "strong"), ("i", "em"), ("strike", "s")):
        wanted = squeezed("".join(text for text, looks in runs if look in looks))
        assert squeezed("".join(each.text_content() for each in root.iter(tag))) == wanted
    assert squeezed(root.text_content()) == squeezed("Before.x" + "".join(text for text, _ in runs))

"""Leaflets that are read as XML: never another tree than that which a parser of HTML sees."""

import string
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.pdf.plain import parse_plain, render_plain

BLOCKS = ("p", "h2", "ul", "ol", "dl", "table", "div", "section", "blockquote", "figure", "hr")
PHRASES = ("strong", "em", "a", "bdi", "span", "br", "img", "q", "sup", "b")
#: Also what must not be nested so, and what is never plain: most of it is turned down.
WILD = (*BLOCKS, *PHRASES, "li", "tr", "td", "pre", "svg", "button", "form", "option", "dt", "x-y")
ATTRIBUTES = {
    "class": st.sampled_from(["leaflet-url", "", "a b"]),
    "lang": st.sampled_from(["so", "zh-Hans"]),
    "dir": st.just("rtl"),
    "href": st.sampled_from(["../masks/", "https://www.nhs.uk/?a=1&b=%20", "a b", "/ሙቀት/", "&{x}"]),
    "alt": st.text(),
    "hidden": st.just(""),
    "disabled": st.just("disabled"),
}
ALPHABET = string.ascii_letters + " \n\t&<>\"'=;#/\u00a0\u00adሙቀት发烧ਬੁਖ਼ਾਰ٣\u200f\r\x85\U0001f321"
TEXTS = st.text(ALPHABET, max_size=12)


def page(*children: html.HtmlElement) -> html.HtmlElement:
    root, head, body = (html.Element(tag) for tag in ("html", "head", "body"))
    body.extend(children)
    root.extend((head, body))
    return root


def fragment(text: str) -> html.HtmlElement:
    """XML as the tree that it is: a parser of HTML would mend it."""
    return html.fromstring(f"<body>{text}</body>", parser=html.XHTMLParser())


def read_as_html(root: html.HtmlElement) -> Element:
    data = etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")
    return tinyhtml5.parse(data, namespace_html_elements=False, override_encoding="utf-8")


def printed(element: Element) -> object:
    """All of a tree, to compare."""
    text, tail = element.text or "", element.tail or ""
    return element.tag, list(element.attrib.items()), text, tail, [printed(c) for c in element]


@st.composite
def elements(draw: st.DrawFn, tags: tuple[str, ...], depth: int) -> html.HtmlElement:
    element = html.Element(draw(st.sampled_from(tags)))
    for name in draw(st.lists(st.sampled_from(list(ATTRIBUTES)), max_size=2, unique=True)):
        value = draw(ATTRIBUTES[name])
        if not etree_refuses(value):
            element.set(name, value)
    element.text, element.tail = draw(st.none() | TEXTS), draw(st.none() | TEXTS)
    if depth:
        children = draw(st.lists(elements(inside(draw, element.tag), depth - 1), max_size=3))
        element.extend(children)
    return element


def inside(draw: st.DrawFn, tag: str) -> tuple[str, ...]:
    """What usually stands in an element; now and then anything."""
    if draw(st.integers(0, 19)) == 0:
        return WILD
    usual = {
        "ul": ("li",), "ol": ("li",), "dl": ("dt", "dd"), "table": ("tbody", "thead"),
        "tbody": ("tr",), "thead": ("tr",), "tr": ("td", "th"),
        **dict.fromkeys(("div", "section", "blockquote", "figure", "li", "td", "dd"), BLOCKS),
    }  # fmt: skip
    return usual.get(tag, PHRASES)


def etree_refuses(value: str) -> bool:
    try:
        html.Element("p").set("alt", value)
    except ValueError:
        return True
    return False


@given(st.lists(elements(BLOCKS, 4), max_size=3))
def test_whatever_is_plain_is_the_tree_that_html_makes_of_it(children):
    root = page(*children)
    if data := render_plain(root):
        assert printed(parse_plain(data)) == printed(read_as_html(root))


@pytest.mark.parametrize(
    "text",
    [
        "<h2>Qandho</h2><p>Wac <strong>999</strong> hadda.<br/>Ha sugin.</p>",
        "<p dir='rtl'>اتصل بالرقم <bdi dir='ltr'>999</bdi></p>",
        "<ul><li>发烧<ul><li>38 °C</li></ul></li></ul>",
        "<table><thead><tr><th>Da'da</th></tr></thead>\n<tbody><tr><td>3</td></tr></tbody></table>",
        "<p>A &amp; B &lt; C\u00a0&#x1f321;</p><p title='&quot;'><q>ሙቀት</q></p>",
        "<p><a href='https://www.nhs.uk/?a=1&amp;b=2'>NHS</a></p>",
    ],
)
def test_what_leaflets_are_made_of_is_plain(text):
    root = page(*fragment(text))
    assert printed(parse_plain(render_plain(root))) == printed(read_as_html(root))


@pytest.mark.parametrize(
    "text",
    [
        "<p><p>One in the other</p></p>",
        "<p><ul><li>Biyo</li></ul></p>",
        "<li>Of no list</li>",
        "<ul><li/> <li>Biyo</li></ul>",
        "<table><tr><td>Without a body</td></tr></table>",
        "<table>Between the rows<tbody/></table>",
        "<a href='a'>One <span><a href='b'>in the other</a></span></a>",
        "<pre>\nThe first line is empty</pre>",
        "<p hidden='hidden' disabled='disabled'>Biyo</p>",
        "<p><a href='/ሙቀት/'>Written as %xx</a></p>",
        "<p>A line\r\nof Windows</p>",
        "<p>\x85</p>",
        "<p><!-- for the author -->Biyo</p>",
        "<p><svg><title>A sun</title></svg></p>",
        "<p><form><input name='a'/></form></p>",
        "<p XML:lang='so'>Biyo</p>",
        "<nobr>Biyo</nobr>",
    ],
)
def test_what_may_be_read_in_another_way_is_not(text):
    text = text.replace("\r", "&#13;").replace("XML:", "xml:")
    assert render_plain(page(*fragment(text))) == b""


@pytest.mark.parametrize(
    "text",
    [
        "<p>Biyo&#12;</p>",
        "<p>Biyo&#1;</p>",
        "<p>Biyo\x0b</p>",
        "<p>Biyo&#xFFFE;</p>",
        "<p>Biyo<b>badan</b>\x1f</p>",
        "<p title='&#xFFFF;'>Biyo</p>",
        "<p title='\x08'>Biyo</p>",
        "<p xmlns='http://example.org'>Biyo</p>",
        "<div xmlns=''><p>Biyo</p></div>",
    ],
)
def test_what_xml_cannot_say_is_not(text):
    content = html.fromstring(f"<main>{text}</main>")
    assert render_plain(page(content)) == b""


def test_what_was_put_together_by_hand_is_not_either():
    root = page(*fragment("<p>Biyo</p>"))
    root.tail = "after the end"
    assert printed(parse_plain(render_plain(root)))
    root.find(".//p").text = etree.CDATA("<b>Biyo</b>")
    assert render_plain(root) == b""
    named = etree.Element("p", nsmap={"x": "http://example.org"})
    assert render_plain(page(named)) == b""


def test_a_page_of_any_depth_is_looked_at():
    root = page()
    place = root[1]
    for _ in range(3000):
        place = etree.SubElement(place, "div")
    assert render_plain(root).count(b"<div") == 3000


def test_a_style_or_a_head_of_another_kind_is_not():
    root = page()
    style = etree.SubElement(root[0], "style")
    style.text = "q { quotes: '\u00ab' '\u00bb' } a > b {}"
    assert render_plain(root)
    style.text = "p { content: '</style><p>' }"
    assert render_plain(root) == b""
    style.text, root[0].text = None, "words"
    assert render_plain(root) == b""
    root[0].text = None
    root.append(html.Element("body"))
    assert render_plain(root) == b""

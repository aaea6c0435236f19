"""Leaflets whose HTML can only be read in one way, as XML: the same tree, in a tenth of the time.

A parser of HTML has to know what to do with tags that are not closed, or stand where they may not:
WeasyPrint's takes 14 ms for a leaflet. What we compose ourselves has no such tags, nearly always.
Where that can be told from the tree, the parser of XML gives the same one; any other leaflet is
left to WeasyPrint. What is allowed here is chosen by how HTML is parsed (WHATWG HTML, 13.2.6,
"Tree construction") and written by libxml2, not by what makes sense.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from lxml import etree, html

#: Elements that stand in a line of text and hold nothing else.
_PHRASING = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "em", "i", "img", "ins", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
})  # fmt: skip
#: Elements that hold text or blocks.
_HOLDERS = frozenset({
    "article", "aside", "blockquote", "dd", "div", "figcaption", "figure", "footer", "header", "li",
    "main", "section", "td", "th",
})  # fmt: skip
#: Blocks that hold text alone.
_LINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_FLOW = _PHRASING | _LINES | (_HOLDERS - {"dd", "li", "td", "th"}) | {"ul", "ol", "dl", "table", "hr"}  # fmt: skip  # noqa: E501
_ROWS = frozenset({"tr"})
_NONE: frozenset[str] = frozenset()
#: What may stand in each element; in any other, or with any other in it, nothing is plain.
_MAY_HOLD: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_PHRASING | _LINES | {"dt", "caption"}, _PHRASING),
    **dict.fromkeys(_HOLDERS | {"body"}, _FLOW),
    **dict.fromkeys(("br", "img", "hr", "meta", "title", "style"), _NONE),
    **dict.fromkeys(("ul", "ol"), frozenset({"li"})),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _ROWS),
    "dl": frozenset({"dt", "dd"}),
    "table": frozenset({"caption", "thead", "tbody", "tfoot"}),
    "tr": frozenset({"td", "th"}),
    "html": frozenset({"head", "body"}),
    "head": frozenset({"meta", "title", "style"}),
}
#: Between their children there is no text, or no text but spaces.
_WITHOUT_TEXT = frozenset({"html", "head"})
_WITH_SPACES = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_EMPTY = frozenset({"br", "img", "hr", "meta"})
#: A second one in the first is something else to a parser of HTML.
_NEVER_NESTED = frozenset({"a", "b", "code", "em", "i", "s", "small", "strong", "u"})
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9-]*")
#: Written without a value, whatever it is.
_BOOLEAN = frozenset({
    "checked", "compact", "declare", "defer", "disabled", "ismap", "multiple", "nohref", "noresize",
    "noshade", "nowrap", "readonly", "selected",
})  # fmt: skip
#: Attributes whose other characters are written as ``%xx``.
_ADDRESSES = frozenset({"action", "href", "name", "src"})
_ADDRESS = re.compile(r"[\w.!~*'()@/:=?;#%&,+-]*", re.ASCII)
#: Characters that a parser of HTML changes, or that XML cannot say: libxml2 takes in either.
_ODD = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What XML says with these is not what HTML says.
_OTHERWISE = (b"xmlns", b"<![CDATA[")


def render_plain(root: html.HtmlElement) -> bytes:
    """A document as XML, where every parser of HTML would read it as just this tree.

    Args:
        root: the document.

    Returns:
        XML for :func:`parse_plain`; nothing where parsers of HTML may read it as another tree.
    """
    if [child.tag for child in root] != ["head", "body"] or not _is_plain(root):
        return b""
    data: bytes = etree.tostring(root, encoding="utf-8", with_tail=False)
    return b"" if any(each in data for each in _OTHERWISE) else data


def parse_plain(data: bytes) -> ET.Element:
    """The tree that such bytes are of.

    Args:
        data: of :func:`render_plain`, and of nobody else.
    """
    return ET.fromstring(data)  # noqa: S314  it was written here


def _is_plain(root: html.HtmlElement) -> bool:
    """Whether an element, and all that is in it, has just one reading."""
    # With those of _NEVER_NESTED that each stands in. Not by recursion: a page may be very deep.
    left: list[tuple[html.HtmlElement, frozenset[str]]] = [(root, _NONE)]
    while left:
        element, around = left.pop()
        tag = element.tag
        allowed = _MAY_HOLD.get(tag, _NONE)
        if tag in around or not _has_plain_text(element) or not _has_plain_attributes(element):
            return False
        if any(child.tag not in allowed for child in element):
            return False
        if tag in _NEVER_NESTED:
            around |= {tag}
        left += [(child, around) for child in element]
    return True


def _has_plain_text(element: html.HtmlElement) -> bool:
    """Whether the text that stands right in an element, and after it, may stand there."""
    tag = element.tag
    if _ODD.search(f"{element.text or ''}{element.tail or ''}"):
        return False
    if tag in _EMPTY:
        return not element.text
    if tag == "li":  # libxml2 does not close an empty one
        return bool(element.text or len(element))
    if tag == "style":
        return "<" not in (element.text or "")
    if tag not in _WITHOUT_TEXT and tag not in _WITH_SPACES:
        return True
    text = "".join((element.text or "", *(child.tail or "" for child in element)))
    return not (text if tag in _WITHOUT_TEXT else text.strip(" \n\t"))


def _has_plain_attributes(element: html.HtmlElement) -> bool:
    return all(
        _ATTRIBUTE.fullmatch(name)
        and name not in _BOOLEAN
        and not _ODD.search(value)
        and (name not in _ADDRESSES or _ADDRESS.fullmatch(value))
        for name, value in element.attrib.items()
    )

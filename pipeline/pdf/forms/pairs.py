"""Two languages side by side, part by part: a paragraph, an item, a cell beside its own.

Both articles are made from the same Markdown, so that their blocks correspond. Where the blocks
of one part do not (a sentence more in one of them), the whole part stands beside the whole part:
coarser, but never one sentence beside another one's translation.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses

from pipeline.model import Locale
from pipeline.pdf.forms.stacking import body_rows, column_names, named_cell

_LISTS = ("ul", "ol")
_CONTAINERS = frozenset(
    {"div", "section", "blockquote", "aside", "header", "article", "main", "figure", "dl", "dd"}
)
_BLOCKS = _CONTAINERS | frozenset(
    {*_LISTS, "p", "table", "pre", "hr", "dt", "footer", "h2", "h3", "h4", "h5", "h6"}
)
#: Elements that may stand only within others, as what they are by themselves.
_ALONE = {"dt": "p", "dd": "p", "caption": "p", "figcaption": "p", "li": "div"}
_LONE_CLASS = {"dt": "leaflet-term", "dd": "leaflet-definition", "caption": "leaflet-term"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A row: the same part in both languages, and how the row looks."""

    own: html.HtmlElement
    other: html.HtmlElement
    classes: tuple[str, ...] = ()


def put_side_by_side(
    own: html.HtmlElement, other: html.HtmlElement, *, locale: Locale, beside: Locale
) -> None:
    """Put another language's article beside one.

    Args:
        own: the article in the reader's language; changed in place.
        other: the same article in the other language.
        locale: the reader's language.
        beside: the other one.
    """
    notices, facts = _take_out(own), _take_facts(own)
    _take_out(other)
    _take_facts(other)
    for element in other.iter():
        element.attrib.pop("id", None)
        if str(element.get("href", "")).startswith("#"):
            element.attrib.pop("href")
    rows = [_row(pair, beside) for pair in _parts(own, other)]
    head = E.DIV(E.CLASS("leaflet-pairs-head"), _head(locale, beside))
    pairs = E.DIV(E.CLASS("leaflet-pairs"), head, E.DIV(E.CLASS("leaflet-pairs-body"), *rows))
    own.text = None
    own[:] = [*notices, pairs, *facts]


def _take_out(article: html.HtmlElement) -> list[html.HtmlElement]:
    """The notices above the text: one page has some that the other does not."""
    header = article.find("./header")
    return _taken(header, "./p[contains(concat(' ', @class, ' '), ' notice ')]")


def _take_facts(article: html.HtmlElement) -> list[html.HtmlElement]:
    return _taken(article, "./footer")


def _taken(parent: html.HtmlElement | None, query: str) -> list[html.HtmlElement]:
    found = list(parent.xpath(query)) if parent is not None else []
    for element in found:
        element.drop_tree()
        element.tail = None
    return found


def _head(locale: Locale, beside: Locale) -> html.HtmlElement:
    names = [
        E.P(each.autonym, lang=each.tag, dir=each.direction.value) for each in (locale, beside)
    ]
    return E.DIV(E.CLASS("leaflet-pair"), *(E.DIV(E.CLASS("leaflet-side"), name) for name in names))


def _row(pair: _Pair, beside: Locale) -> html.HtmlElement:
    own = E.DIV(E.CLASS("leaflet-side"), pair.own)
    other = E.DIV(E.CLASS("leaflet-side"), pair.other)
    other.set("lang", beside.tag)
    other.set("dir", beside.direction.value)
    return E.DIV(E.CLASS(" ".join(("leaflet-pair", *pair.classes))), own, other)


def _parts(own: html.HtmlElement, other: html.HtmlElement) -> Iterator[_Pair]:
    """The rows of two articles. One may have a part that the other has not: a recording, say."""
    names, other_names = ([(c.tag, c.get("class")) for c in each] for each in (own, other))
    has_nameless = None in {name for _, name in (*names, *other_names)}
    if names == other_names or has_nameless or len(set(names)) < len(names):
        yield from _pairs(own, other, ())
        return
    theirs = dict(zip(other_names, other, strict=True))
    for name, part in zip(names, own, strict=True):
        if name in theirs:
            yield from _pairs(part, theirs.pop(name), ())
        else:
            yield _Pair(own=_alone(part), other=E.DIV())
    for part in theirs.values():
        yield _Pair(own=E.DIV(), other=_alone(part))


def _pairs(
    own: html.HtmlElement, other: html.HtmlElement, classes: tuple[str, ...]
) -> Iterator[_Pair]:
    """The rows of two elements that correspond."""
    if own.tag == other.tag == "table" and _shape(own) == _shape(other):
        yield from _table(own, other, classes)
    elif own.tag == other.tag and own.tag in _LISTS and len(own) == len(other):
        yield from _list(own, other, classes)
    elif own.tag in _CONTAINERS and _is_alike(own, other):
        inner = (*classes, *(n for n in (own.get("class") or "").split() if n != "body"))
        for mine, theirs in zip(own, other, strict=True):
            yield from _pairs(mine, theirs, inner)
    else:
        yield _Pair(own=_alone(own), other=_alone(other), classes=classes)


def _is_alike(own: html.HtmlElement, other: html.HtmlElement) -> bool:
    """Whether both hold blocks alone, and the same ones in the same order."""
    tags = [child.tag for child in own]
    has_text = any(_has_own_text(element) for element in (own, other))
    is_blocks = bool(tags) and set(tags) <= _BLOCKS
    return is_blocks and not has_text and tags == [child.tag for child in other]


def _has_own_text(element: html.HtmlElement) -> bool:
    return any((text or "").strip() for text in (element.text, *(c.tail for c in element)))


def _alone(element: html.HtmlElement) -> html.HtmlElement:
    """An element as it can stand by itself."""
    copied = deepcopy(element)
    copied.tail = None
    if element.tag in _ALONE:
        copied.tag = _ALONE[element.tag]
        if any(child.tag in _BLOCKS for child in copied):
            copied.tag = "div"
        copied.set("class", f"{copied.get('class', '')} {_LONE_CLASS.get(element.tag, '')}".strip())
    return copied


# --- Lists ---------------------------------------------------------------------------


def _list(
    own: html.HtmlElement, other: html.HtmlElement, classes: tuple[str, ...]
) -> Iterator[_Pair]:
    for number, (mine, theirs) in enumerate(zip(own, other, strict=True), int(own.get("start", 1))):
        first, rest = _split(mine)
        other_first, other_rest = _split(theirs)
        if [e.tag for e in rest] != [e.tag for e in other_rest]:
            first, other_first, rest, other_rest = mine, theirs, [], []
        yield _Pair(
            own=_item(own, first, number), other=_item(other, other_first, number), classes=classes
        )
        for inner, other_inner in zip(rest, other_rest, strict=True):
            for pair in _pairs(inner, other_inner, classes):
                yield replace(pair, classes=(*pair.classes, "leaflet-nested"))


def _split(item: html.HtmlElement) -> tuple[html.HtmlElement, list[html.HtmlElement]]:
    """An item's first line, and the blocks below it."""
    first = deepcopy(item)
    children = list(first)
    start = next((n for n, child in enumerate(children) if child.tag in _BLOCKS), len(children))
    if start == 0 and not (first.text or "").strip() and children and children[0].tag == "p":
        start = 1
    rest = children[start:]
    for child in rest:
        child.tail = None
        first.remove(child)
    return first, rest


def _item(around: html.HtmlElement, item: html.HtmlElement, number: int) -> html.HtmlElement:
    """A list of this item alone, with the number that it has."""
    made = around.makeelement(around.tag, {})
    if around.get("class"):
        made.set("class", around.get("class"))
    inner = deepcopy(item)
    inner.tail = None
    if around.tag == "ol":
        made.set("style", f"counter-reset: list-item {number - 1}")
    made.append(inner)
    return made


# --- Tables --------------------------------------------------------------------------


def _shape(table: html.HtmlElement) -> list[int]:
    return [len(column_names(table)), *map(len, body_rows(table)), len(table.xpath("./caption"))]


def _table(
    own: html.HtmlElement, other: html.HtmlElement, classes: tuple[str, ...]
) -> Iterator[_Pair]:
    """A row for each cell, after the name of its column; the first of a line begins it."""
    captions = zip(own.xpath("./caption"), other.xpath("./caption"), strict=True)
    for mine, theirs in captions:
        yield _Pair(own=_alone(mine), other=_alone(theirs), classes=classes)
    names, other_names = column_names(own), column_names(other)
    for cells, other_cells in zip(body_rows(own), body_rows(other), strict=True):
        for column, (mine, theirs) in enumerate(zip(cells, other_cells, strict=True)):
            name = names[column] if column < len(names) else None
            other_name = other_names[column] if column < len(other_names) else None
            yield _Pair(
                own=named_cell(mine, name),
                other=named_cell(theirs, other_name),
                classes=(*classes, "leaflet-line" if column == 0 else "leaflet-line-goes-on"),
            )

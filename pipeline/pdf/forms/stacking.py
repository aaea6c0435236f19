"""Wide tables as records, one below the other: in large print, columns would be narrow."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses

_MOST_COLUMNS = 2


def stack_tables(article: html.HtmlElement) -> None:
    """Take tables of more than two columns apart: a cell a line, each after what it is about.

    A table of an activity sheet is something to fill in and stays; so does one whose columns
    have no names.

    Args:
        article: changed in place.
    """
    for table in list(article.iter("table")):
        names = column_names(table)
        if len(names) <= _MOST_COLUMNS or not any(_text(name) for name in names):
            continue
        if any("leaflet-sheet" in (a.get("class") or "") for a in table.iterancestors("section")):
            continue
        records = E.DIV(E.CLASS("leaflet-records"), *_captions(table))
        records.extend(_record(row, names) for row in body_rows(table))
        records.tail = table.tail
        table.getparent().replace(table, records)


def column_names(table: html.HtmlElement) -> list[html.HtmlElement]:
    """The cells of a table's head, first row; none where it has no head."""
    rows = table.xpath("./thead/tr")
    return list(rows[0].xpath("./th | ./td")) if rows else []


def body_rows(table: html.HtmlElement) -> list[list[html.HtmlElement]]:
    """The cells of each row below the head."""
    rows = table.xpath("./tbody/tr | ./tr | ./tfoot/tr")
    return [list(row.xpath("./th | ./td")) for row in rows]


def named_cell(cell: html.HtmlElement, name: html.HtmlElement | None) -> html.HtmlElement:
    """What stands in a cell, after the name of its column."""
    line = deepcopy(cell)
    line.tag, line.tail = "div", None
    for attribute in ("scope", "style", "align", "id"):
        line.attrib.pop(attribute, None)
    if name is not None and _text(name):
        label = E.SPAN(E.CLASS("leaflet-column"), *deepcopy(list(name)))
        label.text = name.text
        label.tail = f" {line.text or ''}"
        line.text = None
        line.insert(0, label)
    return line


def _record(cells: list[html.HtmlElement], names: list[html.HtmlElement]) -> html.HtmlElement:
    named = [*names, *([None] * len(cells))]
    lines = (named_cell(c, n) for c, n in zip(cells, named, strict=False) if _text(c))
    return E.DIV(E.CLASS("leaflet-record"), *lines)


def _captions(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for caption in table.xpath("./caption"):
        line = deepcopy(caption)
        line.tag = "p"
        yield line


def _text(element: html.HtmlElement) -> str:
    return str(element.text_content()).strip()

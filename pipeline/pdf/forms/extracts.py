"""Parts of an article that are leaflets of their own: its key facts, its activity sheets.

What is critical is marked in the HTML as the author marked it in Markdown: by the class
``critical``, or by the comments that Markdown hands on. The blocks that hold something critical
are kept whole and under their heading, as ``pipeline.assemble.key_facts`` keeps them.
"""

import re
from collections.abc import Iterator

from lxml import etree, html

_MARK = "data-leaflet-critical"
_COMMENT = re.compile(r"\s*critical\s*(?::\s*(start|end))?\s*", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def mark_critical(article: html.HtmlElement) -> None:
    """Mark what comments say is critical, before they are dropped.

    Args:
        article: changed in place.
    """
    is_within = False
    for element in list(article.iter()):
        if element.tag is etree.Comment:
            found = _COMMENT.fullmatch(element.text or "")
            if found and found[1]:
                is_within = found[1].lower() == "start"
            elif found:
                _mark_next(element)
        elif is_within and isinstance(element.tag, str):
            element.set(_MARK, "")
    for element in article.xpath(
        ".//*[contains(concat(' ', normalize-space(@class), ' '), ' critical ')]"
    ):
        _mark_with_section(element)


def _mark_next(comment: html.HtmlElement) -> None:
    following = (e for e in comment.itersiblings() if isinstance(e.tag, str))
    if (element := next(following, None)) is not None:
        _mark_with_section(element)


def _mark_with_section(element: html.HtmlElement) -> None:
    element.set(_MARK, "")
    if element.tag in _HEADINGS:
        for member in followers(element):
            if isinstance(member.tag, str):
                member.set(_MARK, "")


def followers(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What comes after a heading, up to the next one that is not below it."""
    level = int(heading.tag[1])
    for element in heading.itersiblings():
        is_heading = isinstance(element.tag, str) and element.tag in _HEADINGS
        ends = is_heading and int(element.tag[1]) <= level
        if ends or "footnote" in (element.get("class") or "").split():
            return
        yield element


def keep_key_facts(article: html.HtmlElement) -> bool:
    """Keep what is critical, under its headings, and the notices above the text.

    Args:
        article: changed in place; :func:`mark_critical` has seen it.

    Returns:
        Whether anything is left.
    """
    body = _body(article)
    heading, wanted = None, list[html.HtmlElement]()
    for block in body:
        if block.tag in _HEADINGS:
            heading = block
        if _MARK in block.attrib or block.find(f".//*[@{_MARK}]") is not None:
            if heading is not None and heading not in wanted:
                wanted.append(heading)
            if block is not heading:
                wanted.append(block)
    wanted += _notes(body, wanted)
    _keep(article, body, wanted)
    return bool(wanted)


def keep_sheets(article: html.HtmlElement) -> bool:
    """Keep the activity sheets and the notices above the text.

    Args:
        article: changed in place; its sheets are sections ``leaflet-sheet``.

    Returns:
        Whether there are any.
    """
    sheets = article.xpath(".//section[@class='leaflet-sheet']")
    body = _body(article)
    _keep(article, body, [*sheets, *_notes(body, sheets)])
    return bool(sheets)


def _body(article: html.HtmlElement) -> html.HtmlElement:
    found = article.xpath(".//div[contains(concat(' ', @class, ' '), ' body ')]")
    return found[0] if found else article


def _keep(
    article: html.HtmlElement, body: html.HtmlElement, wanted: list[html.HtmlElement]
) -> None:
    notices = article.xpath(".//p[contains(concat(' ', normalize-space(@class), ' '), ' notice ')]")
    for element in wanted:
        element.tail = "\n"
    article.text = None
    article[:] = [*(n for n in notices if not _is_in(n, body)), *wanted]


def _is_in(element: html.HtmlElement, parent: html.HtmlElement) -> bool:
    return any(ancestor is parent for ancestor in element.iterancestors()) or element is parent


def _notes(body: html.HtmlElement, wanted: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """The footnotes that the wanted blocks lead to."""
    called = {str(link.get("href"))[1:] for block in wanted for link in block.xpath(".//a[@href]")}
    notes = body.xpath("./div[contains(concat(' ', @class, ' '), ' footnote ')]")
    for note in notes:
        numbers = {item: n for n, item in enumerate(note.xpath("./ol/li"), 1)}
        for item, number in numbers.items():
            if item.get("id") not in called:
                item.drop_tree()
            else:
                # Numbered as the page numbers it: what is left out leaves a gap.
                # WeasyPrint counts after it sets, CSS before: so that both come to the same.
                counted = f"counter-set: list-item {number}; counter-increment: list-item 0"
                item.set("style", counted)
    return [note for note in notes if note.xpath("./ol/li") and note not in wanted]

"""Rendered pages, read and changed."""

from collections.abc import Iterator

from lxml import etree, html


def read_page(page: bytes) -> html.HtmlElement:
    """A page's elements.

    Args:
        page: its HTML, UTF-8.
    """
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))


def write_page(root: html.HtmlElement) -> bytes:
    """A page's HTML, UTF-8."""
    text = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    return str(text).encode("utf-8", "replace") + b"\n"


def by_class(root: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """The elements of a class."""
    return list(
        root.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
    )


def drop(elements: list[html.HtmlElement]) -> None:
    """Take elements out with all that is in them; the text after them stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def drop_comments(root: html.HtmlElement) -> None:
    """Take out what nobody sees."""
    drop(list(root.iter(etree.Comment)))


def parse_piece(text: str) -> Iterator[html.HtmlElement]:
    """Elements of our own, to be put into a page."""
    yield from html.fragments_fromstring(text)

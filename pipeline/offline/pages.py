"""Rendered pages, read and changed."""

from collections.abc import Iterator

from lxml import etree, html

#: Most pixels in width of a picture that is there in several sizes.
_WIDEST = 1_000


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


def small_version(picture: html.HtmlElement) -> str:
    """The address of a picture; of one in several sizes that of the size for a telephone."""
    parts = (part.split() for part in (picture.get("srcset") or "").split(","))
    found = [(int(p[1][:-1]), p[0]) for p in parts if len(p) == 2 and p[1][:-1].isdecimal()]  # noqa: PLR2004
    small = [each for each in found if each[0] <= _WIDEST]
    return max(small)[1] if small else str(picture.get("src", ""))

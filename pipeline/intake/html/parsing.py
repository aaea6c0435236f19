"""Bytes of a page → its tree, as browsers would read it, within bounds."""

from typing import NamedTuple
from xml.etree import ElementTree as ET

from tinyhtml5.parser import HTMLParser

#: More is no leaflet; what is nested deeper no person has made.
_MOST_ELEMENTS = 100_000
_MOST_DEPTH = 120
_SAMPLE = 400


class TooLargeError(Exception):
    """The page has more elements, or goes deeper, than is read."""


class Page(NamedTuple):
    """A page.

    Attributes:
        root: its ``html`` element.
        has_lost_letters: whether some bytes are no letters in its encoding.
    """

    root: ET.Element
    has_lost_letters: bool


def parse_page(data: bytes) -> Page:
    """Read a page by the HTML standard: its encoding by mark, by ``meta``, else by its bytes.

    Args:
        data: the whole file.

    Raises:
        TooLargeError: it would take too much memory or time.
    """
    parser = HTMLParser(namespace_html_elements=False)
    _bound(parser)
    root = parser.parse(
        data, override_encoding=_unmarked_utf16(data), default_encoding=_likely(data)
    )
    return Page(root, "\ufffd" in "".join(root.itertext()))


def _bound(parser: HTMLParser) -> None:
    """Let a parser stop where a page would fill the memory: some hundred tags that never end do."""
    tree, count = parser.tree, 0
    insert = tree.insert_element_normal

    def insert_counted(token: object) -> object:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS or len(tree.open_elements) > _MOST_DEPTH:
            raise TooLargeError
        return insert(token)

    tree.insert_element_normal = insert_counted


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, told by its zeros; ``meta`` cannot be read in it."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or sample.startswith((b"\xff\xfe", b"\xfe\xff")):  # noqa: PLR2004  # two signs
        return None
    if sample[1::2].count(0) * 2 > len(sample[1::2]):
        return "utf-16le"
    return "utf-16be" if sample[::2].count(0) * 2 > len(sample[::2]) else None


def _likely(data: bytes) -> str:
    """The encoding of a page that says nothing: UTF-8 if it can be, else what old Windows wrote."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"

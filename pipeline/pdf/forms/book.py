"""Several articles as one book: contents with page numbers, then a chapter for each."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html
from lxml.html import builder as E  # noqa: N812 - the name that lxml's documentation uses


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPart:
    """An article before it is bound with others.

    Attributes:
        title: its heading.
        content: the rest.
        folder: where its page is, from the folder of the book; slashes.
    """

    title: html.HtmlElement
    content: html.HtmlElement
    folder: str


def bind(parts: Iterable[BookPart]) -> html.HtmlElement:
    """Put articles one after the other, below a list of them.

    Args:
        parts: the articles; changed.
    """
    contents = E.OL(E.CLASS("leaflet-contents"))
    book = E.MAIN(contents)
    for number, part in enumerate(parts, 1):
        _prefix(part.content, f"c{number}-")
        _move_pictures(part.content, part.folder)
        part.title.set("id", f"c{number}")
        entry = E.A(*[_copy(child) for child in part.title], href=f"#c{number}")
        entry.text = part.title.text
        for name in ("lang", "dir"):
            if part.title.get(name):
                entry.set(name, part.title.get(name))
        contents.append(E.LI(entry))
        part.content.tag = "section"
        part.content.attrib.clear()
        part.content.set("class", "leaflet-chapter")
        part.content.insert(0, part.title)
        book.append(part.content)
    return book


def _copy(element: html.HtmlElement) -> html.HtmlElement:
    copied: html.HtmlElement = html.fromstring(html.tostring(element, encoding="unicode"))
    return copied


def _prefix(content: html.HtmlElement, prefix: str) -> None:
    """Keep the ids of one chapter apart from those of the others."""
    for element in content.iter():
        if element.get("id"):
            element.set("id", f"{prefix}{element.get('id')}")
        href = element.get("href") or ""
        if href.startswith("#"):
            element.set("href", f"#{prefix}{href[1:]}")


def _move_pictures(content: html.HtmlElement, folder: str) -> None:
    for image in content.iter("img"):
        source = str(image.get("src", ""))
        if not urlsplit(source).scheme:
            image.set("src", posixpath.normpath(posixpath.join(folder, source)))

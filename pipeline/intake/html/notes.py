"""Footnotes in HTML, which has none: links that lead to each other.

Word, LibreOffice, Google Docs and Markdown tools write them in ways of their own; common to all is
that the sign in the text leads to the note, and the note leads back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree as ET

#: Each is looked for on both of its ends; a leaflet has a dozen.
_MOST_LINKS = 1_000
_INLINE = frozenset({"a", "b", "em", "font", "i", "small", "span", "strong", "sup", "u"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class FootNotes:
    """The footnotes of a page.

    Attributes:
        marks: name of the note that a link is the sign of, by the link's identity.
        backs: identities of links that lead back.
        texts: the element of each note, by name.
        bodies: identities of those elements: they are no part of the text.
    """

    marks: Mapping[int, str]
    backs: frozenset[int]
    texts: Mapping[str, ET.Element]
    bodies: frozenset[int]


def find_notes(root: ET.Element) -> FootNotes:
    """Find the footnotes of a page."""
    parents = {id(child): parent for parent in root.iter() for child in parent}
    order = {id(element): n for n, element in enumerate(root.iter())}
    places = {name: element for element in root.iter() for name in _names(element)}
    marks: dict[int, str] = {}
    backs: set[int] = set()
    texts: dict[str, ET.Element] = {}
    inner = (each for each in root.iter("a") if (each.get("href") or "").startswith("#"))
    for link in islice(inner, _MOST_LINKS):
        target = places.get((link.get("href") or "").removeprefix("#"))
        if target is None:
            continue
        body = _body(target, parents)
        own = set(_names_around(link, parents))
        returning = [each for each in body.iter("a") if (each.get("href") or "")[1:] in own]
        if returning and order[id(link)] < order[id(body)] and not _has_heading(body):
            name = f"note-{order[id(body)]}"
            marks[id(link)] = name
            texts[name] = body
            backs |= {id(each) for each in returning}
    return FootNotes(marks, frozenset(backs), texts, frozenset(id(each) for each in texts.values()))


def _names(element: ET.Element) -> Iterator[str]:
    if isinstance(element.tag, str):
        yield from filter(None, (element.get("id"), element.get("name")))


def _names_around(link: ET.Element, parents: Mapping[int, ET.Element]) -> Iterator[str]:
    """Names of a link, of what is in it, and of what raises it."""
    for element in link.iter():
        yield from _names(element)
    parent = parents.get(id(link))
    while parent is not None and parent.tag in _INLINE:
        yield from _names(parent)
        parent = parents.get(id(parent))


def _body(target: ET.Element, parents: Mapping[int, ET.Element]) -> ET.Element:
    """The whole note that a place is in."""
    body = target
    while body.tag in _INLINE and id(body) in parents:
        body = parents[id(body)]
    parent = parents.get(id(body))
    if body.tag == "p" and parent is not None and (parent.tag == "li" or _is_for_note(parent)):
        return parent
    return body


def _is_for_note(element: ET.Element) -> bool:
    """Whether a ``div`` holds one note: those of Word and LibreOffice have an id of their own."""
    return element.tag == "div" and bool(element.get("id")) and len(list(element.iter("div"))) == 1


def _has_heading(body: ET.Element) -> bool:
    return body.tag in _HEADINGS or any(each.tag in _HEADINGS for each in body.iter())

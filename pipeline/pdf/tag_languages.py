"""Which language each part of a leaflet is in, for the voice that reads it aloud.

WeasyPrint says it of the whole document alone. PDF/UA-1 (ISO 14289-1, 7.2) wants a change of
language to be said where it happens: ``/Lang`` on the structure element (ISO 32000-1, 14.9.2.2).
What a piece of text is in is known while it is drawn; which structure element it belongs to, only
once the tags are made. So the number of the marked content (MCID) carries it from one to the other.
A language is said once, at the outermost element that is wholly in it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Self

import pydyf

_Element = dict[str, Any]


class Content(int):
    """The number of a piece of marked content that knows which language it is in.

    Args:
        number: MCID, of which a page has each once.
        language: BCP 47 tag; empty where nothing says it.
    """

    language: str

    def __new__(cls, number: int, language: str = "") -> Self:
        """Make a number; everywhere else it is one like any other."""
        made = super().__new__(cls, number)
        made.language = language
        return made


def set_languages(document: str, root: _Element, objects: Mapping[bytes, Any]) -> None:
    """Say in a PDF's tags where another language begins.

    Args:
        document: the language of the document.
        root: the root of the structure tree.
        objects: the objects of the PDF, by reference.
    """
    tree = _Tree(objects)
    for element in tree.children(root):
        tree.set(element, document)


class _Tree:
    def __init__(self, objects: Mapping[bytes, Any]) -> None:
        self._objects = objects
        self._found: dict[int, frozenset[str]] = {}

    def children(self, element: _Element) -> Iterator[_Element]:
        for kid in element.get("K", ()):
            child = self._objects.get(kid) if isinstance(kid, bytes) else None
            if isinstance(child, dict) and child.get("Type") == "/StructElem":
                yield child

    def set(self, element: _Element, around: str) -> None:
        """Note the language of an element where it is not that of what is around it."""
        languages = self._languages(element)
        if len(languages) == 1 and languages != {around}:
            (around,) = languages
            element["Lang"] = pydyf.String(around)
        if languages != {around}:
            for child in self.children(element):
                self.set(child, around)

    def _languages(self, element: _Element) -> frozenset[str]:
        """All languages in an element."""
        if id(element) not in self._found:
            own = {kid.language for kid in element.get("K", ()) if isinstance(kid, Content)}
            inner = (self._languages(child) for child in self.children(element))
            self._found[id(element)] = frozenset(own).union(*inner) - {""}
        return self._found[id(element)]

"""``numbering.xml`` of a Word file → which paragraphs are items of lists, and their numbers."""

from collections import defaultdict
from typing import NamedTuple

from lxml import etree

from pipeline.intake.elements import attribute, child
from pipeline.intake.numbers import find_number

_MOST_LEVEL = 8
_PLAIN = frozenset({"decimal", "decimalZero", ""})


class Level(NamedTuple):
    """How a level of a list is numbered.

    Attributes:
        form: ``bullet``, ``decimal``, ``lowerLetter`` …
        start: its first number.
        text: what is shown: ``%1.%2``.
    """

    form: str
    start: int
    text: str

    @property
    def is_ordered(self) -> bool:
        """Whether it has numbers."""
        return self.form != "bullet"

    @property
    def is_plain(self) -> bool:
        """Whether a numbered list of Markdown looks the same."""
        return self.form in _PLAIN and self.text.count("%") <= 1


class Numbering:
    """The lists of a document; counts as it is asked.

    Args:
        root: of ``numbering.xml``; None if there is none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.findall("{*}abstractNum")
        self._abstract = {attribute(each, "abstractNumId"): each for each in found}
        self._by_style = {attribute(child(each, "styleLink"), "val"): each for each in found}
        numbers = [] if root is None else root.findall("{*}num")
        self._numbers = {attribute(each, "numId"): each for each in numbers}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def level(self, number: str, depth: int) -> Level | None:
        """How a level is numbered; None if it is no list, or has no sign."""
        element = self._level(number, depth)
        if element is None:
            return None
        form = attribute(child(element, "numFmt"), "val")
        if form == "none" and not attribute(child(element, "lvlText"), "val"):
            return None
        start = attribute(child(element, "start"), "val")
        override = attribute(child(self._override(number, depth), "startOverride"), "val")
        first = find_number(override or start)
        text = attribute(child(element, "lvlText"), "val")
        return Level(form, 1 if first is None else first, text)

    def count(self, number: str, depth: int, level: Level) -> int:
        """The number of the next item; those of deeper levels begin anew."""
        counts = self._counts[attribute(child(self._numbers.get(number), "abstractNumId"), "val")]
        is_restarted = child(self._override(number, depth), "startOverride") is not None
        if depth not in counts or (is_restarted and (number, depth) not in self._begun):
            counts[depth] = level.start
        else:
            counts[depth] += 1
        self._begun.add((number, depth))
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        # A list that begins at 3 on purpose and one that goes on look the same to a reader.
        return counts[depth]

    def _override(self, number: str, depth: int) -> etree._Element | None:
        element = self._numbers.get(number)
        found = () if element is None else element.findall("{*}lvlOverride")
        return next((each for each in found if attribute(each, "ilvl") == str(depth)), None)

    def _level(self, number: str, depth: int) -> etree._Element | None:
        own = child(self._override(number, depth), "lvl")
        if own is not None:
            return own
        abstract = self._abstract.get(
            attribute(child(self._numbers.get(number), "abstractNumId"), "val")
        )
        linked = attribute(child(abstract, "numStyleLink"), "val")
        abstract = self._by_style.get(linked, abstract) if linked else abstract
        levels = [] if abstract is None else abstract.findall("{*}lvl")
        wanted = str(min(depth, _MOST_LEVEL))
        return next((each for each in levels if attribute(each, "ilvl") == wanted), None)

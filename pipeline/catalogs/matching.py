"""Finding the old text that a new one came from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from pipeline.model import Unit, UnitKey

#: Least likeness, 0 to 100: the share of letters that stay, plus up to ``_NEAR`` for a
#: place close by. Two short health sentences of which one was not made from the other
#: ("Wash your hands." and "Stay at home.") stay under 50; see tests/catalogs.
_ENOUGH = 65.0
_LEAST = 55.0
#: What the same place is worth; a place further than this number of units is worth nothing.
_NEAR = 10
#: The same words in another order: "If you feel worse, call 111." "Call 111 if you feel worse."
_SAME_WORDS = 80.0
_LIMIT = 8


@dataclass(slots=True, kw_only=True)
class Matcher:
    """Old units that a new text may have come from.

    Attributes:
        units: candidates, each with a target text.
        places: the index at which each stood among the active units of its catalog;
            None for one that is obsolete already.
    """

    units: Sequence[Unit]
    places: Sequence[int | None]
    _texts: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._texts = [_folded(unit.msgid) for unit in self.units]

    def find(self, key: UnitKey, place: int) -> Unit | None:
        """The old unit that is most like a new text, or None where none is enough.

        The same text in another context comes first; then the likeness of letters
        decides, and of equals the one that stood closest.

        Args:
            key: the new text.
            place: the index at which it would have stood among the old units.
        """
        text = _folded(key.msgid)
        found = process.extract(
            text, self._texts, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=_LIMIT
        )
        ranked = sorted(
            ((self._score(key, index, likeness, place), -index) for _, likeness, index in found),
            reverse=True,
        )
        if ranked and ranked[0][0] >= _ENOUGH:
            return self.units[-ranked[0][1]]
        words = process.extractOne(
            text, self._texts, scorer=fuzz.token_sort_ratio, score_cutoff=_SAME_WORDS
        )
        return self.units[words[2]] if words else None

    def _score(self, key: UnitKey, index: int, likeness: float, place: int) -> float:
        same_text = 1000.0 if self.units[index].msgid == key.msgid else 0.0
        stood = self.places[index]
        near = 0 if stood is None else max(0, _NEAR - abs(stood - place))
        return same_text + likeness + near


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())

"""A memory: what has been translated, found by its source."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from rapidfuzz import fuzz, process

from pipeline.memory.differences import find_differences
from pipeline.memory.folding import fold
from pipeline.memory.index import WordIndex
from pipeline.memory.units import (
    ALONE,
    Aspect,
    Difference,
    Match,
    MatchKind,
    Meaning,
    MeaningOf,
    MemoryUnit,
    Neighbours,
)

#: Least likeness that is shown, 0 to 100: the share of letters that stay, in their order.
LEAST_SCORE = 70.0
#: A text that is not the same to the letter is never quite 100.
_ALMOST = 99.0


def _no_meaning(_text: str) -> Meaning:
    return Meaning()


class Memory:
    """The translations of one language, found by their sources.

    Args:
        units: the units, in any order.
        meaning_of: what a source text says; without it no match is known to say something else.
        index: the index of :attr:`texts`, where it is at hand.
    """

    def __init__(
        self,
        units: Iterable[MemoryUnit],
        *,
        meaning_of: MeaningOf = _no_meaning,
        index: WordIndex | None = None,
    ) -> None:
        by_text: dict[str, list[MemoryUnit]] = {}
        for unit in units:
            by_text.setdefault(fold(unit.source), []).append(unit)
        #: The folded source texts, shortest first; of equal length in alphabetic order.
        self.texts = sorted(by_text, key=lambda text: (len(text), text))
        self._units = by_text
        self._meaning_of = meaning_of
        self.index = index or WordIndex.of(self.texts)

    def __len__(self) -> int:
        """How many units it has."""
        return sum(map(len, self._units.values()))

    def units(self) -> Iterator[MemoryUnit]:
        """All of its units, by source text."""
        for text in self.texts:
            yield from self._units[text]

    def find(
        self,
        text: str,
        *,
        context: str | None = None,
        neighbours: Neighbours = ALONE,
        least: float = LEAST_SCORE,
        limit: int = 5,
    ) -> list[Match]:
        """What has been translated that is the same or like a text, the best first.

        Args:
            text: a source text.
            context: what its author said to tell it from the same text elsewhere.
            neighbours: the texts around it.
            least: the least likeness that counts, above 0 to 100.
            limit: how many matches are wanted at most.
        """
        folded = fold(text)
        matches: list[Match] = []
        for other, score in self._alike(folded, least, limit):
            make = partial(self._match, text, context, neighbours, score)
            matches += (make(group) for group in _same_pair(self._units[other]))
        matches.sort(key=_rank)
        return matches[:limit]

    def _alike(self, folded: str, least: float, limit: int) -> Iterator[tuple[str, float]]:
        if folded in self._units:
            yield folded, 100.0
        numbers = self.index.candidates(folded, least)
        choices = [self.texts[number] for number in numbers]
        found = process.extract(
            folded, choices, scorer=fuzz.ratio, score_cutoff=least, limit=limit + 1
        )
        yield from ((other, score) for other, score, _ in found if other != folded)

    def _match(
        self,
        text: str,
        context: str | None,
        around: Neighbours,
        score: float,
        group: Sequence[MemoryUnit],
    ) -> Match:
        source = group[0].source
        if source != text:
            kind, score = MatchKind.FUZZY, min(score, _ALMOST)
        elif any(_is_in_context(unit, context, around) for unit in group):
            kind = MatchKind.CONTEXT
        else:
            kind = MatchKind.EXACT
        differences: tuple[Difference, ...] = ()
        if source != text:
            differences = find_differences(self._meaning_of(source), self._meaning_of(text))
        if all(unit.context != context for unit in group):
            old, new = group[0].context or "", context or ""
            differences += (Difference(aspect=Aspect.CONTEXT, old=old, new=new),)
        return Match(
            kind=kind,
            score=score,
            units=tuple(sorted(group, key=_trust)),
            differences=differences,
        )


def _same_pair(units: Iterable[MemoryUnit]) -> Iterator[list[MemoryUnit]]:
    """The units in groups that have one source, to the letter, and one target."""
    groups: dict[tuple[str, str], list[MemoryUnit]] = {}
    for unit in units:
        groups.setdefault((unit.source, unit.target), []).append(unit)
    yield from groups.values()


def _is_in_context(unit: MemoryUnit, context: str | None, around: Neighbours) -> bool:
    """Whether a unit with the same text stands in the same context.

    Which one the author said, or, where nothing is said, between the same texts.
    """
    if unit.context != context:
        return False
    pairs = zip(unit.neighbours, around, strict=True)
    return context is not None or any(one and one == other for one, other in pairs)


def _trust(unit: MemoryUnit) -> tuple[bool, bool, int, str]:
    """Signed before imported, real before sample, by many roles before by few."""
    made = unit.provenance
    return made.is_imported, made.is_sample, -len(made.roles), made.name


def _rank(match: Match) -> tuple[object, ...]:
    return match.kind, -match.score, len(match.differences), _trust(match.best), match.target

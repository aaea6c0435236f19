"""What a source text says that a memory must not lose: from a language's table to a function."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.checks.negation import count_negations
from pipeline.checks.numbers import read_numbers
from pipeline.checks.reading import read
from pipeline.languages import Language
from pipeline.languages.index import Hit
from pipeline.memory import Meaning, MeaningOf, Quantity

#: How far behind its number a unit stands, in characters: "5 days", "500mg".
_REACH = 1


def meaning_reader(language: Language) -> MeaningOf:
    """What reads the numbers, measures and negations of texts in a language.

    Numbers are values: "ten" is "10", "1,000" is "1000". Phone numbers are numbers too.

    Args:
        language: the language of the sources.
    """

    @lru_cache(maxsize=8192)
    def meaning_of(text: str) -> Meaning:
        folded, words = read(text)
        units = language.units.hits(folded, words)
        return Meaning(
            numbers=_numbers(text, language, units),
            measures=tuple(Quantity(hit.value, folded[hit.start : hit.end]) for hit in units),
            negations=count_negations(text, language),
        )

    return meaning_of


def _numbers(text: str, language: Language, units: Sequence[Hit[str]]) -> tuple[Quantity, ...]:
    # In folded text, where the units stand, offsets are those of the text but for rare signs.
    ends = {hit.start: hit.end for hit in units}
    placed = sorted((*_in_digits(text, language), *_in_words(text, language)))
    return tuple(Quantity(value, text[start : _end(ends, end)]) for start, end, value in placed)


def _end(ends: dict[int, int], end: int) -> int:
    return next((ends[end + gap] for gap in range(_REACH + 1) if end + gap in ends), end)


def _in_digits(text: str, language: Language) -> Iterator[tuple[int, int, float]]:
    for number in read_numbers(text, language):
        yield number.start, number.end, number.value


def _in_words(text: str, language: Language) -> Iterator[tuple[int, int, float]]:
    for word in language.numbers.find(*read(text)):
        if not word.is_loose:
            yield word.start, word.end, word.value

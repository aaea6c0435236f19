"""Whether each translation of a file belongs to its source: learnt from the file itself.

In a file of some length words come back: where the source has “fever”, most translations have the
same word. From how often two words stand in the same rows (Dice's coefficient, as in Melamed,
"Models of translational equivalence among words", 2000) the rows are judged in which they do
not. Together with lengths (Gale and Church, "A program for aligning sentences in bilingual
corpora", 1993) this says how much more likely a row is if its two texts belong together than if
they met by chance. No data of any language is needed, and none is kept.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

from pipeline.checks.reading import read
from pipeline.languages import Language
from pipeline.languages.spelling import WORD

_WORD = re.compile(rf"[{WORD}]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_STEM = 5
#: A word in more rows than this share is in wrong rows too.
_COMMON = 0.3
_ROWS_LEARNT = 24
_PARTNERS = 3
#: Two words go together from this coefficient on.
_DICE = 0.3
_LEAST_ROWS = 3
_MOST = 4.0


class Row(NamedTuple):
    """A source text and its translation."""

    source: str
    target: str


class Weights(NamedTuple):
    """What it says of a row that a word is there (hit) or not (miss).

    A row that has both words itself must not count as what it is judged by (own).
    """

    hit: float
    miss: float
    own_hit: float
    own_miss: float


class Partner(NamedTuple):
    """A word of the target that goes with a word of the source, and what that says of a row."""

    word: str
    weights: Weights


class Alignment:
    """How well any source of a file fits any target of it.

    Args:
        rows: the rows of the file, in order.
        source: the language of the sources.
        target: the language of the targets.
    """

    def __init__(self, rows: Sequence[Row], source: Language, target: Language) -> None:
        self.count = len(rows)
        self._sources = [_words(row.source, source) for row in rows]
        self._targets = [_words(row.target, target) for row in rows]
        self._source_lengths = [math.log(max(1, len(row.source))) for row in rows]
        self._target_lengths = [math.log(max(1, len(row.target))) for row in rows]
        self._target_rows = _rows_of(self._targets)
        self._target_bits = _Bits(self._target_rows)
        self._partners = self._learn()
        self._middle, self._spread, self._chance = self._learn_lengths()

    def _learn(self) -> dict[str, tuple[Partner, ...]]:
        most = max(_LEAST_ROWS, int(self.count * _COMMON))
        # A word of few rows teaches nothing, and is not counted.
        known = [words & self._target_rows.keys() for words in self._targets]
        weigh = lru_cache(maxsize=None)(partial(_weigh, self.count))
        learnt = {}
        for word, rows in _rows_of(self._sources).items():
            size = len(rows)
            if size <= most and (found := self._find_partners(rows, known)):
                often = [(other, len(self._target_rows[other]), each) for _, other, each in found]
                learnt[word] = tuple(
                    [Partner(other, weigh(times, size, each)) for other, times, each in often]
                )
        return learnt

    def _find_partners(
        self, rows: Sequence[int], known: Sequence[AbstractSet[str]]
    ) -> list[tuple[float, str, int]]:
        """The words of the target that go best with one of the source.

        Args:
            rows: where that word stands.
            known: the words of each target that may be partners.

        Returns:
            Dice's coefficient, the word, and in how many rows both stand.
        """
        size, places = len(rows), self._target_rows
        counted = Counter(chain.from_iterable([known[row] for row in rows[:_ROWS_LEARNT]]))
        least = max(2, min(size, _ROWS_LEARNT) * _DICE / 2)
        often = [(word, times) for word, times in counted.items() if times >= least]
        if size > _ROWS_LEARNT:
            # Only some of the rows were counted.
            everywhere, bits = _as_bits(rows), self._target_bits
            often = [(word, (everywhere & bits[word]).bit_count()) for word, _ in often]
        found = [
            (dice, word, together)
            for word, together in often
            if (dice := 2 * together / (size + len(places[word]))) >= _DICE
        ]
        return sorted(found, reverse=True)[:_PARTNERS] if len(found) > 1 else found

    def _learn_lengths(self) -> tuple[float, float, float]:
        """Middle and spread of how much longer targets are, and the spread that chance has."""
        if not self.count:
            return 0.0, 1.0, 1.0
        both = zip(self._source_lengths, self._target_lengths, strict=True)
        differences = sorted(target - source for source, target in both)
        middle = differences[self.count // 2]
        far = sorted(abs(value - middle) for value in differences)
        spread = max(0.1, 1.4826 * far[self.count // 2])
        chance = math.hypot(_deviation(self._source_lengths), _deviation(self._target_lengths))
        return middle, spread, max(chance, spread)

    def fit(self, source: int, target: int) -> float:
        """How much likelier two texts are if they belong together: a logarithm, below 0 if less.

        Args:
            source: the row of the source text.
            target: the row of the target text.
        """
        return self._fit_lengths(source, target) + self._fit_words(source, target)

    def _fit_lengths(self, source: int, target: int) -> float:
        length = self._source_lengths[source]
        off = self._target_lengths[target] - length - self._middle
        # Short texts vary more.
        spread = self._spread * math.sqrt(1 + 40 / math.exp(length))
        return math.log(self._chance / spread) - off * off / 2 * (spread**-2 - self._chance**-2)

    def _fit_words(self, source: int, target: int) -> float:
        words, partners, total = self._targets[target], self._partners, 0.0
        own = self._targets[source]
        for word in self._sources[source] & partners.keys():
            for other, weights in partners[word]:
                if other in words:
                    total += weights.own_hit if other in own else weights.hit
                else:
                    total += weights.own_miss if other in own else weights.miss
        return total


def _weigh(count: int, rows: int, size: int, together: int) -> Weights:
    """What two words say of a row.

    Args:
        count: how many rows there are.
        rows: in how many of them the target's word stands.
        size: in how many the source's word stands.
        together: in how many both.
    """
    chance = (rows + 0.5) / (count + 1)
    usual, own = (together + 0.3) / size, (together - 1 + 0.3) / size
    return Weights(
        _weigh_hit(usual, chance),
        _weigh_miss(usual, chance),
        _weigh_hit(own, chance),
        _weigh_miss(own, chance),
    )


def _weigh_hit(usual: float, chance: float) -> float:
    """What it says of a row that the word is there."""
    return min(_MOST, math.log(usual / chance)) if usual > chance else 0.0


def _weigh_miss(usual: float, chance: float) -> float:
    """What it says of a row that the word is not there."""
    if usual <= chance:
        return 0.0
    return max(-_MOST, math.log((1 - min(usual, 0.99)) / (1 - chance))) / _PARTNERS


def _words(text: str, language: Language) -> frozenset[str]:
    reading = read(text)
    if not language.spaced or _UNSPACED.search(text):
        return frozenset(_pairs(reading.folded))
    return frozenset(map(_STEMS.__getitem__, reading.words))


class _Stems(dict[str, str]):
    """Stems of words, each worked out once."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_WORDS:
            self.clear()
        stem = self[word] = _stem(word)
        return stem


_STEMS = _Stems()
_MOST_WORDS = 100_000


def _stem(word: str) -> str:
    # The article of Arabic is a part of the word.
    if word.startswith(("ال", "وال", "بال", "لل")):
        word = word.partition("ل")[2]
    return word[:_STEM]


def _pairs(text: str) -> list[str]:
    """Pairs of signs, for scripts without spaces; words of others as they are."""
    found = []
    for run in _WORD.findall(text):
        if _UNSPACED.search(run):
            found += [run[at : at + 2] for at in range(max(1, len(run) - 1))]
        else:
            found.append(run[:_STEM])
    return found


class _Bits(dict[str, int]):
    """Rows as the bits of a number, for the words that are asked for.

    Args:
        rows: where each word stands.
    """

    def __init__(self, rows: Mapping[str, Sequence[int]]) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, word: str) -> int:
        bits = self[word] = _as_bits(self._rows[word])
        return bits


def _as_bits(rows: Sequence[int]) -> int:
    return sum([1 << row for row in rows])


def _rows_of(texts: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """Where each word stands; most stand in one or two rows, and teach nothing."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(texts):
        for word in words:
            rows[word].append(at)
    return {word: places for word, places in rows.items() if len(places) >= _LEAST_ROWS}


def _deviation(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))

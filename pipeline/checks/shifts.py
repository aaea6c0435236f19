"""Whether the rows of a short file are shifted: what ``misaligned`` needs a hundred rows to learn.

A row fits if its length is what such a source gives, and if words and numbers that both languages
write alike (``NHS``, ``999``, an address) stand in it. A run of rows that fit better some rows
further is shifted. Asked of files that come from outside; a catalog keeps its rows by their keys.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.checks.numbers import read_runs
from pipeline.languages import Language

#: Fewer rows say nothing.
LEAST_ROWS = 8
_SHIFTS = (-1, 1, -2, 2, -3, 3)
#: How much better a run has to fit. On 1,080 stretches of professional translations into six
#: languages the right ones gained 10.1 at most, on 288 of leaflets 8.9.
_CLEARLY = 12.0
#: What one row can say at most: by its length, and by a word that both texts have.
_MOST_LENGTH, _MOST_WORD = 4.5, 3.0
_WORD = re.compile(r"\w+")


class Shift(NamedTuple):
    """A run of rows that stand beside the wrong source.

    Attributes:
        start: the first such row, counted from 0.
        rows: how many rows further the translation stands; below 0: further up.
    """

    start: int
    rows: int


class _Side(NamedTuple):
    words: list[frozenset[str]]
    lengths: list[int]


def find_shift(rows: Sequence[tuple[str, str]], target: Language) -> Shift | None:
    """The run of rows of a file that is shifted for certain, or None.

    Args:
        rows: sources with what stands beside them.
        target: the language of the translations.
    """
    if len(rows) < LEAST_ROWS:
        return None
    fits = _Fits([source for source, _ in rows], [text for _, text in rows], target)
    runs = [_best_run(fits, shift) for shift in _SHIFTS]
    gain, found = max(runs)
    return found if gain > _CLEARLY else None


class _Fits:
    """How well each source and each translation go together.

    Args:
        sources: the sources.
        targets: the translations.
        language: the language of the translations.
    """

    def __init__(self, sources: Sequence[str], targets: Sequence[str], language: Language) -> None:
        self.count = len(sources)
        self._sources, self._targets = _side(sources), _side(targets)
        self._length = language.length
        often = Counter(word for words in self._sources.words for word in words)
        # A word that stands in every row tells nothing of any.
        self._weights = {word: math.log(self.count / many) for word, many in often.items()}

    def fit(self, source: int, target: int) -> float:
        """How well a source and a translation go together; the more the better."""
        length = self._targets.lengths[target]
        surprise = (
            self._length.surprise(self._sources.lengths[source], length or 1)
            if (self._length)
            else 0.0
        )
        common = self._sources.words[source] & self._targets.words[target]
        return sum(min(_MOST_WORD, self._weights[word]) for word in common) - min(
            surprise * surprise / 2, _MOST_LENGTH
        )


def _side(texts: Sequence[str]) -> _Side:
    words = [
        frozenset(_WORD.findall(f"{' '.join(read_runs(text))} {text.casefold()}")) for text in texts
    ]
    return _Side(words, [len(text) for text in texts])


def _best_run(fits: _Fits, shift: int) -> tuple[float, Shift]:
    """The run that gains most by a shift (Kadane's algorithm), and how much."""
    total = best = 0.0
    start = first = 0
    for row in range(max(0, -shift), min(fits.count, fits.count - shift)):
        if total <= 0:
            total, first = 0.0, row
        total += fits.fit(row, row + shift) - fits.fit(row, row)
        if total > best:
            best, start = total, first
    return best, Shift(start, shift)

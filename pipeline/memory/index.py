"""Which texts share words with another: an index from words to texts.

Texts are numbered by their length, so that of each word's list only the stretch of texts that are
neither too short nor too long to be alike is looked at. The rarest words are asked first, until
enough has been seen: looking up takes about as long in a large memory as in a small one.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest

from pipeline.memory.folding import split_words

#: Entries of lists that are looked at for one text.
_BUDGET = 20_000
#: Texts that are compared letter by letter.
_CANDIDATES = 400
#: Signs of a number in an array: 4 bytes on all systems that Python knows today.
_CODE = "I"


class WordIndex:
    """An index over folded texts that are sorted by length.

    Args:
        lengths: length of each text, ascending.
        lists: numbers of the texts that have a word, ascending, by word.
    """

    def __init__(self, lengths: "array[int]", lists: dict[str, "array[int]"]) -> None:
        self._lengths = lengths
        self.lists = lists

    @staticmethod
    def of(texts: Sequence[str]) -> "WordIndex":
        """The index of folded texts.

        Args:
            texts: the texts, shortest first.
        """
        lists: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            for word in split_words(text):
                known = lists.get(word)
                if known is None:
                    lists[word] = [number]
                else:
                    known.append(number)
        lengths = array(_CODE, map(len, texts))
        return WordIndex(lengths, {word: array(_CODE, found) for word, found in lists.items()})

    def candidates(self, text: str, least: float) -> list[int]:
        """Texts that may be like another, those that share most of its rarest words first.

        Args:
            text: a folded text.
            least: the least likeness that counts, 0 to 100.
        """
        first, last = self._window(len(text), least)
        counts: Counter[int] = Counter()
        seen = 0
        for found in sorted(self._stretches(text, first, last), key=len):
            if seen and seen + len(found) > _BUDGET:
                break
            counts.update(self._nearest(found, len(text)))
            seen += len(found)
        return _most_common(counts)

    def _window(self, length: int, least: float) -> tuple[int, int]:
        """The numbers of texts whose length allows that likeness: first, and one after the last.

        Of two texts with a and b letters at most 2·min(a, b) of a + b can be common.
        """
        share = least / (200 - least)
        return (
            bisect_left(self._lengths, int(length * share)),
            bisect_right(self._lengths, int(length / share) + 1),
        )

    def _stretches(self, text: str, first: int, last: int) -> list["array[int]"]:
        lists = (self.lists.get(word) for word in split_words(text))
        stretches = (
            found[bisect_left(found, first) : bisect_left(found, last)] for found in lists if found
        )
        return [stretch for stretch in stretches if stretch]

    def _nearest(self, found: "array[int]", length: int) -> "array[int]":
        """A list; of one that is too long the part whose texts are nearest in length."""
        if len(found) <= _BUDGET:
            return found
        middle = bisect_left(found, bisect_left(self._lengths, length))
        start = max(0, min(middle - _BUDGET // 2, len(found) - _BUDGET))
        return found[start : start + _BUDGET]


def _most_common(counts: Counter[int]) -> list[int]:
    if len(counts) <= _CANDIDATES:
        return list(counts)
    # Most share one word: those need not be sorted where there are enough that share more.
    sizes = Counter(counts.values())
    least = max(sizes)
    enough = sizes[least]
    while enough < _CANDIDATES:
        least -= 1
        enough += sizes[least]
    better = [number for number, count in counts.items() if count >= least]
    return nlargest(_CANDIDATES, better, key=counts.__getitem__)

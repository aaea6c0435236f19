"""Which translations stop in the middle: learnt from the file in which they stand.

A text that was cut is shorter than its neighbours, lacks the mark that ends theirs, and its last
word may be one that the file has in the middle of its texts and never at their end: an article, a
preposition, in Tamil or Hindi all that is no verb. How a language ends what it says the file
itself shows, so no table is needed. Each of the three says how much likelier it is of a text that
was cut in half than of one that is whole; together they decide (naive Bayes).
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from pipeline.checks.lengths import LEAST_LENGTH, has_end, lacks_end, read_length
from pipeline.checks.reading import read
from pipeline.languages import Language
from pipeline.languages.spelling import WORD

#: Fewer rows teach too little.
_LEAST_ROWS = 30
#: So much likelier must it be that a text was cut. What one sign can say at most.
_SURE, _MOST = math.log(100), 5.0
#: What was cut is half as long, or nearly; what is nearly as long as usual is not looked at.
_HALF, _NEARLY, _SHORT = math.log(0.5), 0.15, -0.1
#: Texts at least so long, beside what is usual, were not cut, and teach how texts end.
_WHOLE = -0.05
_LEAST_SPREAD = 0.1
#: Where such a share of the sources has no end of a sentence, beside others that have one, these
#: are headings and items of lists: their lengths vary, they end as no sentence does ("have a
#: temperature, or"), and they are not looked at.
_LABELS = (0.25, 0.9)
#: Of texts that were cut so many have no mark at their end.
_UNMARKED = 0.9
#: The last word is looked for in so many characters; so many are its end, which in many languages
#: says what kind of word it is.
_TAIL, _END = 60, 2
#: So many rows show how often words are used and marks left out; of a long file not all are asked.
_ENOUGH = 400
_WORDS = re.compile(rf"[{WORD}]+")
#: “4 a.m.”: its full stop need not be the sentence's.
_ABBREVIATED = re.compile(r"\b\w\.\s?\w\.\W*$")
_ABBREVIATION = 12

Texts = tuple[str, str]


def find_cut_texts(rows: Sequence[Texts], target: Language) -> frozenset[Texts]:
    """The rows of a file whose translation stops in the middle.

    Args:
        rows: source and translation of each row.
        target: the language of the translations.

    Returns:
        Those that were cut, more likely than not by far; none where the file is short.
    """
    if len(rows) < _LEAST_ROWS:
        return frozenset()
    shortness = _measure(rows)
    ended = [_is_ended(source) for source, _ in rows]
    has_labels = _LABELS[0] < ended.count(False) / len(rows) < _LABELS[1]
    suspects = {
        at: _weigh_length(*shortness[at])
        for at, (source, text) in enumerate(rows)
        if shortness[at][0] < _SHORT
        and len(source) >= LEAST_LENGTH
        and (ended[at] or not has_labels)
        and (lacks_end(source, text) or not has_end(text))
    }
    if not suspects:
        return frozenset()
    mark = _weigh_marks(rows, shortness)
    weights = {at: length + (mark if ended[at] else 0.0) for at, length in suspects.items()}
    # How the file's texts end is asked only where it may decide.
    open_ = {at: weight for at, weight in weights.items() if weight + _MOST > _SURE}
    if not open_:
        return frozenset()
    endings = _Endings([text for _, text in rows], target)
    return frozenset(
        rows[at] for at, weight in open_.items() if weight + endings.weigh(rows[at][1]) > _SURE
    )


def _measure(rows: Sequence[Texts]) -> list[tuple[float, float]]:
    """How much longer each translation is than is usual in the file, and how much that varies."""
    lengths = [(max(1, read_length(source)), max(1, read_length(text))) for source, text in rows]
    ratios = [math.log(new / old) for old, new in lengths]
    middle = sorted(ratios)[len(ratios) // 2]
    far = sorted(abs(ratio - middle) for ratio in ratios)
    spread = max(_LEAST_SPREAD, 1.4826 * far[len(far) // 2])
    # Short texts vary more.
    return [
        (ratio - middle, spread * math.sqrt(1 + 40 / old))
        for ratio, (old, _) in zip(ratios, lengths, strict=True)
    ]


def _weigh_length(off: float, spread: float) -> float:
    cut = math.hypot(spread, _NEARLY)
    weight = math.log(spread / cut) + (off / spread) ** 2 / 2 - ((off - _HALF) / cut) ** 2 / 2
    return _capped(weight)


def _weigh_marks(rows: Sequence[Texts], shortness: Sequence[tuple[float, float]]) -> float:
    """What it says that the mark at the end is not there: little, where many go without."""
    whole = [
        lacks_end(*rows[at])
        for at in range(0, len(rows), _step(rows))
        if shortness[at][0] >= _WHOLE and _is_ended(rows[at][0])
    ]
    return _capped(math.log(_UNMARKED * (len(whole) + 2) / (sum(whole) + 1)))


def _step(rows: Sequence[object]) -> int:
    return 1 + len(rows) // _ENOUGH


def _is_ended(source: str) -> bool:
    return has_end(source) and not _ABBREVIATED.search(source[-_ABBREVIATION:])


def _capped(weight: float) -> float:
    return max(-_MOST, min(_MOST, weight))


class _Endings:
    """With which words, and with which ends of words, the texts of a file end."""

    def __init__(self, texts: Sequence[str], language: Language) -> None:
        self._spaced = language.spaced
        self._rows = len(texts)
        readings = [read(text) for text in texts]
        self._words = Counter(_last_word(reading.folded, language) for reading in readings)
        self._ends = Counter(map(self._end_of, self._words.elements()))
        # Without spaces, pairs of signs stand for words, and the text itself can be asked.
        self._all = "" if language.spaced else "\n".join(reading.folded for reading in readings)
        self._anywhere, self._ends_anywhere = Counter[str](), Counter[str]()
        if language.spaced:
            some = readings[:: _step(readings)]
            self._anywhere.update(chain.from_iterable(reading.words for reading in some))
            for word, times in self._anywhere.items():
                self._ends_anywhere[word[-_END:]] += times
        self._count = len(self._all) or max(1, self._anywhere.total())
        self._language = language

    def weigh(self, text: str) -> float:
        """How much likelier the text ends so if it was cut: a logarithm.

        Args:
            text: one of the file's.
        """
        word = _last_word(read(text).folded, self._language)
        end = self._end_of(word)
        if self._spaced:
            times, end_times = self._anywhere[word], self._ends_anywhere[end]
        else:
            times, end_times = self._all.count(word), self._all.count(end)
        # Its own text does not count, so one less of each.
        of_end = math.log((self._expect(end_times) + 1) / max(1, self._ends[end]))
        expected = self._expect(times) * math.exp(-of_end)
        return _capped(of_end + math.log((expected + 1) / max(1, self._words[word])))

    def _expect(self, times: int) -> float:
        """How many texts would end so, if all words were as likely to be the last."""
        return self._rows * times / self._count

    def _end_of(self, word: str) -> str:
        return word[-_END:] if self._spaced else word[-1:]


def _last_word(folded: str, language: Language) -> str:
    """The last word of a text, or the last two signs of it where no spaces stand between words."""
    found = _WORDS.search(folded[: -_TAIL - 1 : -1])
    word = found[0][::-1] if found else ""
    return word if language.spaced else word[-2:]

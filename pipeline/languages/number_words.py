"""Numbers written as words, in any language that has a table of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from pipeline.languages.index import Index
from pipeline.languages.spelling import fold

_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWord:
    """A number that is written as words.

    Attributes:
        value: what it says: 205 for “two hundred and five”.
        parts: the values of its words: 2, 100 and 5.
        is_cardinal: it counts; “third” and “March” only go with a number.
        is_loose: it may go with a number, and a translation may well leave it out: “both”.
        start: offset in the folded text.
        end: offset after it.
    """

    value: float
    parts: frozenset[float]
    is_cardinal: bool
    is_loose: bool = False
    start: int
    end: int


class _Kind(Enum):
    """What a number word does."""

    COUNTING = auto()
    BESIDE = auto()
    LOOSE = auto()


class _Word(NamedTuple):
    """A number word in a row of them."""

    value: float
    start: int
    end: int
    is_joined: bool  # a word such as “and” stands before it


class NumberWords:
    """The number words of a language.

    Args:
        words: forms by value, of words that count.
        also: forms by value, of words that only go with a number: ordinals, months.
        loose: likewise, of words that come and go in translation: “both”, “a”.
        joiners: words that may stand inside a number: “and”.
        spaced: the script writes spaces between words.
    """

    __slots__ = ("_gap", "_index", "_joiners", "_several", "spaced")

    def __init__(
        self,
        words: Mapping[float, Iterable[str]] | None = None,
        also: Mapping[float, Iterable[str]] | None = None,
        loose: Mapping[float, Iterable[str]] | None = None,
        *,
        joiners: Iterable[str] = (),
        spaced: bool = True,
    ) -> None:
        self.spaced = spaced
        forms = {form: (value, _Kind.LOOSE) for form, value in _by_form(loose or {})}
        forms |= {form: (value, _Kind.BESIDE) for form, value in _by_form(also or {})}
        forms |= {form: (value, _Kind.COUNTING) for form, value in _by_form(words or {})}
        self._index = Index(forms.items(), spaced=spaced)
        several = ((form, value) for form, value in _by_form(words or {}) if value > 1)
        self._several = Index(several, spaced=spaced)
        self._joiners = tuple(map(fold, joiners))
        join = "|".join(map(re.escape, self._joiners))
        # In Arabic the word for “and” is written together with the next.
        inside = rf"[\s\-‑]+(?:(?P<join>{join})\s*)?" if join else r"[\s\-‑]+(?P<join>(?!))?"
        self._gap = re.compile(inside if spaced else r"(?P<join>(?!))?")

    def __bool__(self) -> bool:
        return bool(self._index)

    def forms(self) -> Iterator[tuple[str, float]]:
        """All forms, folded, each with what it says; ``*`` stands for the rest of a word."""
        for form, values in self._index.forms.items():
            yield from ((form, value) for value, _ in values)

    def may_have(self, words: frozenset[str]) -> bool:
        """Whether a text with these words may have a number in words; never wrongly no."""
        return self._index.may_have(words)

    def may_count(self, words: frozenset[str]) -> bool:
        """Whether it may have one that counts more than one; never wrongly no."""
        return self._several.may_have(words)

    def find(self, folded: str, words: frozenset[str] | None = None) -> list[NumberWord]:
        """The numbers that a folded text has in words, in order.

        Args:
            folded: the text.
            words: its words, if they are known.
        """
        found: list[NumberWord] = []
        run: list[_Word] = []
        for (value, kind), start, end in self._index.hits(folded, words):
            gap = self._gap.fullmatch(folded, run[-1].end, start) if run else None
            if run and not (gap and kind is _Kind.COUNTING):
                found += self._compose(run)
                run = []
            if kind is _Kind.COUNTING:
                is_joined = gap is not None and bool(
                    gap["join"] or self._begins_joined(folded[start:end])
                )
                run.append(_Word(value, start, end, is_joined))
            else:
                found.append(_one(value, start, end, is_loose=kind is _Kind.LOOSE))
        found += self._compose(run)
        return found

    def _begins_joined(self, word: str) -> bool:
        """Whether “and” is written together with a number word, as in Arabic: وعشرون."""
        return any(
            word.startswith(joiner) and self._index.has(word.removeprefix(joiner))
            for joiner in self._joiners
        )

    def _compose(self, run: Sequence[_Word]) -> Iterator[NumberWord]:
        """The numbers that a row of number words makes: “twenty five”, but “two three”."""
        at = 0
        while at < len(run):
            end = at + 1
            while end < len(run) and self._goes_on(run[end - 1].value, run[end]):
                end += 1
            values = [word.value for word in run[at:end]]
            yield NumberWord(
                value=self._total(values),
                parts=frozenset(values),
                is_cardinal=True,
                start=run[at].start,
                end=run[end - 1].end,
            )
            at = end

    def _goes_on(self, before: float, word: _Word) -> bool:
        if self._is_multiplier(word.value) or word.value < _last_power(before):
            return True
        # Five and twenty: Arabic, Somali, German.
        return word.is_joined and before < _TEN <= word.value < _HUNDRED and not word.value % _TEN

    def _is_multiplier(self, value: float) -> bool:
        return value >= _HUNDRED or (not self.spaced and value == _TEN)

    def _total(self, values: Sequence[float]) -> float:
        total = part = 0.0
        for value in values:
            if value >= _THOUSAND:
                # 一千二百万 is 1200 times 10,000; in “two lakh fifty thousand” nothing grows.
                before = total if total < value else 0.0
                total += (before + part or 1) * value - before
                part = 0.0
            elif self._is_multiplier(value) and value in {_TEN, _HUNDRED}:
                rest = part % value if part >= value else part
                part = part - rest + (rest or 1) * value
            else:
                part += value
        return total + part


def _last_power(value: float) -> float:
    """Below which value a following word adds to a number: after twenty, 10; after 100, 100."""
    power = 1.0
    while value >= power * 10 and value % (power * 10) == 0:
        power *= 10
    return power


def _one(value: float, start: int, end: int, *, is_loose: bool) -> NumberWord:
    parts = frozenset({value})
    return NumberWord(
        value=value, parts=parts, is_cardinal=False, is_loose=is_loose, start=start, end=end
    )


def _by_form(words: Mapping[float, Iterable[str]]) -> Iterator[tuple[str, float]]:
    for value, forms in words.items():
        for form in forms:
            yield fold(form), value

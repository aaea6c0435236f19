"""Many words, found in a text in one pass over its words.

An alternation of hundreds of words is tried anew at every letter; a text has twenty words, and
looking up each is quicker by far. Scripts without spaces have no words to look up: there, one
alternation is what is left.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from pipeline.languages.spelling import WORD, fold

Value = TypeVar("Value")
#: A word with its apostrophes, or a sign that stands for a word.
_TOKEN = re.compile(rf"[{WORD}]+(?:'[{WORD}]+)*'?|[%٪°][cf]?")
#: The same in a form, with its stars.
_FORM = re.compile(rf"[{WORD}*]+(?:'[{WORD}*]+)*'?|[%٪°][cf]?")


class Token(NamedTuple):
    """A word of a folded text."""

    text: str
    start: int
    end: int


class Hit(NamedTuple, Generic[Value]):
    """A form that was found: what it stands for, and its offsets in the folded text."""

    value: Value
    start: int
    end: int


@lru_cache(maxsize=8192)
def tokens(folded: str) -> tuple[Token, ...]:
    """The words of a folded text, in order."""
    return tuple(Token(m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded))


class Index(Generic[Value]):
    """Forms with what each stands for.

    Args:
        forms: forms as tables write them, and their values; one form may have several.
        spaced: the script writes spaces between words.
    """

    __slots__ = ("_inner", "_lengths", "_phrases", "_rest", "_values", "_whole", "forms")

    def __init__(self, forms: Iterable[tuple[str, Value]], *, spaced: bool = True) -> None:
        self.forms: dict[str, list[Value]] = {}
        for form, value in forms:
            self.forms.setdefault(fold(form), []).append(value)
        self._values: dict[tuple[str, str], list[Value]] = {}
        self._inner: list[tuple[re.Pattern[str], list[Value]]] = []
        self._phrases: dict[str, list[tuple[tuple[str, ...], list[Value]]]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._whole: re.Pattern[str] | None = None
        if spaced:
            self._sort()
        elif self.forms:
            longest = sorted(self.forms, key=len, reverse=True)
            self._whole = re.compile("|".join(map(re.escape, longest)))

    def __bool__(self) -> bool:
        return bool(self.forms)

    def _sort(self) -> None:
        for form, values in self.forms.items():
            words = tuple(_FORM.findall(form))
            if len(words) > 1:
                self._phrases.setdefault(words[0].rstrip("*"), []).append((words, values))
            elif "*" in form.strip("*") or (form.startswith("*") and form.endswith("*")):
                self._inner.append((_pattern(form), values))
            else:
                self._values[_kind(form), form.strip("*")] = values
        for kind in ("prefix", "suffix"):
            lengths = {len(text) for other, text in self._values if other == kind}
            self._lengths[kind] = tuple(sorted(lengths, reverse=True))
        self._lengths["phrase"] = tuple(sorted(map(len, self._phrases), reverse=True))

    def hits(self, folded: str) -> list[Hit[Value]]:
        """The forms that a folded text has, in order; of two in one place the longer."""
        if self._whole is not None:
            found = self._whole.finditer(folded)
            return [Hit(v, m.start(), m.end()) for m in found for v in self.forms[m[0]]]
        row = tokens(folded)
        found: list[Hit[Value]] = []
        at = 0
        while at < len(row):
            values, width = self._at(row, at)
            if values:
                end = row[at + width - 1].end
                found += [Hit(value, row[at].start, end) for value in values]
            at += width
        return found

    def has(self, folded: str) -> bool:
        """Whether a folded text has any of the forms."""
        if self._whole is not None:
            return bool(self._whole.search(folded))
        row = tokens(folded)
        return any(self._at(row, at)[0] for at in range(len(row)))

    def _at(self, row: Sequence[Token], at: int) -> tuple[list[Value], int]:
        """What stands for something at a word, and how many words it has."""
        text = row[at].text
        if self._phrases:
            for words, values in self._beginning(text):
                if _follow(words, row, at):
                    return values, len(words)
        values = self._of_word(text)
        if not values and "'" in text:
            # The article or pronoun is written together with the word: d'aucune, l'heure.
            values = self._of_word(text.partition("'")[2])
        return values, 1

    def _of_word(self, text: str) -> list[Value]:
        if values := self._values.get(("word", text)):
            return values
        for length in self._lengths["prefix"]:
            if values := self._values.get(("prefix", text[:length])):
                return values
        for length in self._lengths["suffix"]:
            if values := self._values.get(("suffix", text[-length:])):
                return values
        return next((values for pattern, values in self._inner if pattern.fullmatch(text)), [])

    def _beginning(self, text: str) -> Iterator[tuple[tuple[str, ...], list[Value]]]:
        """Phrases that may begin with a word, the longest first."""
        found = [
            phrase
            for length in self._lengths["phrase"]
            for phrase in self._phrases.get(text[:length], ())
        ]
        return iter(sorted(found, key=lambda phrase: -len(phrase[0])))


def _kind(form: str) -> str:
    return "suffix" if form.startswith("*") else "prefix" if form.endswith("*") else "word"


def _follow(words: Sequence[str], row: Sequence[Token], at: int) -> bool:
    if at + len(words) > len(row):
        return False
    return all(_fits(word, row[at + number].text) for number, word in enumerate(words))


def _fits(word: str, text: str) -> bool:
    if "*" not in word:
        return word == text
    if word.endswith("*") and "*" not in word[:-1]:
        return text.startswith(word[:-1])
    return bool(_pattern(word).fullmatch(text))


@lru_cache(maxsize=1024)
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.escape(form).replace(r"\*", ".*"))

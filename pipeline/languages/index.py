"""Many words, found in a text in one pass over its words.

An alternation of hundreds of words is tried anew at every letter; a text has twenty words, and
looking up each is quicker by far. Scripts without spaces have no words to look up: there, one
alternation is what is left.
"""

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from pipeline.languages.spelling import WORD, fold

Value = TypeVar("Value")
#: Words that are remembered; a language's leaflets have fewer.
_MOST_WORDS = 50_000
#: A word with its apostrophes, or a sign that stands for a word.
_TOKEN = re.compile(rf"[{WORD}]+(?:'[{WORD}]+)*'?|[%٪°][cf]?")
#: The same in a form, with its stars.
_FORM = re.compile(rf"[{WORD}*]+(?:'[{WORD}*]+)*'?|[%٪°][cf]?")


class Hit(NamedTuple, Generic[Value]):
    """A form that was found: what it stands for, and its offsets in the folded text."""

    value: Value
    start: int
    end: int


def split_words(folded: str) -> list[str]:
    """The words of a folded text, without their places."""
    return _TOKEN.findall(folded)


class Index(Generic[Value]):
    """Forms with what each stands for.

    Args:
        forms: forms as tables write them, and their values; one form may have several.
        spaced: the script writes spaces between words.
    """

    __slots__ = (
        *("_inner", "_known", "_lengths", "_phrases", "_prefixes", "_seen", "_suffixes"),
        *("_finals", "_initials", "_telling", "_whole", "_words", "forms"),
    )

    def __init__(self, forms: Iterable[tuple[str, Value]], *, spaced: bool = True) -> None:
        self.forms: dict[str, list[Value]] = {}
        for form, value in forms:
            self.forms.setdefault(fold(form), []).append(value)
        self._words: dict[str, list[Value]] = {}
        self._prefixes: dict[str, list[Value]] = {}
        self._suffixes: dict[str, list[Value]] = {}
        self._inner: list[tuple[re.Pattern[str], list[Value]]] = []
        self._phrases: dict[str, list[tuple[tuple[str, ...], list[Value]]]] = {}
        self._lengths: tuple[tuple[int, ...], ...] = ((), (), ())
        self._initials: Container[str] = ()
        self._finals: Container[str] = ()
        self._known: dict[str, _Entry[Value]] = {}
        self._seen: set[str] = set()
        self._telling: set[str] = set()
        self._whole: re.Pattern[str] | None = None
        if spaced:
            self._sort()
        elif self.forms:
            # Without spaces, what is part of a word cannot be told from a word.
            self.forms = {form.strip("*"): values for form, values in self.forms.items()}
            longest = sorted(self.forms, key=len, reverse=True)
            self._whole = re.compile("|".join(map(re.escape, longest)))

    def __bool__(self) -> bool:
        return bool(self.forms)

    def _sort(self) -> None:
        for form, values in self.forms.items():
            words = tuple(_FORM.findall(form))
            if len(words) > 1:
                self._phrases.setdefault(words[0].rstrip("*"), []).append((words, values))
            elif "*" not in form:
                self._words[form] = values
            elif form.startswith("*") and "*" not in form[1:]:
                self._suffixes[form[1:]] = values
            elif form.endswith("*") and "*" not in form[:-1]:
                self._prefixes[form[:-1]] = values
            else:
                self._inner.append((_pattern(form), values))
        self._lengths = tuple(
            tuple(sorted(set(map(len, some)), reverse=True))
            for some in (self._prefixes, self._suffixes, self._phrases)
        )
        # Most words are told by their first two letters and their last to be nothing of ours. An
        # apostrophe inside may hide a word that is, and so may a form that is any word's inside.
        beginnings = (*self._words, *self._prefixes, *self._phrases)
        self._initials = {form[:2] for form in beginnings}
        self._finals = {form[-1:] for form in self._suffixes}
        if self._inner or "" in self._initials:
            self._initials = _Everything()

    def hits(self, folded: str, words: frozenset[str] | None = None) -> list[Hit[Value]]:
        """The forms that a folded text has, in order; of two in one place the longer.

        Args:
            folded: the text.
            words: its words, if they are known.
        """
        if self._whole is not None:
            matches = self._whole.finditer(folded)
            return [Hit(v, m.start(), m.end()) for m in matches for v in self.forms[m[0]]]
        there = self._told(frozenset(split_words(folded)) if words is None else words)
        if not there:
            return []
        found = [hit for word in there for hit in self._places(word, folded)]
        return _without_overlaps(found) if len(found) > 1 else found

    def _places(self, word: str, folded: str) -> Iterator[Hit[Value]]:
        """Where a word of a text stands, with what it stands for or begins there."""
        entry = self._entry(word)
        for start, after in _find_word(word, folded):
            values, end = _longest(entry, folded, after)
            for value in values:
                yield Hit(value, start, end)

    def may_have(self, words: frozenset[str]) -> bool:
        """Whether a text with these words may have any of the forms.

        Quick, and never wrongly no: most texts have none, and are not looked at any further.
        """
        return self._whole is not None or bool(self._told(words))

    def _told(self, words: frozenset[str]) -> frozenset[str]:
        """Which of a text's words stand for something, or may begin what does."""
        new = words - self._seen
        if new:
            self._seen |= new
            begun, ended = self._initials, self._finals
            likely = [
                word
                for word in new
                if word[:2] in begun or word[0] in begun or word[-1] in ended or "'" in word
            ]
            self._telling.update([word for word in likely if self._entry(word) is not _NOTHING])
        return words & self._telling

    def has(self, folded: str, words: frozenset[str] | None = None) -> bool:
        """Whether a folded text has any of the forms.

        Args:
            folded: the text.
            words: its words, if they are known.
        """
        if self._whole is not None:
            return bool(self._whole.search(folded))
        there = self._told(frozenset(split_words(folded)) if words is None else words)
        # A word that stands for something by itself is there; of a phrase perhaps its beginning.
        return any(self._entry(word).values for word in there) or any(
            True for word in there for _ in self._places(word, folded)
        )

    def _entry(self, text: str) -> "_Entry[Value]":
        """What a word may stand for, or begin; looked up once for each word there is."""
        entry = self._known.get(text)
        if entry is None:
            if len(self._known) > _MOST_WORDS:
                self._known.clear()
            entry = self._known[text] = self._look_up(text)
        return entry

    def _look_up(self, text: str) -> "_Entry[Value]":
        phrases = self._beginning(text)
        values = self._of_word(text)
        if not values and "'" in text:
            # The article or pronoun is written together with the word: d'aucune, l'heure.
            values = self._of_word(text.partition("'")[2])
        return _Entry(values, tuple(phrases)) if values or phrases else _NOTHING

    def _of_word(self, text: str) -> list[Value]:
        if text in self._words:
            return self._words[text]
        prefixes, suffixes, _ = self._lengths
        for length in prefixes:
            if text[:length] in self._prefixes:
                return self._prefixes[text[:length]]
        for length in suffixes:
            if text[-length:] in self._suffixes:
                return self._suffixes[text[-length:]]
        for pattern, values in self._inner:
            if pattern.fullmatch(text):
                return values
        return []

    def _beginning(self, text: str) -> list[tuple[tuple[str, ...], list[Value]]]:
        """Phrases that may begin with a word, the longest first."""
        found = [
            phrase
            for length in self._lengths[2]
            if text[:length] in self._phrases
            for phrase in self._phrases[text[:length]]
            if _fits(phrase[0][0], text)
        ]
        return sorted(found, key=lambda phrase: -len(phrase[0])) if len(found) > 1 else found


class _Everything:
    """What has every letter in it."""

    def __contains__(self, _: object) -> bool:
        return True


class _Entry(NamedTuple, Generic[Value]):
    """What a word stands for, and the phrases that it may begin."""

    values: list[Value]
    phrases: tuple[tuple[tuple[str, ...], list[Value]], ...]


_NOTHING: _Entry[Any] = _Entry([], ())


def _longest(entry: _Entry[Value], folded: str, end: int) -> tuple[list[Value], int]:
    """What stands for something where a word ends, and where that ends."""
    for words, values in entry.phrases:
        at = end
        for word in words[1:]:
            following = _TOKEN.search(folded, at)
            if not following or not _fits(word, following[0]):
                break
            at = following.end()
        else:
            return values, at
    return entry.values, end


def _find_word(word: str, folded: str) -> Iterator[tuple[int, int]]:
    """Where a word stands as a token of its own: offsets."""
    at = folded.find(word)
    while at >= 0:
        end = at + len(word)
        # A regular expression for each word would take longer to make than all texts to read.
        is_begun = word[0] not in _SIGNS and _BEFORE.search(folded, max(0, at - 2), at)
        if not is_begun and not _AFTER.match(folded, end):
            yield at, end
        at = folded.find(word, end)


#: Signs that stand for words, also right behind a digit.
_SIGNS = "%٪°"
_BEFORE = re.compile(rf"[{WORD}]'?$")
_AFTER = re.compile(rf"'?[{WORD}]")


def _without_overlaps(found: list[Hit[Value]]) -> list[Hit[Value]]:
    """Hits in order; where two overlap, the first, and of two that begin together the longer."""
    found.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit[Value]] = []
    for hit in found:
        is_same = kept and (hit.start, hit.end) == (kept[-1].start, kept[-1].end)
        if not kept or is_same or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _fits(word: str, text: str) -> bool:
    if "*" not in word:
        return word == text
    if word.endswith("*") and "*" not in word[:-1]:
        return text.startswith(word[:-1])
    return bool(_pattern(word).fullmatch(text))


@lru_cache(maxsize=1024)
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.escape(form).replace(r"\*", ".*"))

"""Many words, found in a text in one pass over its words.

An alternation of hundreds of words is tried anew at every letter; a text has twenty words, and
looking up each is quicker by far. Scripts without spaces have no words to look up: there, one
alternation is what is left.
"""

import re
from collections.abc import Container, Iterable, Sequence
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


#: A word with its offsets in a folded text.
Token = tuple[str, int, int]


@lru_cache(maxsize=8192)
def tokens(folded: str) -> tuple[Token, ...]:
    """The words of a folded text, in order, with their offsets."""
    return tuple([(m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded)])


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
        # Most words are told by their first and last letters to be nothing of ours. An apostrophe
        # inside may hide a word that is, and so may a form that is any word's inside.
        beginnings = (*self._words, *self._prefixes, *self._phrases)
        self._initials = {form[:1] for form in beginnings}
        self._finals = {form[-1:] for form in self._suffixes}
        if self._inner or "" in self._initials:
            self._initials = _Everything()

    def hits(self, folded: str) -> list[Hit[Value]]:
        """The forms that a folded text has, in order; of two in one place the longer."""
        if self._whole is not None:
            matches = self._whole.finditer(folded)
            return [Hit(v, m.start(), m.end()) for m in matches for v in self.forms[m[0]]]
        row = tokens(folded)
        found: list[Hit[Value]] = []
        past = 0
        for at, (text, start, _) in enumerate(row):
            if at < past or (entry := self._entry(text)) is _NOTHING:
                continue
            values, width = _longest(entry, row, at)
            past = at + width
            found += [Hit(value, start, row[past - 1][2]) for value in values]
        return found

    def may_have(self, words: frozenset[str]) -> bool:
        """Whether a text with these words may have any of the forms.

        Quick, and never wrongly no: most texts have none, and are not looked at any further.
        """
        if self._whole is not None:
            return True
        for word in words - self._seen:
            if self._look_up(word) is not _NOTHING:
                self._telling.add(word)
            self._seen.add(word)
        return not words.isdisjoint(self._telling)

    def has(self, folded: str) -> bool:
        """Whether a folded text has any of the forms."""
        if self._whole is not None:
            return bool(self._whole.search(folded))
        row = tokens(folded)
        for at, (text, _, _) in enumerate(row):
            entry = self._entry(text)
            if entry is not _NOTHING and _longest(entry, row, at)[0]:
                return True
        return False

    def _entry(self, text: str) -> "_Entry[Value]":
        """What a word may stand for, or begin; looked up once for each word there is."""
        entry = self._known.get(text)
        if entry is None:
            if len(self._known) > _MOST_WORDS:
                self._known.clear()
            entry = self._known[text] = self._look_up(text)
        return entry

    def _look_up(self, text: str) -> "_Entry[Value]":
        if text[0] not in self._initials and text[-1] not in self._finals and "'" not in text:
            return _NOTHING
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


def _longest(entry: _Entry[Value], row: Sequence[Token], at: int) -> tuple[list[Value], int]:
    """What stands for something at a word, and how many words it has."""
    for words, values in entry.phrases:
        if _follow(words, row, at):
            return values, len(words)
    return entry.values, 1


def _follow(words: Sequence[str], row: Sequence[Token], at: int) -> bool:
    if at + len(words) > len(row):
        return False
    return all(_fits(word, row[at + number][0]) for number, word in enumerate(words))


def _fits(word: str, text: str) -> bool:
    if "*" not in word:
        return word == text
    if word.endswith("*") and "*" not in word[:-1]:
        return text.startswith(word[:-1])
    return bool(_pattern(word).fullmatch(text))


@lru_cache(maxsize=1024)
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.escape(form).replace(r"\*", ".*"))

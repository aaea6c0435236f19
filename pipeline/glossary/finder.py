"""Terms found in a source text, in whatever forms their words stand.

A text is cut into words, and each is looked up by its stem: that costs the same for ten terms as
for a thousand. Scripts without spaces have no words to look up; there terms are found as letters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline.glossary.spelling import is_acronym
from pipeline.languages import Stemmer, count_common, find_stemmer
from pipeline.languages.spelling import WORD

_WORD = re.compile(rf"[{WORD}]+(?:['’][{WORD}]+)*")
#: What may stand between the words of a term: spaces, hyphens, marks of bold and italics.
_GAP = re.compile(r"[\s\u00a0\u00ad\u200b\u2010-\u2013*_-]*")
#: Addresses, code and attributes: their letters are no words.
_NO_WORDS = re.compile(r"\]\([^()\s]*|`[^`]*`|\b(?:https?://|www\.|mailto:)\S+|\{[^{}\n]*\}")
_SIGNS_OF_NONE = ("](", "`", "{", "://", "www.", "mailto:")
#: Han, kana, Thai, Lao, Burmese, Khmer: nothing stands between their words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_POSSESSIVES = ("'s", "’s")
#: Words that are remembered; a library's sources have fewer.
_MOST_WORDS = 50_000
_SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A term that is looked for.

    Attributes:
        name: what it is called in the answer.
        text: how it is written.
        is_name: it is one, found as it is written: no “zooming in” for “Zoom”.
    """

    name: str
    text: str
    is_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A term cut into words, with the signs between them."""

    name: str
    text: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    is_name: bool


class Finder:
    """Finds terms in texts of one language.

    Args:
        wanted: the terms.
        language: tag of the language.
    """

    __slots__ = ("_begun", "_by_stem", "_forms", "_stemmer", "_whole")

    def __init__(self, wanted: Iterable[Wanted], language: str) -> None:
        self._by_stem: dict[str, list[_Entry]] = {}
        self._begun: dict[str, tuple[_Entry, ...]] = {}
        self._forms: dict[tuple[str, str, bool], bool] = {}
        terms = tuple(wanted)
        self._stemmer: Stemmer | None = find_stemmer(language) if terms else None
        whole = {each.text.casefold(): each.name for each in terms if _UNSPACED.search(each.text)}
        self._whole = (_alternation(whole), whole) if whole else None
        for each in terms:
            if each.text.casefold() not in whole and (entry := _entry(each)):
                for stem in self._stems(entry.words[0]):
                    self._by_stem.setdefault(stem, []).append(entry)

    def find(self, text: str) -> Iterator[str]:
        """The names of the terms that a text has, in its order; each perhaps more than once."""
        text = blank_addresses(text)
        hits = self._hits(text) if self._by_stem else []
        if self._whole:
            pattern, names = self._whole
            hits += [(m.start(), names[m[0]]) for m in pattern.finditer(text.casefold())]
            hits.sort()
        return (name for _, name in hits)

    def _hits(self, text: str) -> list[tuple[int, str]]:
        spelled = _WORD.findall(text)
        begun = self._begun
        starts = [begun[word] if word in begun else self._begins(word) for word in spelled]
        # Most words begin no term, and of most texts none does.
        if not any(starts):
            return []
        words = list(_WORD.finditer(text))
        hits: list[tuple[int, str]] = []
        free = 0
        for at, entries in enumerate(starts):
            if entries and at >= free and (there := self._longest(entries, spelled, words, at)):
                free = at + len(there[0].words)
                start, end = words[at].start(), words[free - 1].end()
                hits += [(start, entry.name) for entry in _nearest(there, text[start:end])]
        return hits

    def _longest(
        self,
        entries: Iterable[_Entry],
        spelled: Sequence[str],
        words: Sequence[re.Match[str]],
        at: int,
    ) -> list[_Entry]:
        """The terms that stand where a word stands: of several only the longest."""
        there: list[_Entry] = []
        for entry in entries:
            if there and len(entry.words) < len(there[0].words):
                break
            if self._has_forms(spelled, at, entry) and _has_gaps(words, at, entry):
                there.append(entry)
        return there

    def _has_forms(self, spelled: Sequence[str], at: int, entry: _Entry) -> bool:
        """Whether the words that follow the first one are those of a term."""
        if at + len(entry.words) > len(spelled):
            return False
        forms = self._forms
        for written, word in zip(spelled[at + 1 :], entry.words[1:], strict=False):
            pair = written, word, entry.is_name
            is_form = forms.get(pair)
            if is_form is None:
                is_form = forms[pair] = self._is_form(written, word, entry)
            if not is_form:
                return False
        return True

    def _begins(self, word: str) -> tuple[_Entry, ...]:
        """The terms that may begin with a word, the longest first; looked up once for each word."""
        if len(self._begun) > _MOST_WORDS:
            self._begun.clear()
            self._forms.clear()
        entries = {
            id(entry): entry
            for stem in self._stems(word)
            for entry in self._by_stem.get(stem, ())
            if self._is_form(word, entry.words[0], entry)
        }
        found = sorted(entries.values(), key=lambda entry: -len(entry.words))
        self._begun[word] = tuple(found)
        return self._begun[word]

    def _stems(self, word: str) -> set[str]:
        """By which a word is looked up."""
        plain = _plain(word)
        found = {plain, plain.removesuffix("s")}
        return found | {self._stemmer.stem(plain)} if self._stemmer else found

    def _is_form(self, written: str, word: str, entry: _Entry) -> bool:
        """Whether a word of a text is a word of a term, in some form."""
        if is_acronym(word):
            return _bare(written).removesuffix("s") == word
        plain, wanted = _plain(written), _plain(word)
        if entry.is_name:
            is_written = written[0].isupper() or not word[0].isupper()
            return is_written and plain in {wanted, f"{wanted}s", f"{wanted}es"}
        if plain == wanted:
            return True
        return self._stemmer is not None and self._stemmer.is_form(plain, wanted)


def count_words(text: str) -> int:
    """How many words a term has, as they are looked for."""
    return len(_WORD.findall(text))


def blank_addresses(text: str) -> str:
    """A text, of the same length, without addresses, code and attributes: they are no words."""
    if any(sign in text for sign in _SIGNS_OF_NONE):
        return _NO_WORDS.sub(_blank, text)
    return text


def _has_gaps(words: Sequence[re.Match[str]], at: int, entry: _Entry) -> bool:
    """Whether between words stands what stands in the term, or nothing that divides."""
    for place, gap in enumerate(entry.gaps, start=at):
        between = words[place].string[words[place].end() : words[place + 1].start()]
        if between not in {gap, " "} and not _GAP.fullmatch(between):
            return False
    return True


def _entry(wanted: Wanted) -> _Entry | None:
    words = list(_WORD.finditer(wanted.text))
    if not words:
        return None
    ends = [match.end() for match in words[:-1]]
    return _Entry(
        name=wanted.name,
        text=wanted.text,
        words=tuple(match[0] for match in words),
        gaps=tuple(
            wanted.text[end : match.start()] for end, match in zip(ends, words[1:], strict=True)
        ),
        is_name=wanted.is_name,
    )


def _nearest(entries: Sequence[_Entry], written: str) -> Sequence[_Entry]:
    """Of several terms that a word may be a form of, those that look most like it."""
    if len(entries) < _SEVERAL:
        return entries
    likeness = partial(_likeness, written)
    most = max(map(likeness, entries))
    return [entry for entry in entries if likeness(entry) == most]


def _likeness(written: str, entry: _Entry) -> int:
    """How many letters a term and a place have in common from their beginning."""
    return count_common(f"{entry.text.casefold()}|", f"{written.casefold()}|")


def _plain(word: str) -> str:
    return _bare(word).casefold().replace("’", "'")


def _bare(word: str) -> str:
    """A word without what shows whose something is, and without marks of bold (``__``)."""
    word = word.strip("_")
    return word[:-2] if word.endswith(_POSSESSIVES) else word


def _blank(match: re.Match[str]) -> str:
    # A sign that no term goes over, so that nothing is put together that stands apart.
    return "|" * len(match[0])


def _alternation(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))))

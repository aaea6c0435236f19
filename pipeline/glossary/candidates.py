"""Words and phrases of the sources that may be terms and are in no glossary yet.

C-value (Frantzi, Ananiadou and Mima, “Automatic recognition of multi-word terms: the
C-value/NC-value method”, International Journal on Digital Libraries 3, 2000) ranks phrases by how
often they stand by themselves, not as a part of longer ones: “high temperature” counts for less
where most of it is “very high temperature”. Single words count by the extension of Barrón-Cedeño
and others (CICLing 2009). Nothing is known of other texts: a list leaves out what everybody says.
"""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.glossary.finder import Finder, Wanted, blank_addresses, count_words
from pipeline.languages import Stemmer, find_stemmer
from pipeline.languages.spelling import WORD

#: Words with their hyphens and apostrophes: “self-isolate” and “COVID-19” are one.
_WORD = re.compile(rf"[{WORD}]+(?:[-‑'’][{WORD}]+)*")
#: What may stand inside of a phrase.
_GAP = re.compile(r"[ \u00a0\n*_]+")
_MOST_WORDS = 4
_WORDS = Path(__file__).parent / "words"
#: Where no list is known: a word in more than this share of the resources holds sentences together.
_EVERYWHERE = 0.8
_ENDS = ".?!。！？؟।"
_SHORTEST_EXAMPLE, _LONGEST_EXAMPLE = 20, 160

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """A text of a resource.

    Attributes:
        resource: ``topic/slug``.
        text: the text.
    """

    resource: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What may be a term.

    Attributes:
        text: as it is written most often.
        score: its C-value.
        count: how often it stands in the sources.
        resources: the resources in which it stands.
        example: a text in which it stands.
    """

    text: str
    score: float
    count: int
    resources: tuple[str, ...]
    example: str


@dataclass(slots=True)
class _Seen:
    """What is known of a phrase while texts are read."""

    spellings: Counter[str] = field(default_factory=Counter)
    resources: dict[str, None] = field(default_factory=dict)
    example: str = ""

    @property
    def count(self) -> int:
        return sum(self.spellings.values())

    def add(self, spelling: str, text: SourceText) -> None:
        self.spellings[spelling] += 1
        self.resources.setdefault(text.resource)
        if not self.example or _fitness(text.text) < _fitness(self.example):
            self.example = text.text


def find_candidates(
    texts: Sequence[SourceText],
    language: str,
    *,
    is_known: Callable[[str], bool],
    least_count: int = 3,
    least_resources: int = 2,
    advance: Callable[[str], None] = lambda _name: None,
) -> list[Candidate]:
    """Words and phrases that come back in several resources, the likeliest terms first.

    Args:
        texts: the texts of all resources.
        language: tag of their language.
        is_known: whether a glossary has a term already.
        least_count: how often it must stand in them.
        least_resources: in how many resources.
        advance: told the resource of each text that was read; each is read twice.
    """
    lexicon = _Lexicon(texts, language)
    counts: Counter[Words] = Counter()
    for text in texts:
        counts.update(words for words, _, _ in lexicon.phrases(text.text))
        advance(text.resource)
    seen: dict[Words, _Seen] = {}
    for text in texts:
        # Most phrases stand once: what is remembered of each is remembered of the others only.
        for words, start, end in lexicon.phrases(text.text):
            if counts[words] >= least_count:
                seen.setdefault(words, _Seen()).add(_spell(text.text[start:end]), text)
        advance(text.resource)
    often = {
        words: found for words, found in seen.items() if len(found.resources) >= least_resources
    }
    scores = rank({words: found.count for words, found in often.items()})
    made = (
        Candidate(
            text=_spelling(often[words].spellings),
            score=score,
            count=often[words].count,
            resources=tuple(often[words].resources),
            example=often[words].example,
        )
        for words, score in scores.items()
        if score > 0
    )
    known = (candidate for candidate in made if not is_known(candidate.text))
    return sorted(known, key=lambda each: (-each.score, each.text.casefold()))


def known_terms(terms: Iterable[str], language: str) -> Callable[[str], bool]:
    """Whether a phrase is one of some terms, in any form of its words.

    Args:
        terms: the terms.
        language: tag of their language.
    """
    finder = Finder((Wanted(name=term, text=term) for term in terms), language)

    def is_known(text: str) -> bool:
        return any(count_words(term) >= count_words(text) for term in finder.find(text))

    return is_known


def rank(counts: dict[Words, int]) -> dict[Words, float]:
    """C-value of each phrase.

    Args:
        counts: how often each stands in the texts, those inside of longer ones too.
    """
    longer: dict[Words, list[int]] = {}
    for words, count in counts.items():
        for part in _parts(words):
            if part in counts:
                longer.setdefault(part, []).append(count)
    return {
        words: (1 + math.log2(len(words)))
        * (count - (sum(longer[words]) / len(longer[words]) if words in longer else 0))
        for words, count in counts.items()
    }


def _parts(words: Words) -> set[Words]:
    """The phrases inside of a phrase."""
    return {
        words[start:end]
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
        if end - start < len(words)
    }


def _spelling(spellings: Counter[str]) -> str:
    """The most frequent spelling; in small letters where it is not only the first of a heading."""
    small = {each: count for each, count in spellings.items() if each == each.lower()}
    usual = small if 5 * sum(small.values()) >= spellings.total() else spellings
    return min(usual, key=lambda each: (-usual[each], len(each), each))


def _fitness(text: str) -> tuple[bool, bool, int]:
    """Examples are whole sentences that one can take in."""
    is_handy = _SHORTEST_EXAMPLE <= len(text) <= _LONGEST_EXAMPLE
    return not is_handy, text[-1:] not in _ENDS, len(text)


class _Word(NamedTuple):
    """A word as it stands in a text: without endings, and where in a term it may be."""

    base: str
    is_everyday: bool
    may_end: bool
    may_be_inside: bool


class _Lexicon:
    """What is known of the words of the texts."""

    def __init__(self, texts: Iterable[SourceText], language: str) -> None:
        self._stemmer: Stemmer | None = find_stemmer(language)
        self._bases: dict[str, str] = {}
        self._known: dict[str, _Word] = {}
        self._vocabulary: dict[str, set[str]] = {}
        resources = set()
        for text in texts:
            resources.add(text.resource)
            for match in _WORD.finditer(blank_addresses(text.text)):
                self._vocabulary.setdefault(_plain(match[0]), set()).add(text.resource)
        most = _EVERYWHERE * len(resources)
        lists = _read_words(language)
        self._function = lists.get("function") or frozenset(
            word for word, places in self._vocabulary.items() if len(places) > most
        )
        self._joining = lists.get("joining", frozenset())
        everyday = lists.get("everyday", frozenset())
        self._everyday = self._function | {self.base(word) for word in everyday} | everyday

    def phrases(self, text: str) -> Iterator[tuple[Words, int, int]]:
        """The phrases of a text that may be terms: their words without endings, their offsets."""
        for run in _runs(blank_addresses(text)):
            words = [self._known.get(match[0]) or self._look_up(match[0]) for match in run]
            for first, last in self._spans(words):
                bases = tuple(word.base for word in words[first : last + 1])
                yield bases, run[first].start(), run[last].end()

    def _spans(self, words: Sequence["_Word"]) -> Iterator[tuple[int, int]]:
        """The first and the last word of each phrase that may be a term."""
        for first, word in enumerate(words):
            if not word.may_end:
                continue
            is_said = word.is_everyday
            for last in range(first, min(first + _MOST_WORDS, len(words))):
                is_said = is_said and words[last].is_everyday
                if words[last].may_end and not is_said:
                    yield first, last
                if not words[last].may_be_inside:
                    break

    def _look_up(self, word: str) -> "_Word":
        plain = _plain(word)
        base = self.base(plain)
        is_function = base in self._function or plain in self._function
        has_letter = len(base) > 1 and any(map(str.isalpha, base))
        found = self._known[word] = _Word(
            base=base,
            is_everyday=base in self._everyday,
            may_end=has_letter and not is_function,
            may_be_inside=has_letter and (not is_function or base in self._joining),
        )
        return found

    def base(self, word: str) -> str:
        """A word without endings: the shortest of the texts' words that it is a form of."""
        known = self._bases.get(word)
        if known is None:
            near = self._near(word)
            known = self._bases[word] = min(near, key=lambda each: (len(each), each))
        return known

    def _near(self, word: str) -> Iterable[str]:
        if self._stemmer is None:
            return (word,)
        forms = {each for each in self._stemmer.bases(word) if each in self._vocabulary}
        return {word, *(each for each in forms if self._stemmer.is_form(word, each))}


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Words with nothing between them that divides."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end(), match.start()):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _plain(word: str) -> str:
    return word.strip("_").replace("’", "'").removesuffix("'s").casefold()


def _spell(text: str) -> str:
    return " ".join(re.sub(r"[*_]+", "", text).split())


@cache
def _read_words(language: str) -> dict[str, frozenset[str]]:
    """The lists of a language; none where nobody has made any."""
    path = _WORDS / f"{language.partition('-')[0]}.toml"
    if not path.exists():
        return {}
    values = tomllib.loads(path.read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in values.items()}

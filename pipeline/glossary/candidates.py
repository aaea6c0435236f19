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
) -> list[Candidate]:
    """Words and phrases that come back in several resources, the likeliest terms first.

    Args:
        texts: the texts of all resources.
        language: tag of their language.
        is_known: whether a glossary has a term already.
        least_count: how often it must stand in them.
        least_resources: in how many resources.
    """
    lexicon = _Lexicon(texts, language)
    seen: dict[Words, _Seen] = {}
    for text in texts:
        for words, spelling in lexicon.phrases(text.text):
            seen.setdefault(words, _Seen()).add(spelling, text)
    often = {
        words: found
        for words, found in seen.items()
        if found.count >= least_count and len(found.resources) >= least_resources
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


class _Lexicon:
    """What is known of the words of the texts."""

    def __init__(self, texts: Iterable[SourceText], language: str) -> None:
        self._stemmer: Stemmer | None = find_stemmer(language)
        self._bases: dict[str, str] = {}
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

    def phrases(self, text: str) -> Iterator[tuple[Words, str]]:
        """The phrases of a text that may be terms: their words without endings, their spelling."""
        text = blank_addresses(text)
        for run in _runs(text):
            words = [self.base(_plain(match[0])) for match in run]
            for start, end in _spans(len(run)):
                if self._may_be_term(words[start:end], _plain(run[end - 1][0])):
                    spelling = _spell(text[run[start].start() : run[end - 1].end()])
                    yield tuple(words[start:end]), spelling

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

    def _may_be_term(self, words: Sequence[str], last: str) -> bool:
        if words[0] in self._function or words[-1] in self._function or last in self._function:
            return False
        if any(word in self._function and word not in self._joining for word in words[1:-1]):
            return False
        return not all(word in self._everyday for word in words) and all(map(_has_letter, words))


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


def _spans(length: int) -> Iterator[tuple[int, int]]:
    for start in range(length):
        for end in range(start + 1, min(start + _MOST_WORDS, length) + 1):
            yield start, end


def _has_letter(word: str) -> bool:
    return any(map(str.isalpha, word)) and len(word) > 1


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

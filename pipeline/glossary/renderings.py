"""What a language calls a term, so far as its translations tell.

A text that is the term and nothing else (a heading, a cell) has its translation. Else the words
that come with it: those that stand in its translations and hardly elsewhere (Dice's coefficient,
as in Smadja, McKeown and Hatzivassiloglou, “Translating collocations for bilingual lexicons”,
Computational Linguistics 22, 1996). The latter is a guess, and is called one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.languages import Language, find_stemmer, fold
from pipeline.languages.spelling import WORD

_WORD = re.compile(rf"[{WORD}]+(?:['’][{WORD}]+)*")
#: Texts in which a term and a word stand together at least, and Dice's coefficient of the two.
_LEAST_TEXTS, _LEAST_DICE = 4, 0.75
#: Letters by which words of a language without a stemmer are taken for forms of one.
_BEGINNING = 5
_NO_LETTERS = ".,:;!?*_()[]“”\"'«»…؟،۔।።。！？ \n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a term is called.

    Attributes:
        text: the words.
        strength: Dice's coefficient of term and words; 1 where a whole text is translated so.
        is_certain: a whole text is translated so.
    """

    text: str
    strength: float
    is_certain: bool


class Translations:
    """The translations of one language, asked for what they call a term.

    Args:
        pairs: source texts with their translations.
        language: the language.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]], language: Language) -> None:
        self._pairs = tuple(dict.fromkeys(pairs))
        self._whole: dict[str, str] = {}
        for source, target in self._pairs:
            self._whole.setdefault(_bare(source), target.strip(_NO_LETTERS))
        self._key = _key_of(language)
        # As they are written: folding makes one of letters that a reader wants told apart.
        self._words = [_WORD.findall(target) for _, target in self._pairs]
        self._keys = [frozenset(map(self._key, words)) for words in self._words]
        self._counts = Counter(key for keys in self._keys for key in keys)
        self._is_spaced = language.spaced

    def guess(self, term: str, has_term: Callable[[str], bool]) -> Guess | None:
        """What a term is called; None where they do not tell.

        Args:
            term: the term.
            has_term: whether a source text has it.
        """
        if whole := self._whole.get(_bare(term)):
            return Guess(text=whole, strength=1, is_certain=True)
        # What one word is called may be told by one word; not what a phrase is.
        if not self._is_spaced or len(term.split()) > 1 or not term.isalpha():
            return None
        there = [at for at, (source, _) in enumerate(self._pairs) if has_term(source)]
        return self._associate(there) if len(there) >= _LEAST_TEXTS else None

    def _associate(self, there: Sequence[int]) -> Guess | None:
        """The word that stands in some texts and hardly elsewhere; None without any."""
        together = Counter(key for at in there for key in self._keys[at])
        best, dice = "", 0.0
        for key, count in together.items():
            value = 2 * count / (len(there) + self._counts[key])
            if count >= _LEAST_TEXTS and value > dice:
                best, dice = key, value
        if dice < _LEAST_DICE:
            return None
        spellings = Counter(
            word for at in there for word in self._words[at] if self._key(word) == best
        )
        word = min(spellings, key=lambda word: (-spellings[word], len(word), word))
        return Guess(text=word, strength=dice, is_certain=False)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(_NO_LETTERS)


def _key_of(language: Language) -> Callable[[str], str]:
    """By what words count as forms of one."""
    stemmer = find_stemmer(language.tag)
    if stemmer:
        stem = stemmer.stem
        return lambda word: stem(word.lower())
    return lambda word: fold(word)[:_BEGINNING]

"""What a term is called in a translation, whatever the language does to its words.

Two answers, each careful in its own way. What should be there is found in any form that it might
have; what must not be there only in forms that can hardly be of another word.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from pipeline.glossary.terms import Term, TermStatus
from pipeline.languages import (
    Forms,
    Language,
    count_common,
    find_stemmer,
    fold,
    split_words,
)

#: Scripts whose languages write articles, prepositions and “and” together with the next word.
_JOINING = re.compile("[\u0590-\u07bf\u1200-\u139f]")
#: Most letters of these, as in «وبالكمامة» and “እንደየ…”.
_JOINED = r"\w{0,4}"
#: Arabic's own: “and”, “by”, “for”, “like”, and the article.
_ARABIC = re.compile(r"[وف]?(?:[بك]?ال|لل|ل|ب)?(?=\w{3})")
#: Letters that a word has at least, so that whatever begins with it is probably a form of it.
_LEAST_STEM, _LEAST_COMMON = 4, 5


def find_targets(rows: Iterable[Term], text: str, language: Language) -> tuple[Term, ...]:
    """What a translation calls a term: those of its rows whose target it has.

    Args:
        rows: the rows of the glossary for one source term.
        text: the translation.
        language: its language.
    """
    rows = tuple(rows)
    good = [
        row
        for row in rows
        if row.status is not TermStatus.FORBIDDEN and has_target(text, row.target, language)
    ]
    bad = [
        row
        for row in rows
        if row.status is TermStatus.FORBIDDEN
        and has_forbidden(text, row.target, language)
        # A word that is forbidden by itself may be a part of what is right.
        and not any(has_forbidden(each.target, row.target, language) for each in good)
    ]
    return (*good, *bad)


def has_target(text: str, term: str, language: Language) -> bool:
    """Whether a translation has a term, in any form that it might have.

    Args:
        text: the translation.
        term: the target term.
        language: their language.
    """
    folded, wanted = fold(text), fold(term)
    if wanted in folded and (not language.spaced or _stands(folded, wanted)):
        return True
    if not language.spaced:
        return False
    if _JOINING.search(wanted) and _joined(wanted, language.tag).search(folded):
        return True
    if has_forbidden(text, term, language):
        return True
    return _has_stems(text, term, language.tag)


def has_forbidden(text: str, term: str, language: Language) -> bool:
    """Whether a translation has a term for certain.

    Args:
        text: the translation.
        term: the target term.
        language: their language.
    """
    folded, wanted = fold(text), fold(term)
    if not language.spaced:
        return wanted in folded
    words = _words(wanted)
    # Most texts have not even the letters; looking at each word takes many times as long.
    if not words or _beginning_of(words[0]) not in folded:
        return False
    return _has_words(_words(folded), words, _forms(language.tag))


@lru_cache(maxsize=4096)
def _words(folded: str) -> tuple[str, ...]:
    return tuple(split_words(folded))


def _beginning_of(word: str) -> str:
    """Letters without which no form of a word is in a text."""
    return _ARABIC.sub("", word, 1)[:_LEAST_COMMON]


def _stands(folded: str, wanted: str) -> bool:
    """Whether it begins where a word does, or is a name in letters of another script."""
    if _beginning(wanted).has(folded):
        return True
    return wanted.isascii() and bool(
        re.search(rf"(?<![a-z0-9]){re.escape(wanted)}(?![a-z0-9])", folded)
    )


@lru_cache(maxsize=16_384)
def _beginning(wanted: str) -> Forms:
    return Forms((f"{wanted}*",))


@lru_cache(maxsize=16_384)
def _joined(wanted: str, tag: str) -> re.Pattern[str]:
    """The words of a term with what may be written together with each, before and after."""
    stemmer = find_stemmer(tag)
    stems = (fold(stemmer.stem(word)) if stemmer else word for word in _words(wanted))
    return re.compile(r"\W+".join(rf"\b{_JOINED}{re.escape(stem)}\w*" for stem in stems))


def _has_stems(text: str, term: str, tag: str) -> bool:
    wanted = _stems(term, tag)
    return bool(wanted) and _has_words(_stems(text, tag), wanted, str.__eq__)


@lru_cache(maxsize=4096)
def _stems(text: str, tag: str) -> tuple[str, ...]:
    """The stems of a text's words as they are written: folding makes one of several letters."""
    stemmer = find_stemmer(tag)
    words = split_words(unicodedata.normalize("NFC", text.lower()))
    return tuple(map(stemmer.stem, words)) if stemmer else ()


def _has_words(
    there: Sequence[str], wanted: Sequence[str], is_form: Callable[[str, str], bool]
) -> bool:
    return any(
        all(map(is_form, there[at : at + len(wanted)], wanted))
        for at in range(len(there) - len(wanted) + 1)
    )


@lru_cache(maxsize=64)
def _forms(tag: str) -> Callable[[str, str], bool]:
    """Whether a word of a text can hardly be anything but a form of a word of a term."""
    stemmer = find_stemmer(tag)

    def is_form(written: str, word: str) -> bool:
        if written == word:
            return True
        if _JOINING.search(written):
            written, word = _ARABIC.sub("", written, 1), _ARABIC.sub("", word, 1)
        if stemmer is None:
            return len(word) >= _LEAST_STEM and written.startswith(word)
        common = count_common(written, word)
        is_near = common == len(word) or common >= _LEAST_COMMON
        return is_near and stemmer.stem(written) == stemmer.stem(word)

    return is_form

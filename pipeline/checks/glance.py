"""What a glance at a text tells of which checks could find anything.

Nothing here decides: each answer is only “look closer” or “no need to”, and the tests hold that
whoever looks everywhere finds no more.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.checks.contacts import read_contacts
from pipeline.checks.features import has_markup
from pipeline.checks.keyboard import PAIRS
from pipeline.checks.lengths import read_length
from pipeline.checks.negation import count_negations
from pipeline.checks.numbers import read_runs
from pipeline.checks.reading import read
from pipeline.checks.units import has_measures
from pipeline.languages import Language

#: As many digits nearly in a row as a phone number has at least; and what an address has, sought
#: for by its full stop.
_PHONE = re.compile(r"\d(?:[\s\u00a0\u202f\-‑–().]{0,3}\d){6}")
_LEAST_DIGITS = 7
_DOTTED = re.compile(r"\.(?<=\w\.)\w")
#: What a check of typing could stumble over: controls, marks that nobody sees, first bytes of UTF-8
#: that were read as something else, private characters, Greek and Cyrillic beside Latin.
_UNUSUAL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0370-\u052f\u180e\u200b-\u200d\u2060-\u2064\ufeff"
    "\ue000-\uf8ff\ufff9-\ufffd\U000e0000-\U000e007fÃÂÅÄÐÑØÙÚÛàáâï]"
)
_BRACKET = re.compile(r"[()\[\]«»“”（）]")
_QUESTION = re.compile("[?？؟፧;]")


class SourceGlance(NamedTuple):
    """What is known of a source text, for all languages at once.

    Attributes:
        words: its words, in small letters, cut at spaces.
        runs: its runs of digits.
        counts: it may have a number of more than one in words.
        is_negated: it says no.
        has_measures: it has a number with a unit.
        has_contacts: it has a phone number or an address.
        is_question: it ends with a question mark.
        length: its length, as lengths are compared.
        has_markup: it may have markup, or bold that ends or does not.
    """

    words: frozenset[str]
    runs: list[str]
    counts: bool
    is_negated: bool
    has_measures: bool
    has_contacts: bool
    is_question: bool
    length: int
    has_markup: bool


@lru_cache(maxsize=65_536)
def look_at_source(text: str, language: Language) -> SourceGlance:
    """What is known of a source text."""
    return SourceGlance(
        words=frozenset(text.lower().split()),
        runs=read_runs(text),
        counts=language.numbers.may_count(read(text).words),
        is_negated=count_negations(text, language) > 0,
        has_measures=has_measures(text, language),
        has_contacts=bool(read_contacts(text)),
        is_question="?" in text,
        length=read_length(text),
        has_markup="**" in text or has_markup(text),
    )


def has_contact_sign(text: str, runs: Sequence[str]) -> bool:
    """Whether a text may have a phone number or an address.

    Args:
        text: the text.
        runs: its runs of digits, as ``read_runs`` gives them.
    """
    if "@" in text or "://" in text or ("." in text and _DOTTED.search(text)):
        return True
    return sum(map(len, runs)) >= _LEAST_DIGITS and bool(_PHONE.search(text))


def has_unusual_sign(text: str) -> bool:
    """Whether a text has a character that a check of typing could stumble over."""
    return not (text.isascii() and text.isprintable()) and bool(_UNUSUAL.search(text))


def is_plainly_typed(source: SourceGlance, text: str) -> bool:
    """Whether a target's spaces and marks are in order."""
    if "  " in text or "\t" in text or text[0].isspace() or text[-1].isspace():
        return False
    if source.is_question and not _QUESTION.search(text):
        return False
    return not _BRACKET.search(text) or all(
        text.count(opening) == text.count(closing) for opening, closing in PAIRS
    )


def is_likely_copy(source: SourceGlance, words: frozenset[str]) -> bool:
    """Whether a target shares so many words with its source that it may be a copy of it."""
    if source.words.isdisjoint(words):
        return not source.words
    return len(source.words & words) * 2 >= min(len(source.words), 12)

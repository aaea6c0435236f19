"""What the offline editor knows of two languages, so that it can advise while somebody types.

Plain values that come from the tables of languages: the editor has no table of its own.
"""

from dataclasses import dataclass
from typing import NamedTuple


class TermRule(NamedTuple):
    """What the glossary says of a term that a source text has.

    Attributes:
        source: the term.
        target: what it is called, or must not be called.
        status: ``preferred``, ``admitted``, ``forbidden`` or ``do not translate``.
        note: for the translator.
    """

    source: str
    target: str
    status: str
    note: str = ""


class NumberForm(NamedTuple):
    """A number as a word.

    Attributes:
        form: the word, folded; ``*`` stands for the rest of it.
        value: what it says.
    """

    form: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRules:
    """What is known of the source language and of the target language.

    Attributes:
        source_decimal: sign before decimals in the source language.
        target_decimal: the same in the target language.
        source_numbers: number words of the source language.
        target_numbers: those of the target language; none where nobody knows them.
        is_spaced: the target language writes spaces between words.
        sentence_ends: signs that end a sentence in the target language.
        question_marks: signs that end a question in it.
        folding: signs of the target language that stand for one another, before words are
            compared: each with what it becomes.
    """

    source_decimal: str = "."
    target_decimal: str = "."
    source_numbers: tuple[NumberForm, ...] = ()
    target_numbers: tuple[NumberForm, ...] = ()
    is_spaced: bool = True
    sentence_ends: str = ".!?。！？।؟۔።"
    question_marks: str = "?？؟፧;"
    folding: tuple[tuple[str, str], ...] = ()

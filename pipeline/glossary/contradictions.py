"""Rows of a glossary that cannot both be meant."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.glossary.spelling import spell
from pipeline.glossary.terms import Term, TermStatus


class Contradiction(NamedTuple):
    """What is wrong with a row, beside an earlier one."""

    message: str
    remedy: str
    line: int


def find_contradiction(terms: Iterable[Term]) -> Contradiction | None:
    """The first row that says again, or otherwise, what a row above says; None without any.

    Args:
        terms: the rows, in order.
    """
    targets: dict[tuple[str, str], Term] = {}
    names: dict[str, Term] = {}
    for term in terms:
        source = spell(term.source)
        earlier = targets.setdefault((source, _spell_target(term.target)), term)
        if earlier is not term:
            return _same_target(earlier, term)
        if term.status in {TermStatus.PREFERRED, TermStatus.DO_NOT_TRANSLATE}:
            earlier = names.setdefault(source, term)
            if earlier.status is not term.status:
                return Contradiction(
                    f"“{term.source}” is {term.status} here and {earlier.status} in line "
                    f"{earlier.line}.",
                    "A term is translated, or it is not: change one of the two.",
                    term.line,
                )
    return None


def _same_target(earlier: Term, term: Term) -> Contradiction:
    pair = f"“{term.source}” and “{term.target}”"
    if earlier.status is term.status:
        return Contradiction(
            f"{pair} stand in line {earlier.line} too.", "Take one of the two out.", term.line
        )
    return Contradiction(
        f"{pair} are {term.status} here and {earlier.status} in line {earlier.line}.",
        "Decide for one status, and take the other row out.",
        term.line,
    )


def _spell_target(target: str) -> str:
    return " ".join(unicodedata.normalize("NFC", target).casefold().split())

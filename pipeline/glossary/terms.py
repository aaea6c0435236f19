"""Terms, and where they stand in a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class TermStatus(StrEnum):
    """What a translator is to make of a target term (ISO 30042, TBX)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"
    DO_NOT_TRANSLATE = "do not translate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One row of a glossary.

    Attributes:
        source: the term in the source language.
        target: what it is called, or must not be called, in the target language; for a term that
            is not translated, the source term itself.
        status: what to make of it.
        note: for the translator.
        origin: where it comes from.
        line: its line in the file, counted from 1.
    """

    source: str
    target: str
    status: TermStatus = TermStatus.ADMITTED
    note: str = ""
    origin: str = ""
    line: int = 0


class Glossary:
    """The terms of one language.

    Args:
        terms: its rows, in order.
    """

    __slots__ = ("_by_source", "_pattern", "terms")

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.terms = tuple(terms)
        self._by_source: dict[str, list[Term]] = {}
        for term in self.terms:
            self._by_source.setdefault(term.source.casefold(), []).append(term)
        # The longest first: “face mask” before “mask”.
        sources = sorted(self._by_source, key=len, reverse=True)
        words = "|".join(re.escape(source) for source in sources)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?:e?s)?(?!\w)") if words else None

    def __bool__(self) -> bool:
        return bool(self.terms)

    def find(self, text: str) -> dict[str, tuple[Term, ...]]:
        """The terms that a source text has, by the source term, in the order of the text.

        English plurals are found too.
        """
        if self._pattern is None:
            return {}
        found: dict[str, tuple[Term, ...]] = {}
        for match in self._pattern.finditer(text.casefold()):
            source = self._source(match[0])
            found[source] = tuple(self._by_source[source])
        return found

    def _source(self, text: str) -> str:
        for end in ("", "s", "es"):
            if text.endswith(end) and (stem := text.removesuffix(end)) in self._by_source:
                return stem
        return text

"""Terms, and where they stand in a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.glossary.finder import Finder, Wanted
from pipeline.glossary.spelling import spell


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
        source: tag of the language of the source terms, whose word forms are found too.
        candidates: source terms about which nobody has decided yet: they are not looked for.
    """

    __slots__ = ("_by_source", "_finder", "candidates", "terms")

    def __init__(
        self, terms: Iterable[Term] = (), *, source: str = "en", candidates: Iterable[str] = ()
    ) -> None:
        self.terms = tuple(terms)
        self.candidates = tuple(candidates)
        by_source: dict[str, list[Term]] = {}
        for term in self.terms:
            by_source.setdefault(spell(term.source), []).append(term)
        self._by_source = {source: tuple(terms) for source, terms in by_source.items()}
        self._finder = Finder(
            (
                Wanted(name=name, text=terms[0].source, is_name=_has_name(terms))
                for name, terms in self._by_source.items()
            ),
            source,
        )

    def __bool__(self) -> bool:
        return bool(self.terms)

    def find(self, text: str) -> dict[str, tuple[Term, ...]]:
        """The terms that a source text has, by the source term, in the order of the text.

        Forms of their words count: “face masks”, “self-isolating” for “self-isolate”. Of two that
        begin together the longer is found: “face mask” before “face”.
        """
        return {name: self._by_source[name] for name in self._finder.find(text)}

    def has(self, text: str) -> bool:
        """Whether a source text has any of the terms."""
        return any(True for _ in self._finder.find(text))

    def rows(self) -> dict[str, tuple[Term, ...]]:
        """All rows by their source term, as :meth:`find` gives them."""
        return dict(self._by_source)


def _has_name(terms: Iterable[Term]) -> bool:
    return any(term.status is TermStatus.DO_NOT_TRANSLATE for term in terms)

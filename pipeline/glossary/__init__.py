"""The glossary of a language: what a term is called, and what it must not be called.

In: a table that a spreadsheet opens (CSV). Out: :class:`Glossary`, which finds the terms of a
source text; :func:`find_targets`, what a translation calls them; :func:`compare`, whether all
translations of a language agree; :func:`find_candidates`, what else may be a term.
"""

from pipeline.glossary.candidates import Candidate, SourceText, find_candidates, known_terms
from pipeline.glossary.consistency import (
    Called,
    Consistency,
    Rendering,
    Repeated,
    TermUse,
    Use,
    compare,
    find_repeated,
)
from pipeline.glossary.reading import CANDIDATE, COLUMNS, parse_glossary, read_glossary
from pipeline.glossary.renderings import Guess, Translations
from pipeline.glossary.targets import find_targets, has_forbidden, has_target
from pipeline.glossary.terms import Glossary, Term, TermStatus

__all__ = [
    "CANDIDATE",
    "COLUMNS",
    "Called",
    "Candidate",
    "Consistency",
    "Glossary",
    "Guess",
    "Rendering",
    "Repeated",
    "SourceText",
    "Term",
    "TermStatus",
    "TermUse",
    "Translations",
    "Use",
    "compare",
    "find_candidates",
    "find_repeated",
    "find_targets",
    "has_forbidden",
    "has_target",
    "known_terms",
    "parse_glossary",
    "read_glossary",
]

"""The glossary of a language: what a term is called, and what it must not be called.

In: a table that a spreadsheet opens (CSV). Out: :class:`Glossary`, which finds the terms of a
source text.
"""

from pipeline.glossary.reading import parse_glossary, read_glossary
from pipeline.glossary.terms import Glossary, Term, TermStatus

__all__ = ["Glossary", "Term", "TermStatus", "parse_glossary", "read_glossary"]

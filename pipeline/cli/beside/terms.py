"""What the glossary of a language says of a text, in words: for catalogs, files and reviewers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pipeline.catalogs import Entry
from pipeline.glossary import Glossary, Term, TermStatus, read_glossary

#: How the line of a catalog's comment begins.
_LINE = "Glossary: "


def describe_terms(glossary: Glossary, source: str) -> tuple[tuple[str, str], ...]:
    """The terms of a source text, each with what it is called: ``qandho (preferred)``.

    Args:
        glossary: the glossary.
        source: the source text.
    """
    return tuple(
        (term.source, _describe(term)) for terms in glossary.find(source).values() for term in terms
    )


def _describe(term: Term) -> str:
    status = f"{term.status}: {term.note}" if term.note else f"{term.status}"
    is_kept = term.status is TermStatus.DO_NOT_TRANSLATE and term.target == term.source
    return f"({status})" if is_kept else f"{term.target} ({status})"


def add_terms(entries: Sequence[Entry], glossary: Glossary) -> tuple[Entry, ...]:
    """Source texts of a catalog, their comments with the terms that they have.

    A line of its own after the others: ``Glossary: fever → qandho (preferred)``.

    Args:
        entries: the source texts.
        glossary: the glossary of the catalog's language.
    """
    return tuple(_added(entry, glossary) for entry in entries) if glossary else tuple(entries)


def _added(entry: Entry, glossary: Glossary) -> Entry:
    told = "; ".join(_arrows(describe_terms(glossary, entry.key.msgid)))
    # A line end would end the comment.
    line = " ".join(f"{_LINE}{told}".split())
    return replace(entry, comments=(*entry.comments, line)) if told else entry


def _arrows(terms: Sequence[tuple[str, str]]) -> Iterator[str]:
    for source, called in terms:
        yield f"{source} {called}" if called.startswith("(") else f"{source} → {called}"


def glossary_of(path: Path, digest: str) -> Glossary:
    """The glossary in a file, read once for each of its states.

    Args:
        path: the file; where there is none the glossary is empty.
        digest: of its bytes; empty where there is none.

    Raises:
        GlossaryError: it cannot be used.
    """
    return _read(path, digest) if digest else Glossary()


@lru_cache(maxsize=64)
def _read(path: Path, _digest: str) -> Glossary:
    return read_glossary(path)

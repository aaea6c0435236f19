"""The gate of one catalog, opened in one way for all who ask: what ships, status, qa."""

from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

from pipeline.checks import Languages, find_by_unit
from pipeline.cli.approval import Office, sign_offs
from pipeline.cli.digests import digest_of
from pipeline.cli.units import DigestOf
from pipeline.cli.verdicts import Subject
from pipeline.config import Project
from pipeline.errors import GlossaryError, LanguageError, PipelineError
from pipeline.glossary import read_glossary
from pipeline.languages import load_language
from pipeline.ledger import Ledger
from pipeline.model import Catalog, Document, Finding, Unit
from pipeline.qa import Gate, Text, open_gate
from pipeline.segments import find_problem


def cell_gate(
    office: Office,
    document: Document,
    texts: Sequence[Text],
    catalog: Catalog,
    ledger: Ledger,
    digest_of: DigestOf,
    *,
    tag: str,
) -> Gate:
    """What may be shown of a resource's catalog in a locale.

    Args:
        office: where ledgers are read.
        document: the resource.
        texts: its texts.
        catalog: its catalog.
        ledger: the ledger of the translation.
        digest_of: how its units are called.
        tag: tag of the locale.
    """
    project = office.project
    path = project.catalog_path(tag, document.topic, document.slug)
    subject = Subject(
        resource=f"{document.topic}/{document.slug}",
        tag=tag,
        path=path,
        languages=digest_languages(project, tag),
    )

    def look(pairs: Sequence[tuple[Text, Unit]]) -> Sequence[tuple[Finding, ...]]:
        languages = project_languages(project, tag)
        return find_in_texts(pairs, path=path, tag=tag, languages=languages)

    return open_gate(
        (),
        catalog,
        check=lambda texts: office.verdicts.ask(subject, texts, look) if texts else (),
        sign_offs=sign_offs(office, document, ledger, digest_of),
        accept_samples=project.demonstration,
        judge=partial(project.checklist.judge, risk=document.metadata.risk),
        texts=texts,
    )


def find_in_texts(
    texts: Sequence[tuple[Text, Unit]], *, path: Path, tag: str, languages: Languages
) -> list[tuple[Finding, ...]]:
    """What the checks see in the translations of a catalog.

    Args:
        texts: the texts with their units.
        path: the catalog, for the findings.
        tag: its locale.
        languages: what is known of both languages.
    """
    pairs = [(text.segments, unit) for text, unit in texts]
    return find_by_unit(pairs, path, tag, find_problem=find_problem, languages=languages)


def project_languages(project: Project, tag: str) -> Languages:
    """What the checks know of a project's source language and one of its others.

    A project's own table (``locales/<tag>/language.toml``) and its glossary
    (``locales/<tag>/glossary.csv``) are read if they are there.

    Raises:
        LanguageError: a table says what cannot be meant.
        GlossaryError: the glossary cannot be used.
    """
    table, glossary = language_files(project, tag)
    return _languages(project.source.tag, tag, table, _stamp(table), glossary, _stamp(glossary))


def find_language_fault(project: Project, tag: str) -> PipelineError | None:
    """Why the checks cannot be asked about a language, or None: its table or its glossary.

    Args:
        project: the project.
        tag: the locale.
    """
    if not any(map(_stamp, language_files(project, tag))):
        return None  # known to be sound, and not loaded where nobody asks for it
    try:
        project_languages(project, tag)
    except (GlossaryError, LanguageError) as error:
        return error
    return None


def digest_languages(project: Project, tag: str) -> str:
    """Digest of what :func:`project_languages` gives, the program aside."""
    files = [(path, _stamp(path)) for path in language_files(project, tag)]
    return _digest_files(project.source.tag, tag, *files)


@lru_cache(maxsize=256)
def _digest_files(source: str, tag: str, *files: tuple[Path, tuple[int, int] | None]) -> str:
    return digest_of(source, tag, [stamp and path.read_bytes() for path, stamp in files])


def forget_languages() -> None:
    """Let tables and glossaries be read again, whatever their size and time.

    One that has another text, and the size and time of the one before, is taken for that: this is
    for a process whose copies bring something to the public.
    """
    _digest_files.cache_clear()
    _languages.cache_clear()


def language_files(project: Project, tag: str) -> tuple[Path, Path]:
    """What a project itself says of a language: its table and its glossary; neither must be."""
    folder = project.locales_dir / tag
    return folder / "language.toml", folder / "glossary.csv"


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=256)
def _languages(
    source: str,
    tag: str,
    table: Path,
    _table_stamp: tuple[int, int] | None,
    glossary: Path,
    _glossary_stamp: tuple[int, int] | None,
) -> Languages:
    """Read once, and again when a file changes while a preview runs."""
    return Languages(
        source=load_language(source),
        target=load_language(tag, table),
        glossary=read_glossary(glossary, source=source),
    )

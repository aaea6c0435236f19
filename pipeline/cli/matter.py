"""One resource in one language as it is sent to a translator: from files to a sheet and back.

The words of the website are a resource too, by the name of ``interface``: a language begins with
them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.catalogs import Entry, describe_segments, describe_strings, read_catalog
from pipeline.catalogs.comments import CRITICAL
from pipeline.cli.beside.suggestions import Suggest, suggest_nothing
from pipeline.cli.beside.terms import describe_terms
from pipeline.cli.bilingual import as_segment
from pipeline.cli.desk import check_wanted, find_document
from pipeline.cli.gates import find_in_texts, project_languages
from pipeline.cli.live_rules import make_rules
from pipeline.cli.sync import sync_catalogs
from pipeline.config import Project
from pipeline.content import Library
from pipeline.errors import ConfigError, PipelineError
from pipeline.exchange import (
    QUESTION,
    Change,
    Row,
    Sheet,
    State,
    TermRule,
    digest_target,
    unit_name,
)
from pipeline.glossary import Glossary
from pipeline.model import (
    Catalog,
    Finding,
    Locale,
    Origin,
    RiskTier,
    Segment,
    SegmentKind,
    Unit,
    UnitKey,
)
from pipeline.qa import gather_texts
from pipeline.qa.changes import Change as Became
from pipeline.qa.changes import diff_words
from pipeline.segments import find_protected, split_document
from pipeline.status import is_wanted

INTERFACE = "interface"
_NOTE = "note: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A resource in a language.

    Attributes:
        project: the project.
        locale: the language.
        name: ``topic/slug``, or ``interface``.
        title: what it is called.
        path: its catalog's file.
        catalog: its catalog, up to date with the source.
        entries: its source texts with what translators are told.
        segments: its segments.
        risk: its risk tier.
    """

    project: Project
    locale: Locale
    name: str
    title: str
    path: Path
    catalog: Catalog
    entries: tuple[Entry, ...]
    segments: tuple[Segment, ...]
    risk: RiskTier


def translated_locale(project: Project, tag: str) -> Locale:
    """A language that resources are translated into.

    Raises:
        ConfigError: there is none with that tag, or it is the source language.
    """
    locale = project.locale(tag)
    if locale == project.source:
        raise ConfigError(
            f"`{tag}` is the language that resources are written in.",
            remedy="Name a language that they are translated into.",
        )
    return locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The resources of a language, their catalogs up to date.

    Attributes:
        project: the project.
        library: its resources.
        locale: the language.
        refused: why catalogs cannot be used, by their file.
    """

    project: Project
    library: Library
    locale: Locale
    refused: Mapping[Path, PipelineError]


def open_shelf(
    project: Project, library: Library, locale: Locale, names: Collection[str] = ()
) -> Shelf:
    """Bring catalogs of a language up to date with their sources.

    Args:
        project: the project.
        library: its resources.
        locale: the language.
        names: the resources that are asked for; without any, all.
    """
    documents = [
        document
        for document in library.documents
        if is_wanted(document, locale) and (not names or str(document.id) in names)
    ]
    report = sync_catalogs(project, documents, (locale,))
    refused = {error.path: error for error in report.errors if error.path}
    return Shelf(project=project, library=library, locale=locale, refused=refused)


def open_matter(shelf: Shelf, name: str) -> Matter:
    """One resource, with its catalog.

    Args:
        shelf: where it stands.
        name: ``topic/slug``, or ``interface``.

    Raises:
        PipelineError: there is no such resource, it is not wanted in the language, or a file
            cannot be used.
    """
    if name == INTERFACE:
        return _open_interface(shelf)
    document = find_document(shelf.project, shelf.library, name)
    if document.metadata.languages is not None:
        check_wanted(document, shelf.locale.tag)
    segments = split_document(document)
    path = shelf.project.catalog_path(shelf.locale.tag, document.topic, document.slug)
    return Matter(
        project=shelf.project,
        locale=shelf.locale,
        name=name,
        title=document.metadata.title,
        path=path,
        catalog=_catalog(shelf, path),
        entries=describe_segments(segments),
        segments=tuple(segments),
        risk=document.metadata.risk,
    )


def _open_interface(shelf: Shelf) -> Matter:
    path = shelf.project.interface_path(shelf.locale.tag)
    catalog = _catalog(shelf, path)
    return Matter(
        project=shelf.project,
        locale=shelf.locale,
        name=INTERFACE,
        title="The words of the website",
        path=path,
        catalog=catalog,
        entries=describe_strings(shelf.project.strings),
        segments=tuple(
            as_segment(unit, SegmentKind.INTERFACE) for unit in catalog.by_key().values()
        ),
        risk=RiskTier.GENERAL,
    )


def _catalog(shelf: Shelf, path: Path) -> Catalog:
    if path in shelf.refused:
        raise shelf.refused[path]
    return read_catalog(path)


def make_sheet(matter: Matter, *, only_open: bool, suggest: Suggest = suggest_nothing) -> Sheet:
    """The sheet that is sent of a resource.

    Args:
        matter: the resource.
        only_open: leave out what is done.
        suggest: what the memory has for one of its texts; what is done is not asked for.
    """
    languages = project_languages(matter.project, matter.locale.tag)
    glossary = languages.glossary
    units = matter.catalog.by_key()
    rows = [
        _suggested(_row(entry, units[entry.key], glossary), at, suggest)
        for at, entry in enumerate(matter.entries)
    ]
    locale = matter.locale
    return Sheet(
        resource=matter.name,
        locale=locale.tag,
        language=f"{locale.english_name}, {locale.autonym}",
        source_locale=matter.project.source.tag,
        title=matter.title,
        is_rtl=locale.direction == "rtl",
        rows=tuple(row for row in rows if not (only_open and row.state is State.DONE)),
        rules=make_rules(languages),
    )


def _suggested(row: Row, at: int, suggest: Suggest) -> Row:
    return row if row.state is State.DONE else replace(row, suggestions=suggest(at))


def describe_draft(unit: Unit) -> str:
    """How an unconfirmed proposal was made, and what is doubtful in it; empty for what is none."""
    if not (unit.msgstr and unit.fuzzy) or unit.origin is Origin.HUMAN:
        return ""
    return f"a draft of the {unit.origin}: {unit.origin_note}"


def _row(entry: Entry, unit: Unit, glossary: Glossary) -> Row:
    comments = [line for line in entry.comments if line != CRITICAL]
    notes = next((at for at, line in enumerate(comments) if line.startswith(_NOTE)), len(comments))
    previous = unit.previous.msgid if unit.fuzzy and unit.previous else ""
    is_changed = bool(previous) and previous != unit.msgid
    return Row(
        key=unit_name(*unit.key),
        base=digest_target(unit.msgstr),
        source=unit.msgid,
        target=unit.msgstr,
        context=unit.context,
        state=_state(unit),
        remark="\n".join(unit.translator_comments),
        kind="\n".join(comments[:notes]),
        is_critical=CRITICAL in entry.comments,
        note="\n".join(
            [
                *(line.removeprefix(_NOTE) for line in comments[notes:]),
                *([draft] if (draft := describe_draft(unit)) else []),
            ]
        ),
        terms=tuple(f"{term}: {told}" for term, told in describe_terms(glossary, unit.msgid)),
        term_rules=tuple(_term_rules(glossary, unit.msgid)),
        previous=previous if is_changed else "",
        changes=_changes(previous, unit.msgid) if is_changed else (),
        protected=protected_pieces(unit.msgid),
    )


def _state(unit: Unit) -> State:
    if unit.is_current:
        return State.DONE
    if any(line.startswith(QUESTION) for line in unit.translator_comments):
        return State.QUESTION
    return State.CHANGED if unit.msgstr else State.NEW


def _term_rules(glossary: Glossary, source: str) -> Iterable[TermRule]:
    for terms in glossary.find(source).values():
        yield from (TermRule(term.source, term.target, term.status, term.note) for term in terms)


def _changes(before: str, after: str) -> tuple[Change, ...]:
    return tuple(
        Change(piece.text, piece.change is not Became.ADDED, piece.change is not Became.REMOVED)
        for piece in diff_words(before, after)
    )


def protected_pieces(source: str) -> tuple[str, ...]:
    """The pieces of a source text that a translation carries over as they are, in order."""
    return tuple(span.text for span in find_protected(source))


def find_in_units(matter: Matter, catalog: Catalog) -> list[Finding]:
    """What the checks see in a catalog's translations, drafts that a person made among them.

    Args:
        matter: the resource.
        catalog: its catalog with the translations to look at.
    """
    units: Mapping[UnitKey, Unit] = catalog.by_key()
    texts = gather_texts(matter.segments)
    there = [(t, units[t.key]) for t in texts if t.key in units and units[t.key].msgstr]
    tag = matter.locale.tag
    languages = project_languages(matter.project, tag)
    found = find_in_texts(there, path=matter.path, tag=tag, languages=languages)
    judge = matter.project.checklist.judge
    return [judge(finding, matter.risk) for findings in found for finding in findings]

"""One side of a resource laid out for a reviewer: from files to a worklist.

``review`` shows it and ``sign`` records over it: both see the same.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from pipeline.assemble import weigh
from pipeline.catalogs import check_language, parse_catalog, read_catalog
from pipeline.checks import check_active_content
from pipeline.cli.approval import open_office
from pipeline.cli.beside.terms import describe_terms
from pipeline.cli.gates import find_in_texts, project_languages
from pipeline.cli.history import History, find_history
from pipeline.cli.media.finding import find_wants
from pipeline.cli.media.showing import judge_own
from pipeline.cli.source_checks import check_captions, find_segments
from pipeline.cli.units import digest_maker, digest_pictures, find_pictures
from pipeline.config import Project
from pipeline.content import Library, read_documents
from pipeline.content.assets import read_assets
from pipeline.errors import CatalogError, ConfigError, PipelineError
from pipeline.ledger import Cover, Ledger, Terms, line_id, read_ledger
from pipeline.media import MediaKind
from pipeline.model import Catalog, Document, Finding, Locale, Segment, Unit, UnitKey
from pipeline.qa import gather_texts
from pipeline.qa.media import Media
from pipeline.qa.worklist import Desk, FindTerms, Item, Worklist, make_worklist
from pipeline.segments import split, split_document
from pipeline.workflow import Event, Role, SignOff, TierRules

FindingsOf = Callable[[Sequence[Segment], Unit], Iterable[Finding]]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a resource with the sign-offs that speak of it.

    Attributes:
        project: the project.
        document: the resource.
        locale: the locale that is looked at; the source's own for the source side.
        path: the file whose text is looked at: catalog or resource.
        catalog: the catalog; None on the source side.
        ledger: the sign-offs and events beside it.
        terms: what is asked of the side.
        desk: what worklists are made from.
    """

    project: Project
    document: Document
    locale: Locale
    path: Path
    catalog: Catalog | None
    ledger: Ledger
    terms: Terms
    desk: Desk

    @property
    def is_source(self) -> bool:
        """Whether the source text is looked at, and not a translation."""
        return self.catalog is None

    @property
    def rules(self) -> TierRules:
        """The rules of the resource's risk tier."""
        return self.terms.rules

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that the risk tier asks for on this side, in order."""
        steps = self.rules.steps(of_source=self.is_source)
        return tuple(role for step in steps for role in step)

    @property
    def ledger_path(self) -> Path:
        """The ledger's file."""
        document = self.document
        return self.project.ledger_path(self.locale.tag, document.topic, document.slug)

    @cached_property
    def signers(self) -> Mapping[str, Mapping[Role, frozenset[str]]]:
        """Who has signed each unit in which role, counting or not, what is revoked left out."""
        lines = self.ledger.lines
        revoked = {line.revokes for line in lines if isinstance(line, Event) and line.revokes}
        found: dict[str, dict[Role, frozenset[str]]] = {}
        for line in lines:
            if isinstance(line, SignOff) and line_id(line) not in revoked:
                for unit in line.units:
                    roles = found.setdefault(unit, {})
                    roles[line.role] = roles.get(line.role, frozenset()) | {line.handle}
        return found

    def worklist(self, role: Role) -> Worklist:
        """What a role still has to look at."""
        return make_worklist(self.desk, role)

    def history(self, worklist: Worklist, items: Sequence[Item]) -> History:
        """What the role signed before of some units of its worklist."""
        return find_history(
            items,
            signed=self.desk.cover.signed_by(worklist.role),
            current=frozenset(item.digest for item in worklist.items),
            path=self.path,
            read_units=self._read_source if self.is_source else self._read_catalog,
            digest_of=self.desk.digest_of,
        )

    def _read_source(self, data: bytes) -> list[tuple[UnitKey, str]]:
        text = data.decode("utf-8", "replace")
        return [(segment.key, "") for segment in split(text)]

    def _read_catalog(self, data: bytes) -> list[tuple[UnitKey, str]]:
        try:
            units = parse_catalog(data, self.path).units
        except PipelineError:
            return []
        return [(unit.key, unit.msgstr) for unit in units if unit.msgstr and not unit.fuzzy]


def open_side(project: Project, name: str, tag: str, *, now: datetime) -> Side:
    """Lay out one side of a resource.

    Args:
        project: the project.
        name: ``topic/slug``.
        tag: tag of the locale; the source's for the source text.
        now: the present moment.

    Raises:
        PipelineError: there is no such resource or locale, or a file cannot be used.
    """
    locale = project.locale(tag)
    is_source = locale == project.source
    document = find_document(project, read_documents(project), name)
    if not is_source and document.metadata.languages is not None:
        check_wanted(document, tag)
    segments = split_document(document)
    path, catalog = document.path, None
    if not is_source:
        path = project.catalog_path(tag, document.topic, document.slug)
        catalog = _catalog(path, tag)
    ledger_path = project.ledger_path(tag, document.topic, document.slug)
    ledger = read_ledger(ledger_path, locale=tag, now=now)
    office = open_office(project, now)
    terms = office.terms(document, of_source=is_source)
    cover = Cover(ledger, terms)
    office.close()
    pictures = digest_pictures(read_assets(project.content_dir)[0])
    wants = find_wants(document, segments, weigh(segments), pictures)
    desk = Desk(
        segments=segments,
        catalog=catalog,
        cover=cover,
        digest_of=digest_maker(document, segments, pictures),
        findings_of=_source_findings(document, tag)
        if catalog is None
        else _findings(project, document, catalog, path, tag),
        pictures=find_pictures(document, segments),
        find_terms=_no_terms if is_source else _terms(project, tag),
        media=tuple(media for _, media in judge_own(office, wants, tag, catalog, ledger, [])),
        show=partial(_show, project, document, tag),
    )
    return Side(
        project=project,
        document=document,
        locale=locale,
        path=path,
        catalog=catalog,
        ledger=ledger,
        terms=terms,
        desk=desk,
    )


def _show(project: Project, document: Document, tag: str, media: Media) -> tuple[str, ...]:
    """The source's picture, and the one that may stand in its place."""
    if media.file.kind is not MediaKind.PICTURE:
        return ()
    folder = document.path.parent
    files = (project.content_dir / media.file.name, project.locales_dir / tag / media.file.path)
    return tuple(Path(os.path.relpath(file, folder)).as_posix() for file in files)


def find_document(project: Project, library: Library, name: str) -> Document:
    """The resource of that name.

    Args:
        project: the project.
        library: its resources.
        name: ``topic/slug``.

    Raises:
        ContentError: there is none, or it cannot be used.
    """
    for error in library.errors:
        # What is asked for and cannot be used is worth more words than "there is none".
        path = error.path
        if path and path.with_suffix("").relative_to(project.content_dir).as_posix() == name:
            raise error
    return library.document(name)


def check_wanted(document: Document, tag: str) -> None:
    """Refuse a language in which a resource is not wanted, where it names its languages.

    Raises:
        ConfigError: it is not among them.
    """
    if tag not in (document.metadata.languages or ()):
        raise ConfigError(
            f"{document.id} is not wanted in `{tag}`.",
            remedy="Add the language to `languages` in its front matter.",
            path=document.path,
        )


def _catalog(path: Path, tag: str) -> Catalog:
    if not path.exists():
        raise CatalogError(
            "There is no such catalog.", remedy="Run `pipeline sync` first.", path=path
        )
    catalog = read_catalog(path)
    check_language(catalog, tag, path)
    return catalog


def _findings(
    project: Project, document: Document, catalog: Catalog, path: Path, tag: str
) -> FindingsOf:
    """What the checks of translations say about a unit, as one of its catalog."""
    texts, units = gather_texts(split_document(document)), catalog.by_key()
    there = [(text, units[text.key]) for text in texts if _has_target(units.get(text.key))]
    languages = project_languages(project, tag)
    found = find_in_texts(there, path=path, tag=tag, languages=languages)
    by_key = {text.key: findings for (text, _), findings in zip(there, found, strict=True)}
    judge = partial(project.checklist.judge, risk=document.metadata.risk)

    def findings_of(_group: Sequence[Segment], unit: Unit) -> Iterable[Finding]:
        return map(judge, by_key.get(unit.key, ()))

    return findings_of


def _has_target(unit: Unit | None) -> bool:
    return unit is not None and bool(unit.msgstr) and not unit.fuzzy


def _no_terms(_source: str) -> Sequence[tuple[str, str]]:
    return ()


def _terms(project: Project, tag: str) -> FindTerms:
    """What a language's glossary says of the terms in a source text."""
    return partial(describe_terms, project_languages(project, tag).glossary)


def _source_findings(document: Document, locale: str) -> FindingsOf:
    """What the checks of resources say about the lines of a unit."""
    found = (
        *check_active_content(document.text, document.path),
        *check_captions(document, locale=locale),
    )

    def findings_of(group: Sequence[Segment], _unit: Unit) -> Iterable[Finding]:
        yield from (f for f in found if f.line and find_segments(document, group, f))

    return findings_of

"""The whole project as the public would get it: the stages from files to pages, in order.

``status`` prints what comes of it, ``build`` publishes it. Nothing here writes.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pipeline.assemble import (
    Accepted,
    Rules,
    choose_variants,
    localise,
    measure,
    missing_page,
    source_page,
    weigh,
    withdraw,
)
from pipeline.cli.approval import (
    Approval,
    Office,
    approve,
    find_stop,
    open_office,
)
from pipeline.cli.cells import Clerk, Matter, make_matter
from pipeline.cli.gates import cell_gate, find_language_fault
from pipeline.cli.held import explain_held
from pipeline.cli.interface import Phrases, read_interface, read_or_report
from pipeline.cli.kept.facts import Facts, find_facts
from pipeline.cli.media.finding import Wants, find_wants, has_files
from pipeline.cli.media.showing import put_own
from pipeline.cli.reviewed import Ask, ask_source, ask_target, stamp_review
from pipeline.cli.source_checks import find_unsafe, is_refused
from pipeline.cli.units import DigestOf, digest_maker, digest_pictures
from pipeline.config import Project
from pipeline.content import find_body, read_documents
from pipeline.content.assets import read_assets
from pipeline.errors import CatalogError, PipelineError
from pipeline.ledger import NO_LEDGER, Ledger
from pipeline.model import (
    Catalog,
    Coverage,
    Document,
    Finding,
    Locale,
    LocalisedPage,
    Phrase,
    Segment,
)
from pipeline.processes import in_background
from pipeline.qa import Text, find_unpublished, gather_texts
from pipeline.segments import split_document
from pipeline.status import LanguageState, ResourceState, is_wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A document with what is worked out once for all locales."""

    matter: Matter
    texts: tuple[Text, ...]
    nothing: Coverage
    body_start: int
    digest_of: DigestOf
    media: Wants
    reviewed: Ask

    @property
    def document(self) -> Document:
        """The resource."""
        return self.matter.document

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its segments."""
        return self.matter.segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What the public gets in one locale.

    Attributes:
        state: its row in the status table.
        interface: the strings of the theme, by id.
        pages: the pages of the resources that are wanted in it; read when they are looked at.
        unpublished: texts that nobody may read, by ``topic/slug``.
        pictures: bytes of the pictures that pages show in the place of the source's, by path.
        known: it in short, where that is known without its pages.
        inputs: digests of the files that each page is made from, by ``topic/slug`` and path; empty
            where nobody noted them.
    """

    state: LanguageState
    interface: Mapping[str, Phrase]
    pages: Sequence[LocalisedPage]
    unpublished: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: Mapping[Path, bytes] = field(default_factory=dict)
    known: Facts | None = None
    inputs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def locale(self) -> Locale:
        """The locale."""
        return self.state.locale

    @property
    def facts(self) -> Facts:
        """It in short."""
        return self.known or find_facts(self.pages)

    def with_pages(self, pages: Iterable[LocalisedPage]) -> "Edition":
        """The same with other pages."""
        return replace(self, pages=tuple(pages), known=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A resource in a locale.

    Attributes:
        page: what the public gets of it.
        state: how far it is.
        ledger: the ledger of the translation.
        errors: files that cannot be used, and why.
        findings: what the checks saw.
        unpublished: texts of its catalog that nobody may read.
        pictures: bytes of the pictures that it shows in the place of the source's, by path.
    """

    page: LocalisedPage
    state: ResourceState
    ledger: Ledger = NO_LEDGER
    errors: Sequence[PipelineError] = ()
    findings: Sequence[Finding] = ()
    unpublished: tuple[str, ...] = ()
    pictures: Mapping[Path, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The whole project.

    Attributes:
        project: its settings.
        source: the edition in the source language.
        editions: the editions of the target locales, in the order of the table.
        pictures: bytes of the pictures beside the resources, made safe, by path below them.
        errors: files that cannot be used, and why.
        warnings: what a person should look at.
        findings: what the checks saw.
        source_texts: texts of the resources in the source language.
    """

    project: Project
    source: Edition
    editions: tuple[Edition, ...]
    pictures: Mapping[Path, bytes]
    errors: tuple[PipelineError, ...]
    warnings: tuple[PipelineError, ...]
    findings: tuple[Finding, ...]
    source_texts: Sequence[str] = ()

    @property
    def languages(self) -> tuple[LanguageState, ...]:
        """The rows of the matrix, in the order of the table."""
        return tuple(edition.state for edition in self.editions)

    @property
    def resources(self) -> tuple[str, ...]:
        """``topic/slug`` of its resources."""
        return self.source.facts.names

    @property
    def open_editions(self) -> tuple[Edition, ...]:
        """The editions that the public sees, the source language first."""
        return (self.source, *(edition for edition in self.editions if edition.state.is_open))


def survey(
    project: Project, *, now: datetime | None = None, advance: Callable[[str], None] | None = None
) -> Survey:
    """Work out what the public gets of every resource in every locale.

    A resource or catalog that cannot be used is reported and left out; the rest goes on.

    Args:
        project: the project.
        now: the moment from which dates and sign-offs are judged; the clock's if None.
        advance: told the tag of each locale when it is done.
    """
    office = open_office(project, now or datetime.now(UTC))
    library = read_documents(project, today=office.now.date())
    looked_at = in_background(partial(_find_active, library.documents))
    pictures, bad_pictures = read_assets(project.content_dir)
    errors: list[PipelineError] = [*library.errors, *bad_pictures]
    ready = _prepare_all(office, library.documents, digest_pictures(pictures))
    findings = looked_at()
    usable = [(item, bad) for item, bad in ready if not is_refused(item.document, findings)]
    prepared = [item for item, _ in usable]
    errors += [error for _, bad in usable for error in bad]
    source = _source_edition(office, prepared, errors)
    clerk, editions = Clerk(office=office), []
    for locale in project.locales:
        editions.append(_edition(clerk, locale, prepared, errors, findings))
        if advance:
            advance(locale.tag)
    office.close()
    return Survey(
        project=project,
        source=source,
        editions=tuple(editions),
        pictures=pictures,
        errors=tuple(errors),
        warnings=(
            *library.warnings,
            *unused_samples(project, (edition.state for edition in editions)),
        ),
        findings=tuple(findings),
        source_texts=tuple({s.msgid: None for item in prepared for s in item.segments}),
    )


def _find_active(documents: Iterable[Document]) -> list[Finding]:
    return [found for item in documents for found in find_unsafe(item)]


def _prepare_all(
    office: Office, documents: Iterable[Document], pictures: Mapping[str, str]
) -> list[tuple[Prepared, list[PipelineError]]]:
    """Each resource with what throws doubt on its ledger."""
    ready = []
    for document in documents:
        errors: list[PipelineError] = []
        ready.append((prepare(office, document, pictures, errors), errors))
    return ready


def unused_samples(project: Project, languages: Iterable[LanguageState]) -> Iterator[CatalogError]:
    """Why a real publication lacks what stands in its catalogs: samples are not shown.

    Args:
        project: the project.
        languages: how far its resources are in each locale.
    """
    for language in languages if not project.demonstration else ():
        if samples := sum(resource.is_sample for resource in language.resources):
            yield warn_of_samples(project, language.locale.tag, samples)


def warn_of_samples(project: Project, tag: str, samples: int) -> CatalogError:
    """Why a real publication lacks what stands in the catalogs of a language.

    Args:
        project: the project.
        tag: of the language.
        samples: how many of its catalogs are marked as samples.
    """
    return CatalogError(
        f"{samples} catalogs are marked as samples; this project is no demonstration, "
        "so they are not shown.",
        remedy="Have them translated and reviewed, then take X-Sample out of their heads.",
        path=project.locales_dir / tag,
    )


def prepare(
    office: Office, document: Document, pictures: Mapping[str, str], errors: list[PipelineError]
) -> Prepared:
    """Work out what is the same for all locales.

    Args:
        office: where ledgers are read.
        document: the resource.
        pictures: digests of the pictures, as ``digest_pictures`` gives them.
        errors: where a ledger that cannot be trusted is reported.
    """
    segments = split_document(document)
    words = weigh(segments)
    digest_of = digest_maker(document, segments, pictures)
    approval = approve(office, document, segments, digest_of, errors)
    return Prepared(
        matter=make_matter(document, segments, words, approval),
        texts=gather_texts(segments),
        nothing=measure(segments, words, {}),
        body_start=find_body(document.text),
        digest_of=digest_of,
        media=find_wants(document, segments, words, pictures),
        reviewed=ask_source(office, document, approval.ledger, segments, digest_of),
    )


def _source_edition(
    office: Office, prepared: Sequence[Prepared], errors: list[PipelineError]
) -> Edition:
    project, locale = office.project, office.project.source
    pages = tuple(publish_source(office, item, errors) for item in prepared)
    return Edition(
        state=LanguageState(locale=locale, missing_notices=(), resources=()),
        interface=Phrases(
            {string.id: Phrase(string.text, locale.tag) for string in project.strings}
        ),
        pages=pages,
        unpublished={
            str(page.document.id): tuple(segment.msgid for segment in item.segments)
            for page, item in zip(pages, prepared, strict=True)
            if not page.is_published
        },
    )


def publish_source(office: Office, item: Prepared, errors: list[PipelineError]) -> LocalisedPage:
    """A resource's page in its own language.

    Args:
        office: where ledgers are read.
        item: the resource.
        errors: where a recording that cannot be used is reported.
    """
    locale, approval = office.project.source, item.matter.approval
    page = source_page(item.document, locale=locale, body_start=item.body_start)
    page = stamp_review(_stamp(page, approval), approval, item.reviewed)
    page = replace(page, leaflets=choose_variants(page, item.segments))
    return put_own(office, item.media, page, None, approval.ledger, {}, errors).page


def _stamp(page: LocalisedPage, approval: Approval) -> LocalisedPage:
    """The page with what holds for the resource in every language."""
    if approval.stop:
        return withdraw(page, approval.stop, is_new=approval.is_new)
    return replace(page, is_overdue=True) if approval.is_overdue else page


def _edition(
    clerk: Clerk,
    locale: Locale,
    prepared: Iterable[Prepared],
    errors: list[PipelineError],
    findings: list[Finding],
) -> Edition:
    project = clerk.office.project
    interface = read_interface(project, locale, errors)
    if fault := find_language_fault(project, locale.tag):
        errors.append(fault)
    rules = page_rules(project, locale, interface.phrases)
    there = _find_catalogs(project.locales_dir / locale.tag)
    pages, states, unpublished = [], [], {}
    pictures: dict[Path, bytes] = {}
    for item in prepared:
        if is_wanted(item.document, locale):
            cell = judge_cell(clerk, rules, item, there, is_open=not interface.missing_notices)
            pages.append(cell.page)
            states.append(cell.state)
            errors += cell.errors
            findings += cell.findings
            pictures |= cell.pictures
            if cell.unpublished:
                unpublished[str(item.document.id)] = cell.unpublished
    return Edition(
        state=LanguageState(
            locale=locale, missing_notices=interface.missing_notices, resources=tuple(states)
        ),
        interface=interface.phrases,
        pages=tuple(pages),
        unpublished=unpublished,
        pictures=pictures,
    )


def page_rules(project: Project, locale: Locale, phrases: Mapping[str, Phrase]) -> Rules:
    """When and how pages are published in a locale.

    Args:
        project: the project.
        locale: the locale.
        phrases: the strings of its interface.
    """
    return Rules(
        source=project.source,
        locale=locale,
        minimum_share=project.minimum_share,
        gap_label=phrases["notice-part-english"],
        changed_label=phrases["notice-changed"],
    )


def _find_catalogs(folder: Path) -> frozenset[str]:
    """``topic/slug`` of every catalog in a locale's folder."""
    return frozenset(f"{path.parent.name}/{path.stem}" for path in folder.glob("*/*.po"))


def judge_cell(
    clerk: Clerk,
    rules: Rules,
    item: Prepared,
    there: Container[str],
    *,
    is_open: bool,
    has_text: bool = True,
) -> Cell:
    """A resource's page in a locale, and how far it is.

    Args:
        clerk: who writes the cells.
        rules: when and how it is published.
        item: the resource.
        there: ``topic/slug`` of the catalogs that the locale has.
        is_open: the language is opened to the public.
        has_text: the page's Markdown is wanted.
    """
    document, tag, matter = item.document, rules.locale.tag, item.matter
    if f"{document.topic}/{document.slug}" not in there and item.segments:
        # Most resources in most languages, at first: no file is looked for a second time.
        page = missing_page(document, item.nothing, source=rules.source, locale=rules.locale)
        page = _stamp(page, matter.approval)
        return Cell(page=page, state=_missing(clerk, item, page, is_open=is_open))
    office = clerk.office
    errors: list[PipelineError] = []
    path = office.project.catalog_path(tag, document.topic, document.slug)
    if find_language_fault(office.project, tag):
        # The checks cannot be asked, so nothing may be shown; told once for the language.
        catalog, is_damaged = Catalog(), True
    else:
        catalog, is_damaged = read_or_report(path, tag, errors, office.files.get(str(path)))
    ledger = office.read(document, tag, errors)
    is_sound = not errors and not is_damaged
    is_bare = not has_text and is_sound and item.segments and _is_empty(catalog, ledger)
    if is_bare and not has_files(office.project, tag, item.media):
        page = missing_page(document, item.nothing, source=rules.source, locale=rules.locale)
        page = _stamp(page, matter.approval)
        return Cell(page=page, state=_missing(clerk, item, page, is_open=is_open), ledger=ledger)
    gate = cell_gate(office, document, item.texts, catalog, ledger, item.digest_of, tag=tag)
    page = localise(
        document,
        item.segments,
        Accepted(targets=gate.targets, changed=gate.changed, tolerated=gate.tolerated),
        rules,
        body_start=item.body_start,
        words=matter.words,
        is_sample=catalog.is_sample,
        has_text=has_text,
    )
    if has_text:
        page = replace(page, why=explain_held(item.segments, gate))
        signed = ask_target(office, document, ledger, item.texts, gate, item.digest_of)
        page = stamp_review(page, matter.approval, item.reviewed, signed)
    page = _stamp(page, matter.approval)
    if stop := find_stop(office, document, ledger):
        page = withdraw(page, stop)
    if has_text:
        page = replace(page, leaflets=choose_variants(page, item.segments))
    own = put_own(office, item.media, page, catalog, ledger, gate.targets, errors)
    state = clerk.cell(
        matter, page, gate, own, is_open=is_open, is_damaged=is_damaged, lines=ledger.lines
    )
    return Cell(
        page=own.page,
        state=state,
        ledger=ledger,
        errors=errors,
        findings=gate.findings,
        unpublished=find_unpublished(catalog, gate.targets if page.is_published else {})
        if has_text
        else (),
        pictures=own.pictures,
    )


def _missing(clerk: Clerk, item: Prepared, page: LocalisedPage, *, is_open: bool) -> ResourceState:
    """The cell of a resource of which a language has nothing."""
    state = clerk.missing(item.matter, page, is_open=is_open)
    return replace(state, media=item.media.missing) if item.media.missing else state


def _is_empty(catalog: Catalog, ledger: Ledger) -> bool:
    """Whether a catalog says no more than one that is not there, as most do at first."""
    if ledger.lines or ledger.oddities or catalog.is_sample:
        return False
    return not any(unit.msgstr for unit in catalog.units)

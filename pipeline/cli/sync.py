"""Bringing every catalog up to date with its source: the stages, in order.

For each resource: its text to segments; for each locale: the catalog that is there,
merged with them and with what the language's glossary says of them, written if it says
anything new. A catalog of which both the source and the bytes are those of an earlier run
is only read, not parsed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pipeline.catalogs import (
    Entry,
    check_language,
    describe_segments,
    describe_strings,
    merge_entries,
    read_catalog,
    write_catalog,
)
from pipeline.cli.beside.terms import add_terms, glossary_of
from pipeline.cli.digests import digest_of, digest_of_program
from pipeline.cli.gates import language_files
from pipeline.cli.refusals import remedy_of
from pipeline.cli.settled import Settled, digest_of_bytes
from pipeline.cli.workers import count_workers, run_each
from pipeline.config import Project
from pipeline.errors import CatalogError, GlossaryError, PipelineError
from pipeline.model import Catalog, Document, Locale
from pipeline.segments import split_document
from pipeline.status import is_wanted

#: Catalogs to merge from which on a second process is quicker, its start included.
_WORTH_PROCESSES = 400
_INTERFACE = "theme/interface.toml"


class Outcome(StrEnum):
    """What became of a catalog."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a run did.

    Attributes:
        outcomes: what became of each catalog, by its path.
        errors: why catalogs were skipped.
        warnings: catalogs whose source is gone; they are kept.
    """

    outcomes: dict[Path, Outcome]
    errors: tuple[PipelineError, ...]
    warnings: tuple[PipelineError, ...]

    @property
    def created(self) -> int:
        """How many catalogs are new."""
        return self._count(Outcome.CREATED)

    @property
    def updated(self) -> int:
        """How many catalogs were changed."""
        return self._count(Outcome.UPDATED)

    @property
    def unchanged(self) -> int:
        """How many catalogs needed no change and were not touched."""
        return self._count(Outcome.UNCHANGED)

    @property
    def skipped(self) -> int:
        """How many catalogs were left alone because of an error."""
        return self._count(Outcome.SKIPPED)

    def _count(self, wanted: Outcome) -> int:
        return sum(outcome is wanted for outcome in self.outcomes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """A catalog to merge.

    Attributes:
        locale: its language.
        path: its file.
        state: a digest of all that decides what it must say.
        glossary: the file of the language's glossary.
        terms: a digest of that; empty where there is none.
    """

    locale: Locale
    path: Path
    state: str
    glossary: Path
    terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """The catalogs of one source: a resource, or the theme's strings."""

    reference: str
    source: Document | tuple[Entry, ...]
    targets: tuple[_Target, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """What became of one catalog; ``digest`` is of its bytes where it is settled."""

    target: _Target
    outcome: Outcome
    digest: str = ""
    error: PipelineError | None = None


def sync_catalogs(
    project: Project,
    documents: Sequence[Document],
    locales: Sequence[Locale],
    *,
    on_done: Callable[[str], None] = lambda _: None,
) -> SyncReport:
    """Bring the catalogs of resources, and of the interface, up to date.

    A damaged catalog is skipped and reported; the rest goes on. Interrupted, it leaves
    every catalog either as it was or finished.

    Args:
        project: the project.
        documents: its resources.
        locales: the locales to work on.
        on_done: told the name of each catalog when it is done: ``so/covid-19/rest.po``.
    """
    settled = Settled(project.cache_dir / "sync.json")
    finished: list[_Done] = []
    try:
        for done in _finish(_jobs(project, documents, locales), settled):
            finished.append(done)
            on_done(done.target.path.relative_to(project.locales_dir).as_posix())
    finally:
        settled.write()
    finished.sort(key=lambda done: done.target.path)
    return SyncReport(
        outcomes={done.target.path: done.outcome for done in finished},
        # A glossary that cannot be used is one error, however many catalogs wait for it.
        errors=tuple({str(done.error): done.error for done in finished if done.error}.values()),
        warnings=tuple(_orphans(project, locales)),
    )


def _jobs(
    project: Project, documents: Sequence[Document], locales: Sequence[Locale]
) -> Iterator[_Job]:
    """The interface first: its notices are what a language begins with."""
    target = _target_maker(project, locales)
    entries = describe_strings(project.strings)
    strings = digest_of(entries)
    yield _Job(
        reference=_INTERFACE,
        source=entries,
        targets=tuple(
            target(locale, project.interface_path(locale.tag), strings) for locale in locales
        ),
    )
    for document in documents:
        captions = document.video.captions.text if document.video else ""
        text = digest_of(document.id, document.text, captions)
        yield _Job(
            reference=document.path.relative_to(project.root).as_posix(),
            source=document,
            targets=tuple(
                target(
                    locale, project.catalog_path(locale.tag, document.topic, document.slug), text
                )
                for locale in locales
                if is_wanted(document, locale)
            ),
        )


def _target_maker(
    project: Project, locales: Iterable[Locale]
) -> Callable[[Locale, Path, str], _Target]:
    """What makes a target of a language, its catalog and a digest of its source."""
    program = digest_of_program()
    glossaries = {locale.tag: language_files(project, locale.tag)[1] for locale in locales}
    terms = {tag: digest_of_bytes(path) for tag, path in glossaries.items()}
    states = {locale.tag: digest_of(program, locale, terms[locale.tag]) for locale in locales}

    def target(locale: Locale, path: Path, source: str) -> _Target:
        return _Target(
            locale=locale,
            path=path,
            state=f"{states[locale.tag]} {source}",
            glossary=glossaries[locale.tag],
            terms=terms[locale.tag],
        )

    return target


def _finish(jobs: Iterable[_Job], settled: Settled) -> Iterator[_Done]:
    """Everything that becomes of the jobs' catalogs; what is settled comes first."""
    late: list[_Job] = []
    for job in jobs:
        waiting = []
        for target in job.targets:
            if settled.has(target.path, target.state):
                yield _Done(target=target, outcome=Outcome.UNCHANGED)
            else:
                waiting.append(target)
        if waiting:
            late.append(replace(job, targets=tuple(waiting)))
    for done in _run(late):
        if done.digest:
            settled.add(done.target.path, done.target.state, done.digest)
        yield done


def _run(jobs: Sequence[_Job]) -> Iterator[_Done]:
    """Do the jobs, in several processes where there are many catalogs."""
    is_much = sum(len(job.targets) for job in jobs) >= _WORTH_PROCESSES
    for _, done in run_each(_sync_one_source, jobs, workers=count_workers() if is_much else 1):
        yield from done


def _sync_one_source(job: _Job) -> list[_Done]:
    """Merge the catalogs of one source. Runs in a process of its own where there are many."""
    entries = _entries(job.source)
    return [_sync_one_catalog(target, entries, job.reference) for target in job.targets]


def _entries(source: Document | tuple[Entry, ...]) -> tuple[Entry, ...]:
    return describe_segments(split_document(source)) if isinstance(source, Document) else source


def _sync_one_catalog(target: _Target, entries: tuple[Entry, ...], reference: str) -> _Done:
    path = target.path
    try:
        old = _read_if_there(path)
        if old:
            check_language(old, target.locale.tag, path)
        told = add_terms(entries, glossary_of(target.glossary, target.terms))
        new = merge_entries(old, told, locale=target.locale, reference=reference)
        if old is None:
            outcome = Outcome.CREATED
        elif new is old:
            outcome = Outcome.UNCHANGED
        else:
            outcome = Outcome.UPDATED
        if new is not old and not write_catalog(path, new):
            outcome = Outcome.UNCHANGED
    except (CatalogError, GlossaryError) as error:
        return _Done(target=target, outcome=Outcome.SKIPPED, error=error)
    except OSError as error:
        problem = CatalogError(
            f"The catalog cannot be written: {error.strerror}.",
            remedy=remedy_of(error),
            path=path,
        )
        return _Done(target=target, outcome=Outcome.SKIPPED, error=problem)
    return _Done(target=target, outcome=outcome, digest=digest_of_bytes(path))


def _read_if_there(path: Path) -> Catalog | None:
    return read_catalog(path) if path.exists() else None


def _orphans(project: Project, locales: Iterable[Locale]) -> Iterator[CatalogError]:
    """Catalogs whose resource is gone. One that merely cannot be used now is not gone."""
    for locale in locales:
        folder = project.locales_dir / locale.tag
        for path in sorted(folder.glob("*/*.po")):
            topic, slug = path.parent.name, path.stem
            if not (project.content_dir / topic / f"{slug}.md").exists():
                yield CatalogError(
                    f"The resource {topic}/{slug} is gone; its catalog is kept.",
                    remedy="Move the catalog if you have moved the resource; else delete it.",
                    path=path,
                )

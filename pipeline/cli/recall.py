"""The memory of a language: what is signed in the catalogs of all resources, and imported files.

Derived each time from the files themselves. The cache in ``.cache/pipeline/memory`` holds what was
found of each resource, and the index of the whole, each with the digest of the bytes that it was
made from: after any edit it no longer fits, and may be deleted at any time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipeline.cli.approval import Office, find_stop, open_office
from pipeline.cli.console import late_progress
from pipeline.cli.digests import digest_of, digest_of_program
from pipeline.cli.gates import cell_gate, language_files, project_languages
from pipeline.cli.imported import list_imported, read_imported
from pipeline.cli.interface import read_or_report
from pipeline.cli.meanings import meaning_reader
from pipeline.cli.survey_cache import (
    ODD,
    parse_record,
    read_cache,
    read_file,
    record_key,
    render_record,
    write_cache,
)
from pipeline.cli.units import digest_maker, digest_pictures
from pipeline.cli.workers import count_workers, run_each
from pipeline.config import Project
from pipeline.content import read_documents
from pipeline.content.assets import read_assets
from pipeline.errors import PipelineError
from pipeline.files import write_atomic
from pipeline.ledger import Standing
from pipeline.memory import (
    MeaningOf,
    Memory,
    MemoryUnit,
    Neighbours,
    Provenance,
    parse_memory,
    remember,
    render_memory,
)
from pipeline.model import Document, Locale, UnitKey
from pipeline.qa import Gate, gather_texts
from pipeline.qa.gate import Hold
from pipeline.segments import split_document
from pipeline.status import is_wanted

#: Resources that are looked at in one go, and from how many on a second process is quicker.
_BATCH, _WORTH_PROCESSES = 20, 60
#: The day of a line of a ledger; whatever looks like one counts.
_DAY = re.compile(rb'"time"\s*:\s*"(\d{4}-\d\d-\d\d)')
_FAULTS = (KeyError, IndexError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """What is remembered in a language.

    Attributes:
        memory: the memory.
        errors: files that cannot be used, and why: nothing of them is remembered.
    """

    memory: Memory
    errors: tuple[PipelineError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A file of translations: the catalog of a resource, or an imported file."""

    path: Path
    document: Document | None
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    project: Project
    locale: Locale
    now: datetime
    pictures: Mapping[str, str]
    jobs: tuple[_Job, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was found in a file."""

    path: Path
    digest: str
    units: Sequence[MemoryUnit]
    errors: list[PipelineError] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether it may be cached.

        Errors have to be told again; a file that was changed while it was read is read again.
        """
        return not self.errors and self.digest != ODD


def recall(project: Project, locale: Locale, *, now: datetime | None = None) -> Recall:
    """Everything that has been translated into a language and signed, and what was imported.

    Args:
        project: the project.
        locale: the language.
        now: the moment from which sign-offs are judged; the clock's if None.

    Raises:
        PipelineError: the language's table or glossary cannot be used.
    """
    moment = now or datetime.now(UTC)
    meaning_of = meaning_reader(project_languages(project, locale.tag).source)
    library = read_documents(project, today=moment.date())
    pictures = digest_pictures(read_assets(project.content_dir)[0])
    base = _base(project, locale, pictures)
    jobs = tuple(_jobs(project, locale, library.documents, moment))
    made_from = digest_of(base, [job.digest for job in jobs])
    folder = project.cache_dir / "memory"
    index = folder / f"{locale.tag}.index"
    # Whether a signature is good is not written in the files that are looked at here.
    is_cached = not (project.workflow.require_signatures or any(job.digest == ODD for job in jobs))
    if is_cached and (memory := _read_index(index, made_from, meaning_of)) is not None:
        return Recall(memory=memory, errors=library.errors)
    cache = folder / f"{locale.tag}.jsonl" if is_cached else None
    all_ = _Batch(project=project, locale=locale, now=moment, pictures=pictures, jobs=jobs)
    found = _harvest(all_, cache, base)
    memory = Memory((unit for each in found for unit in each.units), meaning_of=meaning_of)
    errors = [error for each in found for error in each.errors]
    if is_cached and all(each.is_certain for each in found):
        _write(index, render_memory(memory, made_from))
    return Recall(memory=memory, errors=(*library.errors, *errors))


def _base(project: Project, locale: Locale, pictures: Mapping[str, str]) -> str:
    """Digest of all that every record depends on."""
    files = [read_file(str(path))[0] for path in language_files(project, locale.tag)]
    return digest_of(digest_of_program(), project, locale, files, sorted(pictures.items()))


def _jobs(
    project: Project, locale: Locale, documents: Iterable[Document], now: datetime
) -> Iterator[_Job]:
    """The files of a language, in order."""
    for document in documents:
        path = project.catalog_path(locale.tag, document.topic, document.slug)
        if is_wanted(document, locale) and path.exists():
            yield _job(project, locale, path, document, now)
    for path in list_imported(project, locale.tag):
        yield _job(project, locale, path, None, now)


def _job(
    project: Project, locale: Locale, path: Path, document: Document | None, now: datetime
) -> _Job:
    digest, _ = read_file(str(path))
    if document is None or digest == ODD:
        named = ODD if digest == ODD else digest_of(path.name, digest)
        return _Job(path=path, document=document, digest=named)
    ledger = project.ledger_path(locale.tag, document.topic, document.slug)
    signed, data = read_file(str(ledger))
    if signed == ODD:
        return _Job(path=path, document=document, digest=ODD)
    parts = document.id, document.text, document.video, digest, signed, _days(data or b"", now)
    return _Job(path=path, document=document, digest=digest_of(*parts))


def _days(ledger: bytes, now: datetime) -> str:
    """The day, where it decides which lines of a ledger count: a waiver ends, a line begins."""
    day = now.astimezone(UTC).date().isoformat()
    is_settled = b'"until"' not in ledger and all(
        found.decode() < day for found in _DAY.findall(ledger)
    )
    return "" if is_settled else day


# --- the cache -------------------------------------------------------------------


def _read_index(path: Path, made_from: str, meaning_of: MeaningOf) -> Memory | None:
    try:
        return parse_memory(path.read_bytes(), made_from, meaning_of)
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    """Keep it. A cache that cannot be written is no reason to fail."""
    try:
        write_atomic(path, data)
    except OSError:
        return


def _harvest(all_: _Batch, cache: Path | None, base: str) -> list[_Found]:
    """What is found in every file, in their order.

    Of those that are as they were the cache tells; the others are looked at.
    """
    known = read_cache(cache, base) if cache else {}
    found: dict[Path, _Found] = {}
    waiting = []
    for job in all_.jobs:
        earlier = _parse_found(known.get(record_key(str(job.path)), ""), job)
        if earlier:
            found[job.path] = earlier
        else:
            waiting.append(job)
    found |= {each.path: each for each in _look_at_all(all_, waiting)}
    if cache and (waiting or len(known) != len(found)):
        rows = (_render_found(each) for each in found.values() if each.is_certain)
        write_cache(cache, base, rows)
    return [found[job.path] for job in all_.jobs]


def _render_found(found: _Found) -> str:
    rows = [
        [u.source, u.target, u.context, u.provenance.roles, u.provenance.is_sample, u.neighbours]
        for u in found.units
    ]
    made = found.units[0].provenance if found.units else Provenance(name="")
    values = {"digest": found.digest, "name": made.name, "imported": made.is_imported, "rows": rows}
    return render_record(str(found.path), values)


def _parse_found(row: str, job: _Job) -> _Found | None:
    if not row or job.digest == ODD:
        return None
    try:
        record = parse_record(row)
        if record["digest"] != job.digest:
            return None
        units = [
            MemoryUnit(
                source=source,
                target=target,
                context=context,
                provenance=Provenance(
                    name=record["name"],
                    roles=tuple(roles),
                    is_imported=record["imported"],
                    is_sample=is_sample,
                ),
                neighbours=Neighbours(*around),
            )
            for source, target, context, roles, is_sample, around in record["rows"]
        ]
    except _FAULTS:
        return None
    return _Found(path=job.path, digest=job.digest, units=units)


# --- looking at files, in processes of their own where there are many --------------


def _look_at_all(all_: _Batch, jobs: Sequence[_Job]) -> Iterator[_Found]:
    batches = [
        _Batch(
            project=all_.project,
            locale=all_.locale,
            now=all_.now,
            pictures=all_.pictures,
            jobs=tuple(jobs[first : first + _BATCH]),
        )
        for first in range(0, len(jobs), _BATCH)
    ]
    workers = count_workers() if len(jobs) >= _WORTH_PROCESSES else 1
    with late_progress("Reading what has been translated", len(batches)) as advance:
        for batch, done in run_each(_look_at, batches, workers=workers):
            advance(str(batch.jobs[-1].path.stem))
            yield from done


def _look_at(batch: _Batch) -> list[_Found]:
    office = open_office(batch.project, batch.now)
    found = [_look_at_one(office, batch, job) for job in batch.jobs]
    office.close()
    return found


def _look_at_one(office: Office, batch: _Batch, job: _Job) -> _Found:
    errors: list[PipelineError] = []
    if job.document is None:
        units = read_imported(batch.project, batch.locale.tag, job.path, errors)
    else:
        units = list(_signed(office, batch, job.document, errors))
    again = _job(batch.project, batch.locale, job.path, job.document, batch.now)
    return _Found(
        path=job.path, digest=job.digest if again == job else ODD, units=units, errors=errors
    )


def _signed(
    office: Office, batch: _Batch, document: Document, errors: list[PipelineError]
) -> Iterable[MemoryUnit]:
    """The units of a resource that count as translated."""
    project, tag = batch.project, batch.locale.tag
    path = project.catalog_path(tag, document.topic, document.slug)
    catalog, _ = read_or_report(path, tag, errors)
    ledger = office.read(document, tag, errors)
    if not catalog.units or find_stop(office, document, ledger):
        # What somebody has withdrawn is nothing to begin from.
        return ()
    segments = split_document(document)
    digests = digest_maker(document, segments, batch.pictures)
    texts = gather_texts(segments)
    gate = cell_gate(office, document, texts, catalog, ledger, digests, tag=tag)
    needed = project.workflow.tiers[document.metadata.risk].steps(of_source=False)
    roles = [str(role) for step in needed for role in step]
    signed = {key: _signers(roles, gate.standings.get(key)) for key in gate.translated}
    units = catalog.by_key()
    targets = {
        key: units[key].msgstr for key in gate.translated if _is_accepted(gate, key, signed[key])
    }

    def provenance(key: UnitKey) -> Provenance:
        return Provenance(name=str(document.id), roles=signed[key], is_sample=catalog.is_sample)

    return remember([text.key for text in texts], targets, provenance)


def _signers(roles: Sequence[str], standing: Standing | None) -> tuple[str, ...]:
    """The roles that have signed exactly this text, by sign-offs that count."""
    if standing is None:
        return ()
    lacking = {*standing.missing, *standing.owed, *standing.waived}
    return tuple(dict.fromkeys(role for role in roles if role not in lacking))


def _is_accepted(gate: Gate, key: UnitKey, roles: Sequence[str]) -> bool:
    """Whether a translation is remembered.

    What the public may read is. So is what waits for nothing but more sign-offs, as soon as one
    person has signed it: the next leaflet need not wait for the clinician to begin.
    """
    hold = gate.held.get(key)
    return hold is None or (hold is Hold.UNSIGNED and bool(roles))

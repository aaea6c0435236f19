"""The state of every resource in every locale, without the pages: what ``status`` needs.

The same cells as ``survey`` makes, by the same functions. What an earlier run found of a resource
is used again while nothing that it was made from has changed; the rest is worked out in several
processes, some resources at a time.
"""

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from pipeline.assemble import Rules
from pipeline.cli.approval import Office, open_office
from pipeline.cli.cells import Clerk
from pipeline.cli.compact import row_maker, row_reader
from pipeline.cli.digests import digest_of, digest_of_program
from pipeline.cli.expiry import find_expiry, next_day
from pipeline.cli.gates import digest_languages, find_language_fault
from pipeline.cli.interface import InterfaceReading, read_interface
from pipeline.cli.kept.rows import error_row, finding_row, to_error, to_finding
from pipeline.cli.source_checks import find_unsafe
from pipeline.cli.survey import Cell, Prepared, judge_cell, page_rules, prepare, unused_samples
from pipeline.cli.survey_cache import (
    ODD,
    Stamps,
    is_same,
    parse_record,
    read_cache,
    read_file,
    record_key,
    render_record,
    write_cache,
)
from pipeline.cli.units import digest_pictures, list_pictures
from pipeline.cli.verdicts import open_verdicts
from pipeline.cli.workers import count_workers, run_each
from pipeline.config import Project
from pipeline.content import list_documents, read_documents
from pipeline.content.assets import ASSET_ENDINGS, read_assets
from pipeline.content.recordings import MEDIA_TYPES
from pipeline.content.videos import FILM_ENDINGS
from pipeline.errors import PipelineError
from pipeline.model import Finding, Severity
from pipeline.status import LanguageState, ResourceState, is_wanted

#: Resources that are done in one go: few enough that processes end together.
_BATCH = 10
#: Cells from which on a second process is quicker, its start included.
_WORTH_PROCESSES = 1500
_to_row, _to_state = row_maker(ResourceState), row_reader(ResourceState)
_FAULTS = (KeyError, IndexError, TypeError, ValueError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The whole project, as far as states go.

    Attributes:
        project: its settings.
        resources: ``topic/slug`` of its resources.
        languages: rows in the order of the table.
        errors: files that cannot be used, and why.
        warnings: what a person should look at.
        findings: what the checks saw.
    """

    project: Project
    resources: tuple[str, ...]
    languages: tuple[LanguageState, ...]
    errors: tuple[PipelineError, ...]
    warnings: tuple[PipelineError, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A resource to work out: its file, stamps of all files by path, the earlier record."""

    path: str
    stamps: Mapping[str, str]
    earlier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Some resources, with what they need of the rest of the project."""

    project: Project
    now: datetime
    readings: tuple[InterfaceReading, ...]
    pictures: Mapping[str, str]
    stamps: Stamps
    jobs: tuple[_Job, ...]


def survey_states(
    project: Project,
    *,
    now: datetime | None = None,
    advance: Callable[[str], None] | None = None,
    workers: int | None = None,
    clock: Callable[[], int] = time.time_ns,
) -> Matrix:
    """Work out how far every resource is in every locale, with the cache of earlier runs.

    Args:
        project: the project.
        now: the moment from which dates and sign-offs are judged; the clock's if None.
        advance: told the tag of each locale when it is done.
        workers: how many processes to use; as many as there are processors if None.
        clock: gives the time of the machine's files, nanoseconds.
    """
    with _no_collection():
        stamps = Stamps(clock())
        return _survey_states(project, now or datetime.now(UTC), stamps, advance, workers)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Next to nothing here is a cycle, and looking for them in a million values takes time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _survey_states(
    project: Project,
    now: datetime,
    stamps: Stamps,
    advance: Callable[[str], None] | None,
    workers: int | None,
) -> Matrix:
    errors_of: list[list[PipelineError]] = [[] for _ in project.locales]
    readings = tuple(
        read_interface(project, locale, errors)
        for locale, errors in zip(project.locales, errors_of, strict=True)
    )
    for locale, errors in zip(project.locales, errors_of, strict=True):
        if fault := find_language_fault(project, locale.tag):
            errors.append(fault)
    found, bad_pictures = read_assets(project.content_dir)
    pictures = digest_pictures(found)
    base = _base(project, now, readings, stamps)
    cache = project.cache_dir / "status.jsonl"
    # Whether a signature is good is not written in the files that are looked at here.
    known = {} if project.workflow.require_signatures else read_cache(cache, base)
    rows: dict[str, str] = {}
    records: dict[str, dict[str, Any]] = {}
    jobs = []
    for path in map(str, list_documents(project.content_dir)):
        row = known.get(record_key(path), "")
        there = {each: stamps.stamp(each) for each in _files(project, path)}
        record = _use(row, there, pictures, now)
        if record is None:
            jobs.append(_Job(path=path, stamps=there, earlier=row))
        else:
            rows[path], records[path] = row, record
    for path, row in _run(project, now, readings, pictures, stamps.empty(), jobs, workers):
        rows[path], records[path] = row, parse_record(row)
    if jobs or len(known) != len(rows):
        write_cache(cache, base, (rows[path] for path in sorted(rows)))
        open_verdicts(project).keep_only("/".join(_topic_and_slug(path)) for path in rows)
    return _gather(project, records, readings, errors_of, bad_pictures, advance)


def _base(
    project: Project, now: datetime, readings: Iterable[InterfaceReading], stamps: Stamps
) -> str:
    """Digest of all that every record depends on."""
    # Records say until when they hold, by the days of this place.
    offset = now.utcoffset()
    notices = [reading.missing_notices for reading in readings]
    languages = [digest_languages(project, locale.tag) for locale in project.locales]
    own_media = list_own_media(project.locales_dir, stamps)
    films = [*list_films(project.content_dir, stamps), *own_media]
    versions = digest_of_program(), version("holidays")
    return digest_of(versions, project, languages, offset, notices, films)


def list_films(folder: Path, stamps: Stamps) -> list[tuple[str, int, int, int]]:
    """Films, captions and recordings beside the resources.

    They are few, so any change of one concerns all records.
    """
    return _list(folder, (*FILM_ENDINGS, *MEDIA_TYPES), stamps)


def list_own_media(locales: Path, stamps: Stamps) -> list[tuple[str, int, int, int]]:
    """Pictures and recordings that languages have of their own: likewise few."""
    return _list(locales, (*ASSET_ENDINGS, *MEDIA_TYPES, *FILM_ENDINGS), stamps)


def _list(
    folder: Path, endings: tuple[str, ...], stamps: Stamps
) -> list[tuple[str, int, int, int]]:
    """Size and times of the files below a folder that end so, in the order of their paths."""
    return [_stamp_of(path) for path in sorted(_find(str(folder), endings, stamps))]


def _find(folder: str, endings: tuple[str, ...], stamps: Stamps) -> Iterator[str]:
    # The same folders are looked at for catalogs: nothing is asked of the disk twice.
    for name, stamp in stamps.stamps_in(folder).items():
        is_wanted = name.lower().endswith(endings)
        if stamp != ODD and not is_wanted:
            continue  # nearly all: thousands of catalogs
        path = f"{folder}/{name}"
        if stamp == ODD and os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114
            yield from _find(path, endings, stamps)
        elif is_wanted and (stamp != ODD or os.path.lexists(path)):
            yield path


def _stamp_of(path: str) -> tuple[str, int, int, int]:
    found = os.lstat(path)
    return path, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _files(project: Project, path: str) -> Iterator[str]:
    """All files that a resource is made from, its source text first."""
    yield path
    topic, slug = _topic_and_slug(path)
    yield str(project.ledger_path(project.source.tag, topic, slug))
    for stem in _stems(project, topic, slug):
        yield f"{stem}.po"
        yield f"{stem}.ledger.jsonl"


def _topic_and_slug(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2], name.removesuffix(".md")


def _stems(project: Project, topic: str, slug: str) -> list[str]:
    root = str(project.locales_dir)
    return [f"{root}/{locale.tag}/{topic}/{slug}" for locale in project.locales]


def _use(
    row: str, stamps: Mapping[str, str], pictures: Mapping[str, str], now: datetime
) -> dict[str, Any] | None:
    """An earlier record, if nothing that it was made from has changed."""
    if not row:
        return None
    try:
        record = parse_record(row)
        is_good = _is_in_time(record, now) and _has_pictures(record, pictures)
        files = record["stamps"]
        if is_good and all(map(is_same, files, stamps.values())) and len(files) == len(stamps):
            # Made here, so that a record of another shape is found out and made anew.
            for cell in record["cells"]:
                cell[1] = _to_state(cell[1])
            return record
    except _FAULTS:
        return None
    return None


def _is_in_time(record: Mapping[str, Any], now: datetime) -> bool:
    moment = now.astimezone(UTC).isoformat(timespec="microseconds")
    return bool(record["made"] <= moment < record["expires"])


def _has_pictures(record: Mapping[str, Any], pictures: Mapping[str, str]) -> bool:
    """Whether the pictures that the resource shows are as they were, or as absent."""
    return all(pictures.get(name) == known for name, known in record["pictures"].items())


def _run(
    project: Project,
    now: datetime,
    readings: tuple[InterfaceReading, ...],
    pictures: Mapping[str, str],
    stamps: Stamps,
    jobs: Sequence[_Job],
    workers: int | None,
) -> Iterator[tuple[str, str]]:
    """Work out what no record says, in several processes where it is much."""
    batches = [
        _Batch(
            project=project,
            now=now,
            readings=readings,
            pictures=pictures,
            stamps=stamps,
            jobs=tuple(jobs[first : first + _BATCH]),
        )
        for first in range(0, len(jobs), _BATCH)
    ]
    is_much = len(jobs) * len(project.locales) >= _WORTH_PROCESSES
    for _, done in run_each(_work, batches, workers=(workers or count_workers()) if is_much else 1):
        yield from done


# --- one resource, in a process of its own where there are many ------------------


def _work(batch: _Batch) -> list[tuple[str, str]]:
    office = open_office(batch.project, batch.now)
    rules = [
        page_rules(batch.project, locale, reading.phrases)
        for locale, reading in zip(batch.project.locales, batch.readings, strict=True)
    ]
    with _no_collection():
        done = [(job.path, _work_out(office, rules, batch, job)) for job in batch.jobs]
    office.close()
    _tidy()
    return done


def _tidy() -> None:
    """Free what a batch has left, in a process that does nothing but such batches.

    Trees of a text are cycles. What is still known after a batch is not looked through again.
    """
    if parent_process() is not None:
        gc.collect()
        gc.freeze()


def _work_out(office: Office, rules: Sequence[Rules], batch: _Batch, job: _Job) -> str:
    """The record of a resource: the earlier one with new stamps, if only these have changed."""
    files = {path: read_file(path) for path in job.stamps}
    before = {path: digest for path, (digest, _) in files.items()}
    stamps = list(job.stamps.values())
    if again := _use_bytes(job.earlier, list(before.values()), batch, stamps):
        return render_record(job.path, again)
    known = {path: data for path, (digest, data) in files.items() if digest != ODD}
    clerk = Clerk(office=replace(office, files=known))
    record = _judge(clerk, rules, batch, Path(job.path), before)
    # Of what was changed while it was read nobody knows what was seen.
    digests = [
        digest if batch.stamps.is_still(path, stamp) else ODD
        for (path, digest), stamp in zip(before.items(), stamps, strict=True)
    ]
    stamps = [ODD if d == ODD else stamp for d, stamp in zip(digests, stamps, strict=True)]
    return render_record(job.path, record | {"stamps": stamps, "digests": digests})


def _use_bytes(
    row: str, digests: Sequence[str], batch: _Batch, stamps: list[str]
) -> dict[str, Any] | None:
    if not row or ODD in digests:
        return None
    try:
        record = parse_record(row)
        is_good = _is_in_time(record, batch.now) and _has_pictures(record, batch.pictures)
        if is_good and record["digests"] == digests:
            for cell in record["cells"]:
                _to_state(cell[1])
            return record | {"stamps": stamps}
    except _FAULTS:
        return None
    return None


def _judge(
    clerk: Clerk, rules: Sequence[Rules], batch: _Batch, path: Path, there: Mapping[str, str]
) -> dict[str, object]:
    office = clerk.office
    library = read_documents(office.project, today=office.now.date(), paths=[path])
    unsafe = [finding for document in library.documents for finding in find_unsafe(document)]
    is_unusable = any(finding.severity is not Severity.MINOR for finding in unsafe)
    errors: list[PipelineError] = []
    cells: list[tuple[int, Cell]] = []
    names = [str(document.id) for document in library.documents]
    # What is said of a file that cannot be used is about today.
    expires, shown = next_day(office.now), tuple[str, ...]()
    for document in library.documents if not is_unusable else ():
        item = prepare(office, document, batch.pictures, errors)
        cells = list(_cells(clerk, rules, batch, item, there))
        ledgers = [item.matter.approval.ledger, *(cell.ledger for _, cell in cells)]
        states = [cell.state for _, cell in cells]
        expires = find_expiry(office.project, document, ledgers, states, now=office.now)
        shown = list_pictures(document, item.segments)
    return {
        "made": office.now.astimezone(UTC).isoformat(timespec="microseconds"),
        "expires": expires,
        "pictures": {name: batch.pictures.get(name) for name in shown},
        "names": names,
        "is_used": bool(names) and not is_unusable,
        "library": [error_row(error) for error in library.errors],
        "warnings": [error_row(error) for error in library.warnings],
        "unsafe": [finding_row(finding) for finding in unsafe],
        "errors": [error_row(error) for error in errors],
        "cells": [
            [
                place,
                _to_row(cell.state),
                [error_row(error) for error in cell.errors],
                [finding_row(finding) for finding in cell.findings],
            ]
            for place, cell in cells
        ],
    }


def _cells(
    clerk: Clerk, rules: Sequence[Rules], batch: _Batch, item: Prepared, there: Mapping[str, str]
) -> Iterator[tuple[int, Cell]]:
    name = str(item.document.id)
    stems = _stems(batch.project, item.document.topic, item.document.slug)
    for place, (rule, reading, stem) in enumerate(zip(rules, batch.readings, stems, strict=True)):
        if is_wanted(item.document, rule.locale):
            has_catalog = bool(there[f"{stem}.po"])
            yield (
                place,
                judge_cell(
                    clerk,
                    rule,
                    item,
                    (name,) if has_catalog else (),
                    is_open=not reading.missing_notices,
                    has_text=False,
                ),
            )


# --- rows ------------------------------------------------------------------------


def _gather(
    project: Project,
    records: Mapping[str, Mapping[str, Any]],
    readings: Sequence[InterfaceReading],
    errors_of: Sequence[Sequence[PipelineError]],
    bad_pictures: Sequence[PipelineError],
    advance: Callable[[str], None] | None,
) -> Matrix:
    """Everything in the order in which a survey without the cache gives it."""
    by_path = [
        records[path] for path in map(str, list_documents(project.content_dir)) if path in records
    ]
    topics = {topic: number for number, topic in enumerate(project.topics)}
    ordered = sorted(by_path, key=lambda record: _place(record, topics))
    errors = [to_error(row) for record in by_path for row in record["library"]]
    errors += bad_pictures
    errors += [to_error(row) for record in ordered for row in record["errors"]]
    findings = [to_finding(row) for record in ordered for row in record["unsafe"]]
    states: list[list[ResourceState]] = [[] for _ in project.locales]
    local_errors = [list(each) for each in errors_of]
    local_findings: list[list[Finding]] = [[] for _ in project.locales]
    for record in ordered:
        for place, state, bad, seen in record["cells"]:
            states[place].append(state if isinstance(state, ResourceState) else _to_state(state))
            local_errors[place] += map(to_error, bad)
            local_findings[place] += map(to_finding, seen)
    languages = []
    for place, (locale, reading) in enumerate(zip(project.locales, readings, strict=True)):
        errors += local_errors[place]
        findings += local_findings[place]
        languages.append(
            LanguageState(
                locale=locale,
                missing_notices=reading.missing_notices,
                resources=tuple(states[place]),
            )
        )
        if advance:
            advance(locale.tag)
    warnings = [to_error(row) for record in by_path for row in record["warnings"]]
    return Matrix(
        project=project,
        resources=tuple(
            name for record in ordered if record["is_used"] for name in record["names"]
        ),
        languages=tuple(languages),
        errors=tuple(errors),
        warnings=(*warnings, *unused_samples(project, languages)),
        findings=tuple(findings),
    )


def _place(record: Mapping[str, Any], topics: Mapping[str, int]) -> tuple[int, str]:
    # What cannot be read has no place of its own, and no cells.
    topic, _, slug = (record["names"] or ["/"])[0].partition("/")
    return topics.get(topic, len(topics)), slug

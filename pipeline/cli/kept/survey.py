"""The whole project as the public would get it, worked out anew only where something changed.

The same values as ``survey`` gives, by the same functions. What was worked out of a resource, and
of it in each language, is kept with the digests of the bytes that it was made from; a language of
which nothing changed is not even read.
"""

import time
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from pipeline.cli.compact import row_maker, row_reader
from pipeline.cli.digests import digest_of, digest_of_program
from pipeline.cli.gates import digest_languages, find_language_fault
from pipeline.cli.interface import InterfaceReading, Phrases, read_interface
from pipeline.cli.kept.facts import Facts, find_facts, gather_facts
from pipeline.cli.kept.jobs import (
    Batch,
    Done,
    Job,
    files_of_cell,
    files_of_source,
    topic_and_slug,
    work,
)
from pipeline.cli.kept.lazy import LaterDict, LaterTuple
from pipeline.cli.kept.remembered import Remembered, Short, shorten
from pipeline.cli.kept.rows import to_document, to_error, to_finding, to_page, to_state
from pipeline.cli.kept.shelf import FAULTS, Record, Shelf
from pipeline.cli.kept.store import Store, parse_values, render_values
from pipeline.cli.kept.wanted import Listed, WantedByLanguage
from pipeline.cli.matrix import list_films, list_own_media
from pipeline.cli.survey import Edition, Survey, survey, warn_of_samples
from pipeline.cli.survey_cache import ODD, RACY, Stamps
from pipeline.cli.units import digest_pictures
from pipeline.cli.verdicts import open_verdicts
from pipeline.cli.workers import run_each
from pipeline.config import Project
from pipeline.content import list_documents
from pipeline.content.assets import read_assets
from pipeline.errors import PipelineError
from pipeline.model import Document, Locale, LocalisedPage, Phrase
from pipeline.status import LanguageState, ResourceState

#: Resources that are done in one go: few enough that processes end together.
_BATCH = 5
#: Cells from which on a second process is quicker, its start included.
_WORTH_PROCESSES = 300
_facts_row, _to_facts = row_maker(Facts), row_reader(Facts)


def survey_kept(
    project: Project,
    store: Store,
    *,
    now: datetime | None = None,
    advance: Callable[[str], None] | None = None,
    workers: int = 1,
    clock: Callable[[], int] = time.time_ns,
    remembered: Remembered | None = None,
) -> Survey:
    """Work out what the public gets of every resource in every locale, with the cache.

    Args:
        project: the project.
        store: the cache; what is new is written by its ``save``.
        now: the moment from which dates and sign-offs are judged; the clock's if None.
        advance: told the tag of each locale when it is done.
        workers: how many processes to use at most.
        clock: gives the time of the machine's files, nanoseconds.
        remembered: what this process knows from its last look; it is brought up to date.
    """
    if project.workflow.require_signatures:
        # Whether a signature is good is not written in the files that are looked at here.
        return survey(project, now=now, advance=advance)
    look = _Look(
        project=project,
        store=store,
        now=now or datetime.now(UTC),
        stamps=Stamps(clock()),
        workers=workers,
        remembered=remembered or Remembered(),
    )
    return look.survey(advance)


@dataclass(kw_only=True)
class _Look:
    """One look through the project."""

    project: Project
    store: Store
    now: datetime
    stamps: Stamps
    workers: int
    remembered: Remembered
    readings: dict[str, InterfaceReading] = field(default_factory=dict)
    _shorts: dict[tuple[str, str], Short] = field(default_factory=dict)

    def survey(self, advance: Callable[[str], None] | None) -> Survey:
        project = self.project
        pictures, bad_pictures = self._pictures
        local_errors: dict[str, list[PipelineError]] = {}
        for locale in project.locales:
            bad = local_errors[locale.tag] = []
            self.readings[locale.tag] = read_interface(project, locale, bad)
            if fault := find_language_fault(project, locale.tag):
                bad.append(fault)
        paths = tuple(map(str, list_documents(project.content_dir)))
        source = self._source(paths)
        listed = tuple(Listed(**each) for each in source["listed"])
        by_order = tuple(each for each in source["order"])
        kept = self._languages(listed)
        errors = [*map(to_error, source["library"]), *bad_pictures]
        errors += map(to_error, source["errors"])
        findings = [*map(to_finding, source["findings"])]
        editions, warnings = [], [*map(to_error, source["warnings"])]
        for locale in project.locales:
            record = kept[locale.tag]
            errors += local_errors[locale.tag]
            errors += map(to_error, record["errors"])
            findings += map(to_finding, record["findings"])
            editions.append(self._edition(locale, record))
            if advance:
                advance(locale.tag)
        samples = ((e.locale.tag, e.facts.samples) for e in editions)
        if not project.demonstration:
            warnings += [warn_of_samples(project, tag, n) for tag, n in samples if n]
        return Survey(
            project=project,
            source=self._source_edition(source),
            editions=tuple(editions),
            pictures=pictures,
            errors=tuple(errors),
            warnings=tuple(warnings),
            findings=tuple(findings),
            source_texts=LaterTuple(lambda: self._texts(by_order)),
        )

    # --- what all records depend on ----------------------------------------------

    @cached_property
    def _pictures(self) -> tuple[dict[Path, bytes], Sequence[PipelineError]]:
        found, bad = read_assets(self.project.content_dir)
        return dict(found), bad

    @cached_property
    def _picture_digests(self) -> Mapping[str, str]:
        return digest_pictures(self._pictures[0])

    @cached_property
    def _moment(self) -> str:
        return self.now.astimezone(UTC).isoformat(timespec="microseconds")

    @cached_property
    def _base(self) -> str:
        """Digest of what every record depends on."""
        versions = digest_of_program(), version("holidays")
        films = list_films(self.project.content_dir, self.stamps)
        # Records say until when they hold, by the days of this place.
        return digest_of(versions, self.project, self.now.utcoffset(), films)

    @cached_property
    def _sources(self) -> Shelf:
        return self._shelf("source", self._base)

    @cached_property
    def _own_media(self) -> dict[str, list[object]]:
        found: dict[str, list[object]] = {}
        folder = f"{self.project.locales_dir}/"
        for each in list_own_media(self.project.locales_dir, self.stamps):
            found.setdefault(each[0].removeprefix(folder).partition("/")[0], []).append(each)
        return found

    @cached_property
    def _cells(self) -> dict[str, Shelf]:
        return {locale.tag: self._cells_of(locale) for locale in self.project.locales}

    def _cells_of(self, locale: Locale) -> Shelf:
        reading = self.readings[locale.tag]
        base = digest_of(
            self._base,
            locale,
            digest_languages(self.project, locale.tag),
            sorted(reading.phrases.items()),
            reading.missing_notices,
            self._own_media.get(locale.tag),
        )
        return self._shelf(f"cell {locale.tag}", base)

    def _shelf(self, kind: str, base: str) -> Shelf:
        parsed = self.remembered.parsed
        return Shelf(store=self.store, kind=kind, base=base, moment=self._moment, parsed=parsed)

    def _stamps_of(self, files: Iterable[str]) -> dict[str, str]:
        return {path: self.stamps.stamp(path) for path in files}

    # --- the resources themselves --------------------------------------------------

    def _source(self, paths: Sequence[str]) -> Record:
        """The source language's record; languages of what changed are worked out with it."""
        seen = {path: self._stamps_of(files_of_source(self.project, path)) for path in paths}
        stamps = [stamp for each in seen.values() for stamp in each.values()]
        key = digest_of(self._base, paths, stamps, sorted(self._picture_digests.items()))
        tag = self.project.source.tag
        if known := self._known(tag, key, stamps):
            return known
        stale = [path for path, each in seen.items() if self._find_source(path, each) is None]
        self._run([Job(path=path, tags=None) for path in stale])
        record = self._gather_source(paths)
        self._keep(tag, key, record)
        self._sources.keep_only(paths)
        names = ["/".join(topic_and_slug(path)) for path in paths]
        open_verdicts(self.project).keep_only(names)
        return record

    def _find_source(self, path: str, stamps: Mapping[str, str]) -> Record | None:
        record = self._sources.find_same(path, stamps)
        now = self._picture_digests
        shown = record["pictures"] if record else {}
        is_same = all(now.get(name) == digest for name, digest in shown.items())
        return record if is_same else None

    def _gather_source(self, paths: Sequence[str]) -> Record:
        records = {path: self._record(self._sources, path) for path in paths}
        topics = {topic: number for number, topic in enumerate(self.project.topics)}
        read = [(path, record) for path, record in records.items() if record["order"]]
        read.sort(key=lambda each: (topics[each[1]["order"][0][0]], each[1]["order"][0][1]))
        usable = [(path, record) for path, record in read if record["name"]]
        facts = self._facts_of([self._source_page(record) for _, record in usable], usable)
        return {
            "made": max((r["made"] for r in records.values()), default=self._moment),
            "expires": min((r["expires"] for r in records.values()), default="9"),
            "listed": [
                {key: record[key] for key in ("name", "digest", "languages")} | {"path": path}
                for path, record in usable
            ],
            "order": [path for path, _ in usable],
            "library": [row for record in records.values() for row in record["library"]],
            "warnings": [row for record in records.values() for row in record["warnings"]],
            "findings": [row for _, record in read for row in record["unsafe"]],
            "errors": [row for _, record in usable for row in record["errors"]]
            + [row for _, record in usable for row in record["page_errors"]],
            "facts": _facts_row(facts),
        }

    def _source_edition(self, record: Record) -> Edition:
        locale, order = self.project.source, record["order"]

        def unpublished() -> dict[str, tuple[str, ...]]:
            found = (self._record(self._sources, path) for path in order)
            return {r["name"]: tuple(r["unpublished"]) for r in found if r["unpublished"]}

        return Edition(
            state=LanguageState(locale=locale, missing_notices=(), resources=()),
            interface=Phrases(
                {string.id: Phrase(string.text, locale.tag) for string in self.project.strings}
            ),
            pages=LaterTuple(
                lambda: tuple(
                    self._source_page(self._record(self._sources, path)) for path in order
                )
            ),
            unpublished=LaterDict(unpublished),
            known=_to_facts(record["facts"]),
            inputs=LaterDict(lambda: {self._name(path): self._inputs(path) for path in order}),
        )

    def _name(self, path: str) -> str:
        return "/".join(topic_and_slug(path))

    def _inputs(self, path: str, tag: str | None = None) -> dict[str, str]:
        """Digests of what a resource is made from, or it in a language, by path."""
        project = self.project
        own = self._record(self._sources, path)["files"]
        found = dict(zip(files_of_source(project, path), own, strict=True))
        if tag:
            files = self._record(self._cells[tag], path)["files"]
            found |= dict(zip(files_of_cell(project, path, tag), files, strict=True))
        root = f"{project.root}/"
        return {name.removeprefix(root): digest for name, (_, digest) in found.items()}

    def _source_page(self, record: Record) -> LocalisedPage:
        return to_page(record["page"], self._document(record))

    def _document(self, record: Record) -> Document:
        """The resource: one value for all languages."""
        known = self._documents.get(record["name"])
        if known is None:
            known = self._documents[record["name"]] = to_document(record["document"])
        return known

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {}

    def _texts(self, order: Iterable[str]) -> tuple[str, ...]:
        found = (self._record(self._sources, path)["texts"] for path in order)
        return tuple({text: None for texts in found for text in texts})

    # --- them in each language -------------------------------------------------------

    def _languages(self, listed: Sequence[Listed]) -> dict[str, Record]:
        """The record of each language, by tag."""
        known: dict[str, Record] = {}
        keys: dict[str, str] = {}
        jobs: dict[str, list[str]] = {}
        wanted_by = WantedByLanguage(listed)
        for locale in self.project.locales:
            tag = locale.tag
            wanted = wanted_by.find(tag)
            stamps = wanted.stamps(f"{self.project.locales_dir}/{tag}", self.stamps)
            keys[tag] = digest_of(self._cells[tag].base, wanted.sources, "\0".join(stamps))
            if record := self._known(tag, keys[tag], stamps):
                known[tag] = record
                continue
            for each, *pair in zip(wanted.listed, stamps[::2], stamps[1::2], strict=True):
                short = self.remembered.find(tag, each.path)
                if short and short.holds(self._cells[tag].base, pair, each.digest, self._moment):
                    self._shorts[tag, each.path] = short
                    continue
                own = self._stamps_of(files_of_cell(self.project, each.path, tag))
                record = self._cells[tag].find_same(each.path, own)
                if record is None or record.get("source") != each.digest:
                    jobs.setdefault(each.path, []).append(tag)
        self._run([Job(path=path, tags=tuple(tags)) for path, tags in jobs.items()])
        for locale in self.project.locales:
            if locale.tag not in known:
                paths = wanted_by.find(locale.tag).paths
                known[locale.tag] = self._gather_cells(locale.tag, paths)
                self._keep(locale.tag, keys[locale.tag], known[locale.tag])
                self._cells[locale.tag].keep_only(paths)
        return known

    def _gather_cells(self, tag: str, paths: Sequence[str]) -> Record:
        found = {path: self._short(tag, path) for path in paths}
        self.remembered.keep(tag, found)
        shorts = tuple(found.values())
        facts = gather_facts(
            (short.facts for short in shorts),
            (short.digest for short in shorts),
            samples=sum(short.is_sample for short in shorts),
            unpublished=[(path, s.unpublished) for path, s in found.items() if s.unpublished],
        )
        return {
            "made": max((short.made for short in shorts), default=self._moment),
            "expires": min((short.expires for short in shorts), default="9"),
            "order": list(paths),
            "errors": [row for short in shorts for row in short.errors],
            "findings": [row for short in shorts for row in short.findings],
            "facts": _facts_row(facts),
        }

    def _short(self, tag: str, path: str) -> Short:
        """A cell in short: as it was, where that surely holds."""
        known = self._shorts.get((tag, path))
        if known is None:
            shelf = self._cells[tag]
            record = self._record(shelf, path)
            known = shorten(record, self._page(path, record), shelf.base)
        return known

    def _page(self, path: str, record: Record) -> LocalisedPage:
        """The page of a record, made once: what is said of a language is gathered from it too."""
        known = self._pages.get(id(record))
        if known is None or known[0] is not record:
            page = to_page(record["page"], self._document(self._record(self._sources, path)))
            known = self._pages[id(record)] = record, page
        return known[1]

    @cached_property
    def _pages(self) -> dict[int, tuple[Record, LocalisedPage]]:
        return {}

    def _edition(self, locale: Locale, record: Record) -> Edition:
        shelf, order = self._cells[locale.tag], record["order"]
        reading, facts = self.readings[locale.tag], _to_facts(record["facts"])

        def records() -> Iterator[tuple[str, Record]]:
            return ((path, self._record(shelf, path)) for path in order)

        def states() -> tuple[ResourceState, ...]:
            return tuple(to_state(record["state"]) for _, record in records())

        def unpublished() -> dict[str, tuple[str, ...]]:
            return {
                "/".join(topic_and_slug(path)): tuple(record["unpublished"])
                for path, record in records()
                if record["unpublished"]
            }

        def pictures() -> dict[Path, bytes]:
            return {
                Path(name): b64decode(data)
                for _, record in records()
                for name, data in record["pictures"]
            }

        return Edition(
            state=LanguageState(
                locale=locale,
                missing_notices=reading.missing_notices,
                resources=LaterTuple(states),
            ),
            interface=reading.phrases,
            pages=LaterTuple(lambda: tuple(self._page(*each) for each in records())),
            unpublished=LaterDict(unpublished),
            pictures=LaterDict(pictures) if facts.has_pictures else {},
            known=facts,
            inputs=LaterDict(
                lambda: {self._name(path): self._inputs(path, locale.tag) for path in order}
            ),
        )

    # --- the cache ---------------------------------------------------------------------

    def _record(self, shelf: Shelf, path: str) -> Record:
        """A record that is known to be there; worked out anew where it was damaged since."""
        tag = "" if shelf is self._sources else shelf.kind.partition(" ")[2]
        record, short = shelf.find(path), self._shorts.get((tag, path))
        if record and (short is None or short.is_of(record)):
            return record
        tags = (tag,) if tag else None
        self._run([Job(path=path, tags=tags)])
        record = shelf.find(path)
        if record is None:  # a resource that changed while it was read
            raise PipelineError(
                "A file changed while it was read.", remedy="Build again.", path=Path(path)
            )
        return record

    def _run(self, jobs: Sequence[Job]) -> None:
        """Work out what no record says, in several processes where it is much."""
        if not jobs:
            return
        batches = [
            Batch(
                project=self.project,
                now=self.now,
                readings=self.readings,
                pictures=self._picture_digests,
                stamps=self.stamps.empty(),
                jobs=tuple(jobs[first : first + _BATCH]),
            )
            for first in range(0, len(jobs), _BATCH)
        ]
        count = len(self.project.locales)
        cells = sum(count if job.tags is None else len(job.tags) for job in jobs)
        workers = self.workers if cells >= _WORTH_PROCESSES else 1
        for _, done in run_each(work, batches, workers=workers):
            for each in done:
                self._put(each)

    def _put(self, done: Done) -> None:
        if done.source is not None:
            self._sources.put(done.path, parse_values(done.source), done.source)
        for tag, value in done.cells.items():
            self._cells[tag].put(done.path, parse_values(value), value)

    def _known(self, tag: str, key: str, stamps: Iterable[str]) -> Record | None:
        """A language of which nothing has changed since it was last looked at."""
        if {ODD, RACY} & set(stamps):
            return None
        found = self._kept_editions.get(tag)
        if found is None or found[0] != key:
            return None
        try:
            record = parse_values(found[1])
            _to_facts(record["facts"])
            for row in record["errors"]:
                to_error(row)
            is_good = record["made"] <= self._moment < record["expires"]
        except FAULTS:
            return None
        return record if is_good else None

    @cached_property
    def _kept_editions(self) -> dict[str, tuple[str, bytes]]:
        return self.store.read_all("edition")

    def _keep(self, tag: str, key: str, record: Record) -> None:
        self.store.write("edition", tag, key, render_values(record))

    def _facts_of(
        self, pages: Sequence[LocalisedPage], found: Sequence[tuple[str, Record]]
    ) -> Facts:
        digests = [record["page_digest"] for _, record in found]
        samples = sum(bool(record.get("sample")) for _, record in found)
        hidden = [(path, record["unpublished"]) for path, record in found if record["unpublished"]]
        return find_facts(pages, digests, samples=samples, unpublished=hidden)

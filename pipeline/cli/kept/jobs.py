"""One resource, worked out: in a process of its own where there are many.

In: a resource's file and the languages that are asked for. Out: records as JSON, each with digests
of the bytes that it was made from, and until when it holds if nothing but time goes by.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pipeline.cli.approval import Office, open_office
from pipeline.cli.cells import Clerk
from pipeline.cli.expiry import find_expiry, next_day
from pipeline.cli.interface import InterfaceReading
from pipeline.cli.kept.facts import digest_of_document, digest_of_row
from pipeline.cli.kept.rows import document_row, error_row, finding_row, page_row, state_row
from pipeline.cli.kept.store import render_values
from pipeline.cli.source_checks import find_unsafe, is_refused
from pipeline.cli.survey import Prepared, judge_cell, page_rules, prepare, publish_source
from pipeline.cli.survey_cache import ABSENT, ODD, Stamps, read_file
from pipeline.cli.units import list_pictures
from pipeline.config import Project
from pipeline.content import read_documents
from pipeline.errors import PipelineError
from pipeline.model import Document, Locale
from pipeline.status import is_wanted

#: A file's stamp and the digest of its bytes.
Seen = tuple[str, str]
#: Digests and bytes of files, by path.
_Read = Mapping[str, tuple[str, bytes | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A resource to work out.

    Attributes:
        path: its file.
        tags: the languages that are asked for; None for itself and for all.
    """

    path: str
    tags: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some resources, with what they need of the rest of the project.

    Attributes:
        project: the project.
        now: the moment from which dates and sign-offs are judged.
        readings: the interface of each language, by tag.
        pictures: digests of the pictures beside the resources.
        stamps: the moment by which files are judged.
        jobs: the resources.
    """

    project: Project
    now: datetime
    readings: Mapping[str, InterfaceReading]
    pictures: Mapping[str, str]
    stamps: Stamps
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a resource: records as JSON.

    Attributes:
        path: its file.
        source: the record of the resource itself; None where it was not asked for.
        cells: of it in each language that was asked for, by tag.
    """

    path: str
    source: bytes | None
    cells: Mapping[str, bytes]


def work(batch: Batch) -> list[Done]:
    """Work out some resources."""
    office = open_office(batch.project, batch.now)
    done = [_Desk(office=office, batch=batch, job=job).work() for job in batch.jobs]
    office.close()
    return done


def files_of_source(project: Project, path: str) -> tuple[str, str]:
    """What a resource itself is made from: its text and its ledger.

    Args:
        project: the project.
        path: its file.
    """
    topic, slug = topic_and_slug(path)
    return path, str(project.ledger_path(project.source.tag, topic, slug))


def files_of_cell(project: Project, path: str, tag: str) -> tuple[str, str]:
    """What a resource is made from in a language, beside itself: its catalog and its ledger.

    Args:
        project: the project.
        path: the resource's file.
        tag: of the language.
    """
    topic, slug = topic_and_slug(path)
    catalog, ledger = names_of_cell(slug)
    folder = f"{project.locales_dir}/{tag}/{topic}"
    return f"{folder}/{catalog}", f"{folder}/{ledger}"


def names_of_cell(slug: str) -> tuple[str, str]:
    """What these two files are called.

    Args:
        slug: of the resource.
    """
    return f"{slug}.po", f"{slug}.ledger.jsonl"


def topic_and_slug(path: str) -> tuple[str, str]:
    """The two parts of a resource's name, by its file."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2], name.removesuffix(".md")


def digest_of_source(digests: Iterable[str], pictures: Mapping[str, str | None]) -> str:
    """Digest of what all languages of a resource are made from.

    Args:
        digests: of the bytes of its files.
        pictures: digests of the pictures that it shows.
    """
    text = repr((list(digests), sorted(pictures.items())))
    return blake2b(text.encode(), digest_size=20).hexdigest()


@dataclass(kw_only=True)
class _Desk:
    office: Office
    batch: Batch
    job: Job

    def work(self) -> Done:
        project, path = self.batch.project, self.job.path
        tags = self.job.tags
        locales = [each for each in project.locales if tags is None or each.tag in tags]
        wanted = {each.tag: files_of_cell(project, path, each.tag) for each in locales}
        own = files_of_source(project, path)
        # Stamps first, then bytes, of which all is made. Where there were none, stamps again: of
        # what has come meanwhile, and of what is no file, nobody knows what was seen.
        names = [*own, *(name for pair in wanted.values() for name in pair)]
        stamps = {name: self.batch.stamps.stamp(name) for name in names}
        read = {name: read_file(name) for name in names}
        known = {name: data for name, (digest, data) in read.items() if digest != ODD}
        self.office = replace(self.office, files=known)
        source, item = self._source()
        cells = self._cells(item, locales, read) if item else {}

        def seen(files: Iterable[str]) -> list[Seen]:
            return [
                (stamps[name], read[name][0])
                if name in known and (known[name] is not None or self._is_still(name, stamps))
                else (ODD, ODD)
                for name in files
            ]

        files = seen(own)
        # What nobody knows is never what it was: languages are made of it anew.
        digests = (self._made if each == ODD else each for _, each in files)
        digest = digest_of_source(digests, source["pictures"])
        source |= {"files": files, "digest": digest}
        return Done(
            path=path,
            source=render_values(source) if self.job.tags is None else None,
            cells={
                tag: render_values(cell | {"files": seen(wanted[tag]), "source": digest})
                for tag, cell in cells.items()
            },
        )

    def _is_still(self, name: str, stamps: Mapping[str, str]) -> bool:
        return self.batch.stamps.is_still(name, stamps[name])

    @property
    def _made(self) -> str:
        return self.office.now.astimezone(UTC).isoformat(timespec="microseconds")

    def _source(self) -> tuple[dict[str, Any], Prepared | None]:
        """The record of the resource itself, and what cells are made from, where it is usable."""
        office, path = self.office, Path(self.job.path)
        library = read_documents(
            office.project, today=office.now.date(), paths=[path], data=office.files
        )
        unsafe = [finding for document in library.documents for finding in find_unsafe(document)]
        record: dict[str, Any] = {
            "made": self._made,
            "expires": next_day(office.now),
            "pictures": {},
            "name": "",
            "languages": None,
            "library": [error_row(error) for error in library.errors],
            "warnings": [error_row(error) for error in library.warnings],
            "unsafe": [finding_row(finding) for finding in unsafe],
            "order": [(d.topic, d.slug) for d in library.documents],
        }
        for document in library.documents:
            if not is_refused(document, unsafe):
                item, values = self._usable(document)
                return record | values, item
        return record, None

    def _usable(self, document: Document) -> tuple[Prepared, dict[str, object]]:
        office, pictures = self.office, self.batch.pictures
        errors: list[PipelineError] = []
        item = prepare(office, document, pictures, errors)
        page_errors: list[PipelineError] = []
        page = publish_source(office, item, page_errors)
        ledger = item.matter.approval.ledger
        row, shown = page_row(page), list_pictures(document, item.segments)
        return item, {
            "expires": find_expiry(office.project, document, [ledger], [], now=office.now),
            "pictures": {name: pictures.get(name) for name in shown},
            "name": str(document.id),
            "languages": document.metadata.languages,
            "errors": [error_row(error) for error in errors],
            "page_errors": [error_row(error) for error in page_errors],
            "document": document_row(document),
            "document_digest": digest_of_document(document),
            "page": row,
            "page_digest": digest_of_row(row, digest_of_document(document)),
            "texts": list(dict.fromkeys(segment.msgid for segment in item.segments)),
            "unpublished": []
            if page.is_published
            else [segment.msgid for segment in item.segments],
        }

    def _cells(
        self,
        item: Prepared,
        locales: Iterable[Locale],
        read: _Read,
    ) -> dict[str, dict[str, object]]:
        return {
            locale.tag: self._cell(item, locale, read)
            for locale in locales
            if is_wanted(item.document, locale)
        }

    def _cell(self, item: Prepared, locale: Locale, read: _Read) -> dict[str, object]:
        project, reading = self.batch.project, self.batch.readings[locale.tag]
        catalog, _ = files_of_cell(project, self.job.path, locale.tag)
        cell = judge_cell(
            Clerk(office=self.office),
            page_rules(project, locale, reading.phrases),
            item,
            () if read[catalog][0] == ABSENT else (str(item.document.id),),
            is_open=not reading.missing_notices,
        )
        ledgers = [item.matter.approval.ledger, cell.ledger]
        expires = find_expiry(project, item.document, ledgers, [cell.state], now=self.office.now)
        row = page_row(cell.page)
        return {
            "made": self._made,
            "expires": expires,
            "page": row,
            "page_digest": digest_of_row(row, digest_of_document(item.document)),
            "state": state_row(cell.state),
            "sample": cell.state.is_sample,
            "errors": [error_row(error) for error in cell.errors],
            "findings": [finding_row(finding) for finding in cell.findings],
            "unpublished": cell.unpublished,
            "pictures": [(str(p), b64encode(data).decode()) for p, data in cell.pictures.items()],
        }

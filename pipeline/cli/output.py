"""A finished site, read from the disk for the checks of the output.

What stands there is compared with what should: the manifest, and what the gate says now.
Leaflets take long to read, so what was read of each is kept in the cache, by its digest. That
a site was found without fault is kept too: as long as nothing changes, it is not looked through
again.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from pipeline.checks.output import (
    Entry,
    IsIn,
    Leaflet,
    Picture,
    PublishedFile,
    Secret,
    Site,
    check_output,
    decode_text,
    is_campaign_picture,
)
from pipeline.cli.digests import digest_of, digest_of_program
from pipeline.cli.kept.proof import OF_OTHER_TEXT, Proof
from pipeline.cli.kept.seen import HTML
from pipeline.cli.kept.store import Store
from pipeline.cli.leaflets import campaign_of
from pipeline.cli.manifest import split_manifest
from pipeline.cli.survey import Edition, Survey, survey
from pipeline.cli.tongues import is_in
from pipeline.cli.workers import run_each
from pipeline.config import Project
from pipeline.errors import PdfError, WebsiteError
from pipeline.files import write_atomic
from pipeline.foreignzip import ZIP
from pipeline.model import Finding, LeafletVariant
from pipeline.pdf import PdfFacts, printed_text, read_facts, read_picture, said_on
from pipeline.website import leaflet_name
from pipeline.website.isolate import isolate_numbers

_KILOBYTE = 1000
#: More than this of one file of an archive is not looked through.
_MOST_OF_A_MEMBER = 20_000_000


def read_output(
    site: Path,
    project: Project,
    *,
    found: Survey | None = None,
    workers: int = 1,
    is_in: IsIn = is_in,
) -> Site:
    """Read a finished site, and work out what should stand in it.

    Args:
        site: its folder.
        project: the project that it was made from.
        found: what the gate says now; worked out where None.
        workers: how many processes read leaflets that are not in the cache.
        is_in: what tells languages apart.

    Raises:
        WebsiteError: it has no manifest, or one that cannot be read.
        PipelineError: the project cannot be read.
    """
    manifest = _read_manifest(site)
    found = found or survey(project)
    editions = (found.source, *found.editions)
    files = dict(_read_files(site))
    leaflets = {path: data for path, data in files.items() if path.endswith(".pdf")}
    return Site(
        folder=site,
        address=project.site_url,
        source=project.source.tag,
        locales={locale.tag: locale for locale in (project.source, *project.locales)},
        topics=frozenset(project.topics),
        open_tags=frozenset(e["locale"] for e in manifest["locales"] if e["open"]),
        entries=tuple(_entry(entry) for entry in manifest["resources"]),
        sizes={path: len(data) for path, data in files.items()},
        digests={path: hashlib.sha256(data).hexdigest() for path, data in files.items()},
        pages={p: d.decode("utf-8", "replace") for p, d in files.items() if p.endswith(HTML)},
        texts=dict(_texts(files, frozenset(leaflets.values()))),
        leaflets=_read_leaflets(leaflets, project, workers),
        books=tuple(_file(book) for book in manifest.get("books", ())),
        printed={**dict(_printed(site, manifest, project)), **dict(_on_posters(editions))},
        pictures=dict(_pictures(files)),
        archives={e["locale"]: _file(e["archive"]) for e in manifest["locales"] if e["archive"]},
        archive_names=dict(_archive_names(files)),
        expected={
            (edition.locale.tag, str(page.document.id)): page.state
            for edition in found.open_editions
            for page in edition.pages
        },
        secrets=tuple(secret for edition in editions for secret in _secrets(edition)),
        public_texts=_public_texts(editions),
        source_texts=(*found.source_texts, *(string.text for string in project.strings)),
        weight_limit=project.page_kilobytes * _KILOBYTE,
        is_in=is_in,
        isolate=isolate_numbers,
    )


def open_proof(
    site: Path,
    found: Survey,
    store: Store,
    stamps: Callable[[], Mapping[str, str]] = dict,
    touched: frozenset[str] = frozenset(),
    facts: Callable[[], Mapping[str, PdfFacts]] = dict,
) -> Proof:
    """What can show that a site is still without fault.

    Args:
        site: its folder.
        found: the project as it was just published.
        store: the cache.
        stamps: gives the stamps of the languages' trees as they were during the build.
        touched: tags of those that it has changed.
        facts: gives what leaflets say that it made, by the digest of their bytes.

    Raises:
        WebsiteError: it has no manifest, or one that cannot be read.
    """
    head, lines = _split(site)

    lines_of: dict[bytes, list[bytes]] = {}
    for line in lines:
        lines_of.setdefault(line.partition(b'"locale": "')[2].partition(b'"')[0], []).append(line)

    def entries_of(tag: str, names: frozenset[str] | None) -> tuple[Entry, ...]:
        own = lines_of.get(tag.encode(), [])
        if names is not None:
            keys = [f'"resource": {json.dumps(name)}'.encode() for name in names]
            own = [line for line in own if any(key in line for key in keys)]
        return tuple(_entry(each) for each in map(json.loads, own) if each["locale"] == tag)

    def pictures_of(files: Mapping[str, bytes]) -> dict[str, Picture]:
        return dict(_pictures(files))

    archives = {e["locale"]: _file(e["archive"]) for e in head["locales"] if e.get("archive")}
    return Proof(
        found=found,
        store=store,
        entries_of=entries_of,
        pictures_of=pictures_of,
        posters_of=lambda edition: dict(_on_posters([edition])),
        archives=archives,
        stamps=stamps,
        touched=touched,
        facts=facts,
    )


def has_note(project: Project) -> bool:
    """Whether it is known that the site was without fault when it was looked through last.

    Args:
        project: the project.
    """
    return bool(_read_key(project.cache_dir / "output-faultless"))


def check_site(site: Site, project: Project) -> tuple[Finding, ...]:
    """Check a finished site; one that was without fault and has not changed, is still.

    Args:
        site: what :func:`read_output` gave.
        project: the project that it was made from.
    """
    cache = project.cache_dir / "output-faultless"
    key = digest_of(
        digest_of_program(),
        (site.folder, site.address, site.source, site.weight_limit),
        sorted(site.topics),
        sorted(site.open_tags),
        sorted(site.locales.items()),
        site.entries,
        sorted(site.archives.items()),
        sorted(site.digests.items()),
        sorted(site.expected.items()),
        site.secrets,
        sorted(site.public_texts.items()),
        site.source_texts,
    )
    if _read_key(cache) == key:
        return ()
    findings = check_output(site)
    if not findings:
        _keep(cache, key.encode())
    return findings


def _read_key(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except (OSError, ValueError):
        return ""


def _keep(path: Path, data: bytes) -> None:
    """Write into the cache. That it cannot be written is no reason to fail."""
    with suppress(OSError):
        write_atomic(path, data)


def _read_manifest(site: Path) -> dict[str, Any]:
    """The manifest, with the keys that are needed.

    Raises:
        WebsiteError: there is none, or it cannot be read.
    """
    path = site / "manifest.json"
    try:
        manifest = json.loads(path.read_bytes())
        for entry in manifest["resources"]:
            _entry(entry)
        for entry in manifest["locales"]:
            entry["locale"], entry["open"]
            entry.setdefault("archive", None)
            if entry["archive"]:
                _file(entry["archive"])
        for book in manifest.get("books", ()):
            book["locale"], book["topic"], _file(book)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise WebsiteError(
            "This site has no manifest that can be read, so nobody can say what should be in it.",
            remedy="Build it with `pipeline build`.",
            path=path,
        ) from error
    return dict(manifest)


def _split(site: Path) -> tuple[dict[str, Any], list[bytes]]:
    """The head of the manifest, and its resources as JSON.

    Raises:
        WebsiteError: there is none, or it cannot be read.
    """
    try:
        return split_manifest((site / "manifest.json").read_bytes())
    except (OSError, ValueError, AttributeError, RecursionError):
        manifest = _read_manifest(site)  # which says what is wrong
        return manifest, [json.dumps(each).encode() for each in manifest["resources"]]


def _entry(entry: Mapping[str, Any]) -> Entry:
    page = entry["page"]
    return Entry(
        resource=str(entry["resource"]),
        locale=str(entry["locale"]),
        state=str(entry["state"]),
        page=_file(page) if page else None,
        leaflets=tuple(
            replace(
                _file(each),
                variant=LeafletVariant(each.get("variant", LeafletVariant.STANDARD)),
            )
            for each in entry["pdfs"]
        ),
        one_file=_file(entry["one_file"]) if entry.get("one_file") else None,
        pictures=tuple(
            replace(_file(each), variant=LeafletVariant(each["variant"]))
            for each in entry.get("pictures", ())
        ),
    )


def _file(file: Mapping[str, Any]) -> PublishedFile:
    return PublishedFile(path=str(file["path"]), digest=str(file["digest"]))


def _read_files(site: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, by path below it."""
    for folder, _, names in os.walk(site):
        for name in sorted(names):
            path = Path(folder, name)
            yield path.relative_to(site).as_posix(), path.read_bytes()


def _texts(files: Mapping[str, bytes], seen: frozenset[bytes]) -> Iterator[tuple[str, str]]:
    """What is text, pages and leaflets left out; of archives, what is in them and was not seen."""
    for path, data in files.items():
        if path.endswith((*HTML, ".pdf")):
            continue
        if data.startswith(ZIP):
            yield from _archive(path, data, seen)
        elif text := decode_text(data):
            yield path, text


def _archive(path: str, data: bytes, seen: frozenset[bytes]) -> Iterator[tuple[str, str]]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.file_size > _MOST_OF_A_MEMBER:
                    continue
                inside, name = archive.read(member), f"{path}!{member.filename}"
                if inside in seen:  # looked at where it stands by itself
                    continue
                text = read_facts(inside).text if name.endswith(".pdf") else decode_text(inside)
                if text:
                    yield name, text
    except (BadZipFile, NotImplementedError, RuntimeError):  # damaged, or locked
        return


def _archive_names(files: Mapping[str, bytes]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path, data in files.items():
        if data.startswith(ZIP):
            with suppress(BadZipFile), ZipFile(BytesIO(data)) as archive:
                yield path, tuple(archive.namelist())


def _secrets(edition: Edition) -> Iterator[Secret]:
    for resource, texts in edition.unpublished.items():
        for text in texts:
            yield Secret(resource=resource, locale=edition.locale.tag, text=text)


def _public_texts(editions: Iterable[Edition]) -> dict[str, str]:
    """What may be read in each language; in all of them, what may be in the source language."""
    own = {edition.locale.tag: "\n".join(_public(edition)) for edition in editions}
    source = next(iter(own.values()))
    return {tag: f"{text}\n{source}" for tag, text in own.items()}


def _public(edition: Edition) -> Iterator[str]:
    for page in edition.pages:
        yield page.title.text
        if page.is_published:
            yield page.summary.text
            yield page.markdown
            yield page.captions
    yield from (phrase.text for phrase in edition.interface.values())


def _read_leaflets(
    leaflets: Mapping[str, bytes], project: Project, workers: int
) -> tuple[Leaflet, ...]:
    """What is in the PDFs; read anew where the cache does not have it."""
    cache = project.cache_dir / "output.json"
    base, known = digest_of_program(), _read_cache(cache)
    keys = {path: hashlib.sha256(data).hexdigest() for path, data in leaflets.items()}
    facts = {key: known[base][key] for key in keys.values() if key in known.get(base, {})}
    todo = {keys[path]: path for path in leaflets if keys[path] not in facts}
    path_of = {leaflets[path]: path for path in todo.values()}
    for data, read in run_each(read_facts, path_of, workers=workers):
        facts[keys[path_of[data]]] = read
    if todo or facts.keys() != known.get(base, {}).keys():
        _write_cache(cache, base, facts)
    return tuple(Leaflet(path=path, **asdict(facts[key])) for path, key in keys.items())


def _in_books(site: Path, manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What must be in the books: the text of each of their pages that has a leaflet."""
    entries = [entry for entry in map(_entry, manifest["resources"]) if entry.leaflets]
    for book in manifest.get("books", ()):
        topic = f"{book['topic']}/" if book["topic"] else ""
        texts = []
        for entry in entries:
            if entry.page and entry.locale == book["locale"] and entry.resource.startswith(topic):
                page = site / entry.page.path
                with suppress(OSError, PdfError):  # other checks tell what is not there
                    data = page.read_bytes()
                    texts.append(printed_text(data, page, LeafletVariant.STANDARD))
        yield str(book["path"]), "\n".join(texts)


def _printed(
    site: Path, manifest: Mapping[str, Any], project: Project
) -> Iterator[tuple[str, str]]:
    """What must be in leaflets that have a part of their page, or another page beside it."""
    yield from _in_books(site, manifest)
    for entry in map(_entry, manifest["resources"]):
        for leaflet in entry.leaflets if entry.page else ():
            if leaflet.variant not in OF_OTHER_TEXT or entry.page is None:
                continue
            is_bilingual = leaflet.variant is LeafletVariant.BILINGUAL
            other = f"{project.source.tag}/{entry.resource}/index.html" if is_bilingual else ""
            with suppress(OSError, PdfError):  # other checks tell what is not there
                page = site / entry.page.path
                beside = (site / other).read_bytes() if other else b""
                yield leaflet.path, printed_text(page.read_bytes(), page, leaflet.variant, beside)


def _on_posters(editions: Iterable[Edition]) -> Iterator[tuple[str, str]]:
    """What must be on each poster."""
    for edition in editions:
        for page in edition.pages if edition.state.is_open else ():
            folder = f"{edition.locale.tag}/{page.document.id}"
            for variant in page.leaflets:
                if variant.is_poster:
                    said = said_on(campaign_of(edition, page), edition.locale)
                    yield f"{folder}/{leaflet_name(page.document, variant)}", "\n".join(said)


def _pictures(files: Mapping[str, bytes]) -> Iterator[tuple[str, Picture]]:
    """What is in the cards and pictures to share."""
    for path, data in files.items():
        if is_campaign_picture(path):
            facts = read_picture(data)
            yield path, Picture(width=facts.width, height=facts.height, text=facts.text)


def _read_cache(path: Path) -> dict[str, dict[str, PdfFacts]]:
    """What was read before, by digest of the program and of the leaflet; nothing if damaged."""
    try:
        base, facts = json.loads(path.read_bytes())
        return {base: {key: PdfFacts(**values) for key, values in facts.items()}}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def _write_cache(path: Path, base: str, facts: Mapping[str, PdfFacts]) -> None:
    data = {key: asdict(found) for key, found in facts.items()}
    _keep(path, json.dumps([base, data]).encode())

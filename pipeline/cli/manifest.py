"""``site/manifest.json``: every resource in every locale, for machines.

Documented in ``docs/reference/manifest.md``; ``version`` grows when its meaning changes.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.cli.digests import digest_of, digest_of_program
from pipeline.cli.kept.files import PublishedFiles
from pipeline.cli.kept.manifest import (
    BETWEEN,
    KeptParts,
    Part,
    has_nothing_withheld,
    list_lines,
    note_parts,
)
from pipeline.cli.kept.store import Store
from pipeline.cli.survey import Edition, Survey
from pipeline.cli.withheld import LeafletPlace, Place, Withheld
from pipeline.files import write_atomic
from pipeline.model import LeafletVariant, LocalisedPage, PageState
from pipeline.website import (
    archive_name,
    book_path,
    book_topics_of,
    captions_path,
    keep_list_name,
    leaflet_name,
    one_file_name,
)

MANIFEST_VERSION = 1
#: Where its resources begin, one a line.
_RESOURCES, _END = b',\n "resources": [\n', b"\n ]\n}\n"
#: Of few entries, if any: in a text that somebody has written the marks would be escaped.
_WITHHELD = b'"withheld": [{'
#: Bytes in which there is all that stands before them, of any number of languages that there is.
_BEGINNING = 1_000_000
KeyOf = Callable[[str], str]
#: What can be the folder of a locale; nothing that leads anywhere else.
_FOLDER = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


def read_tags(site: Path) -> frozenset[str]:
    """The tags of the locales that an earlier build published; none where nobody can say.

    Args:
        site: folder of the site, with its manifest.
    """
    try:
        with (site / "manifest.json").open("rb") as file:
            data = file.read(_BEGINNING)
            head = _read_head(data if _RESOURCES in data else data + file.read())
        tags = [entry["locale"] for entry in head["locales"]]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return frozenset()
    return frozenset(tag for tag in tags if isinstance(tag, str) and _FOLDER.fullmatch(tag))


def _read_head(data: bytes) -> dict[str, Any]:
    """What comes before the resources, which are thousands of lines."""
    head, opening, _ = data.partition(_RESOURCES)
    values: dict[str, Any] = json.loads(head + b"}" if opening else head)
    return values


def split_manifest(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What comes before the resources, and each of these as JSON: of thousands few are read.

    Args:
        data: a manifest.

    Raises:
        ValueError: it is no JSON.
        AttributeError: it is not one of a site.
    """
    head, opening, rest = data.partition(_RESOURCES)
    if not opening:  # not as it is written here
        whole = json.loads(head)
        return whole, [json.dumps(each).encode() for each in whole.get("resources", ())]
    return json.loads(head + b"}"), list(filter(None, rest.removesuffix(_END).split(b",\n")))


def read_withheld(site: Path, store: Store | None = None) -> Withheld:
    """What earlier builds could not make, from the site's manifest; nothing where it is damaged.

    Args:
        site: folder of the site.
        store: the cache.
    """
    try:
        if store and has_nothing_withheld(site / "manifest.json", store):
            return Withheld()
        data = (site / "manifest.json").read_bytes()
        # Nearly always nothing is: then no line is looked at.
        head, lines = split_manifest(data) if _WITHHELD in data else (_read_head(data), [])
        locales = {e["locale"]: str(e["withheld"]) for e in head["locales"] if e.get("withheld")}
        pages: dict[Place, str] = {}
        leaflets: dict[LeafletPlace, str] = {}
        for entry in map(json.loads, lines):
            place = entry["locale"], entry["resource"]
            for each in entry.get("withheld") or ():
                if each["what"] == "page":
                    pages[place] = str(each["reason"])
                else:
                    form = LeafletVariant(each.get("variant", LeafletVariant.STANDARD))
                    leaflets[*place, form] = str(each["reason"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Withheld()
    return Withheld(locales=locales, pages=pages, leaflets=leaflets)


def write_manifest(
    found: Survey,
    withheld: Withheld,
    *,
    store: Store,
    key_of: KeyOf,
    wait: Callable[[], object],
) -> None:
    """Write the manifest of what stands in the site's folder, as UTF-8 JSON.

    Digests are SHA-256 of the bytes that are published, in hexadecimal.

    Args:
        found: the project as it should be published.
        withheld: what of it could not be made.
        store: the cache: what is said of languages that are as they were is taken from the manifest
            that is there. It is written by its ``save``.
        key_of: digest of what a language's published tree was made from, by tag; empty where
            nobody can say.
        wait: called when pages and leaflets are listed: archives may be made until then.

    Raises:
        OSError: it cannot be written.
    """
    path = found.project.site_dir / "manifest.json"
    editions = (found.source, *found.editions)
    keys = [_key(edition, withheld, key_of) for edition in editions]
    known = KeptParts.read(path, store)
    kept = [known.find(e.locale.tag, key) for e, key in zip(editions, keys, strict=True)]
    files = PublishedFiles(site=found.project.site_dir, store=store)
    lines = [
        part.lines if part else _render_lines(files, edition, withheld)
        for edition, part in zip(editions, kept, strict=True)
    ]
    wait()
    heads = [
        part.head if part else _head(files, found, edition, withheld)
        for edition, part in zip(editions, kept, strict=True)
    ]
    files.save()
    tags = [edition.locale.tag for edition in editions]
    parts = dict(zip(tags, map(Part, keys, heads, lines), strict=True))
    head = _render_head(found, parts.values())
    write_atomic(path, head, *list_lines(parts.values()), _END)
    note_parts(path, store, parts, begin=len(head), has_withheld=withheld != Withheld())


def _render_head(found: Survey, parts: Iterable[Part]) -> bytes:
    """All that stands before the resources, which are an entry a line."""
    heads = [part.head for part in parts]
    head = {
        "version": MANIFEST_VERSION,
        "demonstration": found.project.demonstration,
        "site_url": found.project.site_url,
        "source_locale": found.project.source.tag,
        "locales": [each["locale"] for each in heads],
        "books": [book for each in heads for book in each["books"]],
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return opening.encode() + _RESOURCES


def _key(edition: Edition, withheld: Withheld, key_of: KeyOf) -> str:
    """Digest of all that is said of a language; empty where it may not be kept."""
    tag, is_open, facts = edition.locale.tag, edition.state.is_open, edition.facts
    tree = key_of(tag)
    # What was held back is told in full, and recordings stand elsewhere.
    may_keep = (tree or not is_open) and not facts.has_media and withheld == Withheld()
    if not may_keep:
        return ""
    return digest_of(digest_of_program(), edition.locale, is_open, facts.digest, tree)


def _head(
    files: PublishedFiles, found: Survey, edition: Edition, withheld: Withheld
) -> dict[str, Any]:
    """What is said of a language beside its resources."""
    return {
        "locale": _locale(files, edition, withheld),
        "books": list(_books(files, found, edition, withheld)),
    }


def _render_lines(files: PublishedFiles, edition: Edition, withheld: Withheld) -> bytes:
    """The resources of a language."""
    files.find_all(edition.locale.tag)  # in one go: thousands are asked for
    entries = (_entry(files, edition, page, withheld) for page in edition.pages)
    return BETWEEN.join(json.dumps(each, ensure_ascii=False).encode() for each in entries)


def _books(
    files: PublishedFiles, found: Survey, edition: Edition, withheld: Withheld
) -> Iterator[dict[str, object]]:
    """The books of a language that stand in the site."""
    tag = edition.locale.tag
    if not edition.state.is_open or tag in withheld.locales:
        return
    shown = [name for name in edition.facts.published if (tag, name) not in withheld.pages]
    for topic in book_topics_of(found.project, (name.partition("/")[0] for name in shown)):
        if file := files.find(f"{tag}/{book_path(tag, topic)}"):
            yield {"locale": tag, "topic": topic or None, **file}


def _locale(files: PublishedFiles, edition: Edition, withheld: Withheld) -> dict[str, object]:
    locale = edition.locale
    why = withheld.locales.get(locale.tag)
    is_open = edition.state.is_open and not why
    return {
        "locale": locale.tag,
        "autonym": locale.autonym,
        "english_name": locale.english_name,
        "direction": str(locale.direction),
        "open": is_open,
        "people": locale.people,
        "archive": files.find(f"{locale.tag}/{archive_name(locale.tag)}") if is_open else None,
        "kept": files.find(f"{locale.tag}/{keep_list_name()}") if is_open else None,
        "withheld": why,
    }


def _entry(
    files: PublishedFiles, edition: Edition, page: LocalisedPage, withheld: Withheld
) -> dict[str, object]:
    document, tag = page.document, edition.locale.tag
    place = tag, str(document.id)
    is_open = edition.state.is_open and tag not in withheld.locales
    folder = f"{tag}/{document.topic}/{document.slug}"
    html = files.find(f"{folder}/index.html") if is_open else None
    is_read = bool(html) and page.is_published and place not in withheld.pages
    state = page.state if is_read or not page.is_published else PageState.NOT_YET
    return {
        "resource": str(document.id),
        "locale": tag,
        "state": str(state) if is_open else "closed",
        "sample": page.is_sample,
        "title": page.title.text,
        "title_locale": page.title.locale,
        "page": html,
        "pdfs": list(_leaflets(files, folder, page, are_pictures=False)) if is_read else [],
        "pictures": list(_leaflets(files, folder, page, are_pictures=True)) if is_read else [],
        "one_file": files.find(f"{folder}/{one_file_name(document, tag)}") if is_read else None,
        **_captions(files, page, is_read=is_read),
        **_audio(files, page, is_read=is_read),
        "withheld": _reasons(place, withheld) if is_open else [],
    }


def _leaflets(
    files: PublishedFiles, folder: str, page: LocalisedPage, *, are_pictures: bool
) -> Iterator[dict[str, object]]:
    """The leaflets, or the pictures, that stand beside a page, each with its form."""
    for variant in page.leaflets:
        if variant.is_picture is not are_pictures:
            continue
        if file := files.find(f"{folder}/{leaflet_name(page.document, variant)}"):
            yield {"variant": str(variant), **file}


def _captions(files: PublishedFiles, page: LocalisedPage, *, is_read: bool) -> dict[str, object]:
    """The captions of a resource with a video, null where there are none yet; and its film."""
    if page.document.video is None:
        return {}
    there = is_read and page.captions
    return {
        "captions": files.find(captions_path(page.document, page.locale)) if there else None,
        "film": _film(files, page) if is_read else None,
    }


def _film(files: PublishedFiles, page: LocalisedPage) -> dict[str, object] | None:
    """A film on another site, or one of the language's own; null for the one that all share."""
    if page.document.video is not None and page.document.video.address:
        return {"address": page.document.video.address}
    return files.find(page.film.name) if page.film else None


def _audio(files: PublishedFiles, page: LocalisedPage, *, is_read: bool) -> dict[str, object]:
    """The recording of a resource that should have one; null where there is none yet."""
    if not page.document.metadata.has_audio:
        return {}
    there = page.recording if is_read else None
    return {"audio": files.find(there.name) if there else None}


def _reasons(place: tuple[str, str], withheld: Withheld) -> list[dict[str, str]]:
    """Why a page or one of its leaflets is not there, though it should be."""
    why = withheld.pages.get(place)
    found = [{"what": "page", "reason": why}] if why else []
    lost = (
        (variant, withheld.leaflets.get((*place, variant)))
        for variant in (LeafletVariant if withheld.leaflets else ())
    )
    return [
        *found,
        *({"what": "leaflet", "variant": str(v), "reason": why} for v, why in lost if why),
    ]

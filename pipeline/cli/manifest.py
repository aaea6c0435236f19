"""``site/manifest.json``: every resource in every locale, for machines.

Documented in ``docs/reference/manifest.md``; ``version`` grows when its meaning changes.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from pipeline.cli.survey import Edition, Survey
from pipeline.cli.withheld import Withheld
from pipeline.model import LeafletVariant, LocalisedPage, PageState
from pipeline.website import (
    archive_name,
    book_path,
    book_topics,
    captions_path,
    keep_list_name,
    leaflet_name,
    one_file_name,
)

MANIFEST_VERSION = 1
#: What can be the folder of a locale; nothing that leads anywhere else.
_FOLDER = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


def read_tags(site: Path) -> frozenset[str]:
    """The tags of the locales that an earlier build published; none where nobody can say.

    Args:
        site: folder of the site, with its manifest.
    """
    try:
        data = json.loads((site / "manifest.json").read_bytes())
        tags = [entry["locale"] for entry in data["locales"]]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return frozenset()
    return frozenset(tag for tag in tags if isinstance(tag, str) and _FOLDER.fullmatch(tag))


def render_manifest(found: Survey, withheld: Withheld) -> bytes:
    """The manifest of what stands in the site's folder, as UTF-8 JSON.

    Digests are SHA-256 of the bytes that are published, in hexadecimal.

    Args:
        found: the project as it should be published.
        withheld: what of it could not be made.
    """
    project, site = found.project, found.project.site_dir
    editions = (found.source, *found.editions)
    head = {
        "version": MANIFEST_VERSION,
        "demonstration": project.demonstration,
        "site_url": project.site_url,
        "source_locale": project.source.tag,
        "locales": [_locale(site, edition, withheld) for edition in editions],
        "books": list(_books(found, withheld)),
    }
    entries = [
        _entry(site, edition, page, withheld) for edition in editions for page in edition.pages
    ]
    # An entry a line: a change to one resource is a change to its lines, and it is quick.
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{opening},\n "resources": [\n{lines}\n ]\n}}\n'.encode()


def _books(found: Survey, withheld: Withheld) -> Iterator[dict[str, object]]:
    """The books that stand in the site."""
    project = found.project
    for edition in withheld.apply(found).open_editions:
        tag = edition.locale.tag
        for topic in book_topics(project, edition.pages):
            if file := _file(project.site_dir, f"{tag}/{book_path(tag, topic)}"):
                yield {"locale": tag, "topic": topic or None, **file}


def _locale(site: Path, edition: Edition, withheld: Withheld) -> dict[str, object]:
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
        "archive": _file(site, f"{locale.tag}/{archive_name(locale.tag)}") if is_open else None,
        "kept": _file(site, f"{locale.tag}/{keep_list_name()}") if is_open else None,
        "withheld": why,
    }


def _entry(
    site: Path, edition: Edition, page: LocalisedPage, withheld: Withheld
) -> dict[str, object]:
    document, tag = page.document, edition.locale.tag
    place = tag, str(document.id)
    is_open = edition.state.is_open and tag not in withheld.locales
    folder = f"{tag}/{document.topic}/{document.slug}"
    html = _file(site, f"{folder}/index.html") if is_open else None
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
        "pdfs": list(_leaflets(site, folder, page, are_pictures=False)) if is_read else [],
        "pictures": list(_leaflets(site, folder, page, are_pictures=True)) if is_read else [],
        "one_file": _file(site, f"{folder}/{one_file_name(document, tag)}") if is_read else None,
        **_captions(site, page, is_read=is_read),
        **_audio(site, page, is_read=is_read),
        "withheld": _reasons(place, withheld) if is_open else [],
    }


def _leaflets(
    site: Path, folder: str, page: LocalisedPage, *, are_pictures: bool
) -> Iterator[dict[str, object]]:
    """The leaflets, or the pictures, that stand beside a page, each with its form."""
    for variant in page.leaflets:
        if variant.is_picture is not are_pictures:
            continue
        if file := _file(site, f"{folder}/{leaflet_name(page.document, variant)}"):
            yield {"variant": str(variant), **file}


def _captions(site: Path, page: LocalisedPage, *, is_read: bool) -> dict[str, object]:
    """The captions of a resource with a video, null where there are none yet; and its film."""
    if page.document.video is None:
        return {}
    there = is_read and page.captions
    return {
        "captions": _file(site, captions_path(page.document, page.locale)) if there else None,
        "film": _film(site, page) if is_read else None,
    }


def _film(site: Path, page: LocalisedPage) -> dict[str, object] | None:
    """A film on another site, or one of the language's own; null for the one that all share."""
    if page.document.video is not None and page.document.video.address:
        return {"address": page.document.video.address}
    return _file(site, page.film.name) if page.film else None


def _audio(site: Path, page: LocalisedPage, *, is_read: bool) -> dict[str, object]:
    """The recording of a resource that should have one; null where there is none yet."""
    if not page.document.metadata.has_audio:
        return {}
    there = page.recording if is_read else None
    return {"audio": _file(site, there.name) if there else None}


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


def _file(site: Path, name: str) -> dict[str, object] | None:
    """A published file: its path below the site's folder, size and digest; None if it is not."""
    try:
        # Most pages are in languages that are not built yet: no path is made for each of them.
        with open(f"{site}/{name}", "rb", buffering=0) as file:  # noqa: PTH123
            data = file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    return {"path": name, "bytes": len(data), "digest": hashlib.sha256(data).hexdigest()}

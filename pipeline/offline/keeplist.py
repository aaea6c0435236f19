"""What a browser fetches to keep a whole language on a telephone: a list, made at the build.

It names each page that passed the gate with its digest, and what these pages need: styles, scripts,
pictures, the search index. So a reader is told the size before anything is fetched, a browser knows
when all is there, and at the next contact what has changed and what is gone.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import html

from pipeline.offline.addresses import find_path, web_address
from pipeline.offline.pages import read_page, small_version

Read = Callable[[str], bytes | None]
#: Letters of a digest that are enough to tell two states of one file apart.
_SHORT = 16
_LOADED = frozenset({"stylesheet", "icon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page as the list has it.

    Attributes:
        digest: SHA-256 of its bytes.
        size: how many these are.
        needs: the files that it cannot do without, by path below the site's folder.
    """

    digest: str
    size: int
    needs: tuple[str, ...]


def list_page(data: bytes, path: str, site: str, known: Listed | None = None) -> Listed:
    """A page as the list has it.

    Args:
        data: its HTML, UTF-8.
        path: where it is, below the site's folder.
        site: the site's address, with a slash at its end.
        known: what was found of the page at this path before: the same where it is the same.
    """
    digest = hashlib.sha256(data).hexdigest()
    if known and known.digest == digest:
        return known
    places = (find_path(address, path, site) for address in _needed(read_page(data)))
    needs = tuple(dict.fromkeys(place[0] for place in places if place))
    return Listed(digest=digest, size=len(data), needs=needs)


def render_keep_list(tag: str, pages: Mapping[str, Listed], read: Read) -> bytes:
    """The list of a language.

    Args:
        tag: of the locale.
        pages: the pages that the public reads in this language, by path below the site's folder:
            no notice in the place of a page.
        read: gives the bytes of a file that a page shows, by path below the site's folder; None
            where it is not or does not belong to what is published.

    Returns:
        UTF-8 JSON: ``version`` (changes with any byte), ``bytes``, ``home`` and ``files``: address
        below the site's, digest and bytes of each, what pages need before the pages.
    """
    needs = sorted({path for page in pages.values() for path in page.needs})
    parts = [(path, data) for path in needs if (data := read(path)) is not None]
    files = [
        *((path, hashlib.sha256(data).hexdigest(), len(data)) for path, data in parts),
        *((web_address(path), pages[path].digest, pages[path].size) for path in sorted(pages)),
    ]
    rows = [[path, digest[:_SHORT], size] for path, digest, size in files]
    said = {
        "version": hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:_SHORT],
        "bytes": sum(size for _, _, size in files),
        "home": f"{tag}/",
        "files": rows,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _needed(root: html.HtmlElement) -> Iterator[str]:
    """The addresses of what a page cannot do without: no film, recording or leaflet."""
    for link in root.iter("link"):
        if _LOADED & set((link.get("rel") or "").split()):
            yield link.get("href", "")
    for script in root.iter("script"):
        if script.get("src"):
            yield script.get("src", "")
    for picture in root.iter("img"):
        yield small_version(picture)
    for element in root.xpath("//*[@data-index]"):
        yield element.get("data-index", "")

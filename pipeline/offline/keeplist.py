"""What a browser fetches to keep a whole language on a telephone: a list, made at the build.

It names each page that passed the gate with its digest, and what these pages need: styles, scripts,
pictures, the search index. So a reader is told the size before anything is fetched, a browser knows
when all is there, and at the next contact what has changed and what is gone.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping

from lxml import html

from pipeline.offline.addresses import find_path, web_address
from pipeline.offline.pages import read_page, small_version

Read = Callable[[str], bytes | None]
#: Letters of a digest that are enough to tell two states of one file apart.
_SHORT = 16
_LOADED = frozenset({"stylesheet", "icon"})


def render_keep_list(tag: str, site: str, pages: Mapping[str, bytes], read: Read) -> bytes:
    """The list of a language.

    Args:
        tag: of the locale.
        site: the site's address, with a slash at its end.
        pages: the pages that the public reads in this language, by path below the site's folder:
            no notice in the place of a page.
        read: gives the bytes of a file that a page shows, by path below the site's folder; None
            where it is not or does not belong to what is published.

    Returns:
        UTF-8 JSON: ``version`` (changes with any byte), ``bytes``, ``home`` and ``files``: address
        below the site's, digest and bytes of each, what pages need before the pages.
    """
    parts: dict[str, bytes] = {}
    for path in sorted(pages):
        for address in _needed(read_page(pages[path])):
            place = find_path(address, path, site)
            if place and place[0] not in parts and (data := read(place[0])) is not None:
                parts[place[0]] = data
    ordered = [
        *sorted(parts.items()),
        *((web_address(path), pages[path]) for path in sorted(pages)),
    ]
    files = [[path, _digest(data), len(data)] for path, data in ordered]
    said = {
        "version": _digest(json.dumps(files).encode()),
        "bytes": sum(len(data) for _, data in ordered),
        "home": f"{tag}/",
        "files": files,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_SHORT]


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

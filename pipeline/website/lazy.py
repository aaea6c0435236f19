"""Pictures that a page fetches when the reader comes near them, in room that is kept for them.

A browser that knows a picture's size keeps its place free, so that the text does not jump under
the reader's thumb; one that is told so fetches it only when it is about to be seen.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

#: Width and height in pixels.
Size = tuple[int, int]

_IMAGE = re.compile(r"<img\b(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<end>\s*/?>)")
_SOURCE = re.compile(r"\ssrc=\"([^\"]*)\"")
_SVG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_LENGTH = rb"\b%s=[\"']([0-9]{1,5})(?:px)?[\"']"
_PNG = b"\x89PNG\r\n\x1a\n"
#: Markers of JPEG that begin a frame, with its size (ITU-T T.81, table B.1).
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def read_sizes(pictures: Mapping[Path, bytes]) -> dict[str, Size]:
    """The sizes of those pictures that say theirs, by path below the folder of resources."""
    found = ((path.as_posix(), find_size(data)) for path, data in pictures.items())
    return {name: size for name, size in found if size}


def find_size(data: bytes) -> Size | None:
    """How large a picture is by its own account: SVG, PNG, GIF, JPEG; None where it is not said."""
    if data.startswith(_PNG):
        size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    elif data[:6] in {b"GIF87a", b"GIF89a"}:
        size = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    elif data.startswith(b"\xff\xd8"):
        size = next(_jpeg_sizes(data), (0, 0))
    else:
        size = _svg_size(data)
    return size if all(size) else None


def _svg_size(data: bytes) -> Size:
    root = _SVG.search(data[:4000])
    sides = [re.search(_LENGTH % name, root[0]) if root else None for name in (b"width", b"height")]
    width, height = (int(side[1]) if side else 0 for side in sides)
    return width, height


def _jpeg_sizes(data: bytes) -> Iterator[Size]:
    at = 2
    while at + 9 <= len(data) and data[at : at + 1] == b"\xff":
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] in _FRAMES:
            height, width = data[at + 5 : at + 7], data[at + 7 : at + 9]
            yield int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + max(length, 2)


def defer_pictures(html: str, url: str, sizes: Mapping[str, Size]) -> str:
    """Let the pictures of a page wait until they are nearly seen, and keep their room free.

    What the author says of a picture stays.

    Args:
        html: the page's body.
        url: its address below its locale.
        sizes: what :func:`read_sizes` gave.
    """

    def defer(found: re.Match[str]) -> str:
        rest = found["rest"]
        added = "" if " loading=" in rest else ' loading="lazy" decoding="async"'
        source = _SOURCE.search(rest)
        path = posixpath.normpath(posixpath.join(url, unquote(source[1]))) if source else ""
        if path in sizes and " width=" not in rest and " height=" not in rest:
            width, height = sizes[path]
            added = f' width="{width}" height="{height}"{added}'
        return f"<img{rest}{added}{found['end']}"

    return _IMAGE.sub(defer, html) if "<img" in html else html

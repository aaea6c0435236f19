"""Pictures that a page fetches when the reader comes near them, in room that is kept for them.

A browser that knows a picture's size keeps its place free, so that the text does not jump under
the reader's thumb; one that is told so fetches it only when it is about to be seen.
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from pipeline import raster
from pipeline.raster import Size
from pipeline.website.scaling import Renditions

_IMAGE = re.compile(r"<img\b(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(?P<end>\s*/?>)")
_SOURCE = re.compile(r"\ssrc=\"([^\"]*)\"")
_SVG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
_WIDTH = re.compile(r"\swidth=\"([0-9]{1,4})\"")
#: How wide the column of text is, in the words of the attribute `sizes`: `.md-grid` of the style
#: sheet, 37 rem of 20 pixels with 16 on each side.
COLUMN = "(min-width: 740px) 708px, calc(100vw - 32px)"
_LENGTH = rb"\b%s=[\"']([0-9]{1,5})(?:px)?[\"']"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a browser is told of a picture.

    Attributes:
        width: in pixels.
        height: likewise.
        smaller: its smaller versions, each by its path below the locale with its width.
    """

    width: int
    height: int
    smaller: tuple[tuple[str, int], ...] = ()


#: What is known of pictures, by path below the locale.
Gallery = Mapping[str, Shown]


def make_gallery(pictures: Mapping[Path, bytes], renditions: Renditions) -> dict[str, Shown]:
    """What browsers are told of those pictures that say how large they are.

    Args:
        pictures: bytes by path below the locale.
        renditions: smaller versions of them.
    """
    found = ((path, find_size(data)) for path, data in pictures.items())
    return {
        path.as_posix(): Shown(
            width=size[0],
            height=size[1],
            smaller=tuple((each.path.as_posix(), each.width) for each in renditions.get(path, ())),
        )
        for path, size in found
        if size
    }


def find_size(data: bytes) -> Size | None:
    """How large a picture is by its own account, an SVG too; None where it is not said."""
    if size := raster.find_size(data):
        return size
    drawn = _svg_size(data)
    return drawn if all(drawn) else None


def _svg_size(data: bytes) -> Size:
    root = _SVG.search(data[:4000])
    sides = [re.search(_LENGTH % name, root[0]) if root else None for name in (b"width", b"height")]
    width, height = (int(side[1]) if side else 0 for side in sides)
    return width, height


def defer_pictures(html: str, url: str, gallery: Gallery) -> str:
    """Let the pictures of a page but the first wait until they are nearly seen; keep their room.

    A picture with smaller versions offers them by width, and browsers fetch the one that the screen
    needs. What the author says of a picture stays.

    Args:
        html: the page's body.
        url: its address below its locale.
        gallery: what :func:`make_gallery` gave.
    """
    is_first = True

    def defer(found: re.Match[str]) -> str:
        nonlocal is_first
        rest, waits = found["rest"], "" if is_first else ' loading="lazy"'
        is_first = False
        added = "" if " loading=" in rest else f'{waits} decoding="async"'
        source = _SOURCE.search(rest)
        path = posixpath.normpath(posixpath.join(url, unquote(source[1]))) if source else ""
        if shown := gallery.get(path):
            if " width=" not in rest and " height=" not in rest:
                added = f' width="{shown.width}" height="{shown.height}"{added}'
            if shown.smaller and " srcset=" not in rest and " sizes=" not in rest:
                added = f"{_choices(url, path, shown, rest)}{added}"
        return f"<img{rest}{added}{found['end']}"

    return _IMAGE.sub(defer, html) if "<img" in html else html


def _choices(url: str, path: str, shown: Shown, rest: str) -> str:
    """The versions of a picture, and how wide the page shows it."""
    versions = ", ".join(
        f"{quote(posixpath.relpath(name, url))} {width}w"
        for name, width in (*shown.smaller, (path, shown.width))
    )
    given = _WIDTH.search(rest)
    return f' srcset="{versions}" sizes="{f"{given[1]}px" if given else COLUMN}"'

"""The lines of a list of contents: whither each leads, and where its page number goes.

The list is set without numbers, so that it need not be set again when a leaflet before has become
a page longer, and can be set beside the leaflets, of which nobody knows yet how long they will be.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.pdf.binding.objects import Objects, reference, unpack

_SCHEME = "chapter"
_LINK = re.compile(rb"/Rect \[([-\d. ]+)\].*/URI \(%s:(\d+)\)" % _SCHEME.encode(), re.DOTALL)
#: About how much of a line's height lies below what its letters stand on.
_DESCENT = 0.3
_ANNOTATIONS = re.compile(rb"/Annots \[([^\]]*)\]")
#: WeasyPrint draws from the upper edge down, in pixels of CSS.
_SCALE = re.compile(rb"\s*1 0 0 -1 0 ([\d.]+) cm\nq\n([\d.]+) 0 0 \2 0 0 cm\n")
_TEXT = re.compile(rb"\n1 0 [-\d.]+ -1 ([-\d.]+) ([-\d.]+) Tm\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The last line of a title in the contents; lengths in points, from the lower left corner.

    Attributes:
        page: on which page of the contents, from 0.
        left: where its text is at its most left.
        right: likewise.
        baseline: what its letters stand on.
    """

    page: int
    left: float
    right: float
    baseline: float


def link_to(chapter: int) -> str:
    """The address by which the contents lead to a chapter, before they are bound with it.

    Args:
        chapter: which one, from 1.
    """
    return f"{_SCHEME}:{chapter}"


def find_lines(contents: Objects) -> Mapping[int, Line]:
    """Where the titles of the chapters end, by the number of the chapter, from 1.

    Args:
        contents: a list whose lines lead to chapters by :func:`link_to`.

    Raises:
        ValueError: it is no list as this program makes them.
    """
    found: dict[int, Line] = {}
    for at, number in enumerate(contents.pages):
        page = contents.find(number)
        texts = list(_find_texts(unpack(contents.streams[reference(page, b"Contents")])))
        for chapter, box in _find_links(contents, page):
            found[chapter] = _line_of(at, box, texts)
    return found


def _find_links(contents: Objects, page: bytes) -> Iterator[tuple[int, list[float]]]:
    """Links to chapters, in the order of their lines."""
    listed = _ANNOTATIONS.search(page)
    for number in re.findall(rb"(\d+) 0 R", listed[1]) if listed else ():
        link = _LINK.search(contents.find(int(number)))
        if link:
            yield int(link[2]), [float(each) for each in link[1].split()]


def _find_texts(drawn: bytes) -> Iterator[tuple[float, float]]:
    """Where each piece of text on a page begins."""
    scale = _SCALE.match(drawn)
    if scale is None:
        raise ValueError("its contents are drawn in another way")
    height, size = float(scale[1]), float(scale[2])
    for left, down in _TEXT.findall(drawn):
        yield float(left) * size, height - float(down) * size


def _line_of(page: int, box: list[float], texts: list[tuple[float, float]]) -> Line:
    left, right = sorted(box[::2])
    low, high = sorted(box[1::2])
    inside = [y for x, y in texts if left - 1 < x < right + 1 and low < y < high]
    if not inside:
        raise ValueError("a line of the contents has no text")
    # The lines of tall scripts reach into one another.
    usual = low + _DESCENT * (high - low)
    baseline = min(inside, key=lambda y: abs(y - usual))
    return Line(page=page, left=left, right=right, baseline=baseline)

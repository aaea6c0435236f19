"""Page numbers of a book: drawn on pages and in contents that were set without them.

Digits are the outlines of their glyphs, so that no font has to be added to a page. They are marked
as what stands on every page (artifact, ISO 32000-1, 14.8.2.2): nobody has them read aloud.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from fontTools.pens.basePen import BasePen

from pipeline.model import Direction
from pipeline.pdf.binding.blocks import Page
from pipeline.pdf.binding.contents import Line

#: Points; from the edges as far as the margins of print.css, and half of the upper one.
_SIZE, _ASIDE, _FROM_TOP = 10.0, 51.0, 30.0
_GREY = b"0.2 g"
#: Round dots, four points from one to the next; free room before and after them.
_DOTS, _GAP = b"0.5 G 0.8 w 1 J [0 4] 0 d", 6.0


class Numerals:
    """The digits of a language.

    Args:
        font: a file that has them.
        digits: the ten of them.
        direction: in which the language is read: the number stands where lines end.
    """

    def __init__(self, font: Path, digits: str, direction: Direction) -> None:
        self._path, self._digits, self._direction = font, digits, direction

    @cached_property
    def _outlines(self) -> list[tuple[float, bytes]]:
        """Of each digit how far it reaches, and its drawing, in points."""
        face = hb.Face(hb.Blob.from_file_path(str(self._path)))
        font, scale = hb.Font(face), _SIZE / face.upem
        return [_outline(font, digit, scale) for digit in self._digits]

    def write(self, number: int) -> str:
        """A number in the digits of the language."""
        return "".join(self._digits[int(digit)] for digit in str(number))

    def draw(self, number: int, page: Page) -> bytes:
        """The drawing of the number of a page, at its top.

        Args:
            number: it.
            page: the page.

        Raises:
            ValueError: the font lacks a digit.
        """
        return _artifact(self._at_end(number, page.height - _FROM_TOP, page))

    def draw_entry(self, number: int, line: Line, page: Page) -> bytes:
        """The drawing of a page number in the contents, with dots that lead to it.

        Args:
            number: it.
            line: of the contents.
            page: on which that is.

        Raises:
            ValueError: the font lacks a digit.
        """
        reach = _ASIDE + self._length(number) + _GAP
        ends = (line.right + _GAP, page.width - reach)
        if self._direction is Direction.RTL:
            ends = (reach, line.left - _GAP)
        drawn = [self._at_end(number, line.baseline, page)]
        if ends[0] < ends[1]:
            # From where lines end: dots stand below one another, as long as their titles may be.
            ends = ends if self._direction is Direction.RTL else ends[::-1]
            begin, end = (b"%s %s" % (_written(x), _written(line.baseline)) for x in ends)
            drawn.append(b"%s %s m %s l S" % (_DOTS, begin, end))
        return _artifact(b"\n".join(drawn))

    def _length(self, number: int) -> float:
        return sum(self._outlines[int(digit)][0] for digit in str(number))

    def _at_end(self, number: int, baseline: float, page: Page) -> bytes:
        """A number where lines end."""
        is_rtl = self._direction is Direction.RTL
        at = _ASIDE if is_rtl else page.width - _ASIDE - self._length(number)
        parts = [b"q 1 0 0 1 %s %s cm" % (_written(at), _written(baseline))]
        for digit in str(number):
            reach, outline = self._outlines[int(digit)]
            parts += [outline, b"f 1 0 0 1 %s 0 cm" % _written(reach)]
        return b"\n".join([*parts, b"Q"])


class _Pen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Writes an outline as the operators of a PDF."""

    def __init__(self, scale: float) -> None:
        super().__init__()
        self.drawn: list[bytes] = []
        self._scale = scale

    def _write(self, operator: bytes, *points: tuple[float, float]) -> None:
        numbers = [_written(value * self._scale) for point in points for value in point]
        self.drawn.append(b" ".join([*numbers, operator]))

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  fontTools' names
        self._write(b"m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._write(b"l", pt)

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._write(b"c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self.drawn.append(b"h")


def _outline(font: Any, digit: str, scale: float) -> tuple[float, bytes]:  # noqa: ANN401  HarfBuzz'
    glyph = font.get_nominal_glyph(ord(digit))
    if not glyph:
        raise ValueError(f"the font has no {digit}")
    pen = _Pen(scale)
    font.draw_glyph_with_pen(glyph, pen)
    return font.get_glyph_h_advance(glyph) * scale, b" ".join(pen.drawn)


def _artifact(drawn: bytes) -> bytes:
    """A drawing that is not part of what the document says."""
    return b"/Artifact <</Type /Pagination>> BDC q %s\n%s Q EMC" % (_GREY, drawn)


def _written(value: float) -> bytes:
    """A number as short as it can be: a thousandth of a point is seen by nobody."""
    return b"%g" % round(value, 3)

"""Page numbers of a book: drawn on pages that were set without them.

Digits are the outlines of their glyphs, so that no font has to be added to a page. They are marked
as what stands on every page (artifact, ISO 32000-1, 14.8.2.2): nobody has them read aloud.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

import uharfbuzz as hb
from fontTools.pens.basePen import BasePen

from pipeline.model import Direction

#: Points; from the edges as far as the margins of print.css, and half of the upper one.
_SIZE, _ASIDE, _FROM_TOP = 10.0, 51.0, 30.0
_GREY = b"0.2 g"
_BEGIN = b"/Artifact <</Type /Pagination/Subtype /Header>> BDC q " + _GREY
_END = b"f Q EMC"


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

    def draw(self, number: int, *, width: float, height: float) -> bytes:
        """The drawing of a page number.

        Args:
            number: it.
            width: of the page, in points.
            height: likewise.

        Raises:
            ValueError: the font lacks a digit.
        """
        drawn = [self._outlines[int(digit)] for digit in str(number)]
        length = sum(reach for reach, _ in drawn)
        at = _ASIDE if self._direction is Direction.RTL else width - _ASIDE - length
        parts = [_BEGIN, b"1 0 0 1 %s %s cm" % (_written(at), _written(height - _FROM_TOP))]
        for reach, outline in drawn:
            parts += [outline, b"f 1 0 0 1 %s 0 cm" % _written(reach)]
        return b"\n".join([*parts, _END])


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


def _written(value: float) -> bytes:
    """A number as short as it can be: a thousandth of a point is seen by nobody."""
    return b"%g" % round(value, 3)

"""Pages laid on sheets that are printed on both sides, folded together and stapled in the fold.

A sheet of A4 has two pages of A5 on each side. Read from left to right, the outer sheet has the
last page left of the first; for scripts that are read from right to left the other way round, so
that the fold is where readers of the script expect it. Each page is drawn whole, as a drawing of
its own (form XObject, ISO 32000-1, 8.10): no text is taken apart, but tags are lost. It is for
paper alone.
"""

from io import BytesIO
from typing import Any

from pipeline.model import Direction

#: Points of A4 lying on its side, by ISO 216.
_WIDTH, _HEIGHT = 841.89, 595.28
_TO_A_SHEET = 4


def order_of_pages(count: int, direction: Direction) -> list[tuple[int | None, int | None]]:
    """Which pages lie side by side, by side of a sheet: the front of the outer one first.

    Args:
        count: how many pages there are.
        direction: in which the script is read.

    Returns:
        Numbers of pages from 0, the left one first; None for an empty page.
    """
    total = -(-count // _TO_A_SHEET) * _TO_A_SHEET
    sides = []
    for side in range(total // 2):
        outer, inner = total - 1 - side, side
        left, right = (inner, outer) if side % 2 else (outer, inner)
        if direction is Direction.RTL:
            left, right = right, left
        sides.append(tuple(page if page < count else None for page in (left, right)))
    return sides  # type: ignore[return-value]


def impose(data: bytes, *, language: str, direction: Direction) -> bytes:
    """Lay pages on sheets.

    Args:
        data: a PDF whose pages are half as large as the sheets.
        language: its language, BCP 47.
        direction: in which its script is read.

    Returns:
        A PDF with two pages on each of its pages; the same for the same arguments.
    """
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - loaded only where a booklet is made
    from pypdf.generic import NameObject, TextStringObject  # noqa: PLC0415

    reader, writer = PdfReader(BytesIO(data)), PdfWriter()
    drawings = [_drawing(page, writer) for page in reader.pages]
    for left, right in order_of_pages(len(drawings), direction):
        sheet = writer.add_blank_page(_WIDTH, _HEIGHT)
        _lay(sheet, writer, [(left, 0.0), (right, _WIDTH / 2)], drawings)
    writer.metadata = {"/Title": str(reader.metadata.title)} if reader.metadata else {}
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(language)
    if direction is Direction.RTL:
        preferences = writer.create_viewer_preferences()
        preferences[NameObject("/Direction")] = NameObject("/R2L")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawing(page: Any, writer: Any) -> Any:  # noqa: ANN401 - pypdf's
    """A page as a drawing that can be put on another."""
    from pypdf.generic import ArrayObject, FloatObject, NameObject, StreamObject  # noqa: PLC0415

    drawing = StreamObject()
    drawing.set_data(page.get_contents().get_data())
    box = page.mediabox
    drawing[NameObject("/Type")] = NameObject("/XObject")
    drawing[NameObject("/Subtype")] = NameObject("/Form")
    drawing[NameObject("/BBox")] = ArrayObject(FloatObject(value) for value in box)
    drawing[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return writer._add_object(drawing.flate_encode())  # noqa: SLF001 - no public way to add one


def _lay(
    sheet: Any,  # noqa: ANN401 - pypdf's
    writer: Any,  # noqa: ANN401
    places: list[tuple[int | None, float]],
    drawings: list[Any],
) -> None:
    from pypdf.generic import DictionaryObject, NameObject, StreamObject  # noqa: PLC0415

    shown, lines = DictionaryObject(), []
    for number, offset in places:
        if number is not None:
            name = f"/P{number + 1}"
            shown[NameObject(name)] = drawings[number]
            lines.append(f"q 1 0 0 1 {offset:.3f} 0 cm {name} Do Q")
    drawn = StreamObject()
    drawn.set_data("\n".join(lines).encode())
    sheet[NameObject("/Contents")] = writer._add_object(drawn)  # noqa: SLF001
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): shown})

"""Fonts as they go into a PDF: the glyphs that are used, numbered anew.

WeasyPrint keeps the numbers that glyphs have in the whole font. A font of 40,000 Chinese
characters cut down to 300 then has 40,000 entries in each of its tables, which are written,
packed and carried about. Here glyphs are numbered from 0, and ``/CIDToGIDMap`` (ISO 32000-1,
9.7.4.2) leads from the old numbers, which the pages use, to the new ones. The font file itself is
read once in a process.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf
import uharfbuzz as hb
from weasyprint.pdf import fonts
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi

#: Tables that no reader of PDF asks for: text is laid out, and glyphs go by number. What is
#: kept is what ISO 32000-1, 9.9, asks for.
_DROPPED = (
    "BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "MATH", "OS/2",
    "PCLT", "STAT", "SVG ", "VORG", "cmap", "gasp", "name", "post", "vhea", "vmtx",
)  # fmt: skip
_read_file = fonts.get_hb_object_data


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A font file, held with what it was read from, so that nothing else gets its address."""

    origin: Any
    data: bytes
    face: hb.Face


_files: dict[int, _File] = {}


def install() -> None:
    """Let WeasyPrint embed fonts this way; once is enough."""
    fonts.get_hb_object_data = _data_of
    Font.subset = _subset


def number_glyphs(used: Iterable[Any], pdf: pydyf.PDF) -> None:
    """Say in a PDF which glyph of its font file each number stands for.

    Args:
        used: WeasyPrint's fonts of the document.
        pdf: the document, before it is written.
    """
    maps = {font.name: font.numbers for font in used if getattr(font, "numbers", None)}
    for item in list(pdf.objects):
        if isinstance(item, dict) and item.get("Subtype") == "/CIDFontType2":
            numbers = maps.get(item["BaseFont"])
            if numbers:
                table = pydyf.Stream([_table(numbers)], compress=True)
                pdf.add_object(table)
                item["CIDToGIDMap"] = table.reference


def _table(numbers: Mapping[int, int]) -> bytes:
    """Two bytes for each old number, up to the last one in use."""
    table = bytearray(2 * (max(numbers) + 1))
    for old, new in numbers.items():
        table[2 * old : 2 * old + 2] = new.to_bytes(2, "big")
    return bytes(table)


def _data_of(face: Any, ot_color: str | None = None, glyph: int | None = None) -> bytes | None:  # noqa: ANN401
    """What ``get_hb_object_data`` does, reading each font file once."""
    if ot_color is not None or not _is_face(face):
        return _read_file(face, ot_color, glyph)  # type: ignore[no-any-return]
    address = int(ffi.cast("intptr_t", face))
    if address not in _files:
        data = _read_file(face)
        _files[address] = _File(origin=face, data=data, face=hb.Face(data))
    return _files[address].data


def _is_face(thing: Any) -> bool:  # noqa: ANN401
    return ffi.typeof(thing) is ffi.typeof("hb_face_t *")


def _subset(self: Font, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001
    """What ``Font.subset`` does, with glyphs numbered anew."""
    if not to_unicode or self.missing or self.type != "ttf" or "fvar" in self.tables:
        _weasyprint_subset(self, to_unicode, hinting)
        return
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(to_unicode)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(map(_tag, _DROPPED))
    plan = hb.SubsetPlan(_files[int(ffi.cast("intptr_t", self.hb_face))].face, wanted)
    self.numbers = dict(plan.old_to_new_glyph_mapping)
    self.file_content = bytes(plan.execute().blob.data)


_weasyprint_subset = Font.subset


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")

"""What WeasyPrint leaves out of a tagged PDF (PDF/UA-1, ISO 14289-1).

Header cells say what they head, links say where they lead and are printed, parts say which
language they are in, and text of the Indic scripts can be copied and searched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.stream import Stream

from pipeline.errors import MachineError
from pipeline.pdf.embedding import number_glyphs
from pipeline.pdf.glyph_text import GlyphTexts, glyph_texts, has_joined_letters, is_joined
from pipeline.pdf.tag_languages import Content, set_languages
from pipeline.pdf.tag_tree import fold_spans, keep_one_link, make_artifacts

#: The release whose private method :func:`install_readable_text` replaces.
PATCHED_VERSION = "70.0"
#: What a glyph without text of its own is said to stand for, where the text is told beside: it
#: joins what is around it, and is not seen.
_FILLER = "\u2060"
_weasyprint_add_font = Stream.add_font
_LINK_IS_PRINTED = 4  # annotation flag, ISO 32000-1 table 165


def finish(document: Any, pdf: pydyf.PDF) -> None:  # noqa: ANN401 - WeasyPrint has no types
    """Add to a PDF, before it is written, what WeasyPrint leaves out."""
    objects = {item.reference: item for item in pdf.objects if getattr(item, "number", None)}
    for item in pdf.objects:
        if not isinstance(item, dict):
            continue
        if item.get("Type") == "/StructElem" and item.get("S") == "/TH":
            _set_scope(item, objects)
        elif item.get("Type") == "/Annot" and item.get("Subtype") == "/Link":
            _describe_link(item)
    root = objects[pdf.catalog["StructTreeRoot"]]
    keep_one_link(root, objects, [objects[ref] for ref in pdf.page_references])
    make_artifacts(root, objects)
    set_languages(document.metadata.lang or "", root, objects)
    fold_spans(root, objects)
    number_glyphs(document.fonts.values(), pdf)


def _set_scope(cell: dict[str, Any], objects: dict[bytes, Any]) -> None:
    row = objects.get(cell["P"])
    group = objects.get(row["P"]) if row is not None else None
    is_column = group is not None and group.get("S") == "/THead"
    attributes = cell.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
    attributes["Scope"] = "/Column" if is_column else "/Row"


def _describe_link(link: dict[str, Any]) -> None:
    link["F"] = _LINK_IS_PRINTED
    action = link.get("A")
    if "Contents" not in link and isinstance(action, dict) and "URI" in action:
        link["Contents"] = action["URI"]


def install_readable_text() -> None:
    """Make WeasyPrint write text that can be searched, copied and read aloud.

    For Arabic see :mod:`pipeline.pdf.glyph_text`. In the Indic scripts glyphs change places
    and join, and half the words of Bengali are lost: ``/ActualText`` (ISO 32000-1, 14.9.4)
    on each run of text keeps them. Not on right-to-left runs: readers of PDF put those in
    order themselves, and would turn them round twice.

    Raises:
        MachineError: another WeasyPrint is installed than the one this was written for.
    """
    if weasyprint.__version__ != PATCHED_VERSION:
        raise MachineError(
            f"WeasyPrint {weasyprint.__version__} is installed; leaflets need {PATCHED_VERSION}.",
            remedy="Type: pip install --require-hashes -r requirements.lock",
        )
    Stream.marked = _marked
    Stream.add_font = _add_font


def needs_actual_text(text: str) -> bool:
    """Whether glyphs alone would not give a text back."""
    return any(is_joined(ord(character)) for character in text)


@contextmanager
def _marked(self: Stream, box: boxes.Box, tag: str) -> Iterator[None]:
    """What ``Stream.marked`` does, and ``/ActualText`` where it is needed."""
    if self._tags is None:
        yield
        return
    properties = pydyf.Dictionary({"MCID": len(self._tags)})
    self._tags[box] = {
        "tag": tag,
        "mcid": Content(len(self._tags), box.style["lang"] or ""),
    }
    text = box.text if isinstance(box, boxes.TextBox) else ""
    if needs_actual_text(text):
        properties["ActualText"] = pydyf.String(text)
    self.begin_marked_content(tag, properties)
    try:
        yield
    finally:
        self.end_marked_content()


def _add_font(self: Stream, pango_font: Any) -> tuple[Any, float]:  # noqa: ANN401
    """What ``Stream.add_font`` does, and a note of glyphs that the font corrects."""
    font, size = _weasyprint_add_font(self, pango_font)
    if type(font.to_unicode) is dict and not font.to_unicode:
        filler = _FILLER if has_joined_letters(font.file_content) else ""
        font.to_unicode = GlyphTexts(glyph_texts(font.file_content), filler=filler)
    return font, size

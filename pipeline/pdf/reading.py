"""What a finished leaflet says of itself, and its text as other programs read it back.

Read with pypdf, which had no part in writing it. The text is put together here: pypdf does
not know ``/ActualText``, with which leaflets keep the words of the Indic scripts. Fonts are
read as WeasyPrint writes them: two bytes a glyph, one line of ``/ToUnicode`` for each.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

#: What of a page's drawing has to do with text.
_TOKEN = re.compile(
    rb"/ActualText\s*(?P<actual><[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\))"
    rb"|/(?P<font>[^\s/<>\[\]()]+)\s+[-\d.]+\s+Tf\b"
    rb"|\[(?P<array>[^\]]*)\]\s*TJ\b|<(?P<shown>[0-9A-Fa-f\s]*)>\s*Tj\b"
    rb"|\b(?P<word>BDC|BMC|EMC)\b",
    re.DOTALL,
)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_BFCHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_UNKNOWN = "\ufffd"
_NOTDEF = 0

#: Text of each glyph of a font; a glyph that it lacks stands for no character.
_Texts = Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What a PDF says of itself.

    Attributes:
        title: its title; empty for none.
        language: its language; empty for none.
        is_tagged: it says what is a heading, a list, a table.
        missing_glyphs: how many signs are set with a glyph that stands for nothing.
        text: its text, a line for each piece that was set.
        fault: why it cannot be read; empty where it can.
    """

    title: str = ""
    language: str = ""
    is_tagged: bool = False
    missing_glyphs: int = 0
    text: str = ""
    fault: str = ""


def read_facts(data: bytes) -> PdfFacts:
    """Read a PDF.

    Args:
        data: the file.

    Returns:
        What it says; of one that cannot be read, only why.
    """
    # What it works around it writes to its log; what matters comes as an error.
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    from pypdf import PdfReader  # noqa: PLC0415 - loaded only where a leaflet is new
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        return _read(PdfReader(BytesIO(data)))
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, OSError) as error:
        # pypdf lets these out too where a file is damaged.
        return PdfFacts(fault=str(error) or type(error).__name__)
    except RecursionError:
        return PdfFacts(fault="it is nested too deeply")


def _read(reader: Any) -> PdfFacts:  # noqa: ANN401  pypdf's
    root = reader.trailer["/Root"]
    metadata = reader.metadata
    script = _Script()
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None:
            script.read(contents.get_data(), page["/Resources"])
    return PdfFacts(
        title=str((metadata and metadata.title) or ""),
        language=str(root.get("/Lang", "")),
        is_tagged=bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root,
        missing_glyphs=script.missing,
        text="\n".join(script.lines),
    )


@dataclass(slots=True)
class _Script:
    """The text of a PDF, as it is put together."""

    lines: list[str] = field(default_factory=list)
    missing: int = 0
    _fonts: dict[int, _Texts] = field(default_factory=dict)

    def read(self, drawing: bytes, resources: Any) -> None:  # noqa: ANN401  pypdf's objects
        """Add what a page, or a drawing on it, shows."""
        fonts = resources.get("/Font", {})
        current: _Texts = {}
        #: For each open part of the page, the text that it says it has, and its glyphs.
        open_parts: list[tuple[str | None, list[str]]] = [(None, [])]
        actual: str | None = None
        for token in _TOKEN.finditer(drawing):
            if token["actual"]:
                actual = _string(token["actual"])
            elif token["font"]:
                current = self._font(fonts, "/" + token["font"].decode("latin-1"))
            elif token["word"] == b"EMC":
                if len(open_parts) > 1:
                    self._end(*open_parts.pop())
            elif token["word"]:
                open_parts.append((actual, []))
                actual = None
            else:
                shown = _HEX.findall(token["array"]) if token["array"] else [token["shown"]]
                open_parts[-1][1].extend(self._glyphs(b"".join(shown), current))
        for part in reversed(open_parts):
            self._end(*part)
        self._read_drawings(resources)

    def _read_drawings(self, resources: Any) -> None:  # noqa: ANN401  pypdf's objects
        for drawing in resources.get("/XObject", {}).values():
            inner = drawing.get_object()
            if inner.get("/Subtype") == "/Form":
                self.read(inner.get_data(), inner.get("/Resources", {}))

    def _end(self, actual: str | None, glyphs: list[str]) -> None:
        line = in_reading_order(glyphs) if actual is None else actual
        if line.strip():
            self.lines.append(line)

    def _font(self, fonts: Any, name: str) -> _Texts:  # noqa: ANN401  pypdf's objects
        reference = fonts.raw_get(name) if name in fonts else None
        number = getattr(reference, "idnum", id(reference))
        if number not in self._fonts:
            font = fonts[name] if name in fonts else {}  # noqa: SIM401  `get` follows no reference
            is_known = "/ToUnicode" in font and font.get("/Encoding") == "/Identity-H"
            self._fonts[number] = _glyph_texts(font["/ToUnicode"].get_data()) if is_known else {}
        return self._fonts[number]

    def _glyphs(self, codes: bytes, texts: _Texts) -> Iterator[str]:
        if not texts:  # a font of pictures
            return
        data = bytes.fromhex(codes.decode("ascii"))
        for at in range(0, len(data) - 1, 2):
            code = data[at] << 8 | data[at + 1]
            text = texts.get(code)
            if code == _NOTDEF or text is None or _UNKNOWN in text:
                self.missing += 1
            yield text or ""


@lru_cache(maxsize=64)
def _glyph_texts(table: bytes) -> _Texts:
    """What each glyph of a font stands for."""
    return {
        int(code, 16): bytes.fromhex(text.decode("ascii")).decode("utf-16-be", "replace")
        for part in _BFCHARS.findall(table)
        for code, text in _PAIR.findall(part)
    }


def _string(written: bytes) -> str:
    """A text string of a PDF (ISO 32000-1, 7.9.2.2)."""
    if written.startswith(b"<"):
        data = bytes.fromhex(written[1:-1].decode("ascii"))
    else:
        data = re.sub(rb"\\(.)", rb"\1", written[1:-1], flags=re.DOTALL)
    is_utf_16 = data.startswith(b"\xfe\xff")
    return data[2:].decode("utf-16-be", "replace") if is_utf_16 else data.decode("latin-1")


def in_reading_order(glyphs: list[str]) -> str:
    """The text of glyphs that stand in a row from left to right.

    Args:
        glyphs: the text of each. Right-to-left ones come back turned round, and what is
            left-to-right among them (a number, a name) stays as it is.
    """
    if not any(_RIGHT_TO_LEFT.search(glyph) for glyph in glyphs):
        return "".join(glyphs)
    ordered: list[str] = []
    foreign: list[str] = []
    for glyph in reversed(glyphs):
        if glyph.isdecimal() or (glyph.isascii() and glyph.isalnum()):
            foreign.append(glyph)
            continue
        ordered += [*reversed(foreign), glyph]
        foreign = []
    return "".join([*ordered, *reversed(foreign)])

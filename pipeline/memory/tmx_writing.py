"""Units of a memory → TMX 1.4b, as other tools read it; the same units give the same bytes."""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from pipeline.memory.tmx import CONTEXT, IMPORTED, ORIGIN, SAMPLE, SIGNED
from pipeline.memory.units import MemoryUnit

#: What XML 1.0 cannot hold (section 2.2), not even as a reference.
_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="health-translation-pipeline" creationtoolversion={version} \
segtype="block" o-tmf="PO" adminlang="en" srclang={source} datatype="plaintext"/>
  <body>
"""
_TAIL = "  </body>\n</tmx>\n"


def render_tmx(
    units: Iterable[MemoryUnit], *, source: str, target: str, version: str
) -> tuple[bytes, int]:
    """A TMX file's bytes.

    Args:
        units: the units, in the order in which they are wanted.
        source: tag of the source language.
        target: tag of the target language.
        version: version of this program.

    Returns:
        The bytes, and how many units had a character that XML cannot hold: they are left out.
    """
    rows: list[str] = []
    left_out = 0
    for unit in units:
        if _UNWRITABLE.search(unit.source + unit.target + (unit.context or "")):
            left_out += 1
        else:
            rows += _unit(unit, source, target)
    head = _HEAD.format(version=quoteattr(version), source=quoteattr(source))
    return f"{head}{''.join(rows)}{_TAIL}".encode(), left_out


def _unit(unit: MemoryUnit, source: str, target: str) -> Iterator[str]:
    yield "    <tu>\n"
    for name, value in _properties(unit):
        yield f"      <prop type={quoteattr(name)}>{_escaped(value)}</prop>\n"
    for tag, text in ((source, unit.source), (target, unit.target)):
        yield f"      <tuv xml:lang={quoteattr(tag)}><seg>{_escaped(text)}</seg></tuv>\n"
    yield "    </tu>\n"


def _escaped(text: str) -> str:
    # A bare CR would be read back as a line end.
    return escape(text, {"\r": "&#13;"})


def _properties(unit: MemoryUnit) -> Iterator[tuple[str, str]]:
    made = unit.provenance
    yield ORIGIN, made.name
    if unit.context is not None:
        yield CONTEXT, unit.context
    if made.roles:
        yield SIGNED, " ".join(made.roles)
    if made.is_imported:
        yield IMPORTED, "yes"
    if made.is_sample:
        yield SAMPLE, "yes"

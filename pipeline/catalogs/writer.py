""":class:`~pipeline.model.Catalog` → PO bytes, as ``msgcat --no-wrap`` would write them.

Long lines stay whole: where a line would be wrapped depends on the tool, and every
tool would wrap a file anew that another has saved.
"""

import re

from pipeline.catalogs.origins import UNFINISHED, origin_comment
from pipeline.model import Catalog, Unit

_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r",
    "\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v",
}  # fmt: skip
_ESCAPE = re.compile(r'[\\"\n\t\r\a\x08\f\v]')


def render_catalog(catalog: Catalog) -> bytes:
    """The bytes of a catalog: UTF-8, Unix line ends, no line wrapped.

    The same catalog gives the same bytes, and ``parse_catalog`` gives it back.
    """
    # polib puts an empty comment above a header that has none; so do we.
    comments = catalog.header_comments or ("",)
    fields = "".join(f"{name}: {value}\n" for name, value in catalog.headers)
    header = [_comment("#", line) for line in comments]
    header += [*_text("msgid ", ""), *_text("msgstr ", fields, always_split=True)]
    blocks = ["\n".join(header)]
    blocks += ["\n".join(_unit(unit)) for unit in catalog.units]
    return ("\n\n".join(blocks) + "\n").encode()


def _unit(unit: Unit) -> list[str]:
    origin = origin_comment(unit)
    lines = [_comment("#", line) for line in unit.translator_comments]
    if origin and unit.obsolete:
        lines.append(f"# {origin}")
    if unit.obsolete and unit.fuzzy:
        lines.append(f"# {UNFINISHED}")
    lines += [_comment("#.", line) for line in unit.extracted_comments]
    if origin and not unit.obsolete:
        lines.append(f"#. {origin}")
    if unit.references:
        lines.append(f"#: {' '.join(unit.references)}")
    flags = ("fuzzy", *unit.flags) if unit.fuzzy else unit.flags
    if flags:
        lines.append(f"#, {', '.join(flags)}")
    mark = "#~ " if unit.obsolete else ""
    if unit.previous:
        lines += _key("#~| " if unit.obsolete else "#| ", *unit.previous)
    lines += _key(mark, unit.context, unit.msgid)
    lines += _text(f"{mark}msgstr ", unit.msgstr, mark)
    return lines


def _comment(mark: str, text: str) -> str:
    return f"{mark} {text}" if text else mark


def _key(mark: str, context: str | None, msgid: str) -> list[str]:
    lines = _text(f"{mark}msgid ", msgid, mark)
    return lines if context is None else [*_text(f"{mark}msgctxt ", context, mark), *lines]


def _text(start: str, text: str, mark: str = "", *, always_split: bool = False) -> list[str]:
    """A text in quotes; one that has line ends within it begins on a line of its own."""
    if not always_split and text.find("\n", 0, -1) < 0:
        return [f'{start}"{_escape(text)}"']
    rows = [f'{mark}"{_escape(row)}"' for row in re.findall(r"[^\n]*\n|[^\n]+", text)]
    return [f'{start}""', *rows]


def _escape(text: str) -> str:
    return _ESCAPE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES[found[0]]

"""TMX (Translation Memory eXchange 1.4b, LISA 2005) → units of a memory.

Nothing outside the file is read, no entity is opened, and what is too large is refused. Of the
elements inside a text ``hi`` and the codes of formatting are left out and their text is kept; a
unit with a code that stands for something by itself (``ph``) is left out whole and counted: in
Markdown nothing would stand in its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from lxml import etree

from pipeline.errors import CatalogError
from pipeline.foreignxml import XmlError, parse_xml
from pipeline.memory.units import MemoryUnit, Provenance

#: A file above this is no memory of a small publisher, and costs more than it gives.
MOST_BYTES = 64_000_000
#: A text above this is no sentence.
_MOST_LETTERS = 20_000
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Codes of formatting around a text: what is in them is another program's markup.
_FORMATTING = frozenset({"bpt", "ept", "it", "ut"})
_ENTITY = tuple("<!ENTITY".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_EXPORT = "Export it again as TMX 1.4."
#: Names of our own properties.
CONTEXT, ORIGIN, SIGNED, IMPORTED, SAMPLE = (
    "x-context",
    "x-resource",
    "x-signed-by",
    "x-imported",
    "x-sample",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tmx:
    """What a TMX file has of a pair of languages.

    Attributes:
        units: its units, each with the line that it begins on.
        left_out: how many units have a code in them that stands for something by itself.
        others: how many units have no text in one of the two languages.
    """

    units: tuple[tuple[int, MemoryUnit], ...]
    left_out: int = 0
    others: int = 0


def parse_tmx(data: bytes, path: Path, *, source: str, target: str, name: str) -> Tmx:
    """Read a TMX file's bytes.

    Args:
        data: the whole file.
        path: where it comes from, for messages.
        source: tag of the source language; a variety of it is taken too (``en-GB`` for ``en``).
        target: tag of the target language, likewise.
        name: what the file is called in the memory.

    Returns:
        Its units: all imported, whatever the file says of who has signed them.

    Raises:
        CatalogError: it is no XML, declares entities, is too large, is no TMX 1, or has nothing
            in these languages.
    """
    root = _root(data, path)
    if etree.QName(root).localname != "tmx" or not root.get("version", "").startswith("1"):
        found = f"<{etree.QName(root).localname}> {root.get('version', '')}".strip()
        _fail(path, root.sourceline, f"The file is {found}, not TMX 1.", _EXPORT)
    units: list[tuple[int, MemoryUnit]] = []
    left_out = others = 0
    for element in root.iter("{*}tu"):
        texts = _texts(element, source, target)
        if texts is None:
            others += 1
        elif _has_code(texts):
            left_out += 1
        elif unit := _unit(element, texts, name, path):
            units.append((element.sourceline or 1, unit))
    if not units:
        _fail(
            path,
            1,
            f"The file has no text in `{source}` with a translation into `{target}`.",
            "Look at xml:lang in its <tuv>; name the language with --locale.",
        )
    return Tmx(units=tuple(units), left_out=left_out, others=others)


def _root(data: bytes, path: Path) -> etree._Element:
    if len(data) > MOST_BYTES:
        _fail(
            path,
            1,
            f"The file has {len(data) / 1e6:.0f} MB; {MOST_BYTES // 1_000_000} are read.",
            "Export a part of it.",
        )
    if any(mark in data for mark in _ENTITY):
        _fail(path, 1, "The file declares entities, which are not opened.", _EXPORT)
    try:
        root = parse_xml(data, may_have_type=True)
    except XmlError as error:
        _fail(path, error.line, error.reason, "Send the file again, whole.")
    if (entity := next(root.iter(etree.Entity), None)) is not None:
        _fail(path, entity.sourceline, f"{entity.text} stands for something elsewhere.", _EXPORT)
    return root


def _texts(element: etree._Element, source: str, target: str) -> list[etree._Element] | None:
    """The texts of a unit in the two languages, or None where it lacks one."""
    segs = [
        (_language(variant), seg)
        for variant in element.iterchildren("{*}tuv")
        if (seg := variant.find("{*}seg")) is not None
    ]
    old = _choose(segs, source)
    new = _choose(segs, target)
    return None if old is None or new is None else [old, new]


def _language(variant: etree._Element) -> str:
    # Before 1.4 the attribute was `lang`.
    return (variant.get(_LANG) or variant.get("lang") or "").replace("_", "-").lower()


def _choose(segs: list[tuple[str, etree._Element]], tag: str) -> etree._Element | None:
    wanted = tag.lower()
    for language, seg in segs:
        if language == wanted:
            return seg
    return next((seg for language, seg in segs if _is_variety(language, wanted)), None)


def _is_variety(language: str, tag: str) -> bool:
    """Whether a tag names a region's variety of a language (RFC 4647, basic filtering).

    Another script is another text: ``zh-Hant`` is no ``zh`` that is written in ``Hans``.
    """
    rest = language.removeprefix(f"{tag}-")
    return rest != language and not re.match(r"[a-z]{4}(?:-|$)", rest)


def _has_code(texts: list[etree._Element]) -> bool:
    return any(seg.find(".//{*}ph") is not None for seg in texts)


def _unit(
    element: etree._Element, texts: list[etree._Element], name: str, path: Path
) -> MemoryUnit | None:
    old, new = (_text(seg).strip() for seg in texts)
    if max(len(old), len(new)) > _MOST_LETTERS:
        message = f"A text has more than {_MOST_LETTERS:,} letters."
        _fail(path, element.sourceline, message, "Cut it into sentences.")
    if not old or not new:
        return None
    said = _properties(element)
    return MemoryUnit(
        source=old,
        target=new,
        context=said.get(CONTEXT) or None,
        provenance=Provenance(name=name, is_imported=True, is_sample=said.get(SAMPLE, "") == "yes"),
    )


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if etree.QName(child).localname not in _FORMATTING:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _properties(element: etree._Element) -> dict[str, str]:
    properties: Iterator[etree._Element] = element.iterchildren("{*}prop")
    return {each.get("type", ""): (each.text or "").strip() for each in properties}


def _fail(path: Path, line: int | None, message: str, remedy: str) -> NoReturn:
    raise CatalogError(message, remedy=remedy, path=path, line=line)

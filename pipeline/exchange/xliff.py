"""XLIFF 1.2 and 2.0 to 2.2 (OASIS) → units.

Inline elements become placeholders such as ``{x1}``, or ``{g1}…{g1_end}`` around a text: a
translation has to carry them over. Nothing outside the file is read, and no entity is opened.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from lxml import etree

from pipeline.errors import CatalogError
from pipeline.foreignxml import XmlError, parse_xml
from pipeline.model import Unit

_V1 = "urn:oasis:names:tc:xliff:document:1.2"
_V2 = ("urn:oasis:names:tc:xliff:document:2.0", "urn:oasis:names:tc:xliff:document:2.2")
#: Inline elements whose text is read by people; others are placeholders, with whatever is in them.
_AROUND = frozenset({"g", "pc"})
_TRANSPARENT = frozenset({"mrk"})
_SILENT = frozenset({"sm", "em"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LINE_END = re.compile(r"\s*\n\s*")
_EXPORT = "Export it again as XLIFF 1.2 or 2."


def parse_xliff(data: bytes, path: Path) -> tuple[Unit, ...]:
    """Read an XLIFF file's bytes.

    Args:
        data: the whole file.
        path: where it comes from, for messages.

    Returns:
        A unit for each text that is to be translated: ``trans-unit`` in 1.2, ``segment`` in 2.

    Raises:
        CatalogError: it is no XML, has a document type, or is no XLIFF of these versions.
    """
    root = _root(data, path)
    namespace = etree.QName(root).namespace
    if etree.QName(root).localname != "xliff" or namespace not in (_V1, *_V2):
        version = root.get("version", "")
        what = f"XLIFF {version}" if version else f"<{etree.QName(root).localname}>"
        _fail(path, root.sourceline, f"The file is {what}, which is not read.", _EXPORT)
    kind = "trans-unit" if namespace == _V1 else "segment"
    units = tuple(_units(root, f"{{{namespace}}}", kind, path))
    if not units:
        _fail(path, root.sourceline, "The file has no texts.", "Ask for it again.")
    return units


def _root(data: bytes, path: Path) -> etree._Element:
    try:
        return parse_xml(data)
    except XmlError as error:
        remedy = _EXPORT if "document type" in error.reason else "Send the file again, whole."
        _fail(path, error.line, error.reason, remedy)


def _units(root: etree._Element, ns: str, kind: str, path: Path) -> Iterator[Unit]:
    for element in root.iter(f"{ns}{kind}"):
        if not _is_translated(element):
            continue
        source, target = element.find(f"{ns}source"), element.find(f"{ns}target")
        if source is None:
            _fail(path, element.sourceline, f"A <{kind}> has no <source>.", _EXPORT)
        msgid = _read(source)
        if msgid:
            yield Unit(
                msgid=msgid,
                msgstr="" if target is None else _read(target),
                line=element.sourceline,
            )


def _is_translated(element: etree._Element) -> bool:
    """Whether it is to be translated: the nearest ``translate`` says so."""
    around = (element, *element.iterancestors())
    said = (each.get("translate") for each in around)
    return next((word for word in said if word), "yes") != "no"


def _read(element: etree._Element) -> str:
    text = _text(element).strip()
    around = (each.get(_SPACE) for each in (element, *element.iterancestors()))
    # Line ends of a file that was laid out for people are no line ends of the text.
    is_kept = next((word for word in around if word), "default") == "preserve"
    return text if is_kept else _LINE_END.sub(" ", text)


def _text(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += (_inline(child), child.tail or "")
    return "".join(parts)


def _inline(element: etree._Element) -> str:
    name = etree.QName(element).localname
    if name in _TRANSPARENT:
        return _text(element)
    if name in _SILENT:
        return ""
    if name == "cp":
        # A character that XML cannot hold: nobody can see it, and it is no text.
        return ""
    number = element.get("id") or element.get("rid") or element.get("startRef") or ""
    mark = "".join(sign if sign.isalnum() and sign.isascii() else "_" for sign in name + number)
    return f"{{{mark}}}{_text(element)}{{{mark}_end}}" if name in _AROUND else f"{{{mark}}}"


def _fail(path: Path, line: int | None, message: str, remedy: str) -> NoReturn:
    raise CatalogError(message, remedy=remedy, path=path, line=line)

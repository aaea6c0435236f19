"""SVG pictures made safe: nothing that runs, loads, leads away or moves.

The library svg-hush says which elements and attributes may stay. Its output is not
used as it is, because it breaks lines within text ("999" in two ``tspan`` became
"99 9"); what it took away is taken away from the tree of the original. Then our own,
stricter rules: no address but a fragment of the same picture.
See ``docs/decisions/0004-svg.md``.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from py_svg_hush import filter_svg

from pipeline.errors import ContentError

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_NEVER = frozenset(
    f"{_SVG}{name}"
    for name in (
        "a", "animate", "animateColor", "animateMotion", "animateTransform", "discard",
        "feImage", "foreignObject", "handler", "iframe", "listener", "script", "set",
    )
)  # fmt: skip
_DATA = {"image": ["png", "jpeg", "gif", "webp"]}
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
_URL = re.compile(r"url\s*\(\s*['\"]?\s*(.)?", re.IGNORECASE)
#: In a style sheet or attribute: what loads something, or hides that it does.
_CSS = re.compile(
    r"@|\\|<|expression|javascript|behaviou?r|binding|image\s*\(|src\s*\(|/\*", re.IGNORECASE
)
#: Attributes that the library drops and that say in which language a text is.
_KEPT = frozenset({f"{_XML}lang", f"{_XML}space", "lang", "direction", "role"})
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(\[)?", re.IGNORECASE)
_DEPTH = 100


def sanitise_svg(data: bytes, path: Path) -> bytes:
    """The picture without anything that runs, loads, leads away or moves.

    Args:
        data: the bytes of the file.
        path: the file, for messages.

    Raises:
        ContentError: it is not an SVG in UTF-8, or declares entities.
    """
    root = _parse(data, path)
    _mark_and_filter(root, path)
    for element in list(root.iter()):
        if (
            not isinstance(element.tag, str)
            or element.tag in _NEVER
            or (element.tag == f"{_SVG}style" and _loads("".join(element.itertext())))
        ):
            _remove(element)
        else:
            _clean_attributes(element)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, encoding="utf-8")) + b"\n"


def _parse(data: bytes, path: Path) -> etree._Element:
    doctype = _DOCTYPE.search(data)
    if (doctype and doctype[1]) or b"<!ENTITY" in data.upper():
        line = data.count(b"\n", 0, doctype.start() if doctype else 0) + 1
        raise _error(path, line, "The picture declares entities.")
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _error(path, 1, "The picture is not in UTF-8.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        why = error.msg.partition(", line")[0]
        raise _error(path, error.lineno or 1, f"The picture is not XML: {why}.") from None
    if root.tag != f"{_SVG}svg":
        raise _error(path, root.sourceline or 1, "The picture is not an SVG.")
    if any(depth > _DEPTH for depth in _depths(root)):
        raise _error(path, 1, "The picture's elements are nested too deeply.")
    return root


def _depths(root: etree._Element) -> Iterator[int]:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        yield depth


def _mark_and_filter(root: etree._Element, path: Path) -> None:
    """Take away what the library takes away.

    Each element's class is its number while the library works: so we know which are left.
    """
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    classes = [element.get("class") for element in elements]
    for number, element in enumerate(elements):
        element.set("class", f"n{number}")
    try:
        cleaned = etree.fromstring(filter_svg(etree.tostring(root, encoding="utf-8"), _DATA))
    except (ValueError, etree.XMLSyntaxError):
        raise _error(path, 1, "The picture cannot be cleaned.") from None
    left = {element.get("class"): element for element in cleaned.iter(f"{_SVG}*")}
    for number, element in enumerate(elements):
        kept = left.get(f"n{number}")
        if kept is None and element is root:
            raise _error(path, 1, "The picture cannot be cleaned.")
        if kept is None:
            _remove(element)
            continue
        for name in element.attrib:
            if name.removeprefix(_XLINK) not in kept.attrib and name not in _KEPT:
                del element.attrib[name]
        if classes[number] is None:
            del element.attrib["class"]
        else:
            element.set("class", classes[number])


def _is_loading_style(element: etree._Element) -> bool:
    return bool(element.tag == f"{_SVG}style" and _loads("".join(element.itertext())))


def _clean_attributes(element: etree._Element) -> None:
    for name, value in element.attrib.items():
        plain = etree.QName(name).localname.lower()
        is_address = plain in {"href", "src"}
        if (
            plain.startswith("on")
            or (is_address and not _is_within(value, element))
            or (not is_address and _loads(value))
        ):
            del element.attrib[name]


def _is_within(address: str, element: etree._Element) -> bool:
    """Whether an address is a part of the same picture, or a photograph kept in it."""
    if element.tag == f"{_SVG}image":
        return bool(_PICTURE.match(address.strip()))
    return address.strip().startswith("#")


def _loads(css: str) -> bool:
    return bool(_CSS.search(css)) or any(found[1] != "#" for found in _URL.finditer(css))


def _remove(element: etree._Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _error(path: Path, line: int, message: str) -> ContentError:
    return ContentError(
        message,
        remedy="Save it from a drawing program as a plain SVG.",
        path=path,
        line=line,
    )

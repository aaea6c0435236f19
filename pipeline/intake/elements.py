"""XML of documents: names without their namespaces, and how deep it goes."""

from collections.abc import Iterator

from lxml import etree

from pipeline.foreignxml import XmlError, parse_xml

#: Deeper is no document that a person made; what reads one goes down with it.
MOST_DEPTH = 120
OFF = frozenset({"0", "false", "off", "none"})


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def attribute(element: etree._Element | None, name: str) -> str:
    """An attribute's value whatever its namespace; empty if there is none."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of that name, and of it the first of the next."""
    for name in names:
        if element is None:
            return None
        element = element.find(f"{{*}}{name}")
    return element


def is_on(element: etree._Element | None) -> bool | None:
    """What a switch of Word says; None where it is not set."""
    return None if element is None else attribute(element, "val") not in OFF


def read_xml(data: bytes) -> etree._Element:
    """The root of a part.

    Raises:
        XmlError: it is damaged, has a document type, or goes too deep.
    """
    root = parse_xml(data)
    if any(depth > MOST_DEPTH for depth in _depths(root)):
        raise XmlError("It is nested too deep.")
    return root


def _depths(root: etree._Element) -> Iterator[int]:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        yield depth

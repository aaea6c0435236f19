"""Addresses in a page: pictures that are in it, drawings, links that lead over somebody else."""

import base64
import binascii
import re
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit
from xml.etree import ElementTree as ET

_DATA = re.compile(r"data:image/[\w.+-]+(?:;[\w=.-]+)*?(;base64)?,(.*)", re.DOTALL | re.IGNORECASE)


def unwrap(address: str) -> str:
    """An address without the page of Google's that leads there and counts who went."""
    parts = urlsplit(address) if address.startswith("https://www.google.com/url?") else None
    found = parse_qs(parts.query).get("q") if parts else None
    return found[0] if found else address


def decode(source: str) -> bytes | None:
    """The bytes of a picture that is in its own address (RFC 2397); None if they are none."""
    found = _DATA.match(source)
    if not found:
        return None
    data = unquote_to_bytes(found[2])
    if not found[1]:
        return data
    try:
        return base64.b64decode(b"".join(data.split()), validate=True)
    except binascii.Error:
        return None


def render_drawing(drawing: ET.Element) -> bytes:
    """A drawing as a file of its own, without a prefix before each of its names."""
    bare = ET.Element(drawing.tag, drawing.attrib)
    bare.text = drawing.text
    bare.extend(drawing)
    text = ET.tostring(bare, encoding="unicode")
    text = text.replace("xmlns:ns0=", "xmlns=", 1).replace("<ns0:", "<").replace("</ns0:", "</")
    return text.encode()

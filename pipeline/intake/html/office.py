"""Lists in pages that Word wrote: paragraphs that begin with a sign and some spaces."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

from pipeline.intake.html.looks import Declarations
from pipeline.intake.model import Content, Inline, Run

MARKER = re.compile(r"^\s*(?:([·•o§Øüv▪\-–])|([0-9]+|[a-zA-Z]|[ivxlcIVXLC]+)[.)])[\s\u00a0]+")
_MSO_LEVEL = re.compile(r"\blevel([1-9])")
_POINTS = re.compile(r"([0-9]{1,4}(?:\.[0-9]+)?)(pt|in|cm)")
_TO_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35}
_STEP = 36.0


def is_office_item(element: ET.Element, look: Declarations) -> bool:
    """Whether Word has written an item of a list as a paragraph."""
    return "mso-list" in look or (element.get("class") or "").startswith("MsoList")


def office_level(look: Declarations) -> int:
    """How deep an item stands: what is said, else how far it is moved in."""
    if found := _MSO_LEVEL.search(look.get("mso-list", "")):
        return int(found[1]) - 1
    if found := _POINTS.search(look.get("margin-left", "")):
        return max(0, round(float(found[1]) * _TO_POINTS[found[2]] / _STEP) - 1)
    return 0


def without(content: Content, letters: int) -> Content:
    """A content without its first letters."""
    kept: list[Inline] = []
    for item in content:
        if isinstance(item, Run) and letters:
            taken = min(letters, len(item.text))
            letters -= taken
            kept.append(replace(item, text=item.text[taken:]))
        else:
            kept.append(item)
    return tuple(kept)

"""Elements of a page that are left out, and what is said of them."""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from pipeline.intake.remarks import shorten

_WHAT: Mapping[str, tuple[str, str]] = {
    "script": ("A script.", "Nothing: a page must not run anything."),
    "iframe": ("A frame with another page", "Link to it: `[words](address)`."),
    "frame": ("A frame with another page", "Link to it: `[words](address)`."),
    "object": ("An embedded object", "Write what it says, or link to it."),
    "embed": ("An embedded object", "Write what it says, or link to it."),
    "applet": ("An embedded program.", "Write what it was for in words."),
    "video": ("A film", "Put it beside the page with its captions: see the guide for partners."),
    "audio": ("A recording", "Link to it, and write down what it says."),
    "canvas": ("A picture that a script draws.", "Put it in as a picture."),
    "input": ("A field to fill in.", "Write in words what readers should do."),
    "select": ("A list to choose from.", "Write in words what readers should do."),
    "textarea": ("A field to fill in.", "Write in words what readers should do."),
    "button": ("A button", "Write in words what readers should do."),
    "map": ("A picture with places to press.", "Link to the pages in words."),
    "nav": ("A menu", "Nothing: the website makes its own."),
    "noscript": ("What is shown where scripts do not run", "Write it into the text, if needed."),
    "dialog": ("A box that opens", "Write it into the text, if needed."),
    "rt": ("Small letters above a word", "Write them in brackets, if needed."),
}


def is_dropped(tag: str) -> bool:
    """Whether elements of that name are left out."""
    return tag in _WHAT


def find_dropped(element: ET.Element, tag: str) -> Iterator[tuple[str, str]]:
    """What is to be said of an element that is left out: what it was, and what to do.

    Args:
        element: the element.
        tag: its name.
    """
    what, remedy = _WHAT[tag]
    detail = element.get("src") or element.get("data") or ""
    if not detail and tag != "script":
        detail = " ".join("".join(element.itertext()).split())
    if what.endswith("."):
        yield what, remedy
    elif detail:
        yield f"{what} (“{shorten(detail, 100)}”).", remedy
    elif tag != "noscript":
        yield f"{what}.", remedy

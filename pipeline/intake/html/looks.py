"""Style sheets and ``style`` attributes → what of them means something: bold, hidden, raised.

Google Docs has all of it in classes, Word in attributes; rules with more than a class are not read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from pipeline.intake.model import Mark

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"\s*[a-z0-9]*\.([\w-]+)\s*", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_THIN = frozenset({"normal", "lighter", "100", "200", "300", "400", "500"})
#: Marks that elements have.
TAGS: Mapping[str, Mark] = {
    "b": Mark.STRONG, "strong": Mark.STRONG, "i": Mark.EMPHASIS, "em": Mark.EMPHASIS,
    "cite": Mark.EMPHASIS, "dfn": Mark.EMPHASIS, "var": Mark.EMPHASIS, "sup": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT, "s": Mark.STRUCK, "strike": Mark.STRUCK, "del": Mark.STRUCK,
    "code": Mark.CODE, "kbd": Mark.CODE, "samp": Mark.CODE, "tt": Mark.CODE,
}  # fmt: skip
Declarations = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Looks:
    """The classes of a page."""

    classes: Mapping[str, Declarations]

    def of(self, element: ET.Element) -> Declarations:
        """What the classes and the ``style`` of an element say."""
        found: dict[str, str] = {}
        for name in (element.get("class") or "").split():
            found |= self.classes.get(name, {})
        return found | _declarations(element.get("style") or "")


def read_looks(root: ET.Element) -> Looks:
    """Read the style sheets in a page."""
    classes: dict[str, dict[str, str]] = {}
    for sheet in root.iter("style"):
        for name, body in _rules("".join(sheet.itertext())):
            classes.setdefault(name, {}).update(_declarations(body))
    return Looks(classes)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    for selectors, body in _RULE.findall(_COMMENT.sub("", sheet)):
        for selector in selectors.split(","):
            if found := _CLASS.fullmatch(selector):
                yield found[1], body


def _declarations(text: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in text.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs if value}


def change_marks(marks: frozenset[Mark], tag: str, look: Declarations) -> frozenset[Mark]:
    """The marks of what is in an element, from those around it."""
    found = set(marks)
    if tag in TAGS:
        found.add(TAGS[tag])
    weight = look.get("font-weight", "")
    if weight in _BOLD:
        found.add(Mark.STRONG)
    elif weight in _THIN:
        found.discard(Mark.STRONG)
    slope = look.get("font-style", "")
    if slope in {"italic", "oblique"}:
        found.add(Mark.EMPHASIS)
    elif slope == "normal":
        found.discard(Mark.EMPHASIS)
    raised = {"super": Mark.SUPERSCRIPT, "sub": Mark.SUBSCRIPT}.get(look.get("vertical-align", ""))
    if raised:
        found.add(raised)
    if "line-through" in look.get("text-decoration", look.get("text-decoration-line", "")):
        found.add(Mark.STRUCK)
    return frozenset(found)


def is_hidden(element: ET.Element, look: Declarations) -> bool:
    """Whether readers of the page do not see an element."""
    return (
        element.get("hidden") is not None
        or look.get("display") == "none"
        or look.get("visibility") == "hidden"
        or look.get("mso-hide") == "all"
    )

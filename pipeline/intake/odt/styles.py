"""The styles of an OpenDocument text → what a paragraph, a run or a list of a style is.

A style that was made by hand in one place (``P1``, ``T3``) is based on a named one.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.intake.elements import attribute, child, name_of
from pipeline.intake.model import Mark
from pipeline.intake.numbers import find_number

_QUOTES = frozenset({"Quotations", "Quote", "Intense_20_Quote"})
_CODES = frozenset({"Preformatted_20_Text", "HTML_20_Preformatted"})
_NUMBERS = frozenset({"1", ""})


class Styles:
    """The styles of a document.

    Args:
        roots: of ``styles.xml`` and ``content.xml``: the later goes before the earlier.
    """

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, Mapping[int, etree._Element]] = {}
        self._defaults: dict[str, etree._Element] = {}
        for root in (each for each in roots if each is not None):
            for element in root.iter("{*}style", "{*}default-style", "{*}list-style"):
                self._add(element)

    def _add(self, element: etree._Element) -> None:
        name, family = attribute(element, "name"), attribute(element, "family")
        kind = name_of(element)
        if kind == "style":
            self._styles[family, name] = element
        elif kind == "default-style":
            self._defaults[family] = element
        else:
            levels = ((find_number(attribute(each, "level")) or 0, each) for each in element)
            self._lists[name] = dict(levels)

    def chain(self, family: str, name: str) -> Iterator[etree._Element]:
        """A style and those that it is based on; a ring ends."""
        seen: set[str] = set()
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            element = self._styles[family, name]
            yield element
            name = attribute(element, "parent-style-name")

    def names(self, style: str) -> set[str]:
        """The names of a paragraph's style and of those that it is based on."""
        own = {style} if style else set()
        chain = (attribute(each, "name") for each in self.chain("paragraph", style))
        parents = (attribute(e, "parent-style-name") for e in self.chain("paragraph", style))
        return own | set(chain) | set(parents)

    def is_title(self, style: str) -> bool:
        """Whether a paragraph is the title of all."""
        return "Title" in self.names(style)

    def is_quote(self, style: str) -> bool:
        """Whether a paragraph is a quotation."""
        return bool(_QUOTES & self.names(style))

    def is_code(self, style: str) -> bool:
        """Whether the spaces and lines of a paragraph matter."""
        return bool(_CODES & self.names(style))

    def value(self, family: str, style: str, name: str) -> str:
        """What a style says of a property; empty if nothing."""
        for element in self.chain(family, style):
            for properties in element:
                if name_of(properties).endswith("-properties") and (
                    found := attribute(properties, name)
                ):
                    return found
        return ""

    def marks(self, family: str, style: str, around: frozenset[Mark]) -> frozenset[Mark]:
        """The marks of a text, from those around it."""
        found = set(around)
        _switch(found, Mark.STRONG, self.value(family, style, "font-weight"))
        _switch(found, Mark.EMPHASIS, self.value(family, style, "font-style"))
        position = self.value(family, style, "text-position")
        if position.startswith(("super", "sub")):
            is_raised = position.startswith("super")
            found.add(Mark.SUPERSCRIPT if is_raised else Mark.SUBSCRIPT)
        elif position and not position.startswith(("0%", "-")):
            found.add(Mark.SUPERSCRIPT)
        elif position.startswith("-"):
            found.add(Mark.SUBSCRIPT)
        if self.value(family, style, "text-line-through-style") not in {"", "none"}:
            found.add(Mark.STRUCK)
        return frozenset(found)

    def is_hidden(self, family: str, style: str) -> bool:
        """Whether readers of the document do not see a text."""
        return self.value(family, style, "display") == "none"

    def is_rtl(self, style: str) -> bool | None:
        """Whether a paragraph runs from right to left; None if nothing is said."""
        way = self.value("paragraph", style, "writing-mode")
        return way.startswith("rl") if way and way != "page" else None

    @property
    def is_rtl_by_default(self) -> bool:
        """Whether paragraphs run from right to left where nothing else is said."""
        default = self._defaults.get("paragraph")
        way = attribute(child(default, "paragraph-properties"), "writing-mode")
        return way.startswith("rl")

    def language(self, family: str, style: str, *, is_complex: bool) -> str:
        """The language of a text; empty if it says none."""
        suffix = "-complex" if is_complex else ""
        found = self.value(family, style, f"language{suffix}")
        return "" if found == "none" else _tag(found, self.value(family, style, f"country{suffix}"))

    def default_language(self, *, is_complex: bool) -> str:
        """The language of a text that says none."""
        properties = child(self._defaults.get("paragraph"), "text-properties")
        suffix = "-complex" if is_complex else ""
        found = attribute(properties, f"language{suffix}")
        country = attribute(properties, f"country{suffix}")
        return "" if found == "none" else _tag(found, country)

    def list_level(self, style: str, level: int) -> etree._Element | None:
        """How a level of a list is numbered, from 1."""
        return self._lists.get(style, {}).get(level)

    def is_ordered(self, style: str, level: int) -> bool:
        """Whether a level of a list has numbers."""
        element = self.list_level(style, level)
        return (
            element is not None
            and name_of(element) == "list-level-style-number"
            and bool(attribute(element, "num-format"))
        )

    def has_plain_numbers(self, style: str, level: int) -> bool:
        """Whether a numbered list of Markdown looks the same."""
        element = self.list_level(style, level)
        form, shown = attribute(element, "num-format"), attribute(element, "display-levels")
        return form in _NUMBERS and shown in _NUMBERS


def _switch(marks: set[Mark], mark: Mark, value: str) -> None:
    if value in {"bold", "600", "700", "800", "900", "italic", "oblique"}:
        marks.add(mark)
    elif value:
        marks.discard(mark)


def _tag(language: str, country: str) -> str:
    return f"{language}-{country}" if language and country not in {"", "none"} else language

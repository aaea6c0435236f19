"""``styles.xml`` of a Word file → what a paragraph or a run of a style is.

Word keeps the names of its own styles in English, in whatever language it speaks to its user.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from pipeline.intake.elements import attribute, child, is_on
from pipeline.intake.numbers import find_number

_HEADING = re.compile(r"heading ([0-9])")
_TOC = re.compile(r"toc(?: \d| heading)?|contents(?: \d| heading)|table of (?:figures|authorities)")
_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations"})
_CODES = frozenset({"html preformatted", "plain text", "preformatted text", "macro text"})
_LIST_TEXT = re.compile(r"list (?:paragraph|continue(?: \d)?)")
#: Level 10 of an outline is the text itself.
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a style says itself, and what it is based on."""

    name: str
    based_on: str
    paragraph: etree._Element | None
    run: etree._Element | None


class Styles:
    """The styles of a document.

    Args:
        root: of ``styles.xml``; None if there is none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        elements = () if root is None else root.findall("{*}style")
        self._styles: Mapping[str, Style] = {
            attribute(each, "styleId"): Style(
                name=attribute(child(each, "name"), "val").lower(),
                based_on=attribute(child(each, "basedOn"), "val"),
                paragraph=child(each, "pPr"),
                run=child(each, "rPr"),
            )
            for each in elements
        }
        self._default = next(
            (
                attribute(each, "styleId")
                for each in elements
                if attribute(each, "type") == "paragraph"
                and attribute(each, "default") in {"1", "true"}
            ),
            "",
        )
        self.default_lang = child(root, "docDefaults", "rPrDefault", "rPr", "lang")

    def chain(self, style: str) -> Iterator[Style]:
        """A style and those that it is based on; a ring ends."""
        seen: set[str] = set()
        name = style or self._default
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = self._styles[name].based_on

    def level(self, style: str, properties: etree._Element | None) -> int | None:
        """The level of a heading, 0 for the title of all; None for other paragraphs."""
        for each in self.chain(style):
            if each.name == "title":
                return 0
            if found := _HEADING.fullmatch(each.name):
                return int(found[1])
        levels = [attribute(child(properties, "outlineLvl"), "val")]
        levels += [
            attribute(child(each.paragraph, "outlineLvl"), "val") for each in self.chain(style)
        ]
        given = next((n for level in levels if (n := find_number(level)) is not None), _BODY_LEVEL)
        return given + 1 if given < _BODY_LEVEL else None

    def is_contents(self, style: str) -> bool:
        """Whether a paragraph is a line of a table of contents."""
        return any(_TOC.fullmatch(each.name) for each in self.chain(style))

    def is_quote(self, style: str) -> bool:
        """Whether a paragraph is a quotation."""
        return any(each.name in _QUOTES for each in self.chain(style))

    def is_code(self, style: str) -> bool:
        """Whether the spaces and lines of a paragraph matter."""
        return any(each.name in _CODES for each in self.chain(style))

    def is_list_text(self, style: str) -> bool:
        """Whether a paragraph that has no number of its own may belong to the item before it."""
        return any(_LIST_TEXT.fullmatch(each.name) for each in self.chain(style))

    def of_paragraph(self, style: str, name: str) -> etree._Element | None:
        """A property that paragraphs of a style have."""
        found = (child(each.paragraph, name) for each in self.chain(style))
        return next((each for each in found if each is not None), None)

    def is_run(self, name: str, run: etree._Element | None, *styles: str) -> bool:
        """Whether a switch is on for a run: what stands nearest to it counts.

        Args:
            name: of the switch: ``b``, ``i``.
            run: the run's own properties.
            styles: its own style, then its paragraph's.
        """
        if (own := is_on(child(run, name))) is not None:
            return own
        for style in styles:
            for each in self.chain(style) if style else ():
                if (given := is_on(child(each.run, name))) is not None:
                    return given
        return False

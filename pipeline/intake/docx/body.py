"""The paragraphs and tables of a Word text → blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipeline.intake.docx.numbering import Level, Numbering
from pipeline.intake.docx.paragraphs import ParagraphReader, Story
from pipeline.intake.docx.tables import read_table
from pipeline.intake.elements import attribute, child, is_on, name_of
from pipeline.intake.lists import TYPED, Entry, Item, add_to_last, nest, take_off_bullet
from pipeline.intake.model import (
    Block,
    Blocks,
    Code,
    Heading,
    Inline,
    Paragraph,
    Passage,
    Quote,
    Rule,
    Run,
    plain_text,
)
from pipeline.intake.numbers import find_number
from pipeline.intake.remarks import HEADING_NUMBERS, LETTERS

_WRAPPERS = frozenset({"customXml", "ins", "moveTo", "smartTag"})


@dataclass(slots=True)
class BodyReader:
    """Reads the blocks of one story.

    Attributes:
        story: what is read.
        numbering: the lists of the file.
    """

    story: Story
    numbering: Numbering
    _carried: list[Inline] = field(default_factory=list)
    _in_contents: bool = False

    def blocks(self, element: etree._Element) -> Blocks:
        """The blocks in a body, a cell, a note or a box."""
        entries: list[Entry] = []
        self._read(element, entries)
        return nest(entries, self.story.notebook)

    def _read(self, element: etree._Element, entries: list[Entry]) -> None:
        for each in element:
            if not isinstance(each.tag, str):
                continue
            name = name_of(each)
            if name == "p":
                self._paragraph(each, entries)
            elif name == "tbl":
                entries.append(read_table(each, self.story, self.blocks))
            elif name == "sdt":
                self._control(each, entries)
            elif name in _WRAPPERS:
                self._read(each, entries)
            elif name == "AlternateContent":
                chosen = child(each, "Choice")
                if chosen is not None:
                    self._read(chosen, entries)
            elif name == "altChunk":
                self.story.notebook.lose(
                    "A document that is packed into this one.", "Open it, and save it once more."
                )

    def _control(self, element: etree._Element, entries: list[Entry]) -> None:
        gallery = attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val")
        if gallery == "Table of Contents":
            self._say_contents()
            return
        content = child(element, "sdtContent")
        if content is not None:
            self._read(content, entries)

    def _say_contents(self) -> None:
        self.story.notebook.lose(
            "The table of contents.", "Nothing: the website makes its own.", "the document"
        )

    def _paragraph(self, element: etree._Element, entries: list[Entry]) -> None:
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        level = self.story.styles.level(style, properties)
        is_rtl = self._is_rtl(style, properties)
        self.story.notebook.enter(_words(element), is_heading=level is not None)
        reader = ParagraphReader(
            story=self.story, style=style, is_heading=level is not None, is_rtl=is_rtl
        )
        reader.content, self._carried = self._carried, []
        reader.read(element)
        if self.story.styles.is_contents(style) or reader.has_contents:
            if plain_text(reader.content) or reader.has_contents:
                self._say_contents()
            if self.story.styles.is_contents(style) or not plain_text(reader.content):
                return
        if _is_joined(properties):
            self._carried = reader.content
            return
        self._add(reader, style, properties, level, entries)
        entries.extend(self._asides())

    def _is_rtl(self, style: str, properties: etree._Element | None) -> bool:
        own = is_on(child(properties, "bidi"))
        if own is None:
            own = is_on(self.story.styles.of_paragraph(style, "bidi"))
        return bool(own)

    def _asides(self) -> Iterator[Block]:
        """What a paragraph has beside its text: lines, and boxes of text."""
        story = self.story
        for _ in range(story.rules):
            yield Rule()
        story.rules = 0
        boxes, story.boxes = story.boxes, []
        for box in boxes:
            story.notebook.change(
                "A box of text: it stands after the paragraph that it was fixed to.",
                'Move it where it belongs; `!!! note "Title"` makes a box.',
            )
            yield from self.blocks(box)

    def _add(
        self,
        reader: ParagraphReader,
        style: str,
        properties: etree._Element | None,
        level: int | None,
        entries: list[Entry],
    ) -> None:
        content = tuple(reader.content)
        if level is not None:
            self._heading(content, level, style, properties, entries)
            return
        if plain_text(content):
            self.story.anchors.clear()
        numbered = self._numbered(style, properties)
        typed = None if numbered else take_off_bullet(content)
        paragraph = self._directed(Paragraph(content=content), reader)
        if numbered:
            depth, number = numbered
            entries.append(self._item(number, depth, paragraph))
        elif typed is not None and plain_text(typed):
            self.story.notebook.change(*TYPED)
            item = self._directed(Paragraph(content=typed), reader)
            entries.append(Item(level=0, is_ordered=False, blocks=(item,)))
        elif self.story.styles.is_code(style):
            entries.append(Code(text=_raw_text(content)))
        elif self.story.styles.is_quote(style):
            entries.append(Quote(blocks=(paragraph,)))
        elif not (plain_text(content) and self._is_of_item(style, properties, entries, paragraph)):
            entries.append(paragraph)

    def _directed(self, paragraph: Paragraph, reader: ParagraphReader) -> Block:
        if not reader.is_rtl or not plain_text(paragraph.content):
            return paragraph
        return Passage(blocks=(paragraph,), lang=reader.lang, is_rtl=True)

    def _heading(
        self,
        content: tuple[Inline, ...],
        level: int,
        style: str,
        properties: etree._Element | None,
        entries: list[Entry],
    ) -> None:
        if self._numbered(style, properties) and plain_text(content):
            self.story.looks[HEADING_NUMBERS] += 1
        anchors, self.story.anchors = tuple(self.story.anchors), []
        entries.append(Heading(level=level, content=content, anchors=anchors))

    def _numbered(self, style: str, properties: etree._Element | None) -> tuple[int, str] | None:
        """Depth and number of the list that a paragraph is an item of."""
        own = child(properties, "numPr")
        given = self.story.styles.of_paragraph(style, "numPr")
        number = attribute(child(own, "numId"), "val") or attribute(child(given, "numId"), "val")
        depth = attribute(child(own, "ilvl"), "val") or attribute(child(given, "ilvl"), "val")
        level = min(find_number(depth) or 0, 8)
        if number in {"", "0"} or self.numbering.level(number, level) is None:
            return None
        return level, number

    def _item(self, number: str, depth: int, block: Block) -> Item:
        level = self.numbering.level(number, depth) or Level("bullet", 1, "")
        count = self.numbering.count(number, depth, level) if level.is_ordered else 0
        if level.is_ordered and not level.is_plain:
            self.story.looks[LETTERS] += 1
        return Item(level=depth, is_ordered=level.is_ordered, blocks=(block,), number=count)

    def _is_of_item(
        self,
        style: str,
        properties: etree._Element | None,
        entries: list[Entry],
        paragraph: Block,
    ) -> bool:
        """Put a paragraph into the item before it, if it is moved in as far as that one."""
        indent = attribute(child(properties, "ind"), "left") or attribute(
            child(properties, "ind"), "start"
        )
        is_inside = bool(find_number(indent))
        is_inside = is_inside or (not indent and self.story.styles.is_list_text(style))
        return is_inside and add_to_last(entries, (paragraph,))


def _words(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter("{*}t"))


def _is_joined(properties: etree._Element | None) -> bool:
    """Whether the paragraph goes on in the next: its end was deleted, or it is a large initial."""
    return child(properties, "rPr", "del") is not None or attribute(
        child(properties, "framePr"), "dropCap"
    ) in {"drop", "margin"}


def _raw_text(content: Sequence[Inline]) -> str:
    return "".join(item.text if isinstance(item, Run) else "\n" for item in content)

"""The tree of blocks → segments in the order of the text."""

import re

from pipeline.model import SegmentKind
from pipeline.segments.emit import NOTHING, Context, Emitter
from pipeline.segments.headings import Heading
from pipeline.segments.inline import has_plain_label
from pipeline.segments.lines import Line
from pipeline.segments.plain import plain_text
from pipeline.segments.regions import Region
from pipeline.segments.slots import Form
from pipeline.segments.tables import Rows
from pipeline.segments.texts import (
    cut_trailing_attributes,
)
from pipeline.segments.tree import Node

_TITLE_HEADING = re.compile(r"#{1,6}(.*?)#*$")
_ELEMENT_KINDS = {
    "figcaption": SegmentKind.CAPTION,
    "caption": SegmentKind.CAPTION,
    "summary": SegmentKind.DETAILS_TITLE,
    "li": SegmentKind.LIST_ITEM,
    "td": SegmentKind.CELL,
    "th": SegmentKind.HEADER_CELL,
    "button": SegmentKind.BUTTON,
}
_BOX_TITLES = {
    "admonition": SegmentKind.BOX_TITLE,
    "details": SegmentKind.DETAILS_TITLE,
    "tab": SegmentKind.TAB_LABEL,
}


class Collector(Emitter):
    """Walks the tree; what it finds is in ``reading``."""

    def children(self, node: Node, context: Context) -> None:
        """All children of a node, and the text after each."""
        for child in node.children:
            self.child(child, context)
            if child.tail:
                self.text(child.tail, context)

    def child(self, node: Node, context: Context) -> None:
        """One child, under the directives that stand before it."""
        if node.tag == "p" and all(self.is_comment(line) for line in node.text):
            self.text(node.text, context)
            return
        context = self.consume(context)
        walk = _WALKS.get(node.tag)
        if walk is not None:
            walk(self, node, context)

    def nested(self, node: Node, context: Context) -> None:
        """A container's children; sections that begin in it end in it."""
        sections = list(self.sections)
        self.children(node, context)
        self.pending = NOTHING
        self.sections = sections

    def paragraph(self, node: Node, context: Context) -> None:
        """A paragraph."""
        self.text(node.text, context)

    def quotation(self, node: Node, context: Context) -> None:
        """A quotation."""
        self.nested(node, context.of(SegmentKind.QUOTE))

    def items(self, node: Node, context: Context) -> None:
        """A list's items."""
        for item in node.children:
            inner = self.consume(context)
            if item.tag != "li":
                self.child(item, context)
                continue
            if item.text:
                self.text(item.text, inner.of(SegmentKind.LIST_ITEM), has_box=True)
            self.item_children(item, inner)

    def item_children(self, item: Node, context: Context) -> None:
        """What is in a list item beside its first text."""
        is_first = not item.text
        for child in item.children:
            if is_first and child.tag == "p":
                self.text(child.text, self.consume(context).of(SegmentKind.LIST_ITEM), has_box=True)
            else:
                self.child(child, context.of(SegmentKind.PARAGRAPH))
            is_first = False
            if child.tail:
                self.text(child.tail, context.of(SegmentKind.PARAGRAPH))
        self.pending = NOTHING

    def definition_list(self, node: Node, context: Context) -> None:
        """Terms and definitions."""
        for part in node.children:
            inner = self.consume(context)
            if part.tag == "dt":
                line, attributes = cut_trailing_attributes(part.text[0])
                self.attributes(attributes)
                self.passage([line], inner.of(SegmentKind.TERM), Form.ONE_LINE)
                continue
            if part.text:
                self.text(part.text, inner.of(SegmentKind.DEFINITION))
            self.nested(part, inner.of(SegmentKind.DEFINITION))

    def box(self, node: Node, context: Context) -> None:
        """A box, a part that opens, or one tab."""
        context = context.marked(node.classes).of(SegmentKind.PARAGRAPH)
        titled = context.of(_BOX_TITLES[node.tag])
        found = _TITLE_HEADING.match(node.title[0]) if node.title else None
        if node.title is not None and found and node.tag == "details":
            line = (found[1], node.title[1] + found.start(1))
            self.heading_line(line, titled)
        elif node.title is not None:
            self.passage([node.title], titled, Form.TITLE)
        elif node.data is not None:
            self.passage([node.data], titled, Form.NO_TITLE)
        if node.text:
            # In a tight definition a box holds its text without a paragraph.
            self.text(node.text, context)
        self.nested(node, context)

    def tabs(self, node: Node, context: Context) -> None:
        """A group of tabs."""
        for tab in node.children:
            self.box(tab, context)

    def table(self, node: Node, context: Context) -> None:
        """A table's cells, row by row."""
        rows: Rows = node.data
        for cell in rows.header:
            self.cell(cell, context.of(SegmentKind.HEADER_CELL))
        for row in rows.body:
            for cell in row:
                self.cell(cell, context.of(SegmentKind.CELL))

    def cell(self, cell: Line, context: Context) -> None:
        """One cell."""
        line, attributes = cut_trailing_attributes(cell)
        self.attributes(attributes)
        context = context.marked(attributes.classes) if attributes else context
        self.passage([line], context, Form.CELL)

    def heading(self, node: Node, context: Context) -> None:
        """A heading, under which a section begins."""
        text, context = self.heading_line(node.text[0], context.of(SegmentKind.HEADING), node.level)
        _, names, is_critical = self.sections[-1] if self.sections else (0, (), False)
        name = " ".join(plain_text(text).split())
        self.sections.append((node.level, (*names, name), is_critical or context.critical))

    def heading_line(
        self, line: Line, context: Context, level: int | None = None
    ) -> tuple[str, Context]:
        """A heading's text, without its attribute list; with a level it ends sections."""
        line, attributes = cut_trailing_attributes(line)
        if attributes is not None:
            line = (line[0].rstrip("#").rstrip(" "), line[1])
            context = context.marked(attributes.classes)
        number = len(self.reading.headings)
        text = line[0].strip()
        self.reading.headings.append(Heading(text=text, id=attributes.id if attributes else None))
        self.attributes(attributes)
        while level and self.sections and self.sections[-1][0] >= level:
            self.sections.pop()
        self.passage([line], context, Form.HEADING, (number, attributes))
        return text, context

    def element(self, node: Node, context: Context) -> None:
        """An HTML element with Markdown in it, met as a block."""
        region: Region = node.data
        self.html_element(region, node, context)

    def html_element(self, region: Region, node: Node | None, context: Context) -> None:
        """An element inside HTML with Markdown in it, or such an element itself."""
        if "id" in region.attributes:
            self.reading.ids.append(region.attributes["id"])
        context = context.marked(tuple(region.attributes.get("class", "").split()))
        inner = context.of(_ELEMENT_KINDS.get(region.tag, SegmentKind.PARAGRAPH))
        if region.state == "off":
            self.html_texts(region.start, region.end, inner)
        else:
            self.html_texts(region.start, region.inner[0], context)
        if region.state == "block" and node is not None:
            self.children(node, inner)
        elif region.state == "span":
            self.text(region.lines, inner)
        self.pending = NOTHING

    def footnote(self, node: Node, context: Context) -> None:
        """A footnote's text."""
        self.reading.labels.add(f"^{node.data}")
        self.nested(node, context.of(SegmentKind.FOOTNOTE))

    def abbreviation(self, node: Node, context: Context) -> None:
        """An abbreviation's meaning."""
        self.passage(node.text, context.of(SegmentKind.ABBREVIATION), Form.ONE_LINE)

    def reference(self, node: Node, context: Context) -> None:
        """A link's definition: its title, if it has one."""
        label = " ".join(node.data.split())
        if has_plain_label(label):
            self.reading.labels.add(label)
        if node.title is not None:
            self.passage([node.title], context.of(SegmentKind.LINK_TITLE), Form.LINK_TITLE)

    def region(self, region: Region, context: Context) -> None:
        """What a placeholder line stands for; an element may hold Markdown."""
        if region.kind == "markdown":
            self.html_element(region, None, self.consume(context))
        else:
            super().region(region, context)


_WALKS = {
    "p": Collector.paragraph,
    "h": Collector.heading,
    "ul": Collector.items,
    "ol": Collector.items,
    "dl": Collector.definition_list,
    "blockquote": Collector.quotation,
    "admonition": Collector.box,
    "details": Collector.box,
    "tabs": Collector.tabs,
    "table": Collector.table,
    "html": Collector.element,
    "footnote": Collector.footnote,
    "abbr": Collector.abbreviation,
    "reference": Collector.reference,
}

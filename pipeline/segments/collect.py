"""The tree of blocks → segments in the order of the text."""

import re
from dataclasses import dataclass, replace

from pipeline.model import Segment, SegmentKind
from pipeline.segments.directives import Directive, parse_directive
from pipeline.segments.headings import Heading
from pipeline.segments.html import Region, find_texts
from pipeline.segments.inline import (
    Markup,
    has_words,
    plain_text,
    protected_spans,
    read_markup,
)
from pipeline.segments.lines import Line, View, find_placeholder
from pipeline.segments.slots import Form, Reading, Slot
from pipeline.segments.tables import Rows
from pipeline.segments.texts import (
    Attributes,
    Passage,
    cut_block_attributes,
    cut_task,
    cut_trailing_attributes,
    inline_ids,
    inner_texts,
    make_passage,
    split_runs,
)
from pipeline.segments.tree import Node

#: Lines that are other tools' and never text.
_VERBATIM = re.compile(r" *(?:-+8<-+(?:\s.*)?|\[TOC\]|/{3,}(?:\s.*)?|:{3,}(?:\s.*)?|%%.*)\s*$")
_BLOCK_TITLE = re.compile(r" */{3,} *[\w-]+ *\| *(.+)$")
_TITLE_HEADING = re.compile(r"#{1,6}(.*?)#*$")
_COMMENT_LINE = re.compile(r"\s*<!--")
_SNIPPET_FENCE = re.compile(r" *-+8<-+\s*$")
_HTML_ROLES = {
    "text": (SegmentKind.HTML_TEXT, Form.HTML),
    "bare": (SegmentKind.ATTRIBUTE, Form.ATTRIBUTE),
    "button": (SegmentKind.BUTTON, Form.HTML),
    "caption": (SegmentKind.CAPTION, Form.HTML),
    "summary": (SegmentKind.DETAILS_TITLE, Form.HTML),
    "alt": (SegmentKind.IMAGE_TEXT, Form.ATTRIBUTE),
}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds for the text being read.

    Attributes:
        kind: what a paragraph here is.
        critical: whether a container is critical.
        is_silent: whether it stays as it is.
        note: the author's note to translators.
        context: the author's context.
    """

    kind: SegmentKind = SegmentKind.PARAGRAPH
    critical: bool = False
    is_silent: bool = False
    note: str | None = None
    context: str | None = None

    def under(self, directive: Directive) -> "Context":
        """With what a directive before the block says."""
        return replace(
            self,
            critical=self.critical or directive.critical,
            is_silent=self.is_silent or directive.no_translate,
            note=directive.note or self.note,
            context=directive.context or self.context,
        )

    def of(self, kind: SegmentKind) -> "Context":
        """For texts of another kind."""
        return self if self.kind is kind else replace(self, kind=kind)

    def marked(self, classes: tuple[str, ...]) -> "Context":
        """In an element with these classes."""
        return replace(self, critical=True) if "critical" in classes else self


class Collector:
    """Walks the tree; what it finds is in ``reading``."""

    def __init__(self, view: View, blotted: str, regions: list[Region], reading: Reading) -> None:
        self.view = view
        self.blotted = blotted
        self.regions = regions
        self.reading = reading
        self.sections: list[tuple[int, str, bool]] = []
        self.pending = Directive()
        self.ranges: dict[str, int] = {}

    # --- the tree

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

    def is_comment(self, line: Line) -> bool:
        """Whether a line stands for a comment."""
        number = find_placeholder(line[0])
        return number is not None and self.regions[number].kind == "comment"

    def consume(self, context: Context) -> Context:
        """The context under the directives that wait for the next block."""
        pending, self.pending = self.pending, Directive()
        return context.under(pending) if pending != _NOTHING else context

    def nested(self, node: Node, context: Context) -> None:
        """A container's children; sections that begin in it end in it."""
        sections = list(self.sections)
        self.children(node, context)
        self.pending = Directive()
        self.sections = sections

    def paragraph(self, node: Node, context: Context) -> None:
        self.text(node.text, context)

    def quotation(self, node: Node, context: Context) -> None:
        self.nested(node, context.of(SegmentKind.QUOTE))

    def items(self, node: Node, context: Context) -> None:
        for item in node.children:
            inner = self.consume(context)
            if item.tag != "li":
                self.child(item, context)
                continue
            if item.text:
                self.text(item.text, inner.of(SegmentKind.LIST_ITEM), has_box=True)
            self.item_children(item, inner)

    def item_children(self, item: Node, context: Context) -> None:
        is_first = not item.text
        for child in item.children:
            if is_first and child.tag == "p":
                self.text(child.text, self.consume(context).of(SegmentKind.LIST_ITEM), has_box=True)
            else:
                self.child(child, context.of(SegmentKind.PARAGRAPH))
            is_first = False
            if child.tail:
                self.text(child.tail, context.of(SegmentKind.PARAGRAPH))
        self.pending = Directive()

    def definition_list(self, node: Node, context: Context) -> None:
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
        context = context.marked(node.classes).of(SegmentKind.PARAGRAPH)
        titled = context.of(_BOX_TITLES[node.tag])
        found = _TITLE_HEADING.match(node.title[0]) if node.title else None
        if node.title is not None and found and node.tag == "details":
            line = (found[1], node.title[1] + found.start(1))
            self.heading_line(line, titled)
        elif node.title is not None:
            self.passage([node.title], titled, Form.TITLE)
        elif node.text:
            self.passage(node.text, titled, Form.NO_TITLE)
        self.nested(node, context)

    def tabs(self, node: Node, context: Context) -> None:
        for tab in node.children:
            self.box(tab, context)

    def table(self, node: Node, context: Context) -> None:
        rows: Rows = node.data
        for cell in rows.header:
            self.cell(cell, context.of(SegmentKind.HEADER_CELL))
        for row in rows.body:
            for cell in row:
                self.cell(cell, context.of(SegmentKind.CELL))

    def cell(self, cell: Line, context: Context) -> None:
        line, attributes = cut_trailing_attributes(cell)
        self.attributes(attributes)
        context = context.marked(attributes.classes) if attributes else context
        self.passage([line], context, Form.CELL)

    def heading(self, node: Node, context: Context) -> None:
        text, context = self.heading_line(node.text[0], context.of(SegmentKind.HEADING), node.level)
        is_critical = context.critical or any(section[2] for section in self.sections)
        self.sections.append((node.level, " ".join(plain_text(text).split()), is_critical))

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
        region: Region = node.data
        self.html_element(region, node, context)

    def html_element(self, region: Region, node: Node | None, context: Context) -> None:
        """An element with Markdown in it."""
        self.html_texts(region.start, region.inner[0], context)
        if "id" in region.attributes:
            self.reading.ids.append(region.attributes["id"])
        context = context.marked(tuple(region.attributes.get("class", "").split()))
        inner = context.of(_ELEMENT_KINDS.get(region.tag, SegmentKind.PARAGRAPH))
        if region.state == "block" and node is not None:
            self.children(node, inner)
        elif region.state == "span":
            self.text(region.lines, inner)
        else:
            self.html_texts(*region.inner, inner)
        self.pending = Directive()

    def footnote(self, node: Node, context: Context) -> None:
        self.nested(node, context.of(SegmentKind.FOOTNOTE))

    def abbreviation(self, node: Node, context: Context) -> None:
        self.passage(node.text, context.of(SegmentKind.ABBREVIATION), Form.ONE_LINE)

    def reference(self, node: Node, context: Context) -> None:
        self.reading.labels.add(" ".join(node.data.split()))
        if node.title is not None:
            self.passage([node.title], context.of(SegmentKind.LINK_TITLE), Form.LINK_TITLE)

    # --- texts

    def attributes(self, attributes: Attributes | None) -> None:
        """Remember the ids that authors gave."""
        if attributes is not None and attributes.id:
            self.reading.ids.append(attributes.id)

    def text(self, lines: list[Line], context: Context, *, has_box: bool = False) -> None:
        """Running text, with placeholders and other tools' lines between."""
        run: list[Line] = []
        is_snippet = False
        for line in lines:
            if "\x02" in line[0] and (number := find_placeholder(line[0])) is not None:
                has_box = self.runs(run, context, has_box=has_box)
                run = []
                self.region(self.regions[number], context)
            elif is_snippet or _VERBATIM.match(line[0]):
                has_box = self.runs(run, context, has_box=has_box)
                run = []
                is_snippet = is_snippet != bool(_SNIPPET_FENCE.match(line[0]))
                self.verbatim(line, context)
            else:
                run.append(line)
        self.runs(run, context, has_box=has_box)

    def verbatim(self, line: Line, context: Context) -> None:
        """A line of another tool; only a block's title after ``|`` is text."""
        found = _BLOCK_TITLE.match(line[0])
        if found:
            title = (found[1], line[1] + found.start(1))
            self.passage([title], context.of(SegmentKind.BOX_TITLE), Form.ONE_LINE)

    def runs(self, lines: list[Line], context: Context, *, has_box: bool) -> bool:
        """Lines of text only; says whether a task's box may still come."""
        if not lines:
            return has_box
        runs = [lines] if len(lines) == 1 else split_runs(self.view.text, lines)
        for run in runs:
            rest = self.leading_comments(run)
            if rest:
                self.run(rest, self.consume(context), has_box=has_box)
                has_box = False
        return has_box

    def leading_comments(self, lines: list[Line]) -> list[Line]:
        """Take comments off the beginning; they may be directives."""
        while lines and _COMMENT_LINE.match(lines[0][0]):
            joined = "\n".join(text for text, _ in lines)
            end = joined.find("-->")
            if end < 0:
                return lines
            self.comment(joined[: end + 3].strip(), lines[0][1])
            number = joined.count("\n", 0, end)
            text, start = lines[number]
            cut = end + 3 - (joined.rfind("\n", 0, end) + 1)
            rest = [(text[cut:], start + cut)] if text[cut:].strip() else []
            lines = rest + lines[number + 1 :]
        return lines

    def run(self, lines: list[Line], context: Context, *, has_box: bool) -> None:
        lines, attributes = cut_block_attributes(lines)
        self.attributes(attributes)
        if attributes is not None:
            context = context.marked(attributes.classes)
        if has_box:
            first, is_task = cut_task(lines[0])
            if is_task:
                lines, context = [first, *lines[1:]], context.of(SegmentKind.TASK)
        self.passage(lines, context, Form.TEXT)

    def passage(
        self,
        lines: list[Line],
        context: Context,
        form: Form,
        heading: tuple[int, Attributes | None] | None = None,
    ) -> None:
        """Make a segment of lines that are one text, if there is anything to translate."""
        passage = make_passage(lines)
        if passage is None:
            return
        if form is Form.NO_TITLE:
            # Python-Markdown shows the type's name: it takes no room in the source.
            passage.end = passage.start
        markup = read_markup(passage.msgid)
        self.reading.ids += inline_ids(passage.msgid, markup)
        if context.is_silent or "no-translate" in self.ranges:
            return
        inner = inner_texts(passage.msgid, markup)
        if inner is not None:
            self.inner(passage, inner, context)
        elif has_words(passage.msgid, markup):
            self.slot(passage, markup, context, form, heading)

    def inner(self, passage: Passage, texts: list, context: Context) -> None:
        """Texts inside markup that stands alone: each is a segment."""
        for text in texts:
            msgid = passage.msgid[text.start : text.end]
            start = passage.view_offset(text.start)
            if self.view.text[start : start + len(msgid)] != msgid:
                continue
            kind, form = {
                "image": (SegmentKind.IMAGE_TEXT, Form.ALT),
                "link": (SegmentKind.LINK_TITLE, Form.LINK_TITLE),
            }.get(text.role, (SegmentKind.ATTRIBUTE, Form.ATTRIBUTE))
            if text.name == "alt":
                kind = SegmentKind.IMAGE_TEXT
            self.line(msgid, start, context.of(kind), form, text.quote)

    def line(self, msgid: str, start: int, context: Context, form: Form, quote: str) -> None:
        """A segment of one piece of the view."""
        passage = make_passage([(text, start + at) for at, text in _pieces(msgid)])
        if passage is not None:
            self.slot(passage, read_markup(passage.msgid), context, form, None, quote)

    def slot(
        self,
        passage: Passage,
        markup: Markup,
        context: Context,
        form: Form,
        heading: tuple[int, Attributes | None] | None,
        quote: str = "",
    ) -> None:
        view = self.view
        start, end = view.to_source(passage.start), view.to_source(passage.end)
        is_critical = context.critical or "critical" in self.ranges
        segment = Segment(
            msgid=passage.msgid,
            context=context.context,
            kind=_button(passage.msgid, markup, context.kind),
            critical=is_critical or any(section[2] for section in self.sections),
            start=start,
            end=end,
            line=view.line_of(start),
            section=tuple(section[1] for section in self.sections),
            note=context.note,
            protected=protected_spans(passage.msgid, markup),
        )
        attributes = heading[1] if heading else None
        self.reading.slots.append(
            Slot(
                segment=segment,
                form=form,
                heading=heading[0] if heading else None,
                attributes=view.to_source(attributes.inside) if attributes else None,
                quote=quote,
                prefix=self.second_prefix(passage),
            )
        )

    def second_prefix(self, passage: Passage) -> str | None:
        """What stands before the second line's text, if there is a second line."""
        if passage.second is None:
            return None
        at = self.view.to_source(passage.second)
        source = self.view.source
        return source[max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1 : at]

    # --- HTML

    def region(self, region: Region, context: Context) -> None:
        if region.kind == "comment":
            self.comment(self.view.text[region.start : region.end], region.start)
            return
        context = self.consume(context)
        if region.kind == "raw":
            self.html_texts(region.start, region.end, context)
        elif region.kind == "markdown":
            self.html_element(region, None, context)

    def html_texts(self, start: int, end: int, context: Context) -> None:
        """Texts in raw HTML."""
        if context.is_silent or "no-translate" in self.ranges:
            return
        for found in find_texts(self.blotted, start, end):
            kind, form = _HTML_ROLES.get(found.role, (SegmentKind.ATTRIBUTE, Form.ATTRIBUTE))
            msgid = self.view.text[found.start : found.end]
            self.line(msgid, found.start, context.of(kind), form, found.quote)

    def comment(self, text: str, start: int) -> None:
        directive = parse_directive(text)
        if directive.is_unknown:
            self.reading.report(self.view, start, "This comment looks like a directive but is none.")
        if directive.begins:
            self.ranges[directive.begins] = start
        elif directive.ends:
            self.ranges.pop(directive.ends, None)
        else:
            self.pending = self.pending.and_then(directive)


_NOTHING = Directive()
_LINK_BUTTON = re.compile(r"\.md-button\b")


def _pieces(text: str) -> list[tuple[int, str]]:
    pieces, at = [], 0
    for piece in text.split("\n"):
        pieces.append((at, piece.rstrip(" ")))
        at += len(piece) + 1
    return pieces


def _button(msgid: str, markup: Markup, kind: SegmentKind) -> SegmentKind:
    links = [link for link in markup.links if not link.is_image]
    if len(links) == 1 and links[0].start == 0 and _LINK_BUTTON.search(msgid, links[0].end):
        return SegmentKind.BUTTON
    return kind


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

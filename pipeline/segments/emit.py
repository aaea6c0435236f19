"""Texts of a page → segments, with what the author said in comments around them."""

import re
from dataclasses import dataclass, replace

from pipeline.model import Segment, SegmentKind
from pipeline.segments.directives import Directive, parse_directive
from pipeline.segments.html import find_texts
from pipeline.segments.inline import (
    Markup,
    find_labels,
    has_words,
    protected_spans,
    read_markup,
)
from pipeline.segments.lines import STX, Line, View, find_placeholder
from pipeline.segments.regions import Region
from pipeline.segments.slots import Form, Reading, Slot
from pipeline.segments.texts import (
    Attributes,
    InnerText,
    Passage,
    cut_block_attributes,
    cut_task,
    inline_ids,
    inner_texts,
    make_passage,
    split_runs,
)

#: Lines that are other tools' and never text.
_VERBATIM = re.compile(
    r" *(?:-+8<-+(?:\s.*)?|\[TOC\]|/{3,}(?:\s.*)?|:{3,}(?:\s.*)?|%%.*"
    r"|(?>(?:\{%(?>(?:[^%]|%(?!\}))*)%\}|\{#(?>(?:[^#]|#(?!\}))*)#\})\s*)+)\s*$"
)
_OTHERS = frozenset("-[/:%{")
#: A mark that begins a block only where a text stands in the same line.
_BARE_MARK = re.compile(r"\s*(?:[*+:-]|\d+\.|!!!|\?\?\?\+?)\s*$")
_BLOCK_TITLE = re.compile(r" */{3,} *[\w-]+ *\| *(.+)$")
_COMMENT_LINE = re.compile(r"\s*<!--")
_WHOLE_COMMENT = re.compile(r"\s*<!--(?:(?!-->).)*-->\s*$")
_SNIPPET_FENCE = re.compile(r" *-+8<-+\s*$")
_HTML_ROLES = {
    "text": (SegmentKind.HTML_TEXT, Form.HTML),
    "bare": (SegmentKind.ATTRIBUTE, Form.ATTRIBUTE),
    "button": (SegmentKind.BUTTON, Form.HTML),
    "caption": (SegmentKind.CAPTION, Form.HTML),
    "summary": (SegmentKind.DETAILS_TITLE, Form.HTML),
    "alt": (SegmentKind.IMAGE_TEXT, Form.ATTRIBUTE),
}
_FENCE_TITLE = re.compile(r'[ {]title="([^"./\\_=\n]+)"')
_LINK_BUTTON = re.compile(r"\.md-button\b")
#: No directive waits.
NOTHING = Directive()
_NO_SECTION: tuple[int, tuple[str, ...], bool] = (0, (), False)


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
        if self.kind is kind:
            return self
        return Context(
            kind=kind,
            critical=self.critical,
            is_silent=self.is_silent,
            note=self.note,
            context=self.context,
        )

    def marked(self, classes: tuple[str, ...]) -> "Context":
        """In an element with these classes."""
        return replace(self, critical=True) if "critical" in classes else self


class Emitter:
    """Makes segments of texts.

    Attributes:
        view: the text.
        blotted: the view with fenced blocks made unreadable.
        regions: what the placeholder lines stand for.
        reading: where segments and reports go.
        sections: open sections: level, headings down to it, whether critical.
        pending: what directives say of the block that comes next.
        ranges: directives that began a range which has not ended, with their offsets.
        labels: labels that the text seems to define, wherever.
    """

    def __init__(self, view: View, blotted: str, regions: list[Region], reading: Reading) -> None:
        self.view = view
        self.blotted = blotted
        self.regions = regions
        self.reading = reading
        self.sections: list[tuple[int, tuple[str, ...], bool]] = []
        self.pending = NOTHING
        self.ranges: dict[str, int] = {}
        self.labels = find_labels(view.text)

    def consume(self, context: Context) -> Context:
        """The context under the directives that wait for the next block."""
        if self.pending is NOTHING:
            return context
        pending, self.pending = self.pending, NOTHING
        return context.under(pending)

    def is_comment(self, line: Line) -> bool:
        """Whether a line stands for a comment."""
        number = find_placeholder(line[0])
        return number is not None and self.regions[number].kind == "comment"

    def attributes(self, attributes: Attributes | None) -> None:
        """Remember the ids that authors gave."""
        if attributes is not None and attributes.id:
            self.reading.ids.append(attributes.id)

    def text(self, lines: list[Line], context: Context, *, has_box: bool = False) -> None:
        """Running text, with placeholders and other tools' lines between."""
        if len(lines) == 1 and _is_simple(lines[0][0]):
            self.run(lines, self.consume(context), has_box=has_box)
            return
        run: list[Line] = []
        is_snippet = False
        for line in lines:
            if STX in line[0] and (number := find_placeholder(line[0])) is not None:
                has_box = self.runs(run, context, has_box=has_box)
                run = []
                self.region(self.regions[number], context)
            elif is_snippet or (line[0].lstrip(" ")[:1] in _OTHERS and _VERBATIM.match(line[0])):
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
            rest, following = _cut_comments(self.leading_comments(run))
            if rest:
                self.run(rest, self.consume(context), has_box=has_box)
                has_box = False
            for text, start in following:
                self.comment(text.strip(), start)
        return has_box

    def leading_comments(self, lines: list[Line]) -> list[Line]:
        """Take comments off the beginning; they may be directives."""
        while lines and "<!--" in lines[0][0] and _COMMENT_LINE.match(lines[0][0]):
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
        """Lines of one block: attribute list and task box off."""
        while len(lines) > 1 and _BARE_MARK.match(lines[0][0]):
            # Before the folded text it would begin a block.
            lines = lines[1:]
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
        markup = read_markup(passage.msgid, self.labels)
        if markup.spans:
            self.reading.ids += inline_ids(passage.msgid, markup)
        if context.is_silent or "no-translate" in self.ranges:
            return
        inner = inner_texts(passage.msgid, markup) if markup.spans or markup.links else None
        if inner is not None:
            self.inner(passage, inner, context)
        elif has_words(passage.msgid, markup):
            self.slot(passage, markup, context, form, heading)

    def inner(self, passage: Passage, texts: list[InnerText], context: Context) -> None:
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
        """Add a segment."""
        view = self.view
        start, end = view.to_source(passage.start), view.to_source(passage.end)
        _, names, is_critical = self.sections[-1] if self.sections else _NO_SECTION
        segment = Segment(
            msgid=passage.msgid,
            context=context.context,
            kind=_button(passage.msgid, markup, context.kind),
            critical=is_critical or context.critical or "critical" in self.ranges,
            start=start,
            end=end,
            line=view.line_of(start),
            section=names,
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
                prefixes=tuple(map(self.prefix, passage.breaks)) if passage.breaks else (),
            )
        )

    def prefix(self, offset: int) -> str:
        """What stands before a text in its line."""
        view = self.view
        line = view.text.rfind("\n", 0, offset) + 1
        return view.source[view.to_source(line) : view.to_source(offset)]

    def region(self, region: Region, context: Context) -> None:
        """What a placeholder line stands for."""
        if region.kind == "comment":
            self.comment(self.view.text[region.start : region.end], region.start)
            return
        context = self.consume(context)
        if region.kind == "raw":
            self.html_texts(region.start, region.end, context)
        elif region.kind == "fence":
            self.fence(region, context)

    def fence(self, region: Region, context: Context) -> None:
        """A fenced block: its title is a text unless it is the name of a file."""
        if context.is_silent or "no-translate" in self.ranges:
            return
        first = self.view.text.find("\n", region.start)
        found = _FENCE_TITLE.search(self.view.text, region.start, first)
        if found and any(char.isalpha() for char in found[1]):
            label = context.of(SegmentKind.ATTRIBUTE)
            self.line(found[1], found.start(1), label, Form.CODE_TITLE, '"')

    def html_texts(self, start: int, end: int, context: Context) -> None:
        """Texts in raw HTML."""
        if context.is_silent or "no-translate" in self.ranges:
            return
        for found in find_texts(self.blotted, start, end):
            kind, form = _HTML_ROLES.get(found.role, (SegmentKind.ATTRIBUTE, Form.ATTRIBUTE))
            msgid = self.view.text[found.start : found.end]
            self.line(msgid, found.start, context.of(kind), form, found.quote)

    def comment(self, text: str, start: int) -> None:
        """A comment: perhaps a directive."""
        directive = parse_directive(text)
        if directive.is_unknown:
            self.reading.report(
                self.view, start, "This comment looks like a directive but is none."
            )
        if directive.begins:
            self.ranges[directive.begins] = start
        elif directive.ends:
            self.ranges.pop(directive.ends, None)
        else:
            self.pending = self.pending.and_then(directive)


def _is_simple(text: str) -> bool:
    """Whether a line is text and nothing else."""
    return STX not in text and "<!--" not in text and text.lstrip(" ")[:1] not in _OTHERS


def _cut_comments(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Take comments off the end; they speak of what comes next."""
    end = len(lines)
    while end and "-->" in lines[end - 1][0] and _WHOLE_COMMENT.match(lines[end - 1][0]):
        end -= 1
    if end == len(lines):
        return lines, []
    return lines[:end], lines[end:]


def _pieces(text: str) -> list[tuple[int, str]]:
    pieces, at = [], 0
    for piece in text.split("\n"):
        pieces.append((at, piece.rstrip(" ")))
        at += len(piece) + 1
    return pieces


def _button(msgid: str, markup: Markup, kind: SegmentKind) -> SegmentKind:
    if not markup.links or msgid[0] != "[":
        return kind
    links = [link for link in markup.links if not link.is_image]
    if len(links) == 1 and links[0].start == 0 and _LINK_BUTTON.search(msgid, links[0].end):
        return SegmentKind.BUTTON
    return kind

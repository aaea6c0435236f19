"""One pass over a Markdown text: view, regions, blocks, segments."""

import re
from bisect import bisect_right
from functools import lru_cache

from pipeline.model import Segment, SegmentKind
from pipeline.segments import containers, leaves, lists
from pipeline.segments.collect import Collector
from pipeline.segments.emit import Context
from pipeline.segments.fences import find_fences
from pipeline.segments.frontmatter import FrontMatter, Value, find_front_matter
from pipeline.segments.inline import protected_spans, read_markup
from pipeline.segments.lines import STX, View
from pipeline.segments.regions import Region, find_regions, lines_between
from pipeline.segments.slots import Form, Reading, Slot
from pipeline.segments.tree import Node, Parser, Processor

#: In the order in which Python-Markdown and its extensions ask, each with the marks
#: (:func:`~pipeline.segments.tree.find_marks`) of which a block must have one.
PROCESSORS = (
    (STX, containers.html),
    (" !?=", containers.boxes),
    (" ", lists.indented),
    (" ", leaves.code),
    (":#", containers.directive),
    ("|", leaves.table),
    ("#", leaves.heading),
    ("=-", leaves.underlined_heading),
    ("-_*", leaves.rule),
    ("0*+-", lists.items),
    (":", lists.definitions),
    (">", containers.quote),
    ("[", leaves.footnote),
    ("*", leaves.abbreviation),
    ("[", leaves.reference),
)

#: What looks like another dialect's syntax.
_UNKNOWN = re.compile(
    r"(?:!!!|\?\?\?|===[+!]*[ ]|:::|@@@?[ ]?\w|%%%|<<<|\{\{[<%]).*$", re.MULTILINE
)
#: What may stand before it in its line.
_INDENTS = ("", " ", "  ", "   ")
_KNOWN = re.compile(
    r' *(?:!!! ?[\w-]|\?\?\?\+? ?[\w"-]|===(?:\+|\+!|!\+|!)? +".*" *$|::: ?[\w.]+ *$)'
)
_KINDS = {"title": SegmentKind.TITLE, "summary": SegmentKind.SUMMARY}


@lru_cache(maxsize=256)
def _processors(marks: frozenset[str]) -> tuple[Processor, ...]:
    """The processors that may want a block with these marks."""
    return tuple(processor for wanted, processor in PROCESSORS if not marks.isdisjoint(wanted))


@lru_cache(maxsize=4)
def read(source: str, keys: tuple[str, ...]) -> Reading:
    """Everything that is to be known about a text.

    Args:
        source: the whole text of a file.
        keys: keys of the front matter whose values are translated.

    Returns:
        What was found. The last few are remembered, for a file is split before it is
        spliced: nobody may change it.
    """
    reading = Reading()
    front = find_front_matter(source, keys)
    view = View(source)
    reading.body = front.end
    _read_front_matter(reading, view, front)
    start = _body_start(view, front.end)
    blotted, top = _regions(reading, view, start)
    regions: list[Region] = []
    root = Node("root")
    parser = Parser(_processors, regions, view.text)
    parser.parse_chunk(root, lines_between(view.text, start, len(view.text), top, regions))
    Collector(view, blotted, regions, reading).children(root, Context())
    _report_unknown(reading, view, start, regions)
    reading.slots = _in_order(reading.slots)
    reading.reports.sort(key=lambda report: report.line)
    return reading


def _body_start(view: View, end: int) -> int:
    """The view offset of a source offset."""
    if view.text is view.source or not end:
        return end
    low, high = 0, len(view.text)
    while low < high:
        middle = (low + high) // 2
        if view.to_source(middle) < end:
            low = middle + 1
        else:
            high = middle
    return low


def _regions(reading: Reading, view: View, start: int) -> tuple[str, list[Region]]:
    """The view with fenced blocks blotted out, and the outermost regions in order."""
    text = view.text
    fences: list[Region] = []
    if "```" in text or "~~~" in text:
        found, unclosed = find_fences(text, start)
        fences = [Region("fence", fence.start, fence.end, prefix=fence.prefix) for fence in found]
        for offset in unclosed:
            reading.report(view, offset, "This opening fence has no closing one.")
    if "<" not in text:
        return text, fences
    blotted = _blot(text, fences)
    html, open_ended = find_regions(blotted, start)
    for offset in open_ended:
        reading.report(view, offset, "This HTML element is never closed.")
    return blotted, _merge(fences, html)


def _blot(text: str, fences: list[Region]) -> str:
    """The text with fenced blocks made unreadable, offsets unchanged."""
    parts: list[str] = []
    at = 0
    for fence in fences:
        parts += [text[at : fence.start], STX * (fence.end - fence.start)]
        at = fence.end
    return "".join([*parts, text[at:]])


def _merge(fences: list[Region], html: list[Region]) -> list[Region]:
    """Put each fence where it belongs: beside the HTML regions or inside one."""
    outer: list[Region] = []
    number = 0
    for region in html:
        while number < len(fences) and fences[number].start < region.start:
            outer.append(fences[number])
            number += 1
        inside = []
        while number < len(fences) and fences[number].start < region.end:
            inside.append(fences[number])
            number += 1
        region.children = _place(region, inside)
        outer.append(region)
    return outer + fences[number:]


def _place(region: Region, fences: list[Region]) -> list[Region]:
    if not fences:
        return region.children
    return _merge(fences, region.children)


def _read_front_matter(reading: Reading, view: View, front: FrontMatter) -> None:
    if front.problem is not None:
        line = view.line_of(front.problem_offset)
        message = f"The front matter is not YAML and stays as it is: {front.problem}."
        reading.report_line(line, "", message)
    if front.is_bare and not front.values:
        first = view.source[: front.end].lstrip("\ufeff").splitlines()[0]
        message = (
            "MkDocs reads this as front matter, not as text; an empty line first makes it text."
        )
        reading.report_line(1, first[:80], message)
    reading.slots += [_front_matter_slot(view, value) for value in front.values]


def _front_matter_slot(view: View, value: Value) -> Slot:
    segment = Segment(
        msgid=value.text,
        kind=_KINDS.get(value.key, SegmentKind.FRONT_MATTER),
        start=value.start,
        end=value.end,
        line=view.line_of(value.start),
        protected=protected_spans(value.text, read_markup(value.text)),
    )
    return Slot(segment=segment, form=Form.YAML, quote=value.style)


def _report_unknown(reading: Reading, view: View, start: int, regions: list[Region]) -> None:
    hidden: list[tuple[int, int]] | None = None
    for found in _UNKNOWN.finditer(view.text, start):
        line = view.text.rfind("\n", 0, found.start()) + 1
        is_first = line >= start and view.text[line : found.start()] in _INDENTS
        if not is_first or _KNOWN.match(found[0]):
            continue
        if hidden is None:
            hidden = sorted((part.start, part.end) for part in regions if part.kind != "markdown")
        at = bisect_right(hidden, (line, len(view.text))) - 1
        if at < 0 or line >= hidden[at][1]:
            reading.report(view, line, "This is no construct that Python-Markdown knows.")


def _in_order(slots: list[Slot]) -> list[Slot]:
    """Sorted; of two that overlap the first only."""
    kept: list[Slot] = []
    end = -1
    for slot in sorted(slots, key=lambda slot: slot.segment.start):
        if slot.segment.start >= end:
            kept.append(slot)
            end = slot.segment.end
    return kept

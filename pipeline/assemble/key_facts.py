"""The key facts of a resource: its critical parts alone, as Markdown of their own.

In: the body of a resource and its segments. Out: the blocks that hold a critical segment,
each whole and under its heading: a cell without its row, or the fourth of five steps, would
say something else. What such a block holds beside the critical is shown like any other part.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Segment, SegmentKind

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+\.)\s")
_COMMENT = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]+\]:")
_FOOTNOTE = re.compile(r" {0,3}\[(\^[^\]\n]+)\]:")
_OPENING_TAG = re.compile(r"<([a-z][a-z0-9-]*)\b", re.IGNORECASE)
_IN_FRONT_MATTER = {SegmentKind.TITLE, SegmentKind.SUMMARY, SegmentKind.FRONT_MATTER}


@dataclass(frozen=True, slots=True)
class _Block:
    """A block at the outermost level, between empty lines, by offsets into the text."""

    start: int
    end: int


def find_key_facts(text: str, segments: Iterable[Segment], *, body_start: int) -> str:
    """The Markdown of a resource's critical parts.

    Args:
        text: the whole text of the resource.
        segments: its segments.
        body_start: offset at which the body begins, after the front matter.

    Returns:
        Text whose segments have the keys that they have in the resource; empty where
        nothing is critical.
    """
    blocks = _merge(text, _blocks(text, body_start))
    in_body = [s for s in segments if s.kind not in _IN_FRONT_MATTER]
    critical = [s for s in in_body if s.critical]
    headings = [s for s in in_body if s.kind is SegmentKind.HEADING]
    wanted: set[int] = set()
    for segment in critical:
        heading = max((h.start for h in headings if h.start <= segment.start), default=None)
        places = (segment.start,) if heading is None else (heading, segment.start)
        wanted.update(n for place in places if (n := _find(blocks, place)) is not None)
    if not wanted:
        return ""
    wanted |= _directives(text, blocks, wanted)
    body = [text[blocks[n].start : blocks[n].end] for n in sorted(wanted)]
    rest = (n for n in range(len(blocks)) if n not in wanted)
    spares = (text[blocks[n].start : blocks[n].end] for n in rest)
    return "\n\n".join([*body, *_definitions("\n".join(body), spares)]) + "\n"


def _blocks(text: str, start: int) -> list[_Block]:
    """Cut a text before each line that follows an empty one and is not indented."""
    cuts: list[int] = []
    fence, after_blank, at = "", True, start
    for line in text[start:].splitlines(keepends=True):
        if not fence and after_blank and line.strip() and not line.startswith(("    ", "\t")):
            cuts.append(at)
        fence = _fence_after(fence, line)
        after_blank = not line.strip()
        at += len(line)
    ends = (*cuts[1:], at)
    return [_Block(a, a + len(text[a:b].rstrip())) for a, b in zip(cuts, ends, strict=True)]


def _fence_after(fence: str, line: str) -> str:
    """The fence that is open after a line; empty for none."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    is_end = found[1].startswith(fence) and line.strip() == found[1]
    return "" if is_end else fence


def _merge(text: str, blocks: list[_Block]) -> list[_Block]:
    """Put together what empty lines cut: the items of a list, an HTML element with its end."""
    merged: list[_Block] = []
    for block in blocks:
        before = text[merged[-1].start : merged[-1].end] if merged else ""
        is_list = _ITEM.match(before) and _ITEM.match(text, block.start)
        if merged and (is_list or _is_open(before)):
            merged[-1] = _Block(merged[-1].start, block.end)
        else:
            merged.append(block)
    return merged


def _is_open(block: str) -> bool:
    """Whether a block begins with an HTML element whose end it has not."""
    found = _OPENING_TAG.match(block.lstrip())
    if not found:
        return False
    name = found[1].lower()
    opened = len(re.findall(rf"<{name}\b", block, re.IGNORECASE))
    return opened > len(re.findall(rf"</{name}\s*>", block, re.IGNORECASE)) and name not in _VOID


_VOID = {"br", "hr", "img", "input", "source", "wbr", "area", "embed", "col", "track", "link"}


def _find(blocks: list[_Block], offset: int) -> int | None:
    return next((n for n, b in enumerate(blocks) if b.start <= offset < b.end), None)


def _directives(text: str, blocks: list[_Block], wanted: Iterable[int]) -> set[int]:
    """Comments that stand above a wanted block: they may say in which context it is."""
    found: set[int] = set()
    for number in wanted:
        above = number - 1
        while above >= 0 and _COMMENT.fullmatch(text[blocks[above].start : blocks[above].end]):
            found.add(above)
            above -= 1
    return found


def _definitions(body: str, spares: Iterable[str]) -> list[str]:
    """Addresses of links and footnotes that are defined elsewhere in the resource."""
    found = []
    for block in spares:
        note = _FOOTNOTE.match(block)
        if note and f"[{note[1]}]" not in body:
            continue
        if note or _DEFINITION.match(block):
            found.append(block)
    return found

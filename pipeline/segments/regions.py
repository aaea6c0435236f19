"""Where raw HTML and HTML with Markdown in it reach, and what the block scanner sees instead.

Python-Markdown takes HTML blocks out before it looks at anything else: a block-level tag
within three columns of the line's start opens one, and it ends with the tag that empties
the stack of open tags, whatever stands between. ``markdown="1"`` (md_in_html) makes its
content Markdown again.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from pipeline.segments.inline import TAG
from pipeline.segments.lines import ETX, STX, Line, split_lines
from pipeline.segments.tags import BLOCK_TAGS, RAW_TAGS, SPAN_TAGS, attributes_of, name_of
from pipeline.segments.tree import MAX_DEPTH

_CANDIDATE = re.compile(r"<(?=[a-zA-Z!?])")
_TOKEN = re.compile(rf"(?P<comment><!--)|(?P<pi><\?)|(?P<tag>{TAG})|(?P<declaration><![a-zA-Z\[])")
_TAG = re.compile(TAG)
_COMMENT_END = re.compile(r"--!?>")
_INDENT = re.compile(r" {0,3}\Z")


@dataclass(slots=True)
class Region:
    """A part of the text that the block scanner sees as one line.

    Attributes:
        kind: ``fence``, ``comment``, ``raw``, ``markdown`` or ``verbatim``.
        start: view offset of its first character.
        end: view offset after its last.
        prefix: for a fence, what stands before it in its first line.
        tag: for an element, its name.
        state: for ``markdown``: ``block``, ``span`` or ``off``.
        inner: for ``markdown``: offsets of its content.
        children: regions inside its content.
        lines: its content as lines, children as placeholders.
        attributes: its attributes.
    """

    kind: str
    start: int
    end: int
    prefix: str = ""
    tag: str = ""
    state: str = ""
    inner: tuple[int, int] = (0, 0)
    children: list["Region"] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


class _Finder:
    """Finds the regions of a text from left to right."""

    __slots__ = ("comment_absent", "text", "unclosed")

    def __init__(self, text: str) -> None:
        self.text = text
        self.comment_absent = False
        self.unclosed: list[int] = []

    def find(self, at: int) -> list[Region]:
        regions: list[Region] = []
        while found := _CANDIDATE.search(self.text, at):
            start = found.start()
            region = self.region(start) if self.at_line_start(start) else None
            if region is None:
                at = self.skip(start)
                continue
            regions.append(region)
            at = self.tail(region.end, regions)
        return regions

    def skip(self, start: int) -> int:
        """After what looked like a block; a comment in a line hides what is in it."""
        if self.text.startswith("<!--", start):
            return self.comment_end(start) or start + 4
        return start + 1

    def comment_end(self, start: int) -> int | None:
        if self.comment_absent:
            return None
        found = _COMMENT_END.search(self.text, start + 4)
        self.comment_absent = found is None
        return found.end() if found else None

    def tail(self, at: int, regions: list[Region]) -> int:
        """What follows a block in its line may begin another one."""
        if regions[-1].kind == "comment":
            return at
        end = self.text.find("\n", at)
        end = len(self.text) if end < 0 else end
        while at < end and (found := _TOKEN.search(self.text, at, end)):
            region = self.region(found.start())
            at = found.end()
            if region is not None:
                regions.append(region)
                at = region.end
                end = max(at, self.text.find("\n", at))
        return at

    def region(self, start: int) -> Region | None:
        """The region that begins at a ``<``; None where it is text."""
        text = self.text
        if text.startswith("<!--", start):
            end = self.comment_end(start)
            return Region("comment", start, end) if end else None
        if text.startswith(("<!", "<?"), start):
            end = text.find("?>" if text[start + 1] == "?" else ">", start)
            return (
                Region("verbatim", start, end + 1 + (text[start + 1] == "?")) if end > 0 else None
            )
        found = _TAG.match(text, start)
        name = name_of(found[0]) if found else ""
        if not found or name not in BLOCK_TAGS or found[0].startswith("</"):
            return None
        if name == "hr" or found[0].endswith("/>"):
            return Region("raw", start, found.end(), tag=name)
        state = _state(name, attributes_of(found[0]), None)
        if state == "off":
            return Region("raw", start, self.raw_end(name, found.end()), tag=name)
        return self.markdown(name, state, found)

    def raw_end(self, name: str, at: int) -> int:
        """Where the stack of open tags is empty again; the text's end if nowhere."""
        stack, held = [name], Counter((name,))
        begin = at
        while True:
            if stack[-1] in {"script", "style"}:
                close = re.compile(rf"</{stack[-1]}", re.IGNORECASE).search(self.text, at)
                at = close.start() if close else len(self.text)
            found = _TOKEN.search(self.text, at)
            if not found:
                self.unclosed.append(begin)
                return len(self.text)
            at = self.after(found)
            tag = found["tag"]
            if tag and not tag.endswith("/>"):
                _apply(tag, stack, held)
                if not stack:
                    return at

    def after(self, found: re.Match[str]) -> int:
        if found["comment"]:
            return self.comment_end(found.start()) or found.end()
        if found["pi"]:
            end = self.text.find("?>", found.end())
            return end + 2 if end > 0 else found.end()
        return found.end()

    def markdown(self, name: str, state: str, opening: re.Match[str]) -> Region:
        """An element with Markdown in it, up to the tag that closes it."""
        root = _element(name, state, opening)
        stack = [root]
        at = opening.end()
        fresh = at
        while stack:
            found = _TOKEN.search(self.text, at)
            if not found:
                self.unclosed.append(root.start)
                for region in stack:
                    region.inner, region.end = (region.inner[0], len(self.text)), len(self.text)
                break
            at = self.after(found)
            is_first = found.start() == fresh or self.at_line_start(found.start())
            if found["comment"] or found["pi"] or found["declaration"]:
                if is_first and at > found.end():
                    stack[-1].children.append(Region("comment", found.start(), at))
            else:
                fresh = self.markdown_tag(found, stack, is_first=is_first) or fresh
        return root

    def at_line_start(self, at: int) -> bool:
        line = self.text.rfind("\n", max(0, at - 4), at) + 1
        return (line > 0 or at < 4) and bool(_INDENT.match(self.text[line:at]))  # noqa: PLR2004

    def markdown_tag(
        self, found: re.Match[str], stack: list[Region], *, is_first: bool
    ) -> int | None:
        """Open or close an element inside a Markdown element."""
        tag = found[0]
        name = name_of(tag)
        if name not in BLOCK_TAGS:
            return None
        if tag.startswith("</"):
            if any(region.tag == name for region in stack):
                while stack:
                    closed = stack.pop()
                    closed.inner, closed.end = (closed.inner[0], found.start()), found.end()
                    if closed.tag == name:
                        break
            return None
        if not is_first or len(stack) > MAX_DEPTH:
            return None
        if name == "hr" or tag.endswith("/>"):
            stack[-1].children.append(Region("raw", found.start(), found.end(), tag=name))
            return None
        state = _state(name, attributes_of(tag), stack[-1].state)
        region = _element(name, state, found)
        stack[-1].children.append(region)
        stack.append(region)
        return found.end()


def _apply(tag: str, stack: list[str], held: "Counter[str]") -> None:
    name = name_of(tag)
    if not tag.startswith("</"):
        stack.append(name)
        held[name] += 1
    elif held[name]:
        while stack:
            last = stack.pop()
            held[last] -= 1
            if last == name:
                break


def _element(name: str, state: str, opening: re.Match[str]) -> Region:
    return Region(
        "markdown",
        opening.start(),
        opening.end(),
        tag=name,
        state=state,
        inner=(opening.end(), opening.end()),
        attributes=attributes_of(opening[0]),
    )


def _state(name: str, attributes: dict[str, str], parent: str | None) -> str:
    """How md_in_html reads an element's content."""
    wanted = attributes.get("markdown", "0")
    wanted = "1" if wanted == "markdown" else wanted
    if parent == "off" or (parent == "span" and wanted != "0"):
        wanted = parent
    is_block = name not in SPAN_TAGS and name not in RAW_TAGS
    if (wanted == "block" and name not in RAW_TAGS) or (wanted == "1" and is_block):
        return "block"
    if wanted in {"1", "span"} and name not in RAW_TAGS:
        return "span"
    return "off"


def find_regions(text: str, start: int) -> tuple[list[Region], list[int]]:
    """The HTML regions of a text, and the offsets of blocks that are never closed.

    Args:
        text: the view, with fenced blocks blotted out.
        start: where the body begins.
    """
    finder = _Finder(text)
    return finder.find(start), finder.unclosed


def lines_between(
    text: str, start: int, end: int, children: list[Region], regions: list[Region]
) -> list[Line]:
    """The lines of a part of the view, with a placeholder line for each region in it.

    Args:
        text: the view.
        start: offset of the part.
        end: offset after it.
        children: the regions in it, in order.
        regions: all regions; those met are appended, their number is the placeholder's.
    """
    lines: list[Line] = []
    at = start
    for region in children:
        if region.start < at:
            continue
        regions.append(region)
        mark = f"{STX}{len(regions) - 1}{ETX}"
        if region.kind == "fence":
            if region.start > at:
                lines += split_lines(text, at, region.start - 1)
            lines.append((region.prefix + mark, region.start))
            at = min(region.end + 1, end)
            continue
        before = split_lines(text, at, region.start)
        indent = text[before[-1][1] : region.start]
        lines += before[:-1]
        if region.kind == "comment" and indent and not indent.strip(" "):
            lines.append((indent + mark, region.start - len(indent)))
        else:
            lines += [(indent, before[-1][1]), ("", region.start), (mark, region.start)]
        lines.append(("", region.end))
        at = region.end
        if region.kind == "markdown":
            region.lines = lines_between(text, *region.inner, region.children, regions)
    lines += split_lines(text, at, end)
    return lines

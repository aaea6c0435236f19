"""Fenced code, found as pymdownx.superfences finds it: at any indentation, in quotes too."""

import re
from dataclasses import dataclass

from pipeline.segments.lines import Line

#: superfences leaves a fence alone whose options it does not know; other tools do not, and
#: its author meant code in any case.
_START = re.compile(r"(?P<prefix>[> ]*)(?P<fence>~{3,}|`{3,})[^`\n]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A fenced block.

    Attributes:
        start: view offset of its first line.
        end: view offset after its last line, the line feed left out.
        prefix: what stands before the opening fence: indentation, quote marks.
    """

    start: int
    end: int
    prefix: str


def find_fences(lines: list[Line]) -> tuple[tuple[Fence, ...], tuple[int, ...]]:
    """The fenced blocks of a text, and the offsets of opening fences that are never closed.

    Args:
        lines: all lines of the text.
    """
    found: list[Fence] = []
    unclosed: list[int] = []
    opening: tuple[str, int, str] | None = None
    empty = False
    for text, start in lines:
        if opening is None:
            opening = _opening(text, start)
            empty = False
            continue
        prefix, begin, fence = opening
        content = _content(text, prefix)
        if content is None or (empty and text.count(">", 0, len(prefix)) < prefix.count(">")):
            unclosed.append(begin)
            opening = None
        elif content.rstrip(" ") == fence:
            found.append(Fence(start=begin, end=start + len(text), prefix=prefix))
            opening = None
        else:
            empty = bool(prefix) and not content and ">" in prefix
    if opening is not None:
        unclosed.append(opening[1])
    return tuple(found), tuple(unclosed)


def _opening(text: str, start: int) -> tuple[str, int, str] | None:
    if "```" not in text and "~~~" not in text:
        return None
    found = _START.match(text)
    return (found["prefix"], start, found["fence"]) if found else None


def _content(text: str, prefix: str) -> str | None:
    """The line inside the fence's container; None where it stands outside."""
    width = 0
    while width < len(prefix) and width < len(text) and text[width] in "> ":
        width += 1
    content = text[width:]
    if not content.strip():
        return ""
    quoted = prefix.count(">")
    if text.count(">", 0, width) > quoted:
        return None
    # In a quotation lines may be lazy; elsewhere they are indented at least as the fence is.
    return content if quoted or width == len(prefix) else None

"""Fenced code, found as pymdownx.superfences finds it: at any indentation, in quotes too."""

import re
from dataclasses import dataclass

#: superfences leaves a fence alone whose options it does not know; other tools do not, and
#: its author meant code in any case.
_START = re.compile(r"(?P<prefix>[> ]*+)(?P<fence>~{3,}|`{3,})[^`\n]*$", re.MULTILINE)
#: A search for this is many times as fast as one that looks at the beginning of every line.
_MARK = re.compile(r"[`~]{3}")


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


def find_fences(text: str, start: int) -> tuple[tuple[Fence, ...], tuple[int, ...]]:
    """The fenced blocks of a text, and the offsets of opening fences that are never closed.

    Args:
        text: the view.
        start: where the body begins.
    """
    found: list[Fence] = []
    unclosed: list[int] = []
    at = start
    while opening := _find_start(text, at):
        prefix, fence = opening["prefix"], opening["fence"]
        is_closed, at = _find_end(text, opening.end() + 1, prefix, fence)
        if is_closed:
            found.append(Fence(start=opening.start(), end=at, prefix=prefix))
        else:
            unclosed.append(opening.start())
    return tuple(found), tuple(unclosed)


def _find_start(text: str, at: int) -> re.Match[str] | None:
    """The next opening fence in a line that begins at an offset or after it."""
    while mark := _MARK.search(text, at):
        line = text.rfind("\n", 0, mark.start()) + 1
        opening = _START.match(text, line) if line >= at else None
        if opening:
            return opening
        end = text.find("\n", mark.end())
        at = len(text) if end < 0 else end
    return None


def _find_end(text: str, at: int, prefix: str, fence: str) -> tuple[bool, int]:
    """Whether the fence is closed, and where its last line ends or reading goes on."""
    is_empty = False
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        content = _content(text[at:end], prefix)
        is_outside = is_empty and text.count(">", at, at + len(prefix)) < prefix.count(">")
        if content is None or is_outside:
            return False, end
        if content.rstrip(" ") == fence:
            return True, end
        is_empty = not content and ">" in prefix
        at = end + 1
    return False, len(text)


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

"""Headings of the first level in a resource's text: the title is one already."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_FIRST = re.compile(r"#(?!#)[ \t]*[^\s#]")
_UNDERLINE = re.compile(r"=+[ \t]*")


def find_first_level(text: str, start: int) -> Iterator[int]:
    """Lines of the headings of the first level, counted from 1; those in code are none.

    Args:
        text: the whole text of the resource.
        start: offset at which the body begins, after the front matter.
    """
    fence, is_comment, before = "", False, ""
    first = text.count("\n", 0, start) + 1
    for number, line in enumerate(text[start:].split("\n"), first):
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
        elif is_comment or line.startswith("<!--"):
            is_comment = "-->" not in line
        elif found := _FENCE.match(line):
            fence = found[1]
        elif _FIRST.match(line):
            yield number
        elif _UNDERLINE.fullmatch(line) and before.strip() and not before.startswith(" "):
            yield number - 1
        before = line

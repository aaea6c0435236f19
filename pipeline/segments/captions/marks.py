"""Marks of direction, where players need them.

WebVTT has no attribute for a direction: each line of a cue is a paragraph whose base direction
is that of its first strong character (WebVTT, section 7.4; Unicode Annex 9, rules P2 and P3). So
an Arabic line that begins with "NHS" would be laid out from the left, unless a mark says otherwise.
"""

import re
import unicodedata

from pipeline.bidi import find_runs
from pipeline.model import Direction
from pipeline.timedtext import TAG

RIGHT_TO_LEFT, LEFT_TO_RIGHT = "\u200f", "\u200e"
_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"
_STRONG = {"L": Direction.LTR, "R": Direction.RTL, "AL": Direction.RTL}
#: Read the right way round without help: "999", and what a Latin letter begins ("COVID-19").
_ALONE = re.compile(r"[0-9]+|[A-Za-z].*")


def mark_line(line: str, direction: Direction) -> str:
    """A line that players lay out in a direction.

    Args:
        line: a line of a cue in that language, tags included.
        direction: the language's direction.
    """
    if direction is Direction.RTL:
        line = _outside_tags(line)
    if find_direction(line) is direction:
        return line
    if direction is Direction.LTR and find_direction(line) is None:
        return line  # a line without a strong character is laid out from the left
    return f"{RIGHT_TO_LEFT if direction is Direction.RTL else LEFT_TO_RIGHT}{line}"


def find_direction(line: str) -> Direction | None:
    """The base direction of a line by its first strong character, outside of isolates."""
    depth = 0
    for char in TAG.sub("", line):
        kind = unicodedata.bidirectional(char)
        if kind in {"LRI", "RLI", "FSI"}:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in _STRONG:
            return _STRONG[kind]
    return None


def _outside_tags(line: str) -> str:
    parts = re.split(r"(<[^<>]*>)", line)
    return "".join(part if part.startswith("<") else _isolated(part) for part in parts)


def _isolated(text: str) -> str:
    if _ISOLATE in text:  # a translator has seen to it
        return text
    parts, at = [], 0
    for run in find_runs(text):
        if not run.is_address and _ALONE.fullmatch(text, run.start, run.end):
            continue
        parts += [text[at : run.start], _ISOLATE, text[run.start : run.end], _END_ISOLATE]
        at = run.end
    return "".join([*parts, text[at:]])

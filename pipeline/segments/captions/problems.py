"""What would break a file of captions: reasons why a target cannot be a cue's text."""

import re
from collections import Counter

from pipeline.segments.captions.webvtt import ARROW
from pipeline.timedtext import TAG

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NAME = re.compile(r"</?([^\s<>]*)")


def find_cue_problem(source: str, target: str) -> str | None:
    """Why a target would break the captions: a predicate that completes “The translation …”.

    Args:
        source: the text of the source's cues.
        target: its translation.
    """
    if ARROW in target:
        return f"has `{ARROW}`, which stands between the times of a caption."
    if _BLANK_LINE.search(target.strip()):
        return "has an empty line in it, which would end the caption."
    if "\n" in target.strip() and "\n" not in source:
        return "has more than one line; lines are broken by the program."
    if "<" in TAG.sub("", target):
        return "has a `<` that begins no tag; write `&lt;`."
    new = Counter(TAG.findall(target)) - Counter(TAG.findall(source))
    for tag in new:
        return f"brings in a tag that its source does not have: `{tag}`."
    return _find_order_problem(source, target)


def _find_order_problem(source: str, target: str) -> str | None:
    """Tags that end before they begin, or times in another order than theirs."""
    times = [tag for tag in TAG.findall(target) if tag[1:2].isdigit()]
    if times != [tag for tag in TAG.findall(source) if tag in times]:
        return "has the times within the caption in another order."
    is_open: Counter[str] = Counter()
    for tag in TAG.findall(target):
        found = _NAME.match(tag)
        name = found[1].partition(".")[0] if found else ""
        is_open[name] += -1 if tag.startswith("</") else 1
        if is_open[name] < 0:
            return f"ends a tag that has not begun: `{tag}`."
    return None

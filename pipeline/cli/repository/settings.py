"""``pipeline.toml`` as a newer program reads it: settings renamed, the layout written down.

The text is changed line by line: comments and order stay the author's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_HEADER = re.compile(r"^\s*\[+\s*([\w.-]+)\s*\]+\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A setting that has another name since a layout.

    Attributes:
        since: the layout from which it has its new name.
        table: its table, such as ``publication``.
        old: its name before.
        new: its name now.
    """

    since: int
    table: str
    old: str
    new: str


#: None so far: add a row where a setting is renamed, and raise FORMAT of ``pipeline.config``.
RENAMED: tuple[Renamed, ...] = ()


def upgrade_settings(
    text: str, *, layout: int, numbers: dict[str, int], renamed: Sequence[Renamed] = RENAMED
) -> tuple[str, list[str]]:
    """The settings as this program reads them.

    Args:
        text: ``pipeline.toml``.
        layout: the layout that it has; 0 for the oldest.
        numbers: what ``[project]`` is to say of the layout: ``format`` and ``segmenter``.
        renamed: settings that have other names now.

    Returns:
        The new text, and what was done to it, a line each.
    """
    lines = text.split("\n")
    told = [
        f"[{each.table}] {each.old} is called {each.new} now"
        for each in renamed
        if layout < each.since and _rename(lines, each)
    ]
    for key, number in reversed(numbers.items()):
        if _set(lines, key, number):
            told.insert(0, f"[project] {key} = {number}")
    return "\n".join(lines), told


def _rename(lines: list[str], each: Renamed) -> bool:
    place = _find(lines, each.table, each.old)
    # Where somebody has written both, the new name holds and nothing is done.
    if place is None or _find(lines, each.table, each.new) is not None:
        return False
    lines[place] = re.sub(rf"^(\s*){re.escape(each.old)}\b", rf"\g<1>{each.new}", lines[place])
    return True


def _set(lines: list[str], key: str, number: int) -> bool:
    """Write a number into ``[project]``; whether it was not there already."""
    line = f"{key} = {number}"
    place = _find(lines, "project", key)
    if place is not None:
        is_new = not re.match(rf"\s*{key}\s*=\s*{number}\s*(?:#|$)", lines[place])
        if is_new:
            lines[place] = line
        return is_new
    for at, text in enumerate(lines):
        header = _HEADER.match(text)
        if header and header[1] == "project":
            lines.insert(at + 1, line)
            return True
    return False


def _find(lines: Sequence[str], table: str, key: str) -> int | None:
    inside = ""
    for place, line in enumerate(lines):
        if header := _HEADER.match(line):
            inside = header[1]
        elif inside == table and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return place
    return None

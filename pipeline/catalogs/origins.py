"""Where a target comes from, as a comment that editors carry along.

A draft says how it was made and which text it was::

    #. origin: machine; argos 1.12.1, en_ar 1.0, 2026-11-24; for 1f2e3d4c

The last word is a digest of the draft. Once somebody has changed the text, the
comment no longer speaks of it and the unit counts as made by a person, whatever
the editor did with the comment. gettext's tools write extracted comments of
obsolete units, but most editors lose them: there it is a translator's comment.
"""

import hashlib
import re

from pipeline.model import Origin, Unit

#: Translator's comment of an obsolete unit that is fuzzy: Babel drops its flags, and the
#: unit must not come back as finished. Short, so that no editor wraps it.
UNFINISHED = "fuzzy: not finished"
_START = "origin: "
# White space may have become line ends where an editor wrapped the comment.
_COMMENT = re.compile(
    r"origin:\s(?P<origin>memory|machine);(?:\s(?P<note>[^;]*);)?\sfor\s(?P<digest>[0-9a-f]{8})\s*"
)


def origin_comment(unit: Unit) -> str | None:
    """The comment that says where a unit's target comes from; None for a person's."""
    if unit.origin is Origin.HUMAN or not unit.msgstr:
        return None
    note = " ".join(unit.origin_note.replace(";", ",").split())
    middle = f"; {note}" if note else ""
    return f"{_START}{unit.origin}{middle}; for {_digest(unit.msgstr)}"


def take_origin(extracted: list[str], comments: list[str], msgstr: str) -> tuple[Origin, str]:
    """Take the comment on the origin out of a unit's comments, in place.

    Args:
        extracted: lines of ``#.``.
        comments: lines of ``#``.
        msgstr: the target text.

    Returns:
        The origin and how it was made: ``HUMAN`` where nothing is said or where the
        text has been changed since.
    """
    for lines in (extracted, comments):
        for index, line in enumerate(lines):
            if line.startswith(_START):
                return _take_from(lines, index, msgstr)
    return Origin.HUMAN, ""


def _take_from(lines: list[str], index: int, msgstr: str) -> tuple[Origin, str]:
    found = _COMMENT.match("\n".join(lines[index:]))
    if not found:
        return Origin.HUMAN, ""
    end = index + found[0].rstrip().count("\n") + 1
    del lines[index:end]
    if found["digest"] != _digest(msgstr):
        return Origin.HUMAN, ""
    note = (found["note"] or "").replace("-\n", "-")
    return Origin(found["origin"]), " ".join(note.split())


def _digest(msgstr: str) -> str:
    return hashlib.sha256(msgstr.encode()).hexdigest()[:8]

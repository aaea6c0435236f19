"""What translators are told about a segment: extracted comments (``#.``), as short as can be."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from pipeline.model import Segment, UnitKey
from pipeline.slots import quick_init

CRITICAL = "CRITICAL: a mistake here can harm somebody. Translate and check this first."
NOTICE = "NOTICE: translate first. The language is not opened to the public without it."
#: What stands between a heading and the one below it, in "where".
_BELOW = " › "
#: More places than this are not listed: the text is the same in all of them.
_PLACES = 3


class InterfaceText(Protocol):
    """A string of the theme, as ``pipeline.config`` reads it."""

    @property
    def id(self) -> str:
        """What templates ask for."""

    @property
    def text(self) -> str:
        """The string in the source language."""

    @property
    def notice(self) -> bool:
        """Whether a language must have it before it is opened to the public."""

    @property
    def note(self) -> str | None:
        """For the translator."""


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A source text that a catalog must hold, with what its translator is told.

    Attributes:
        key: msgctxt and msgid.
        comments: lines of ``#.``.
    """

    key: UnitKey
    comments: tuple[str, ...] = ()


def describe_segments(segments: Iterable[Segment]) -> tuple[Entry, ...]:
    """Entries for the segments of a document, in its order.

    Segments with the same text and context are one entry, which lists up to three of
    the places, is critical if one of them is, and has the notes of all.
    """
    groups: dict[UnitKey, list[Segment]] = {}
    for segment in segments:
        groups.setdefault(segment.key, []).append(segment)
    return tuple([Entry(key=key, comments=_comments(group)) for key, group in groups.items()])


def describe_strings(strings: Iterable[InterfaceText]) -> tuple[Entry, ...]:
    """Entries for the strings of the theme: the msgctxt is the string's id."""
    return tuple(
        Entry(key=UnitKey(string.id, string.text), comments=tuple(_about(string)))
        for string in strings
    )


def _comments(group: list[Segment]) -> tuple[str, ...]:
    first = group[0]
    if len(group) == 1 and not first.critical and not first.note:
        return (_place(first),)
    places = list(dict.fromkeys(_place(segment) for segment in group))
    critical = [CRITICAL] if any(segment.critical for segment in group) else []
    notes = dict.fromkeys(segment.note for segment in group if segment.note)
    return (*critical, *places[:_PLACES], *(row for note in notes for row in _note(note)))


def _place(segment: Segment) -> str:
    where = _where(segment.section)
    return f"{segment.kind} in: {where}" if where else str(segment.kind)


@lru_cache(maxsize=64)
def _where(section: tuple[str, ...]) -> str:
    return _BELOW.join([" ".join(heading.split()) for heading in section])


def _about(string: InterfaceText) -> list[str]:
    notice = [NOTICE] if string.notice else []
    return [*notice, *(_note(string.note) if string.note else ())]


def _note(note: str) -> list[str]:
    rows = [" ".join(row.split()) for row in note.splitlines() if row.strip()]
    return [f"note: {row}" if index == 0 else row for index, row in enumerate(rows)]

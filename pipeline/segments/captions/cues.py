"""Blocks → segments: the cues of a sentence are one, so that a translator sees sense.

A sentence goes on in the next cue until it ends with a full stop or its like, another speaker
begins, there is a pause, or a comment stands between. A cue with times inside, or with a line for
each of several speakers, is a segment of its own: its parts belong where they stand.
"""

import re
from dataclasses import dataclass, field

from pipeline.model import ProtectedSpan, Segment, SegmentKind, SpanKind
from pipeline.segments.captions.webvtt import Block, BlockKind
from pipeline.timedtext import TAG, find_pace, show_time, strip_tags

#: Nobody holds half a sentence in mind for longer, in milliseconds.
_PAUSE = 2000
#: Of a text without full stops, how many cues are one segment.
_MOST_CUES = 6
_SENTENCE_END = re.compile(r"[.!?…।॥。！？።፧؟۔][\"'”’»)\]]*\Z")
#: What a comment may say to this program.
_HEADS = frozenset({"translators", "context", "critical", "no-translate"})
#: What is heard, in brackets, is no part of a sentence.
_SOUND = re.compile(r"[\[(♪].*[\])♪]\Z", re.DOTALL)
_TIME_TAG = re.compile(r"<\d[\d:.]*>")
_DIALOGUE = re.compile(r"[-–—•‐][ \t]*\S")
_LINE_BREAK = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]([^<>]*)>")
_END_TAG = re.compile(r"</(\w+)>\Z")
_START_TAG = re.compile(r"<(\w+)[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSlot:
    """A segment and the cues in which it stands.

    Attributes:
        segment: the segment.
        pieces: offsets of the text of each of its cues.
    """

    segment: Segment
    pieces: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Wishes:
    """What comments say of the next cue, and of all until they say otherwise."""

    notes: list[str] = field(default_factory=list)
    context: str | None = None
    is_critical: bool = False
    is_fixed: bool = False
    all_critical: bool = False
    all_fixed: bool = False
    _is_note: bool = False

    def read(self, text: str) -> None:
        """Take in a comment; one that says nothing to us is nobody's business."""
        for line in _LINE_BREAK.split(text):
            self._read_line(" ".join(line.removeprefix("NOTE ").split()))
        self._is_note = False

    def _read_line(self, said: str) -> None:
        head, _, rest = said.partition(":")
        head, rest = head.strip().lower(), rest.strip()
        if self._is_note and head not in _HEADS:
            self.notes[-1] = f"{self.notes[-1]} {said}".strip()
            return
        self._is_note = head == "translators" and bool(rest)
        if head == "translators" and rest:
            self.notes.append(rest)
        elif head == "context" and rest:
            self.context = rest
        elif head == "critical":
            self.is_critical = self.is_critical or not rest
            self.all_critical = rest == "start" if rest else self.all_critical
        elif head == "no-translate":
            self.is_fixed = self.is_fixed or not rest
            self.all_fixed = rest == "start" if rest else self.all_fixed

    def forget(self) -> None:
        """The next cue has begun."""
        self.notes, self.context, self.is_critical, self.is_fixed = [], None, False, False


@dataclass(slots=True)
class _Group:
    """The cues of a sentence, as far as they are known."""

    wishes: _Wishes
    blocks: list[Block] = field(default_factory=list)
    is_closed: bool = False


def find_slots(text: str, blocks: list[Block], *, base: int = 0) -> tuple[CueSlot, ...]:
    """The segments of a file of captions.

    Args:
        text: its whole text.
        blocks: what :func:`read_webvtt` found in it.
        base: what is added to the offsets of segments; pieces keep those of the text.
    """
    wishes, groups = _Wishes(), list[_Group]()
    for block in blocks:
        if block.kind is BlockKind.NOTE:
            wishes.read(text[block.start : block.end])
            if groups:
                groups[-1].is_closed = True
        elif block.kind is BlockKind.CUE:
            _add(text, groups, block, wishes)
            wishes.forget()
    slots = (_slot(text, group, base) for group in groups if not _is_fixed(group.wishes))
    return tuple(slot for slot in slots if _has_words(slot.segment.msgid))


def _is_fixed(wishes: _Wishes) -> bool:
    return wishes.is_fixed or wishes.all_fixed


def _has_words(msgid: str) -> bool:
    return any(char.isalpha() for char in strip_tags(msgid))


def _add(text: str, groups: list[_Group], block: Block, wishes: _Wishes) -> None:
    """Put a cue where it belongs: to the sentence before, or into one of its own."""
    written = text[block.start : block.end]
    group = groups[-1] if groups else None
    if group is None or group.is_closed or not _goes_on(text, group.blocks[-1], block):
        said = _Wishes(
            notes=list(wishes.notes),
            context=wishes.context,
            is_critical=wishes.is_critical or wishes.all_critical,
            is_fixed=_is_fixed(wishes),
        )
        group = _Group(said)
        groups.append(group)
    group.blocks.append(block)
    shown = strip_tags(written)
    group.is_closed = (
        bool(_SENTENCE_END.search(shown))
        or _stands_alone(written)
        or len(group.blocks) == _MOST_CUES
        or _is_fixed(group.wishes)
    )


def _goes_on(text: str, before: Block, block: Block) -> bool:
    """Whether a cue may go on with what the one before it began."""
    written = text[block.start : block.end]
    voice = _VOICE.match(written)
    former = _VOICE.match(text, before.start, before.end)
    return (
        0 <= block.begins - before.ends <= _PAUSE
        and (voice[1] if voice else None) == (former[1] if former else None)
        and not _stands_alone(written)
    )


def _stands_alone(written: str) -> bool:
    return (
        bool(_TIME_TAG.search(written) or _SOUND.match(strip_tags(written)))
        or is_dialogue(written)
        or not strip_tags(written)
    )


def is_dialogue(written: str) -> bool:
    """Whether each line of a cue is another speaker's: their line breaks are kept."""
    lines = _LINE_BREAK.split(written.strip())
    return len(lines) > 1 and all(_DIALOGUE.match(strip_tags(line)) for line in lines)


def _slot(text: str, group: _Group, base: int) -> CueSlot:
    blocks, wishes = group.blocks, group.wishes
    msgid = _fold(text[blocks[0].start : blocks[0].end])
    for block in blocks[1:]:
        msgid = _join(msgid, _fold(text[block.start : block.end]))
    times = tuple((block.begins, block.ends) for block in blocks)
    return CueSlot(
        segment=Segment(
            msgid=msgid,
            context=wishes.context,
            kind=SegmentKind.CUE,
            critical=wishes.is_critical,
            start=base + blocks[0].start,
            end=base + blocks[-1].end,
            line=blocks[0].text_line,
            note="\n".join([_tell(times), *wishes.notes]),
            protected=_protected(msgid),
            cue_times=times,
        ),
        pieces=tuple((block.start, block.end) for block in blocks),
    )


def _fold(written: str) -> str:
    if is_dialogue(written):
        return _LINE_BREAK.sub("\n", written.strip())
    return fold(written)


def fold(text: str) -> str:
    """A text in one line; a space that must not break stays one."""
    return _SPACE.sub(" ", text).strip(" ")


def _join(one: str, other: str) -> str:
    """Two parts of a sentence; what is closed only to be opened again is one."""
    voice = _VOICE.match(other)
    if voice and "</v>" not in one:
        return f"{one} {other[voice.end() :].lstrip()}"
    end, start = _END_TAG.search(one), _START_TAG.match(other)
    if end and start and end[1] == start[1]:
        opened = [tag[0] for tag in _START_TAG.finditer(one) if tag[1] == end[1]]
        if opened and opened[-1] == start[0]:
            return f"{one[: end.start()]} {other[start.end() :]}"
    return f"{one} {other}"


def _protected(msgid: str) -> tuple[ProtectedSpan, ...]:
    return tuple(
        ProtectedSpan(kind=SpanKind.TIME if _TIME_TAG.match(tag[0]) else SpanKind.HTML, text=tag[0])
        for tag in TAG.finditer(msgid)
    )


def _tell(times: tuple[tuple[int, int], ...]) -> str:
    """What a translator has to know: when it is shown, and how much can be read in that time."""
    pace = find_pace("Latn")
    shown = sum(end - begin for begin, end in times) / 1000
    most = round(min(shown * pace.speed, len(times) * pace.line * pace.lines))
    captions = "1 caption" if len(times) == 1 else f"{len(times)} captions"
    return (
        f"shown from {show_time(times[0][0])} to {show_time(times[-1][1])} in {captions}; "
        f"up to {max(most, 1)} letters can be read in that time"
    )

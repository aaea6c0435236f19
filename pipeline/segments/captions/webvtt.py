"""WebVTT → blocks by offsets: https://www.w3.org/TR/webvtt1/ section 6.1, on the text as it is.

Whatever the text is, each of its characters belongs to one block or stands between two. What
players would drop is reported as a fault and kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.timedtext import Fault

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_HEADER = re.compile(r"\ufeff?WEBVTT(?:[ \t].*)?\Z", re.DOTALL)
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"[ \t\f]*{_TIME}[ \t\f]*-->[ \t\f]*{_TIME}(?:[ \t\f]+(.*)|[ \t\f]*)\Z")
_COMMA = re.compile(r"\d,\d{3}\b")
#: Times that have lost their arrow, in the text of a cue.
_LOST_TIMES = re.compile(r"[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}[ \t]*(?:[-–—]+>?|→)")
ARROW = "-->"


class BlockKind(StrEnum):
    """What a block is."""

    CUE = "cue"
    NOTE = "note"
    STYLE = "style"
    REGION = "region"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of lines.

    Attributes:
        kind: what it is.
        line: its first line, counted from 1; of a cue, the line with its times.
        start: offset of its text: of a cue, what is shown; of a note, what it says.
        end: offset after that text, line break left out.
        text_line: the line on which that text begins.
        begins: of a cue, when it is shown, in milliseconds.
        ends: when it goes.
        settings: of a cue, what follows its times.
    """

    kind: BlockKind
    line: int
    start: int
    end: int
    text_line: int
    begins: int = 0
    ends: int = 0
    settings: str = ""


@dataclass(slots=True)
class Vtt:
    """What a file of captions holds.

    Attributes:
        blocks: in the order of the text.
        faults: what players cannot use.
        newline: how its lines end.
    """

    blocks: list[Block] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    newline: str = "\n"

    def complain(self, line: int, message: str, remedy: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(line=line, message=message, remedy=remedy))


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_webvtt(text: str) -> Vtt:
    """Find the blocks of a file of captions.

    Args:
        text: its whole text; anything whatsoever.
    """
    found = Vtt()
    if (ends := re.search(r"\r\n|\r|\n", text)) is not None:
        found.newline = ends[0]
    lines = list(_lines(text))
    for block in _blocks(lines[_read_header(found, lines) :]):
        _read_block(found, block)
    return found


def parse_times(line: str) -> tuple[int, int, str] | None:
    """Begin, end and settings of a line with the times of a cue; None where they are none."""
    times = _TIMING.match(line)
    if not times:
        return None
    return _milliseconds(times, 1), _milliseconds(times, 5), (times[9] or "").strip()


def _milliseconds(found: re.Match[str], group: int) -> int:
    hours, minutes, seconds, rest = (int(found[group + n] or 0) for n in range(4))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _lines(text: str) -> Iterator[_Line]:
    for number, found in enumerate(_LINE.finditer(text), 1):
        if found.start() < len(text) or number == 1:
            yield _Line(number, found.start(), found[1])


def _read_header(found: Vtt, lines: list[_Line]) -> int:
    """How many lines the header has; 0 where there is none."""
    if not _HEADER.match(lines[0].text):
        remedy = "Begin the file with a line WEBVTT and an empty line"
        is_srt = any(ARROW in line.text and _COMMA.search(line.text) for line in lines[:20])
        hint = ", or turn SRT into WebVTT: pipeline captions FILE.srt -o FILE.vtt" if is_srt else ""
        found.complain(1, "The file does not begin with WEBVTT.", f"{remedy}{hint}.")
        return 0
    for count, line in enumerate(lines[1:], 1):
        if not line.text or ARROW in line.text:
            return count
    return len(lines)


def _blocks(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Lines between empty ones; a second line with an arrow begins another block."""
    block: list[_Line] = []
    has_arrow = False
    for line in lines:
        is_time = ARROW in line.text
        if block and (not line.text or (is_time and (has_arrow or len(block) > 1))):
            yield block
            block, has_arrow = [], False
        if line.text:
            block.append(line)
            has_arrow = has_arrow or is_time
    if block:
        yield block


def _read_block(found: Vtt, lines: list[_Line]) -> None:
    number = next((n for n, line in enumerate(lines[:2]) if ARROW in line.text), None)
    if number is not None:
        _read_cue(found, lines, number)
        return
    first = lines[0].text
    word = first.split(None, 1)[0] if first.split() else ""
    has_cues = any(block.kind is BlockKind.CUE for block in found.blocks)
    if word == "NOTE":
        kind = BlockKind.NOTE
    elif first.strip() in {"STYLE", "REGION"} and not has_cues:
        kind = BlockKind(first.strip().lower())
    else:
        kind = BlockKind.OTHER
        found.complain(
            lines[0].number,
            f"This is no caption, and players drop it: “{first.strip()[:40]}”.",
            "Put a line with times above it, such as 00:01.000 --> 00:03.000; a comment "
            "begins with NOTE; STYLE and REGION stand before the first caption.",
        )
    found.blocks.append(
        Block(
            kind=kind,
            line=lines[0].number,
            start=lines[0].start + len(word),
            end=lines[-1].end,
            text_line=lines[0].number,
        )
    )


def _read_cue(found: Vtt, lines: list[_Line], number: int) -> None:
    timing, rest = lines[number], lines[number + 1 :]
    times = parse_times(timing.text)
    if times is None:
        comma = "write 00:01.000 with a point, not a comma" if "," in timing.text else ""
        found.complain(
            timing.number,
            f"These times cannot be read: “{timing.text.strip()[:60]}”.",
            f"Correct them: {comma or 'write them as 00:01.000 --> 00:03.500'}.",
        )
        return
    begins, ends, settings = times
    if ends <= begins:
        found.complain(
            timing.number, "This caption ends before it begins.", "Correct one of its times."
        )
    if not rest:
        found.complain(
            timing.number,
            "This caption has no text.",
            "Write its text on the line below the times, without an empty line, or delete it.",
        )
    for line in rest:
        if _LOST_TIMES.match(line.text):
            found.complain(
                line.number,
                f"This looks like the times of a caption: “{line.text.strip()[:60]}”.",
                "Put an empty line above it, and write its arrow as -->.",
            )
    last = next((b for b in reversed(found.blocks) if b.kind is BlockKind.CUE), None)
    if last is not None and begins < last.begins:
        found.complain(
            timing.number,
            "This caption begins before the one above it.",
            "Put captions in the order of their times.",
        )
    found.blocks.append(
        Block(
            kind=BlockKind.CUE,
            line=timing.number,
            start=rest[0].start if rest else timing.end,
            end=rest[-1].end if rest else timing.end,
            text_line=rest[0].number if rest else timing.number,
            begins=begins,
            ends=ends,
            settings=settings,
        )
    )

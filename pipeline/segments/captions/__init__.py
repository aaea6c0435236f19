"""WebVTT ⇄ segments, both ways, by offsets into the text, as for Markdown.

``webvtt`` finds the blocks, ``cues`` makes segments of them, ``layout`` distributes a translation
over its cues and lines, ``marks`` keeps directions right, ``srt`` turns SRT into WebVTT and back.

What authors may say in a comment before a cue, as in Markdown's comments:
``NOTE translators: a note``, ``NOTE context: as a verb``, ``NOTE critical`` and ``NOTE
no-translate``; with ``:start`` and ``:end`` for everything between. ``docs/reference/captions.md``
has it all with examples.
"""

from collections.abc import Mapping

from pipeline.model import Direction, Segment, UnitKey
from pipeline.segments.captions.cues import CueSlot, find_slots, fold
from pipeline.segments.captions.layout import lay_out
from pipeline.segments.captions.marks import mark_line
from pipeline.segments.captions.webvtt import Block, BlockKind, Vtt, read_webvtt
from pipeline.timedtext import Cue, Pace, Track, reading_width, strip_tags

__all__ = ["read_track", "splice_captions", "split_captions"]


def split_captions(text: str, *, base: int = 0) -> tuple[Segment, ...]:
    """The segments of a file of captions, in order.

    Args:
        text: its whole text.
        base: what is added to their offsets: captions stand behind the text of their resource.
    """
    return tuple(slot.segment for slot in find_slots(text, read_webvtt(text).blocks, base=base))


def read_track(text: str) -> Track:
    """The captions of a file as checks see them, with what players cannot use.

    Args:
        text: its whole text.
    """
    found = read_webvtt(text)
    blocks = [block for block in found.blocks if block.kind is BlockKind.CUE]
    return Track(
        cues=tuple(_cue(text, found, block) for block in blocks),
        faults=tuple(sorted(found.faults, key=lambda fault: fault.line)),
    )


def _cue(text: str, found: Vtt, block: Block) -> Cue:
    lines = text[block.start : block.end].split(found.newline)
    return Cue(
        start=block.begins,
        end=block.ends,
        lines=tuple(line for line in map(strip_tags, lines) if line),
        line=block.line,
        settings=block.settings,
    )


def splice_captions(
    text: str,
    translations: Mapping[UnitKey, str],
    *,
    pace: Pace,
    direction: Direction,
    gap_language: str = "",
) -> str:
    """Put translations into a file of captions: times, places and styles stay as they are.

    A segment without a translation, or whose translation is its own text, keeps its bytes.

    Args:
        text: the whole text of the source's captions.
        translations: target texts by unit key.
        pace: what a reader of the target's script can take in.
        direction: the direction of the target's language.
        gap_language: tag of the source's language, with which a cue is marked that stays in it
            (``<lang en>``); empty to leave such a cue as it is.
    """
    found = read_webvtt(text)
    parts, at = [], 0
    for slot in find_slots(text, found.blocks):
        target = translations.get(slot.segment.key) or ""
        texts = [text[start:end] for start, end in slot.pieces]
        if target and target != slot.segment.msgid:
            texts = _translated(slot, texts, target, found.newline, pace, direction)
        elif gap_language and not target:
            texts = [f"<lang {gap_language}>{each}</lang>" for each in texts]
        for (start, end), written in zip(slot.pieces, texts, strict=True):
            parts += [text[at:start], written]
            at = end
    return "".join([*parts, text[at:]])


def _translated(
    slot: CueSlot,
    texts: list[str],
    target: str,
    newline: str,
    pace: Pace,
    direction: Direction,
) -> list[str]:
    shares = [max(1, reading_width(strip_tags(written))) for written in texts]
    if "\n" not in slot.segment.msgid:
        target = fold(target)
    return [
        newline.join(mark_line(line, direction) for line in lines)
        for lines in lay_out(target.strip(), shares, pace)
    ]

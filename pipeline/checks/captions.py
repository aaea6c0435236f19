"""Checks of captions: can a player use them, and can people read them in the time that they have?

Limits are in ``pipeline.timedtext``, with where they come from. The first four checks look at the
captions of the source, the last at a translation of some of them.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.model import Finding, Segment, Severity, Unit
from pipeline.timedtext import (
    LEAST_GAP,
    LONGEST,
    SHORTEST,
    Cue,
    Pace,
    Track,
    find_pace,
    reading_width,
    strip_tags,
)

#: Faster than the limit by this factor nobody reads to the end; up to it, quick readers do.
_TOO_FAST = 1.5
#: Rounding of times must not make a finding.
_LEEWAY = 1.05


def check_track(track: Track, path: Path, *, scripts: Iterable[str]) -> tuple[Finding, ...]:
    """All that the checks of this room see in captions of the source, in the order of the lines.

    Args:
        track: the captions.
        path: their file, for the findings.
        scripts: ISO 15924 codes of the scripts of their language.
    """
    pace = find_pace(*scripts)
    findings = (
        *check_caption_file(track, path),
        *check_caption_timing(track, path),
        *check_caption_lines(track, path, pace=pace),
        *check_caption_speed(track, path, pace=pace),
    )
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))


def check_caption_file(track: Track, path: Path) -> tuple[Finding, ...]:
    """caption-file: a player cannot use a part of the captions.

    The head WEBVTT is missing, times cannot be read, a caption ends before it begins, has no
    text, or stands before an earlier one. Players drop such captions and say nothing.

    - Wrong: ``00:01,000 --> 00:03,000``
    - Right: ``00:01.000 --> 00:03.000``
    - Wrong: ``00:05.000 --> 00:03.000``
    - Right: ``00:05.000 --> 00:07.000``

    Args:
        track: the captions.
        path: their file, for the findings.

    Returns:
        Critical findings, each with its line.
    """
    return tuple(
        _about("caption-file", Severity.CRITICAL, path, fault.line, fault.message, fault.remedy)
        for fault in track.faults
    )


def check_caption_timing(track: Track, path: Path) -> tuple[Finding, ...]:
    """caption-timing: captions overlap, flicker, or are there too short or too long.

    A caption needs 5/6 of a second to be seen at all and more than 7 seconds are read twice; a gap
    of less than two frames is a flicker (Netflix Timed Text Style Guide, general requirements).
    Two captions at once, of which none says where it stands, hide the picture and are read in
    the wrong order.

    - Wrong: ``00:01.000 --> 00:01.400``
    - Right: ``00:01.000 --> 00:02.500``
    - Wrong: ``00:01.000 --> 00:04.000``, then ``00:03.000 --> 00:06.000``
    - Right: ``00:01.000 --> 00:04.000``, then ``00:04.000 --> 00:06.000``

    Args:
        track: the captions.
        path: their file, for the findings.

    Returns:
        Major findings where captions overlap, minor ones for the rest.
    """
    return tuple(
        _about("caption-timing", severity, path, line, message, "Move its times.")
        for line, severity, message in (*_durations(track.cues), *_gaps(track.cues))
    )


_Told = Iterator[tuple[int, Severity, str]]


def _durations(cues: Iterable[Cue]) -> _Told:
    for cue in cues:
        length = cue.end - cue.start
        if 0 < length < SHORTEST:
            said = f"This caption is shown for {length / 1000:.1f} seconds: too short to be seen."
            yield cue.line, Severity.MINOR, said
        elif length > LONGEST:
            said = f"This caption is shown for {length / 1000:.0f} seconds: it is read twice."
            yield cue.line, Severity.MINOR, said


def _gaps(cues: Iterable[Cue]) -> _Told:
    for before, cue in pairwise(cues):
        gap = cue.start - before.end
        if gap < 0 <= cue.start - before.start and cue.settings == before.settings:
            said = "This caption begins while the one before it is shown, in the same place."
            yield cue.line, Severity.MAJOR, said
        elif 0 < gap < LEAST_GAP:
            said = f"Between this caption and the one before it are {gap} thousandths of a second."
            yield cue.line, Severity.MINOR, said


def check_caption_lines(track: Track, path: Path, *, pace: Pace) -> tuple[Finding, ...]:
    """caption-lines: a caption has too many lines, or one that is too long.

    Two lines of 42 letters are as much as is taken in at a glance and does not hide the picture
    (Netflix Timed Text Style Guides; Chinese and Korean 16, Japanese 13 full-width signs).

    - Wrong: ``Wash your hands with soap and warm water for 20 seconds``
    - Right: ``Wash your hands with soap / and warm water for 20 seconds``

    Args:
        track: the captions.
        path: their file, for the findings.
        pace: what a reader of their script can take in.

    Returns:
        Minor findings, one for each caption.
    """
    return tuple(
        _about("caption-lines", Severity.MINOR, path, cue.line, message, "Break it otherwise.")
        for cue in track.cues
        if (message := _crowded(cue, pace))
    )


def _crowded(cue: Cue, pace: Pace) -> str:
    widest = max(map(reading_width, cue.lines), default=0)
    if len(cue.lines) > pace.lines:
        return f"This caption has {len(cue.lines)} lines; {pace.lines} can be read."
    if widest > pace.line:
        return f"A line of this caption has {widest} letters; {pace.line} can be read."
    return ""


def check_caption_speed(track: Track, path: Path, *, pace: Pace) -> tuple[Finding, ...]:
    """caption-speed: a caption is gone before it is read.

    17 letters a second are read by most (Netflix Timed Text Style Guides, adult programmes in
    most languages; Chinese 9, Korean 12, Japanese 4 signs), about the 160 to 180 words a minute of
    the BBC Subtitle Guidelines. Who reads a second language reads slower.

    - Wrong: ``Wash your hands often with soap and water``, for 1 second
    - Right: ``Wash your hands often with soap and water``, for 3 seconds

    Args:
        track: the captions.
        path: their file, for the findings.
        pace: what a reader of their script can take in.

    Returns:
        Minor findings, one for each caption; major ones from half as much again.
    """
    found = []
    for cue in track.cues:
        factor = _speed(cue.width, cue.end - cue.start) / pace.speed
        if factor > _LEEWAY:
            severity = Severity.MAJOR if factor > _TOO_FAST else Severity.MINOR
            need = cue.width / pace.speed
            message = f"This caption needs {need:.1f} seconds to be read."
            remedy = "Show it longer, or say it in fewer words."
            found.append(_about("caption-speed", severity, path, cue.line, message, remedy))
    return tuple(found)


def _speed(width: int, milliseconds: int) -> float:
    return width * 1000 / max(milliseconds, 1)


def check_caption_fit(
    segment: Segment, unit: Unit, path: Path, locale: str, *, scripts: Iterable[str]
) -> tuple[Finding, ...]:
    """caption-fit: a translated caption cannot be read in the time that it has, or has no room.

    The time is that of the source's captions, and the limits are those of the translation's script:
    17 letters a second (Chinese 9, Korean 12, Japanese 4), two lines of 42 a caption (16, 16, 13).

    - Source: ``Wash your hands.``, for 1.5 seconds
    - Wrong: ``Fadlan gacmahaaga si fiican ugu dhaq saabuun iyo biyo.``
    - Right: ``Gacmaha dhaq.``
    - Source: ``Dry your hands.``, for 1.5 seconds
    - Wrong: ``جفف يديك جيدًا بمنشفة نظيفة أو بمنديل ورقي.``
    - Right: ``جفف يديك.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        scripts: ISO 15924 codes of the scripts of the translation.

    Returns:
        A minor finding; a major one from half as much again, or where it does not fit the screen.
    """
    if not segment.cue_times:
        return ()
    pace, width = find_pace(*scripts), reading_width(strip_tags(unit.msgstr))
    shown = sum(end - begin for begin, end in segment.cue_times)
    room = len(segment.cue_times) * pace.line * pace.lines
    factor = _speed(width, shown) / pace.speed
    if factor <= _LEEWAY and width <= room:
        return ()
    is_bad = factor > _TOO_FAST or width > room
    most = int(min(shown * pace.speed / 1000, room))
    return (
        about_unit(
            "caption-fit",
            Severity.MAJOR if is_bad else Severity.MINOR,
            unit,
            path,
            locale,
            message=f"This caption is {width} letters wide, and up to {most} can be read in its "
            f"{shown / 1000:.1f} seconds.",
            remedy="Say it in fewer words; leave out what the picture shows.",
        ),
    )


def _about(
    check: str, severity: Severity, path: Path, line: int, message: str, remedy: str
) -> Finding:
    return Finding(
        check=check, severity=severity, path=path, line=line, message=message, remedy=remedy
    )

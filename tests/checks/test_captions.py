"""Captions that cannot be used, seen or read, with the limits of each script."""

from pathlib import Path

import pytest

from pipeline.checks.captions import (
    check_caption_file,
    check_caption_fit,
    check_caption_lines,
    check_caption_speed,
    check_caption_timing,
    check_track,
)
from pipeline.model import Segment, SegmentKind, Unit
from pipeline.timedtext import Cue, Fault, Track, find_pace, reading_width

PATH = Path("content/covid-19/hands.en.vtt")
LATIN = find_pace("Latn")


def track(*cues):
    """Captions: begin, end, text; each three lines below the one before."""
    return Track(
        cues=tuple(
            Cue(start=start, end=end, lines=tuple(text.split("\n")), line=3 * number)
            for number, (start, end, text) in enumerate(cues, 1)
        ),
        faults=(),
    )


def told(findings):
    return [(str(f.severity), f.line, f.message) for f in findings]


def test_good_captions_are_quiet():
    good = track(
        (500, 3500, "Clean hands stop germs spreading."),
        (3500, 6500, "Wash them with soap\nand warm water."),
    )
    assert check_track(good, PATH, scripts=("Latn",)) == ()


def test_what_players_cannot_use_is_critical():
    fault = Fault(line=4, message="This caption ends before it begins.", remedy="Correct it.")
    found = check_caption_file(Track(cues=(), faults=(fault,)), PATH)
    assert told(found) == [("critical", 4, "This caption ends before it begins.")]
    assert found[0].path == PATH


@pytest.mark.parametrize(
    ("cues", "said"),
    [
        (
            [(0, 400, "No.")],
            ("minor", 3, "This caption is shown for 0.4 seconds: too short to be seen."),
        ),
        (
            [(0, 9000, "No.")],
            ("minor", 3, "This caption is shown for 9 seconds: it is read twice."),
        ),
        (
            [(0, 3000, "Wet."), (2000, 5000, "Dry.")],
            (
                "major",
                6,
                "This caption begins while the one before it is shown, in the same place.",
            ),
        ),
        (
            [(0, 3000, "Wet."), (3040, 5000, "Dry.")],
            (
                "minor",
                6,
                "Between this caption and the one before it are 40 thousandths of a second.",
            ),
        ),
    ],
)
def test_times(cues, said):
    assert told(check_caption_timing(track(*cues), PATH)) == [said]


def test_two_captions_at_once_may_stand_in_two_places():
    top = Cue(start=0, end=3000, lines=("Mary",), line=3, settings="line:0")
    below = Cue(start=1000, end=3000, lines=("Ali",), line=6)
    assert check_caption_timing(Track(cues=(top, below), faults=()), PATH) == ()


def test_lines():
    long = "Wash your hands with soap and warm water for 20 seconds"
    assert told(check_caption_lines(track((0, 6000, long)), PATH, pace=LATIN)) == [
        ("minor", 3, "A line of this caption has 55 letters; 42 can be read.")
    ]
    assert told(check_caption_lines(track((0, 6000, "a\nb\nc")), PATH, pace=LATIN)) == [
        ("minor", 3, "This caption has 3 lines; 2 can be read.")
    ]


def test_speed():
    said = "Wash your hands often with soap and water."
    assert told(check_caption_speed(track((0, 2000, said)), PATH, pace=LATIN)) == [
        ("minor", 3, "This caption needs 2.5 seconds to be read.")
    ]
    assert told(check_caption_speed(track((0, 1000, said)), PATH, pace=LATIN)) == [
        ("major", 3, "This caption needs 2.5 seconds to be read.")
    ]


def fit(target, *scripts, times=((0, 1500),)):
    segment = Segment(msgid="Wash.", kind=SegmentKind.CUE, start=0, end=0, line=4, cue_times=times)
    unit = Unit(msgid="Wash.", msgstr=target, line=7)
    found = check_caption_fit(segment, unit, Path("locales/so/x/y.po"), "so", scripts=scripts)
    return [str(finding.severity) for finding in found]


@pytest.mark.parametrize(
    ("script", "short", "long", "too_long"),
    [
        (
            "Latn",
            "Gacmaha dhaq.",
            "Gacmahaaga dhaq si fiican hadda.",
            "Fadlan gacmahaaga si fiican ugu dhaq saabuun iyo biyo.",
        ),
        (
            "Arab",
            "اغسل يديك.",
            "اغسل يديك جيدًا بالماء والصابون.",
            "اغسل يديك جيدًا بالماء والصابون قبل الطعام.",
        ),
        (
            "Hans",
            "请洗手。",
            "请用肥皂和清水洗手，每次二十秒。",
            "请用肥皂和流动的清水仔细洗手，每次至少二十秒钟。",
        ),
        (
            "Beng",
            "হাত ধুয়ে নিন।",
            "সাবান দিয়ে ভালো করে হাত ধুয়ে নিন।",
            "খাওয়ার আগে সাবান ও পানি দিয়ে সবসময় খুব ভালো করে হাত ধুয়ে নিন।",
        ),
    ],
)
def test_a_translation_that_nobody_can_read_in_time(script, short, long, too_long):
    assert fit(short, script) == []
    assert fit(long, script) == ["minor"]
    assert fit(too_long, script) == ["major"]


def test_tags_cost_no_time_and_what_is_no_caption_has_all_the_time():
    assert fit("<v Mary Jones of the Health Team>Gacmaha dhaq.", "Latn") == []
    assert fit("Fadlan " * 40, "Latn", times=()) == []


def test_a_translation_that_has_no_room():
    assert fit("Gacmaha si fiican u dhaq. " * 4, "Latn", times=((0, 60_000),)) == ["major"]


@pytest.mark.parametrize(
    ("text", "width"),
    [("dhaq", 4), ("洗手", 4), ("ধুয়ে", 3), ("يديكَ", 4), ("\u200fأ\u2066", 1), ("é", 1), ("ｶ", 1)],
)
def test_width(text, width):
    assert reading_width(text) == width

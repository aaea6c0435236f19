"""What players cannot use: each with its line and what to do about it."""

import textwrap

import pytest

from pipeline.segments import read_track

ONE = "Correct one of its times."
NOT_ONE = (
    "Put a line with times above it, such as 00:01.000 --> 00:03.000; a comment begins with NOTE; "
    "STYLE and REGION stand before the first caption."
)
NO_HEAD = (
    "The file does not begin with WEBVTT. Begin the file with a line WEBVTT and an empty line, or "
    "turn SRT into WebVTT: pipeline captions FILE.srt -o FILE.vtt."
)
COMMA = (
    "These times cannot be read: “00:00:01,000 --> 00:00:03,000”. Correct them: write 00:01.000 "
    "with a point, not a comma."
)
NO_ORDER = "This caption begins before the one above it. Put captions in the order of their times."
NO_TEXT = (
    "This caption has no text. Write its text on the line below the times, without an empty line, "
    "or delete it."
)
LOST = (
    "This looks like the times of a caption: “00:09.000 -> 00:10.000”. Put an empty line above it, "
    "and write its arrow as -->."
)


def faults(text):
    found = read_track(textwrap.dedent(text)).faults
    return [(fault.line, f"{fault.message} {fault.remedy}") for fault in found]


def test_a_good_file_has_none():
    assert (
        faults("""\
        WEBVTT Language: en

        STYLE
        ::cue { color: white }

        REGION
        id:top

        NOTE
        all is well

        intro
        00:01.000 --> 00:03.000 region:top position:10%,line-left
        <v.loud Mary>Wash your hands.
        """)
        == []
    )


def test_srt_under_another_name():
    found = faults("1\n00:00:01,000 --> 00:00:03,000\nWash your hands.\n")
    assert found == [(1, NO_HEAD), (2, COMMA)]


@pytest.mark.parametrize(
    "times", ["00:01.000 --> 00:03", "0:01.000 --> 0:03.000", "00:61.000 --> 00:63.000", "-->"]
)
def test_times_that_cannot_be_read(times):
    remedy = "Correct them: write them as 00:01.000 --> 00:03.500."
    assert faults(f"WEBVTT\n\n{times}\nWash your hands.\n") == [
        (3, f"These times cannot be read: “{times}”. {remedy}")
    ]


@pytest.mark.parametrize("end", ["00:03.000", "00:05.000"])
def test_an_end_before_the_beginning(end):
    assert faults(f"WEBVTT\n\n00:05.000 --> {end}\nWash your hands.\n") == [
        (3, f"This caption ends before it begins. {ONE}")
    ]


def test_order_emptiness_and_what_belongs_to_nothing():
    assert faults("""\
        WEBVTT

        00:05.000 --> 00:06.000
        Rinse.

        00:01.000 --> 00:02.000
        Wet.

        00:07.000 --> 00:08.000

        Dry.

        STYLE
        ::cue {}

        00:08.000 --> 00:09.000
        Eat.
        00:09.000 -> 00:10.000
        """) == [
        (6, NO_ORDER),
        (9, NO_TEXT),
        (11, f"This is no caption, and players drop it: “Dry.”. {NOT_ONE}"),
        (13, f"This is no caption, and players drop it: “STYLE”. {NOT_ONE}"),
        (18, LOST),
    ]


def test_a_file_of_nothing():
    assert faults("")[0][0] == 1
    assert read_track("WEBVTT\n").cues == ()

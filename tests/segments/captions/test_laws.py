"""The laws of captions: untouched bytes stay, whatever the text; what is spliced in is shown."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Direction
from pipeline.segments import read_track, splice_captions, split_captions
from pipeline.segments.captions.srt import srt_to_webvtt, webvtt_to_srt
from pipeline.timedtext import find_pace, reading_width

LATIN = {"pace": find_pace("Latn"), "direction": Direction.LTR}
_PIECE = st.sampled_from(
    [
        "WEBVTT",
        "WEBVTT - a film",
        "\ufeff",
        "NOTE critical",
        "NOTE translators: short",
        "NOTE no-translate:start",
        "STYLE",
        "REGION",
        "::cue { color: red }",
        "00:01.000 --> 00:03.000",
        "00:03.000 --> 00:05.500 line:0 align:start",
        "00:00:05.500 --> 00:00:04.000",
        "00:01,000 --> 00:03,000",
        "-->",
        "Wash your hands",
        "with soap.",
        "<v Mary>Wash",
        "<i>now</i>",
        "<00:02.000>then",
        "- Why?",
        "[water]",
        "NHS 111 & 999",
        "\0",
        " ",
        "1",
    ]
)
_TEXT = st.one_of(
    st.text(),
    st.lists(st.tuples(_PIECE, st.sampled_from(["\n", "\n\n", "\r\n", "\r", ""]))).map(
        lambda pairs: "".join(a + b for a, b in pairs)
    ),
)
#: Words in several scripts, and what could be taken for something else.
_WORDS = st.lists(
    st.sampled_from(
        [
            "Gacmaha",
            "dhaq",
            "saabuun",
            "اغسل",
            "يديك",
            "NHS",
            "20",
            "用肥皂洗手，",
            "সাবান",
            "እጅ",
            "ok.",
        ]
    ),
    min_size=1,
    max_size=40,
).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(_TEXT)
def test_without_translations_every_byte_stays(text):
    segments = split_captions(text)
    assert splice_captions(text, {}, **LATIN) == text
    same = {segment.key: segment.msgid for segment in segments}
    assert splice_captions(text, same, **LATIN) == text
    read_track(text)


@settings(max_examples=200, deadline=None)
@given(_TEXT)
def test_a_segment_lies_in_its_text_and_none_in_another(text):
    at = 0
    for segment in split_captions(text):
        assert at <= segment.start < segment.end <= len(text)
        at = segment.end


@settings(max_examples=200, deadline=None)
@given(_TEXT, _WORDS, st.sampled_from(["Latn", "Arab", "Hans"]))
def test_times_and_everything_between_stay_and_each_word_is_shown_in_order(text, words, script):
    segments = split_captions(text)
    plain = [s for s in segments if not s.protected and "\n" not in s.msgid]
    direction = Direction.RTL if script == "Arab" else Direction.LTR
    done = splice_captions(
        text, {s.key: words for s in plain}, pace=find_pace(script), direction=direction
    )
    before, after = read_track(text), read_track(done)
    assert [(c.start, c.end, c.settings) for c in before.cues] == [
        (c.start, c.end, c.settings) for c in after.cues
    ]
    if len(segments) == len(plain) == 1 and len(words.split()) >= len(plain[0].cue_times):
        shown = "".join(line for cue in after.cues for line in cue.lines if cue.lines)
        bare = re.sub(r"[\s\u200e\u200f\u2066\u2069]", "", shown)
        assert re.sub(r"\s", "", words) in bare


@settings(max_examples=100, deadline=None)
@given(_WORDS)
def test_no_line_is_wider_than_its_longest_word_or_the_limit(words):
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\nWash\n\n00:03.000 --> 00:05.000\nyour hands.\n"
    (segment,) = split_captions(text)
    done = splice_captions(text, {segment.key: words}, **LATIN)
    longest = max(map(reading_width, words.split()))
    for cue in read_track(done).cues:
        assert all(reading_width(line) <= max(42, longest) for line in cue.lines)


_SAID = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=20
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(_SAID, st.integers(0, 10_000), st.integers(1, 5_000)), min_size=1))
def test_srt_and_back_keeps_times_and_words(cues):
    rows, at = [], 0
    for said, gap, length in cues:
        begin, end = at + gap, at + gap + length
        at = end
        words = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        rows.append(f"{_time(begin)} --> {_time(end)}\n{words}\n")
    text = "\n".join(["WEBVTT\n", *rows])
    there = webvtt_to_srt(text)
    back = srt_to_webvtt(there.text)
    assert not there.faults
    assert not back.faults
    assert back.captions == len(cues)
    assert [(c.start, c.end) for c in read_track(back.text).cues] == [
        (c.start, c.end) for c in read_track(text).cues
    ]


def _time(milliseconds):
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def test_a_hostile_text_costs_no_more_than_its_length():
    for text in (
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\nword\n\n" * 3000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<i>" * 20_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<" * 50_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "word " * 20_000,
    ):
        assert splice_captions(text, {}, **LATIN) == text
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:02.000 --> 00:03.000\nb"
    (segment,) = split_captions(text)
    done = splice_captions(text, {segment.key: "eray " * 20_000}, **LATIN)
    assert done.count("eray") == 20_000

"""What a translator gets of a file of captions, and what readers get of a translation."""

import textwrap

import pytest

from pipeline.model import Direction, SpanKind, UnitKey
from pipeline.segments import find_problem, splice_captions, split_captions
from pipeline.timedtext import find_pace
from pipeline.website import isolate_numbers

SOAP = """\
WEBVTT

1
00:01.000 --> 00:03.000 line:0 align:start
Wash your hands with soap

2
00:03.000 --> 00:06.500
and warm water for 20 seconds.
"""


def msgids(text):
    return [segment.msgid for segment in split_captions(textwrap.dedent(text))]


def translated(text, translations, script="Latn", direction=Direction.LTR, **options):
    keys = {UnitKey(None, source): target for source, target in translations.items()}
    return splice_captions(text, keys, pace=find_pace(script), direction=direction, **options)


def test_a_sentence_over_two_cues_is_one_segment():
    (segment,) = split_captions(SOAP)
    assert segment.msgid == "Wash your hands with soap and warm water for 20 seconds."
    assert segment.kind == "caption cue"
    assert segment.line == 5
    assert segment.cue_times == ((1000, 3000), (3000, 6500))
    assert segment.note == (
        "shown from 0:01 to 0:06 in 2 captions; up to 94 letters can be read in that time"
    )


def test_what_ends_a_sentence_in_other_scripts_ends_a_segment():
    for end in ("।", "。", "؟", "።", "۔", "?”"):
        text = f"WEBVTT\n\n00:01.000 --> 00:02.000\nא{end}\n\n00:02.000 --> 00:03.000\nb"
        assert len(split_captions(text)) == 2, end


def test_pauses_speakers_sounds_comments_and_times_within_part_segments():
    assert msgids("""\
        WEBVTT

        00:01.000 --> 00:02.000
        <v Mary>Wash

        00:02.000 --> 00:03.000
        <v Ali>Why

        00:03.000 --> 00:04.000
        [water runs]

        00:04.000 --> 00:05.000
        and then

        NOTE a change of place

        00:05.000 --> 00:06.000
        dry them

        00:09.000 --> 00:10.000
        after a while

        00:10.000 --> 00:12.000
        One <00:11.000>two

        00:12.000 --> 00:13.000
        - Now?
        - Yes.
        """) == [
        "<v Mary>Wash",
        "<v Ali>Why",
        "[water runs]",
        "and then",
        "dry them",
        "after a while",
        "One <00:11.000>two",
        "- Now?\n- Yes.",
    ]


def test_a_speaker_who_goes_on_is_named_once():
    assert msgids("""\
        WEBVTT

        00:01.000 --> 00:02.000
        <v Mary Jones>Wash your <i>own</i>

        00:02.000 --> 00:03.000
        <v Mary Jones><i>hands.</i>
        """) == ["<v Mary Jones>Wash your <i>own</i> <i>hands.</i>"]


def test_what_is_closed_only_to_be_opened_again_is_one():
    assert msgids("""\
        WEBVTT

        00:01.000 --> 00:02.000
        <i>Wash your</i>

        00:02.000 --> 00:03.000
        <i>hands.</i>
        """) == ["<i>Wash your hands.</i>"]


def test_tags_and_times_are_protected():
    (segment,) = split_captions("WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mary>Rub <00:02.000>now")
    assert [(span.kind, span.text) for span in segment.protected] == [
        (SpanKind.HTML, "<v Mary>"),
        (SpanKind.TIME, "<00:02.000>"),
    ]


def test_comments_speak_to_translators_and_to_the_program():
    first, second, third = split_captions(
        textwrap.dedent("""\
        WEBVTT

        NOTE translators: said to a child
        who is afraid

        NOTE context: as an order

        NOTE critical

        00:01.000 --> 00:03.000
        Call 999.

        NOTE critical:start

        00:04.000 --> 00:06.000
        Now.

        NOTE critical:end

        NOTE no-translate

        00:07.000 --> 00:08.000
        Bismillah.

        00:09.000 --> 00:10.000
        Thank you.
        """)
    )
    assert (first.msgid, first.context, first.critical) == ("Call 999.", "as an order", True)
    assert first.note.endswith("\nsaid to a child who is afraid")
    assert (second.msgid, second.critical) == ("Now.", True)
    assert (third.msgid, third.critical) == ("Thank you.", False)


def test_a_translation_keeps_times_numbers_and_places():
    assert translated(
        SOAP,
        {
            "Wash your hands with soap and warm water for 20 seconds.": (
                "Gacmahaaga ku dhaq saabuun iyo biyo diirran 20 ilbiriqsi."
            )
        },
    ) == SOAP.replace("Wash your hands with soap", "Gacmahaaga ku dhaq saabuun").replace(
        "and warm water for 20 seconds.", "iyo biyo diirran 20 ilbiriqsi."
    )


def lines_of(target, script, direction=Direction.LTR):
    done = translated(
        "WEBVTT\n\n00:01.000 --> 00:09.000\nWash your hands.\n",
        {"Wash your hands.": target},
        script,
        direction,
    )
    return done.split("\n")[3:-1]


@pytest.mark.parametrize(
    ("script", "target", "lines"),
    [
        (
            "Latn",
            "Gacmahaaga had iyo jeer ku dhaq saabuun iyo biyo, gaar ahaan cuntada ka hor.",
            ["Gacmahaaga had iyo jeer ku dhaq saabuun", "iyo biyo, gaar ahaan cuntada ka hor."],
        ),
        ("Latn", "Gacmahaaga dhaq.", ["Gacmahaaga dhaq."]),
        (
            "Latn",
            "Umyj dobrze ręce mydłem i wodą, zanim coś zjesz.",
            ["Umyj dobrze ręce mydłem", "i wodą, zanim coś zjesz."],
        ),
        (
            "Hans",
            "请经常用肥皂和流动的清水洗手，每次至少二十秒。",
            ["请经常用肥皂和流动的清水", "洗手，每次至少二十秒。"],
        ),
        (
            "Beng",
            "খাওয়ার আগে এবং টয়লেট ব্যবহারের পরে সাবান ও পানি দিয়ে ভালো করে হাত ধুয়ে নিন।",
            ["খাওয়ার আগে এবং টয়লেট ব্যবহারের পরে সাবান", "ও পানি দিয়ে ভালো করে হাত ধুয়ে নিন।"],
        ),
    ],
)
def test_lines_are_broken_for_reading(script, target, lines):
    assert lines_of(target, script) == lines


def test_a_mark_stands_only_where_a_line_would_be_laid_out_from_the_left():
    arabic = ("Arab", Direction.RTL)
    assert lines_of("اغسل يديك.", *arabic) == ["اغسل يديك."]
    assert lines_of("NHS تقول: اغسل يديك.", *arabic) == ["\u200fNHS تقول: اغسل يديك."]
    assert lines_of("999", *arabic) == ["\u200f999"]
    assert lines_of("<i>COVID-19 مرض.</i>", *arabic) == ["\u200f<i>COVID-19 مرض.</i>"]
    assert lines_of("Waxaa la yiraahdaa صابون.", "Latn") == ["Waxaa la yiraahdaa صابون."]
    assert lines_of("صابون waa saabuun.", "Latn") == ["\u200eصابون waa saabuun."]


def test_numbers_that_belong_together_are_not_turned_round():
    lines = lines_of("خذ 2–3 أقراص، أو اتصل على +44 20 7946 0018.", "Arab", Direction.RTL)
    assert lines == [
        "خذ \u20662–3\u2069 أقراص، أو اتصل",
        "على \u2066+44 20 7946 0018\u2069.",
    ]


@pytest.mark.parametrize(
    ("target", "whole"),
    [
        ("اتصل على +44 (0)20 7946 0018.", "+44 (0)20 7946 0018"),
        ("تناول 2–3 × 500 mg.", "2–3 × 500 mg"),
        ("أقل من -5 °C.", "-5 °C"),
        ("اكتب إلى help@nhs.uk.", "help@nhs.uk"),
        ("۰۲۰ ۷۹۴۶ ۰۰۱۸ پر کال کریں۔", "۰۲۰ ۷۹۴۶ ۰۰۱۸"),
    ],
)
def test_what_pages_isolate_is_isolated_in_captions(target, whole):
    (line,) = lines_of(target, "Arab", Direction.RTL)
    assert f"\u2066{whole}\u2069" in line
    assert isolate_numbers(target) == target.replace(whole, bdi(whole))


def bdi(text):
    name = ' class="address"' if "@" in text else ""
    return f'<bdi dir="ltr"{name}>{text}</bdi>'


def test_tags_that_run_over_a_break_end_and_begin_again():
    done = translated(
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mary>Wash <b>your\n\n"
        "00:03.000 --> 00:05.000\n<v Mary>hands</b> now.\n",
        {"<v Mary>Wash <b>your hands</b> now.": "<v Mary>Gacmahaaga <b>dhaq hadda oo</b> dhaq."},
    )
    assert done == (
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mary>Gacmahaaga <b>dhaq</b>\n\n"
        "00:03.000 --> 00:05.000\n<v Mary><b>hadda oo</b> dhaq.\n"
    )


def test_where_there_are_fewer_words_than_cues_the_last_stay_on():
    done = translated(SOAP, {"Wash your hands with soap and warm water for 20 seconds.": "Maydho"})
    assert done.count("Maydho") == 2


def test_a_cue_that_may_not_be_shown_says_that_it_is_in_another_language():
    assert "<lang en>Wash your hands with soap</lang>" in translated(SOAP, {}, gap_language="en")


def test_lines_of_several_speakers_stay_lines():
    source = "- Why?\n- Because."
    assert lines_of_dialogue(source, "- Sababta?\n- Waayo.") == ["- Sababta?", "- Waayo."]


def lines_of_dialogue(source, target):
    text = f"WEBVTT\n\n00:01.000 --> 00:09.000\n{source}\n"
    return translated(text, {source: target}).split("\n")[3:-1]


def test_line_ends_are_those_of_the_file():
    text = "WEBVTT\r\n\r\n00:01.000 --> 00:09.000\r\nWash your hands.\r\n"
    long = "Gacmahaaga had iyo jeer ku dhaq saabuun iyo biyo nadiif ah."
    done = translated(text, {"Wash your hands.": long})
    assert done.replace("\r\n", "").count("\n") == 0
    assert done.count("\r\n") == 5


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("<v Mary>Dhaq <i>hadda</i>", None),
        ("Dhaq --> hadda", "has `-->`, which stands between the times of a caption."),
        ("<v Mary>Dhaq\n\nhadda", "has an empty line in it, which would end the caption."),
        ("<v Mary>Dhaq\nhadda", "has more than one line; lines are broken by the program."),
        ("<v Ali>Dhaq", "brings in a tag that its source does not have: `<v Ali>`."),
        ("<script>x", "brings in a tag that its source does not have: `<script>`."),
        ("a < b", "has a `<` that begins no tag; write `&lt;`."),
        ("<v Mary></i>Dhaq<i>", "ends a tag that has not begun: `</i>`."),
    ],
)
def test_what_would_break_the_captions_is_refused(target, problem):
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Mary>Wash <i>now</i>"
    (segment,) = split_captions(text)
    assert find_problem(segment, target) == problem

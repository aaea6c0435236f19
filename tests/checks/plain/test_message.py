"""The main message, what to do, whom to call, and in what language."""

import pytest

from pipeline.checks.plain import (
    check_call_to_action,
    check_interpreter_line,
    check_main_message_first,
    check_when_to_get_help,
)
from pipeline.checks.plain.message import is_action
from pipeline.checks.plain.prose import split_sentences


def front(risk):
    return f"---\ntitle: Fever\nsummary: What to do.\nrisk: {risk}\n---\n\n"


def said(findings):
    return [(finding.line, str(finding.severity), finding.message) for finding in findings]


@pytest.mark.parametrize(
    "sentence",
    [
        "Call 111.",
        "If you feel worse, call 111.",
        "Do not smoke.",
        "Don't smoke.",
        "Never shake a baby.",
        "You can rest.",
        "You do not have to pay.",
        "Please wait.",
        "Sit up and drink.",
        "Rest.",
    ],
)
def test_a_sentence_that_says_what_to_do(sentence):
    assert is_action(next(split_sentences(sentence)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Influenza is a viral illness.",
        "Rest is good.",
        "Test results take a week.",
        "Use of antibiotics has risen.",
        "The nurse will call.",
        "Symptoms include fever, cough and pain.",
    ],
)
def test_a_sentence_that_does_not(sentence):
    assert not is_action(next(split_sentences(sentence)))


BACKGROUND = (
    "Coronaviruses are a large family of viruses. They were first described in 1965. Some cause "
    "the common cold. Others have led to serious outbreaks in several countries. Scientists have "
    "studied them for decades. The first cases of the new virus were reported in December 2019. "
    "Within weeks it had spread to many countries. In March 2020 a pandemic was declared. "
    "Vaccines followed in December of the same year, in record time. "
    "Much was learned from that in many countries, and by many people. "
)


def test_background_first_is_told(read):
    assert said(
        check_main_message_first(read(front("general") + BACKGROUND + "\n\nStay at home.\n"))
    ) == [(7, "minor", "The first lines do not say what matters to the reader.")]


@pytest.mark.parametrize(
    "first",
    [
        "Stay at home if you feel ill.",
        "Most people get better at home. You can do a lot.",
        '!!! danger critical "When it is urgent"\n    Blue lips are an emergency.',
        "<!-- critical -->\nA baby with a fever is an emergency.",
    ],
)
def test_the_main_message_first(read, first):
    assert check_main_message_first(read(f"{front('general')}{first}\n\n{BACKGROUND}\n")) == ()


@pytest.mark.parametrize(("risk", "severity"), [("clinical", "major"), ("general", "minor")])
def test_nothing_to_do(read, risk, severity):
    assert said(check_call_to_action(read(front(risk) + BACKGROUND))) == [
        (None, severity, "The text tells the reader nothing to do.")
    ]


BOX = '!!! danger critical "Call 999 now"\n    Call 999 if you cannot breathe.\n\n'


@pytest.mark.parametrize(
    ("risk", "text", "found"),
    [
        (
            "clinical",
            "Rest.",
            [(None, "major", "The text does not say when to get help, and from whom.")],
        ),
        (
            "general",
            "Rest.",
            [(None, "minor", "The text does not say when to get help, and from whom.")],
        ),
        ("activity", "Draw a leaf.", []),
        ("clinical", BOX + "Call 111 if you feel worse.", []),
        ("clinical", BOX + "See your GP if you feel worse.", []),
        ("general", "Ask a pharmacist.", []),
        (
            "clinical",
            "Call 111.",
            [(None, "minor", "The text does not say when to call 999.")],
        ),
        (
            "clinical",
            BOX,
            [(None, "minor", "The text does not say whom to ask when it is no emergency.")],
        ),
        (
            "clinical",
            "Call 999 if you cannot breathe. Or call 111.",
            [(7, "major", "The text about 999 is not marked critical.")],
        ),
        (
            "clinical",
            'Call 111.\n\n??? question critical "And if I cannot breathe?"\n    Call 999.',
            [(10, "major", "999 stands only in a part that is closed until the reader opens it.")],
        ),
        ("clinical", BOX + '??? question "At night?"\n    Call 111 or 999.', []),
        ("clinical", '???+ danger critical "Open"\n    Call 999. Call 111.', []),
        (
            "general",
            "It costs 999.50 pounds, or 1,999.",
            [(None, "minor", "The text does not say when to get help, and from whom.")],
        ),
    ],
)
def test_when_to_get_help(read, risk, text, found):
    assert said(check_when_to_get_help(read(f"{front(risk)}{text}\n"))) == found


def test_digits_of_any_script_are_read(read):
    text = (
        front("clinical")
        + '!!! danger critical "طوارئ"\n    اتصل بالرقم ٩٩٩. أو اتصل بالرقم ١١١.\n'
    )
    assert check_when_to_get_help(read(text, "ar")) == ()
    assert said(check_when_to_get_help(read(front("clinical") + "استرح.\n", "ar"))) == [
        (None, "major", "The text does not say when to get help, and from whom.")
    ]


def test_an_interpreter_is_named_where_readers_are_to_speak(read):
    assert said(check_interpreter_line(read("Rest.\n\nCall your GP.\n"))) == [
        (3, "minor", "Readers are to speak to somebody; nothing says that an interpreter is free.")
    ]
    assert check_interpreter_line(read("Call your GP. An interpreter is free.\n")) == ()
    assert check_interpreter_line(read("Call your GP. Say which language you speak.\n")) == ()
    assert check_interpreter_line(read("Rest.\n")) == ()
    assert check_interpreter_line(read(front("activity") + "Call your GP.\n")) == ()

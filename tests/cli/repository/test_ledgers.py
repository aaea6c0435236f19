"""The same people stand for the same texts, whatever a newer segmenter calls them."""

from dataclasses import replace

from pipeline.cli.repository.ledgers import NOTE, carry_over
from pipeline.ledger import Ledger, line_id
from pipeline.workflow import Event, EventKind, Role, SignOff

A, B, C, NEW_A, NEW_B = (letter * 40 for letter in "abcde")
RENAMED = {A: NEW_A, B: NEW_B}
LINE = SignOff(
    time="2026-11-24T13:00:00Z",
    role=Role.REVISER,
    handle="amina",
    locale="so",
    units=(A, C),
    note="by telephone",
)


def test_a_line_is_said_again_of_the_new_names_by_the_same_person_at_the_same_time():
    added, signed = carry_over(Ledger(lines=(LINE,)), RENAMED)
    assert added == [replace(LINE, units=(NEW_A,), note=f"by telephone; {NOTE}")]
    assert signed == []


def test_twice_is_once():
    added, _ = carry_over(Ledger(lines=(LINE,)), RENAMED)
    assert carry_over(Ledger(lines=(LINE, *added)), RENAMED) == ([], [])


def test_who_has_signed_the_new_name_already_is_not_asked_again():
    again = replace(LINE, units=(NEW_A,), time="2026-11-25T13:00:00Z")
    assert carry_over(Ledger(lines=(LINE, again)), RENAMED) == ([], [])
    other = replace(again, handle="ali")
    assert len(carry_over(Ledger(lines=(LINE, other)), RENAMED)[0]) == 1


def test_what_was_taken_back_stays_taken_back():
    revoked = Event(
        time="2026-11-25T13:00:00Z",
        event=EventKind.REVOKED,
        handle="amina",
        locale="so",
        revokes=line_id(LINE),
        note="wrong file",
    )
    assert carry_over(Ledger(lines=(LINE, revoked)), RENAMED) == ([], [])


def test_a_sample_stays_a_sample():
    added, _ = carry_over(Ledger(lines=(replace(LINE, sample=True),)), RENAMED)
    assert [line.sample for line in added] == [True]


def test_nobody_can_say_again_what_somebody_signed_with_their_key():
    line = replace(LINE, signature="U1NIU0lH")
    assert carry_over(Ledger(lines=(line,)), RENAMED) == ([], [line])

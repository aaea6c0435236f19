"""What is taken back: targets, notes and states, and never over somebody else's work."""

from dataclasses import replace

import pytest

from pipeline.exchange import Outcome, Row, State, digest_target, take, unit_name
from pipeline.model import Origin, Unit, UnitKey

CALL = Unit(msgid="Call 999 now", msgstr="Wac 999 hadda", line=10)
REST = Unit(msgid="Rest", context="verb", line=14)
DAYS = Unit(
    msgid="Stay at home for 3 days.",
    msgstr="Guriga joog 5 maalmood.",
    fuzzy=True,
    previous=UnitKey(None, "Stay at home for 5 days."),
    line=18,
)
UNITS = (CALL, REST, DAYS)


def back(unit: Unit, target: str | None = None, **more: object) -> Row:
    """The row of a unit, as it was sent but for what a translator did."""
    return Row(
        key=unit_name(unit.context, unit.msgid),
        base=digest_target(unit.msgstr),
        source=unit.msgid,
        target=unit.msgstr if target is None else target,
        context=unit.context,
        **more,
    )


def taken(*rows: Row, units=UNITS, theirs: bool = False):
    return take(units, rows, protected_of=lambda _: (), theirs=theirs)


def outcome(*rows: Row, **more) -> list[Outcome]:
    return [account.outcome for account in taken(*rows, **more).accounts]


def test_a_translation_goes_to_its_unit_wherever_its_row_stands():
    done = taken(back(DAYS), back(REST, "Naso", state=State.DONE), back(CALL))
    assert done.units == (CALL, replace(REST, msgstr="Naso"), DAYS)
    assert [account.outcome for account in done.accounts] == [
        Outcome.UNCHANGED,
        Outcome.TAKEN,
        Outcome.UNCHANGED,
    ]


def test_rows_that_were_taken_out_change_nothing():
    assert taken().units == UNITS


def test_what_is_taken_is_a_persons_and_made_for_this_source():
    draft = replace(DAYS, origin=Origin.MACHINE, origin_note="argos")
    (unit,) = taken(back(draft, "Guriga joog 3 maalmood."), units=(draft,)).units
    assert unit == Unit(msgid=DAYS.msgid, msgstr="Guriga joog 3 maalmood.", line=18)


def test_a_draft_that_is_marked_as_done_is_confirmed():
    done = taken(back(DAYS, state=State.DONE))
    assert done.units[2] == replace(DAYS, fuzzy=False, previous=None)
    assert done.accounts[0].outcome is Outcome.CONFIRMED


@pytest.mark.parametrize("state", [State.NEW, State.CHANGED])
def test_a_draft_that_nobody_marked_stays_one(state):
    assert taken(back(DAYS, state=state)).units == UNITS


def test_a_question_is_not_finished():
    done = taken(back(REST, "Naso", state=State.QUESTION, remark="verb or noun?"))
    assert done.units[1] == replace(
        REST, msgstr="Naso", fuzzy=True, translator_comments=("question: verb or noun?",)
    )


def test_a_question_about_what_is_done_takes_nothing_from_the_public():
    done = taken(back(CALL, state=State.QUESTION))
    assert done.units[0] == replace(CALL, translator_comments=("question: asked without words",))
    assert done.accounts[0].outcome is Outcome.NOTED


def test_a_program_may_say_that_a_text_is_not_finished():
    assert taken(back(REST, "Naso", is_open=True)).units[1].fuzzy


# Notes.


def test_notes_are_added_and_none_is_lost():
    noted = replace(CALL, translator_comments=("Faysal: digits stay",))
    done = taken(back(noted, remark="Faysal: digits stay\nnew  note"), units=(noted,))
    assert done.units[0].translator_comments == ("Faysal: digits stay", "new note")
    assert taken(back(noted, remark=""), units=(noted,)).units == (noted,)


def test_the_same_note_is_taken_once():
    once = taken(back(REST, state=State.QUESTION, remark="why?"))
    again = taken(back(REST, state=State.QUESTION, remark="why?"), units=once.units)
    assert again.units == once.units


@pytest.mark.parametrize(
    "line", ["origin: machine; for 1f2e3d4c", "fuzzy: not finished", '| msgid "x"', "~ msgid"]
)
def test_a_note_says_nothing_to_the_catalog(line):
    assert taken(back(REST, remark=line)).units[1].translator_comments == (f"note: {line}",)


# What is left out, and told.


def test_an_empty_target_deletes_nothing():
    assert outcome(back(CALL, "")) == [Outcome.EMPTIED]
    assert taken(back(CALL, " \n")).units == UNITS


def test_done_without_a_translation_is_told():
    assert outcome(back(REST, state=State.DONE)) == [Outcome.NOT_THERE]


@pytest.mark.parametrize("unit", [REST, CALL])
def test_a_translation_in_the_column_of_the_english_is_told(unit):
    row = replace(back(unit), source="Naso")
    assert outcome(row) == [Outcome.WRONG_COLUMN]
    assert taken(row).units == UNITS


def test_english_that_was_changed_beside_a_translation_is_told():
    row = replace(back(REST, "Naso"), source="Rest!")
    (account,) = taken(row).accounts
    assert account.outcome is Outcome.TAKEN
    assert account.remark == "The English was changed in the file; that is not taken."


def test_two_rows_that_differ_are_not_chosen_between():
    rows = back(REST, "Naso"), back(REST, "Nasasho")
    assert outcome(*rows) == [Outcome.TWICE, Outcome.TWICE]
    assert taken(*rows).units == UNITS


def test_two_rows_that_agree_are_one():
    rows = back(REST, "Naso"), back(REST, "Naso")
    assert taken(*rows).units[1].msgstr == "Naso"


def test_a_text_that_nobody_sent_is_told():
    row = Row(key="", source="Buy our pills", target="Iibso")
    assert outcome(row, replace(row, key="0" * 12)) == [Outcome.UNKNOWN, Outcome.UNKNOWN]
    assert not taken(row).late


# Somebody else's work.


def test_what_somebody_has_changed_since_wins_and_is_told():
    ours = replace(CALL, msgstr="Wac 999 isla markiiba")
    row = back(CALL, "Hadda 999 wac")
    done = taken(row, units=(ours,))
    assert done.units == (ours,)
    assert (done.accounts[0].outcome, done.accounts[0].ours) == (Outcome.CONFLICT, ours.msgstr)


def test_theirs_lets_the_file_win_and_is_told():
    ours = replace(CALL, msgstr="Wac 999 isla markiiba")
    done = taken(back(CALL, "Hadda 999 wac"), units=(ours,), theirs=True)
    assert done.units[0].msgstr == "Hadda 999 wac"
    assert done.accounts[0].is_overwritten
    assert done.accounts[0].ours == "Wac 999 isla markiiba"


def test_what_a_translator_left_alone_is_no_conflict():
    ours = replace(CALL, msgstr="Wac 999 isla markiiba")
    assert outcome(back(CALL), units=(ours,)) == [Outcome.UNCHANGED]
    assert taken(back(CALL), units=(ours,), theirs=True).units == (ours,)


def test_both_wrote_the_same():
    ours = replace(REST, msgstr="Naso")
    assert outcome(back(REST, "Naso"), units=(ours,)) == [Outcome.UNCHANGED]


def test_a_row_without_a_key_is_found_by_its_english():
    row = Row(key="", source="Rest", target="Naso")
    assert taken(row).units[1].msgstr == "Naso"
    conflict = Row(key="", source="Call 999 now", target="Hadda 999 wac")
    assert outcome(conflict) == [Outcome.CONFLICT]


def test_a_row_without_a_key_is_not_guessed_between_two():
    other = replace(REST, context="noun")
    assert outcome(Row(key="", source="Rest", target="Naso"), units=(REST, other)) == [
        Outcome.UNKNOWN
    ]


# Made for an older source.

OLD = Unit(msgid="Stay at home for 5 days.", msgstr="Guriga joog 5 maalmood.")


def test_a_better_translation_of_the_older_text_is_the_better_proposal():
    done = taken(back(OLD, "Shan maalmood guriga joog."))
    assert done.units[2] == replace(DAYS, msgstr="Shan maalmood guriga joog.")
    assert done.units[2].fuzzy
    assert done.accounts[0].outcome is Outcome.DRAFT


def test_the_older_translation_as_it_was_sent_changes_nothing():
    assert outcome(back(OLD)) == [Outcome.UNCHANGED]
    assert taken(back(OLD)).units == UNITS


def test_a_proposal_that_somebody_has_worked_on_wins():
    ours = replace(DAYS, msgstr="Guriga joog 3 maalmood")
    done = taken(back(OLD, "Shan maalmood guriga joog."), units=(ours,))
    assert done.units == (ours,)
    assert done.accounts[0].outcome is Outcome.CONFLICT


def test_a_translation_of_a_text_that_is_gone_comes_late():
    gone = Unit(msgid="Wear a mask.", context="shop")
    done = taken(back(gone, "Maaskaro xidho.", remark="why?"))
    assert done.units == UNITS
    assert done.late == (
        replace(gone, msgstr="Maaskaro xidho.", obsolete=True, translator_comments=("why?",)),
    )


def test_a_key_that_does_not_fit_its_text_is_no_older_text():
    gone = back(Unit(msgid="Wear a mask."), "Maaskaro xidho.")
    assert outcome(replace(gone, source="Wear no mask.")) == [Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("kept", "told"),
    [("Maaskaro xidho.", Outcome.UNCHANGED), ("Maaskaro gasho.", Outcome.CONFLICT)],
)
def test_what_is_kept_of_a_text_that_is_gone_is_not_written_over(kept, told):
    gone = Unit(msgid="Wear a mask.")
    obsolete = replace(gone, msgstr=kept, obsolete=True)
    done = taken(back(gone, "Maaskaro xidho."), units=(*UNITS, obsolete))
    assert done.accounts[0].outcome is told
    assert not done.late

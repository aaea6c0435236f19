"""How long it took from "the English is approved" to "people can read it", by the ledgers."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import line_id
from pipeline.model import PageState, RiskTier, Urgency
from pipeline.status import (
    Milestone,
    describe_clock,
    find_first_approval,
    format_duration,
    live_events,
    name_role,
    run_clock,
)
from pipeline.workflow import DEFAULT_TIERS, Event, EventKind, Role

HOURS = timedelta(hours=1)
LEAFLET = (
    ("Stay at home for 5 days.", "Guriga joog 5 maalmood."),
    ("Call 999 if you cannot breathe.", "Wac 999 haddii aadan neefsan karin."),
    ("Drink plenty of water.", "Cab biyo badan."),
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def line(leaflet, now: str, page: PageState = PageState.NOT_YET) -> str:
    return describe_clock("Somali", leaflet.cell(page, now), now=moment(now))


# --- whose turn it is ------------------------------------------------------------


def test_one_line_says_how_long_and_who(leaflet):
    assert (
        line(leaflet, "2026-11-02T20:30:00Z")
        == "Somali · 11 h 30 min · waiting 11 h 30 min for a translator"
    )


def test_both_readers_are_waited_for_side_by_side(translated):
    assert line(translated, "2026-11-04T13:00:00Z") == (
        "Somali · 2 d 4 h · waiting 1 d 4 h for a reviser and a community reader"
    )


def test_one_of_them_is_left(translated):
    translated.sign("2026-11-04T09:00:00Z", Role.COMMUNITY_READER, "faadumo")
    assert line(translated, "2026-11-05T05:00:00Z") == (
        "Somali · 2 d 20 h · waiting 1 d 20 h for a reviser"
    )


def test_until_the_source_is_approved_no_clock_runs(leaflet):
    leaflet.source_lines.pop()
    assert line(leaflet, "2026-11-02T11:00:00Z") == (
        "Somali · the source is not approved · waiting 3 h for a clinician"
    )
    leaflet.source_lines.pop()
    assert line(leaflet, "2026-11-02T11:00:00Z") == (
        "Somali · the source is not approved · waiting for an author"
    )


def test_time_does_not_run_backwards_with_a_wrong_clock(leaflet):
    assert line(leaflet, "2026-11-02T08:55:00Z") == (
        "Somali · 0 min · waiting 0 min for a translator"
    )


def test_where_nobody_need_approve_the_source_no_clock_runs(translated):
    translated.rules = replace(DEFAULT_TIERS[RiskTier.CLINICAL], source=())
    cell = translated.cell(PageState.NOT_YET)
    assert cell.clock.rounds == ()
    assert not cell.is_late
    assert cell.waiting_since == "2026-11-03T09:00:00Z"


# --- rounds ----------------------------------------------------------------------


def test_a_recorded_publication_counts_from_approval_to_that_event(signed):
    signed.live("2026-11-05T13:00:00Z", "2026-11-02T09:00:00Z", words=16)
    cell = signed.cell(PageState.LIVE)
    (only,) = cell.clock.rounds
    assert (only.approved, only.live) == ("2026-11-02T09:00:00Z", "2026-11-05T13:00:00Z")
    assert (only.is_recorded, only.is_change, only.words) == (True, False, 16)
    assert only.took(moment("2026-11-12T12:00:00Z")) == 76 * HOURS
    assert line(signed, "2026-11-12T12:00:00Z", PageState.LIVE) == "Somali · live after 3 d 4 h"


def test_where_nothing_is_recorded_the_last_needed_sign_off_counts_and_is_named(signed):
    (only,) = signed.cell(PageState.LIVE).clock.rounds
    assert (only.live, only.is_recorded) == ("2026-11-05T09:00:00Z", False)
    assert line(signed, "2026-11-12T12:00:00Z", PageState.LIVE) == "Somali · signed after 3 d"


def test_how_long_each_step_took(signed):
    (only,) = signed.cell(PageState.LIVE).clock.rounds
    assert [(step.roles, step.took) for step in only.steps] == [
        ((Role.TRANSLATOR,), 24 * HOURS),
        ((Role.REVISER, Role.COMMUNITY_READER), 48 * HOURS),
    ]


def test_a_step_that_nobody_waits_for_has_no_time(translated):
    translated.risk = RiskTier.GENERAL
    translated.sign("2026-11-04T09:00:00Z", Role.REVISER, "cabdi")
    translated.sign("2026-11-09T09:00:00Z", Role.COMMUNITY_READER, "faadumo")
    (only,) = translated.cell(PageState.LIVE).clock.rounds
    # In this tier the author alone approves, an hour before the clinician.
    assert [(step.roles, step.took) for step in only.steps] == [
        ((Role.TRANSLATOR,), 25 * HOURS),
        ((Role.REVISER,), 24 * HOURS),
    ]


def test_translated_before_the_source_was_approved_takes_no_time(translated):
    translated.source_lines.clear()
    translated.approve("2026-11-03T10:00:00Z", "2026-11-03T12:00:00Z")
    (only,) = translated.cell(PageState.NOT_YET).clock.rounds
    assert [step.took for step in only.steps] == [0 * HOURS]
    assert line(translated, "2026-11-03T13:00:00Z") == (
        "Somali · 1 h · waiting 1 h for a reviser and a community reader"
    )


def test_approved_in_two_sittings_is_approved_at_the_second(leaflet):
    leaflet.source_lines.clear()
    first, *rest = [source for source, _ in leaflet.texts]
    leaflet.approve("2026-11-02T08:00:00Z", "2026-11-02T09:00:00Z", only=[first])
    assert leaflet.cell(PageState.NOT_YET).clock.rounds == ()
    leaflet.approve("2026-11-03T08:00:00Z", "2026-11-03T09:00:00Z", only=rest)
    (only,) = leaflet.cell(PageState.NOT_YET).clock.rounds
    assert (only.approved, only.is_open, only.words) == ("2026-11-03T09:00:00Z", True, 16)


OLD, NEW = "Drink plenty of water.", "Drink a lot of water."


# An edit of the English before anybody could read it takes no days off the wait.


@pytest.fixture
def edited(leaflet):
    """Approved on the 2nd and not translated; on the 9th a changed sentence is approved."""
    leaflet.edit(OLD, NEW)
    leaflet.approve("2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z", only=[NEW])
    return leaflet


def test_an_edit_before_the_first_publication_does_not_begin_the_wait_anew(edited):
    cell = edited.cell(PageState.NOT_YET)
    (only,) = cell.clock.rounds
    assert (only.approved, only.is_open, only.words) == ("2026-11-02T09:00:00Z", True, 17)
    assert cell.approved == "2026-11-09T09:00:00Z"
    assert cell.lateness.due == "2026-11-16T09:00:00Z"
    assert line(edited, "2026-11-10T09:00:00Z") == "Somali · 8 d · waiting 8 d for a translator"


def test_nor_does_a_second_edit_of_the_same_sentence(edited):
    edited.edit(NEW, "Drink water often.")
    edited.approve("2026-11-10T08:00:00Z", "2026-11-10T09:00:00Z", only=["Drink water often."])
    assert edited.cell(PageState.NOT_YET).clock.rounds[0].approved == "2026-11-02T09:00:00Z"


def test_the_wait_goes_on_while_an_edit_is_not_approved(edited):
    del edited.source_lines[-2:]
    cell = edited.cell(PageState.NOT_YET)
    assert cell.approved == ""
    assert line(edited, "2026-11-10T09:00:00Z") == (
        "Somali · 8 d · waiting for an author · waiting 8 d for a translator"
    )


def test_a_whole_text_that_was_replaced_was_waited_for_all_the_same(leaflet):
    leaflet.texts = [(f"{source} Now.", "") for source, _ in leaflet.texts]
    leaflet.approve("2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z")
    assert leaflet.cell(PageState.NOT_YET).clock.rounds[0].approved == "2026-11-02T09:00:00Z"


def test_two_sittings_and_an_edit_count_from_the_second_sitting(leaflet):
    leaflet.source_lines.clear()
    first, *rest = [source for source, _ in leaflet.texts]
    leaflet.approve("2026-11-02T08:00:00Z", "2026-11-02T09:00:00Z", only=[first])
    leaflet.approve("2026-11-03T08:00:00Z", "2026-11-03T09:00:00Z", only=rest)
    leaflet.edit(OLD, NEW)
    leaflet.approve("2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z", only=[NEW])
    assert leaflet.cell(PageState.NOT_YET).clock.rounds[0].approved == "2026-11-03T09:00:00Z"


def test_a_sign_off_of_an_older_text_that_was_taken_back_begins_nothing(edited):
    """Nobody may read what its clinician has taken back."""
    clinician = edited.source_lines[1]
    edited.source_lines.append(
        Event(
            time="2026-11-05T09:00:00Z",
            event=EventKind.REVOKED,
            handle="dr-odu",
            locale="en",
            revokes=line_id(clinician),
        )
    )
    edited.approve("", "2026-11-09T10:00:00Z")
    assert edited.cell(PageState.NOT_YET).clock.rounds[0].approved == "2026-11-09T10:00:00Z"


def test_where_nobody_was_asked_once_the_clock_begins_with_the_first_who_was():
    """The ledger's "ever" is no moment."""
    ever = "1970-01-01T00:00:00Z"
    assert find_first_approval([ever, "2026-11-02T09:00:00Z"], [ever, ever]) == (
        "2026-11-02T09:00:00Z"
    )
    assert find_first_approval([ever, ever], []) == ""


def test_an_edited_leaflet_went_live_after_all_that_time(edited):
    for source, target in LEAFLET:
        edited.translate(NEW if source == OLD else source, target)
    for day, role, handle in (
        (10, Role.TRANSLATOR, "hodan"),
        (11, Role.REVISER, "cabdi"),
        (12, Role.COMMUNITY_READER, "faadumo"),
    ):
        edited.sign(f"2026-11-{day}T09:00:00Z", role, handle)
    now = "2026-11-12T10:00:00Z"
    (event,) = live_events(edited.cell(PageState.LIVE, now), now=moment(now))
    assert (event.approved, event.words) == ("2026-11-02T09:00:00Z", 17)
    edited.target_lines.append(event)
    assert line(edited, "2026-11-20T09:00:00Z", PageState.LIVE) == "Somali · live after 10 d 1 h"


@pytest.fixture
def changed(signed):
    """Published on the 5th; on the 9th a changed sentence is approved."""
    signed.live("2026-11-05T13:00:00Z", "2026-11-02T09:00:00Z", words=16)
    signed.edit(OLD, NEW)
    signed.approve("2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z", only=[NEW])
    return signed


def test_a_change_is_a_round_of_its_own(changed):
    first, second = changed.cell(PageState.LIVE_WITH_GAPS).clock.rounds
    assert (first.approved, first.live) == ("2026-11-02T09:00:00Z", "2026-11-05T13:00:00Z")
    assert (second.approved, second.is_open) == ("2026-11-09T09:00:00Z", True)
    assert (second.is_change, second.words) == (True, 5)
    assert line(changed, "2026-11-10T09:00:00Z", PageState.LIVE_WITH_GAPS) == (
        "Somali · 1 d · waiting 1 d for a translator"
    )


def test_a_second_change_does_not_hide_how_long_the_first_waits(changed):
    changed.edit("Stay at home for 5 days.", "Stay at home for 7 days.")
    later = ["Stay at home for 7 days."]
    changed.approve("2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z", only=later)
    cell = changed.cell(PageState.LIVE_WITH_GAPS, "2026-11-24T12:00:00Z")
    assert [(item.approved, item.words, item.is_open) for item in cell.clock.rounds] == [
        ("2026-11-02T09:00:00Z", 16, False),
        ("2026-11-09T09:00:00Z", 5, True),
        ("2026-11-19T09:00:00Z", 6, True),
    ]
    assert cell.clock.running.approved == "2026-11-09T09:00:00Z"
    assert cell.is_late


def test_what_is_approved_on_one_day_is_one_change(changed):
    changed.edit("Stay at home for 5 days.", "Stay at home for 7 days.")
    later = ["Stay at home for 7 days."]
    changed.approve("2026-11-09T15:00:00Z", "2026-11-09T16:00:00Z", only=later)
    _, second = changed.cell(PageState.LIVE_WITH_GAPS).clock.rounds
    assert (second.approved, second.words) == ("2026-11-09T09:00:00Z", 11)


def test_a_change_that_is_not_approved_yet_does_not_run(changed):
    del changed.source_lines[-2:]
    cell = changed.cell(PageState.LIVE_WITH_GAPS)
    assert len(cell.clock.rounds) == 1
    assert cell.approved == ""
    assert cell.waiting_for == (Role.AUTHOR,)


def sign_change(changed) -> None:
    changed.translate(NEW, "Biyo badan cab.")
    for day, role, handle in (
        (9, Role.TRANSLATOR, "hodan"),
        (10, Role.REVISER, "cabdi"),
        (11, Role.COMMUNITY_READER, "faadumo"),
    ):
        changed.sign(f"2026-11-{day:02}T15:00:00Z", role, handle, only=[NEW])


def test_a_change_has_steps_and_an_end_of_its_own(changed):
    sign_change(changed)
    _, second = changed.cell(PageState.LIVE).clock.rounds
    assert (second.live, second.is_recorded) == ("2026-11-11T15:00:00Z", False)
    assert [step.took for step in second.steps] == [6 * HOURS, 48 * HOURS]


def test_without_any_record_a_change_is_told_from_what_was_signed_before_it(changed):
    changed.target_lines = [item for item in changed.target_lines if hasattr(item, "sample")]
    first, second = changed.cell(PageState.LIVE_WITH_GAPS).clock.rounds
    assert (first.live, first.is_recorded) == ("2026-11-05T09:00:00Z", False)
    assert (second.approved, second.is_open) == ("2026-11-09T09:00:00Z", True)


def test_the_past_is_read_from_events_when_its_text_is_gone(changed):
    sign_change(changed)
    changed.live("2026-11-11T16:00:00Z", "2026-11-09T09:00:00Z", words=5)
    changed.texts = [("Rest.", "Naso.")]
    changed.approve("2026-11-12T08:00:00Z", "2026-11-12T09:00:00Z")
    clock = changed.cell(PageState.NOT_YET).clock
    assert [(item.approved, item.live, item.words) for item in clock.rounds] == [
        ("2026-11-02T09:00:00Z", "2026-11-05T13:00:00Z", 16),
        ("2026-11-09T09:00:00Z", "2026-11-11T16:00:00Z", 5),
        ("2026-11-12T09:00:00Z", "", 1),
    ]
    assert clock.first_live == "2026-11-05T13:00:00Z"
    assert clock.last_live == "2026-11-11T16:00:00Z"


def test_key_facts_are_not_the_whole_leaflet(translated):
    translated.live("2026-11-04T09:00:00Z", "2026-11-02T09:00:00Z", state="key-facts")
    (only,) = translated.cell(PageState.KEY_FACTS).clock.rounds
    assert only.is_open
    assert only.key_facts == "2026-11-04T09:00:00Z"


def test_gaps_that_are_filled_later_do_not_change_when_it_could_be_read(signed):
    signed.live("2026-11-04T16:00:00Z", "2026-11-02T09:00:00Z", words=11, state="live-with-gaps")
    signed.live("2026-11-05T13:00:00Z", "2026-11-02T09:00:00Z", words=5)
    (only,) = signed.cell(PageState.LIVE).clock.rounds
    assert (only.live, only.words) == ("2026-11-04T16:00:00Z", 16)


# --- what is written down --------------------------------------------------------


def test_what_went_live_is_written_down_once(changed):
    sign_change(changed)
    now = "2026-11-11T16:00:00Z"
    (event,) = live_events(changed.cell(PageState.LIVE, now), now=moment(now))
    assert (event.time, event.approved, event.words) == (now, "2026-11-09T09:00:00Z", 5)
    assert (event.locale, event.state, event.handle) == ("so", "live", "pipeline")
    changed.target_lines.append(event)
    cell = changed.cell(PageState.LIVE, now)
    assert live_events(cell, now=moment(now)) == ()
    assert cell.clock.rounds[1].live == now


def test_key_facts_are_written_down_once(translated):
    now = "2026-11-04T09:00:00Z"
    (event,) = live_events(translated.cell(PageState.KEY_FACTS, now), now=moment(now))
    assert (event.state, event.approved) == ("key-facts", "2026-11-02T09:00:00Z")
    translated.target_lines.append(event)
    later = "2026-11-04T10:00:00Z"
    assert live_events(translated.cell(PageState.KEY_FACTS, later), now=moment(later)) == ()


def test_nothing_is_written_of_what_nobody_can_read(signed):
    cell = signed.cell(PageState.LIVE, is_open=False)
    assert live_events(cell, now=moment("2026-11-12T12:00:00Z")) == ()


# --- late ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("urgency", "now", "is_late", "is_alarming"),
    [
        (Urgency.URGENT, "2026-11-05T09:00:00Z", False, False),
        (Urgency.URGENT, "2026-11-05T09:00:01Z", True, False),
        (Urgency.ROUTINE, "2026-11-16T09:00:00Z", False, False),  # the tenth working day
        (Urgency.ROUTINE, "2026-11-16T09:00:01Z", True, False),
        (Urgency.ROUTINE, "2026-12-02T09:00:01Z", True, True),
    ],
)
def test_late_by_the_targets(leaflet, urgency, now, is_late, is_alarming):
    leaflet.urgency = urgency
    cell = leaflet.cell(PageState.NOT_YET, now)
    assert (cell.is_late, cell.is_alarming) == (is_late, is_alarming)


def test_what_can_be_read_is_not_late(signed):
    cell = signed.cell(PageState.LIVE, "2027-11-12T12:00:00Z")
    assert not cell.is_late
    assert cell.lateness.due == ""


def test_a_change_is_late_by_itself(changed):
    cell = changed.cell(PageState.LIVE_WITH_GAPS, "2026-11-24T12:00:00Z")
    assert cell.is_late
    assert cell.lateness.due == "2026-11-23T09:00:00Z"


# --- laws ------------------------------------------------------------------------


@given(seed=st.integers(), cut=st.integers(0, 9))
def test_the_order_of_ledger_lines_changes_nothing(leaflet_factory, seed, cut):
    made = leaflet_factory()
    made.target_lines = made.target_lines[cut:]
    before = made.cell(PageState.LIVE_WITH_GAPS)
    mix = random.Random(seed)  # noqa: S311 - no secret
    mix.shuffle(made.source_lines)
    mix.shuffle(made.target_lines)
    made.target_lines += made.target_lines[:2]  # a merge brings lines twice
    assert made.cell(PageState.LIVE_WITH_GAPS) == before


TIMES = st.integers(1, 28).map(lambda day: f"2026-11-{day:02}T09:00:00Z")


@given(
    milestones=st.lists(
        st.builds(
            Milestone,
            words=st.integers(1, 30),
            approved=st.just("") | TIMES,
            complete=st.just("") | TIMES,
            is_shown=st.booleans(),
        ),
        max_size=8,
    ),
    is_published=st.booleans(),
    began=st.just("") | TIMES,
    lives=st.lists(TIMES, max_size=2),
)
def test_no_round_ends_before_it_begins_and_none_counts_words_twice(
    milestones, is_published, began, lives
):
    rules = DEFAULT_TIERS[RiskTier.CLINICAL]
    # Of what went live without an approval only the time is known.
    events = [
        Event(time=time, event=EventKind.LIVE, handle="pipeline", locale="so") for time in lives
    ]
    clock = run_clock(milestones, events, rules, is_published=is_published, first_approved=began)
    assert all(item.live >= item.approved for item in clock.rounds if item.live)
    assert sum(item.words for item in clock.rounds) <= sum(item.words for item in milestones)
    assert [item.approved for item in clock.rounds] == sorted(
        {item.approved for item in clock.rounds}
    )
    assert lives or not any(item.is_recorded for item in clock.rounds)


@given(
    present=st.lists(st.just("") | TIMES, max_size=6),
    former=st.lists(TIMES, max_size=4),
    at=st.integers(0, 5),
)
def test_an_edit_never_moves_the_beginning_of_the_wait(present, former, at):
    """Whatever is edited, approved again or not: who has waited since a day still has."""
    began = find_first_approval(present, former)
    if not began or at >= len(present) or not present[at]:
        return
    edited = [*present[:at], "", *present[at + 1 :]]
    assert find_first_approval(edited, [*former, present[at]]) == began
    edited[at] = "2026-11-30T09:00:00Z"
    assert find_first_approval(reversed(edited), [present[at], *former]) == began


# --- words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(), "0 min"),
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=45), "45 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(hours=4, minutes=1), "4 h 1 min"),
        (timedelta(days=2, hours=4, minutes=59), "2 d 4 h"),
        (timedelta(days=30), "30 d"),
        (timedelta(minutes=-5), "0 min"),
    ],
)
def test_lengths_of_time(span, text):
    assert format_duration(span) == text


def test_roles_in_running_text():
    assert [name_role(role) for role in Role] == [
        "an author",
        "a clinician",
        "a translator",
        "a reviser",
        "a community reader",
        "a publisher",
    ]

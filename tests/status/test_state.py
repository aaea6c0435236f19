"""Twelve states, each from a leaflet and its ledgers."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Coverage, Document, Metadata, PageState, RiskTier, Urgency
from pipeline.status import (
    Calendar,
    Outcome,
    ResourceState,
    Rulebook,
    SegmentFact,
    Tally,
    TranslationState,
    derive_resource,
    derive_state,
)
from pipeline.status.waiting import Work, find_waits
from pipeline.workflow import DEFAULT_TIERS, Role, Targets

CLINICAL = DEFAULT_TIERS[RiskTier.CLINICAL]


def test_missing(leaflet):
    cell = leaflet.cell(PageState.NOT_YET)
    assert cell.state is TranslationState.MISSING
    assert cell.waiting_for == (Role.TRANSLATOR,)
    assert cell.waiting_since == cell.approved == "2026-11-02T09:00:00Z"
    assert not cell.is_published


def test_drafting_counts_words_and_segments(leaflet):
    leaflet.translate("Stay at home for 5 days.", "Guriga joog 5 maalmood.")
    leaflet.sign("2026-11-03T09:00:00Z", Role.TRANSLATOR, "hodan")
    cell = leaflet.cell(PageState.NOT_YET)
    assert cell.state is TranslationState.DRAFTING
    assert cell.words == Tally(total=16, translated=6, critical=6)
    assert cell.segments == Tally(total=3, translated=1, critical=1)
    assert cell.waiting_for == (Role.TRANSLATOR, Role.REVISER, Role.COMMUNITY_READER)


def test_translated_is_not_reviewed(translated):
    cell = translated.cell(PageState.NOT_YET)
    assert cell.state is TranslationState.TRANSLATED
    assert cell.waiting_for == (Role.REVISER, Role.COMMUNITY_READER)
    assert cell.waiting_since == "2026-11-03T09:00:00Z"


def test_in_review_says_by_whom(translated):
    translated.sign("2026-11-04T09:00:00Z", Role.COMMUNITY_READER, "faadumo")
    cell = translated.cell(PageState.NOT_YET)
    assert cell.state is TranslationState.IN_REVIEW
    assert cell.waiting_for == (Role.REVISER,)


def test_the_translator_cannot_revise(translated):
    translated.sign("2026-11-04T09:00:00Z", Role.REVISER, "hodan")
    assert translated.cell(PageState.NOT_YET).state is TranslationState.TRANSLATED


def test_ready_and_the_language_is_closed(signed):
    cell = signed.cell(PageState.LIVE, is_open=False)
    assert cell.state is TranslationState.READY
    assert not cell.is_published
    assert cell.waiting_for == ()
    assert cell.words == Tally(
        total=16, translated=16, signed=16, critical=6, critical_translated=6, critical_signed=6
    )


def test_ready_and_the_clinician_has_not_signed_the_source(signed):
    signed.source_lines.pop()
    cell = signed.cell(PageState.NOT_YET)
    assert cell.state is TranslationState.READY
    assert cell.approved == ""
    assert cell.waiting_for == (Role.CLINICIAN,)
    assert cell.waits[0].of_source
    assert cell.waiting_since == "2026-11-02T08:00:00Z"  # when the author had signed


def test_live(signed):
    cell = signed.cell(PageState.LIVE)
    assert cell.state is TranslationState.LIVE
    assert cell.is_published
    assert cell.is_readable
    assert cell.waits == ()


def test_live_while_a_reader_of_an_urgent_leaflet_may_follow(translated):
    translated.urgency = Urgency.URGENT
    translated.sign("2026-11-04T15:00:00Z", Role.REVISER, "cabdi")
    in_time, too_late = "2026-11-08T12:00:00Z", "2026-11-12T12:00:00Z"
    cell = translated.cell(PageState.LIVE, in_time)
    assert (cell.state, cell.words.signed) == (TranslationState.LIVE, 16)
    assert cell.waiting_for == (Role.COMMUNITY_READER,)
    assert cell.waits[0].is_owed
    # Five days have passed: without the reader it is signed no longer.
    assert translated.cell(PageState.NOT_YET, too_late).words.signed == 0


def test_live_with_gaps(signed):
    signed.translate("Drink plenty of water.", "")
    cell = signed.cell(PageState.LIVE_WITH_GAPS)
    assert cell.state is TranslationState.GAPS
    assert (cell.words.total, cell.words.translated) == (16, 12)


def test_key_facts_only(signed):
    signed.translate("Drink plenty of water.", "")
    cell = signed.cell(PageState.KEY_FACTS)
    assert cell.state is TranslationState.KEY_FACTS
    assert cell.is_published
    assert not cell.is_readable


@pytest.mark.parametrize(
    ("old", "new", "critical"),
    [
        ("Drink plenty of water.", "Drink a lot of water.", 0),
        ("Call 999 if you cannot breathe.", "Call 999 if it is hard to breathe.", 1),
    ],
)
def test_stale_after_a_sentence_changed(signed, old, new, critical):
    signed.critical = {new} if critical else set()
    signed.edit(old, new)
    signed.approve("2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z", only=[new])
    cell = signed.cell(PageState.LIVE_WITH_GAPS)
    assert cell.state is TranslationState.STALE
    assert (cell.stale, cell.stale_critical) == (1, critical)
    assert cell.segments.signed == 2  # the other two ask for nobody's look
    assert (cell.waiting_for, cell.waits[0].segments) == ((Role.TRANSLATOR,), 1)
    assert cell.waiting_since == "2026-11-09T09:00:00Z"


def test_a_change_of_what_a_page_of_key_facts_does_not_show_makes_it_no_staler(signed):
    signed.edit("Drink plenty of water.", "Drink a lot of water.")
    assert signed.cell(PageState.KEY_FACTS).state is TranslationState.KEY_FACTS


def test_overdue_is_told_before_stale(signed):
    signed.edit("Drink plenty of water.", "Drink a lot of water.")
    cell = signed.cell(PageState.LIVE_WITH_GAPS, is_overdue=True)
    assert cell.state is TranslationState.OVERDUE
    assert cell.stale == 1


def test_withdrawn_is_told_in_a_closed_language_as_well(signed):
    cell = signed.cell(PageState.WITHDRAWN, is_open=False, is_overdue=True)
    assert cell.state is TranslationState.WITHDRAWN
    assert not cell.is_published


def test_damaged_is_told_before_all():
    state = derive_state([], page=PageState.WITHDRAWN, rules=CLINICAL, is_damaged=True)
    assert state is TranslationState.DAMAGED


def test_not_published_and_past_its_day_is_not_overdue(leaflet):
    cell = leaflet.cell(PageState.NOT_YET, is_overdue=True)
    assert cell.state is TranslationState.MISSING
    assert cell.is_overdue


def test_without_standing_nothing_is_signed():
    facts = [SegmentFact(words=5, is_translated=True)]
    assert derive_state(facts, page=PageState.NOT_YET, rules=CLINICAL) is (
        TranslationState.TRANSLATED
    )


FACTS = st.builds(
    SegmentFact,
    words=st.integers(0, 40),
    critical=st.booleans(),
    is_translated=st.booleans(),
    is_shown=st.booleans(),
    is_stale=st.booleans(),
    work=st.sampled_from(Work),
    segments=st.integers(1, 3),
)


@given(
    facts=st.lists(FACTS, max_size=6),
    page=st.sampled_from([*PageState]),
    is_open=st.booleans(),
    is_overdue=st.booleans(),
)
def test_what_is_not_public_never_has_the_state_of_what_is(facts, page, is_open, is_overdue):
    cell = derive(facts, Outcome(page=page, coverage=NO_COVERAGE, is_open=is_open))
    public = {
        TranslationState.LIVE,
        TranslationState.GAPS,
        TranslationState.KEY_FACTS,
        TranslationState.STALE,
        TranslationState.OVERDUE,
    }
    assert (cell.state in public) is cell.is_published
    overdue = derive(facts, replace(OPEN, page=page, is_overdue=is_overdue))
    assert (overdue.state is TranslationState.OVERDUE) is (overdue.is_published and is_overdue)


@given(facts=st.lists(FACTS, max_size=6), seed=st.integers())
def test_the_order_of_segments_changes_nothing(facts, seed):
    mixed = random.Random(seed).sample(facts, len(facts))  # noqa: S311 - no secret
    for page in PageState:
        assert derive(mixed, replace(OPEN, page=page)) == derive(facts, replace(OPEN, page=page))


@given(facts=st.lists(FACTS, max_size=8))
def test_what_a_translator_finds_is_all_that_is_not_translated(facts):
    cell = derive(facts, OPEN)
    for tally, found in (
        (cell.words, cell.open_words),
        (cell.segments, cell.open_segments),
    ):
        parts = (found.empty, found.memory, found.machine, found.unfinished, found.changed)
        assert sum(parts) == tally.total - tally.translated
    drafted = sum(wait.drafted for wait in cell.waits if wait.role is Role.TRANSLATOR)
    assert drafted == cell.open_segments.drafted


def test_a_picture_is_waited_for_and_holds_nothing_up(translated):
    (picture, *_) = translated.facts()
    (wait, *_) = find_waits([], CLINICAL, beside=[replace(picture, is_translated=True)])
    assert (wait.role, wait.is_owed, wait.segments) == (Role.REVISER, True, 1)
    (both, *_) = find_waits([picture], CLINICAL, beside=[picture])
    assert (both.is_owed, both.segments) == (False, 2)


NO_COVERAGE = Coverage(
    segments=0,
    segments_translated=0,
    words=0,
    words_translated=0,
    critical=0,
    critical_translated=0,
)
OPEN = Outcome(page=PageState.NOT_YET, coverage=NO_COVERAGE)


BOOK = Rulebook(
    now=datetime(2026, 11, 12, 12, tzinfo=UTC), targets=Targets(), calendar=Calendar("GB-ENG")
)
METADATA = Metadata(
    title="When to get help",
    summary="Signs that need a doctor.",
    topic="covid-19",
    audience="Everybody",
    risk=RiskTier.CLINICAL,
    urgency=Urgency.ROUTINE,
    languages=None,
    owner="Health team",
    sources=(),
    last_checked=date(2026, 11, 1),
    review_by=date(2027, 5, 24),
)


def derive(facts: list[SegmentFact], outcome: Outcome) -> ResourceState:
    return derive_resource(
        Document(
            topic="covid-19",
            slug="when-to-get-help",
            path=Path("when-to-get-help.md"),
            text="",
            metadata=METADATA,
        ),
        "so",
        facts,
        outcome,
        rules=CLINICAL,
        book=BOOK,
    )

"""Segments of which the same is known may be told one by one, in any order, or together."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import Standing
from pipeline.model import Coverage, PageState, RiskTier, Urgency
from pipeline.status import (
    Calendar,
    Milestone,
    Outcome,
    Rulebook,
    SegmentFact,
    derive_resource,
    run_clock,
)
from pipeline.status.waiting import Work
from pipeline.workflow import DEFAULT_TIERS, Event, EventKind, Role, Targets
from tests.status.conftest import document

RULES = DEFAULT_TIERS[RiskTier.CLINICAL]
NOTHING = Coverage(
    segments=0,
    segments_translated=0,
    words=0,
    words_translated=0,
    critical=0,
    critical_translated=0,
)
TIMES = st.integers(1, 4).map(lambda day: f"2026-11-{day:02}T09:00:00Z")
SIGNED = st.builds(
    Standing,
    missing=st.just(()),
    turn=st.just(()),
    complete=TIMES,
    step_times=st.lists(TIMES, max_size=2).map(lambda times: tuple(sorted(times))),
)
OPEN = st.builds(
    Standing,
    missing=st.just((Role.REVISER,)),
    turn=st.just((Role.REVISER,)),
    owed=st.sampled_from([(), (Role.COMMUNITY_READER,)]),
    step_times=st.lists(TIMES, max_size=1).map(tuple),
)
STANDINGS = st.lists(SIGNED | OPEN, min_size=1, max_size=3)
EVENTS = st.lists(
    st.builds(
        Event,
        time=TIMES,
        event=st.just(EventKind.LIVE),
        handle=st.just("pipeline"),
        locale=st.just("so"),
        approved=TIMES,
        words=st.integers(0, 9),
        state=st.sampled_from(["live", "key-facts"]),
    ),
    max_size=3,
)


@st.composite
def facts(draw):
    """Of a leaflet: its segments share a few standings, as they are signed together."""
    ours, theirs = draw(STANDINGS), draw(STANDINGS)
    one = st.builds(
        SegmentFact,
        words=st.integers(1, 9),
        critical=st.booleans(),
        is_translated=st.booleans(),
        is_shown=st.booleans(),
        is_stale=st.booleans(),
        work=st.sampled_from(Work),
        standing=st.sampled_from([None, *ours]),
        source=st.sampled_from(theirs),
    )
    return draw(st.lists(one, min_size=1, max_size=12))


def together(some):
    """One fact for all of which the same is known."""
    alike = defaultdict(list)
    for fact in some:
        alike[repr(replace(fact, words=0))].append(fact)
    return [
        replace(group[0], words=sum(fact.words for fact in group), segments=len(group))
        for group in alike.values()
    ]


def derive(some, events, page):
    return derive_resource(
        document(RiskTier.CLINICAL, Urgency.URGENT),
        "so",
        some,
        Outcome(page=page, coverage=NOTHING),
        rules=RULES,
        book=Rulebook(
            now=datetime(2026, 11, 24, tzinfo=UTC), targets=Targets(), calendar=Calendar("")
        ),
        events=events,
    )


@given(facts(), EVENTS, st.sampled_from(list(PageState)))
def test_segments_told_together_are_in_the_same_state(some, events, page):
    assert derive(together(some), events, page) == derive(some, events, page)


@given(facts(), EVENTS, st.sampled_from(list(PageState)), st.integers())
def test_the_order_of_segments_changes_nothing(some, events, page, seed):
    mixed = random.Random(seed).sample(some, len(some))  # noqa: S311 - no secret
    assert derive(mixed, events, page) == derive(some, events, page)


def test_what_was_translated_before_its_approval_is_one_round_all_the_same():
    """Two sentences signed early, and approved in one sitting with a third that waits."""
    early = Milestone(words=3, approved="2026-11-03T09:00:00Z", complete="2026-11-02T09:00:00Z")
    open_ = Milestone(words=4, approved="2026-11-03T09:00:00Z")
    clock = run_clock([early, early, open_], [], RULES, is_published=False)
    assert [item.words for item in clock.rounds] == [10]

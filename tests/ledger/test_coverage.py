"""Who has signed what: one example for each rule. The laws are in test_laws.py."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.ledger import Cover, Ledger, Oddity, Terms, is_withdrawn, line_id, unit_digest
from pipeline.model import UnitKey, Urgency
from pipeline.workflow import Event, EventKind, Line, Role, SignOff, TierRules

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CALL = unit_digest(UnitKey(None, "Call 999 now."), "Wac 999 hadda.")
REST = unit_digest(UnitKey(None, "Drink water."), "Cab biyo.")

#: The translator, then two readers side by side, then the publisher.
RULES = TierRules(
    source=((Role.AUTHOR,), (Role.CLINICIAN,)),
    target=((Role.TRANSLATOR,), (Role.REVISER, Role.COMMUNITY_READER), (Role.PUBLISHER,)),
    later=(Role.COMMUNITY_READER,),
    later_urgencies=(Urgency.URGENT,),
    later_days=7,
)
TERMS = Terms(rules=RULES, of_source=False, urgency=Urgency.ROUTINE, now=NOW, accept_samples=False)
URGENT = replace(TERMS, urgency=Urgency.URGENT)


def signs(role, handle, clock="09:00", *, units=(CALL,), **more) -> SignOff:
    time = f"2026-11-24T{clock}:00Z"
    return SignOff(time=time, role=role, handle=handle, locale="so", units=units, **more)


def happens(kind, clock="10:00", *, handle="hodan", **more) -> Event:
    time = f"2026-11-24T{clock}:00Z"
    return Event(time=time, event=kind, handle=handle, locale="so", **more)


def waives(role, until=date(2026, 12, 24), **more) -> Event:
    return happens(EventKind.WAIVED, role=role, until=until, **more)


TRANSLATED = signs(Role.TRANSLATOR, "amina", "09:00")
REVISED = signs(Role.REVISER, "yusuf", "09:30")
READ = signs(Role.COMMUNITY_READER, "hodan", "09:20")
PUBLISHED = signs(Role.PUBLISHER, "sam", "09:40")
ALL = (TRANSLATED, REVISED, READ, PUBLISHED)


def standing(*lines: Line, terms=TERMS, unit=CALL, critical=False):
    ordered = tuple(sorted(lines, key=lambda line: line.time))
    return Cover(Ledger(lines=ordered), terms).standing(unit, critical=critical)


def test_nobody_has_signed_and_it_is_the_translators_turn():
    nobody = standing()
    assert nobody.missing == (
        Role.TRANSLATOR,
        Role.REVISER,
        Role.COMMUNITY_READER,
        Role.PUBLISHER,
    )
    assert nobody.turn == (Role.TRANSLATOR,)
    assert nobody.complete == ""
    assert not nobody.is_signed


def test_roles_of_one_step_work_side_by_side():
    assert standing(TRANSLATED).turn == (Role.REVISER, Role.COMMUNITY_READER)
    assert standing(TRANSLATED, READ).turn == (Role.REVISER,)


def test_all_have_signed_when_the_last_one_has():
    everybody = standing(*ALL)
    assert everybody.is_signed
    assert everybody.complete == "2026-11-24T09:40:00Z"
    assert everybody.step_times == (
        "2026-11-24T09:00:00Z",
        "2026-11-24T09:30:00Z",
        "2026-11-24T09:40:00Z",
    )


def test_a_sign_off_speaks_of_the_units_that_it_names_alone():
    assert not standing(*ALL, unit=REST).is_signed


def test_a_sign_off_made_in_memory_without_units_covers_nothing():
    assert not standing(*(replace(line, units=()) for line in ALL)).is_signed


# --- distinct people ---------------------------------------------------------------


def test_one_person_in_two_roles_is_one_pair_of_eyes():
    lines = (TRANSLATED, REVISED, READ, signs(Role.PUBLISHER, "yusuf", "09:40"))
    assert standing(*lines).missing == (Role.PUBLISHER,)


def test_the_reviser_is_nobody_who_has_translated_this_very_unit():
    # Two have signed as translators: the reviser is one of them, so is no second person.
    lines = (TRANSLATED, signs(Role.TRANSLATOR, "yusuf", "09:10"), REVISED, READ, PUBLISHED)
    assert standing(*lines).missing == (Role.REVISER,)


def test_who_takes_a_translators_sign_off_back_is_no_second_person_all_the_same():
    mine = signs(Role.TRANSLATOR, "yusuf", "09:10")
    taken = happens(EventKind.REVOKED, revokes=line_id(mine))
    assert standing(*ALL, mine, taken).missing == (Role.REVISER,)
    assert standing(*ALL, mine, taken, signs(Role.REVISER, "ali")).is_signed


def test_the_reviser_may_have_translated_another_unit():
    lines = (*ALL, signs(Role.TRANSLATOR, "yusuf", units=(REST,)))
    assert standing(*lines).is_signed


def test_a_person_makes_room_for_another_where_somebody_can_take_their_place():
    lines = (
        TRANSLATED,
        signs(Role.REVISER, "sam", "09:10"),
        REVISED,
        READ,
        PUBLISHED,  # by sam, who is needed here: yusuf can be the reviser
    )
    assert standing(*lines).is_signed


def test_complete_is_the_moment_from_which_it_was():
    # At 09:30 two people stood for two roles; that sam signs again at 10:00 delays nothing.
    rules = replace(RULES, target=((Role.REVISER,), (Role.PUBLISHER,)), later=())
    terms = replace(TERMS, rules=rules)
    lines = (
        signs(Role.REVISER, "yusuf", "09:00"),
        signs(Role.REVISER, "sam", "10:00"),
        signs(Role.PUBLISHER, "yusuf", "09:20"),
        signs(Role.PUBLISHER, "hodan", "09:30"),
    )
    assert standing(*lines, terms=terms).complete == "2026-11-24T09:30:00Z"
    assert standing(*lines, terms=terms).step_times == (
        "2026-11-24T09:00:00Z",
        "2026-11-24T09:30:00Z",
    )


def test_a_step_is_done_when_those_before_it_are_too():
    lines = (signs(Role.PUBLISHER, "sam", "08:00"), TRANSLATED, REVISED, READ)
    assert standing(*lines).step_times[-1] == "2026-11-24T09:30:00Z"


# --- later -------------------------------------------------------------------------


def test_an_urgent_text_goes_ahead_of_its_community_reader():
    urgent = standing(TRANSLATED, REVISED, PUBLISHED, terms=URGENT)
    assert urgent.is_signed
    assert urgent.owed == (Role.COMMUNITY_READER,)
    assert urgent.turn == (Role.COMMUNITY_READER,)
    assert urgent.complete == "2026-11-24T09:40:00Z"


def test_the_publisher_does_not_wait_for_a_role_that_may_come_later():
    assert standing(TRANSLATED, REVISED, terms=URGENT).turn == (
        Role.COMMUNITY_READER,
        Role.PUBLISHER,
    )


def test_a_role_that_may_come_later_takes_nobody_from_one_that_must_come_first():
    lines = (TRANSLATED, REVISED, signs(Role.COMMUNITY_READER, "sam", "09:10"), PUBLISHED)
    urgent = standing(*lines, terms=URGENT)
    assert urgent.is_signed
    assert urgent.owed == (Role.COMMUNITY_READER,)


def test_a_routine_text_waits_for_its_community_reader():
    assert standing(TRANSLATED, REVISED, PUBLISHED).missing == (Role.COMMUNITY_READER,)


def test_later_ends_after_the_days_that_are_given():
    lines = (TRANSLATED, REVISED, PUBLISHED)
    last = datetime(2026, 12, 1, 9, 40, tzinfo=UTC)
    assert standing(*lines, terms=replace(URGENT, now=last)).is_signed
    late = standing(*lines, terms=replace(URGENT, now=last + timedelta(seconds=1)))
    assert late.missing == (Role.COMMUNITY_READER,)
    assert late.owed == ()
    assert late.complete == ""


def test_with_nobody_to_follow_later_is_never():
    # Everybody else is waived: there is no moment from which the days could be counted.
    waivers = (waives(Role.TRANSLATOR), waives(Role.REVISER), waives(Role.PUBLISHER))
    assert standing(*waivers, terms=URGENT).missing == (Role.COMMUNITY_READER,)
    assert standing(*waivers, READ, terms=URGENT).is_signed


def test_what_nobody_can_waive_cannot_wait_on_a_critical_segment():
    rules = replace(RULES, later=(Role.REVISER,))
    terms = replace(URGENT, rules=rules)
    lines = (TRANSLATED, READ, PUBLISHED)
    assert standing(*lines, terms=terms).is_signed
    assert standing(*lines, terms=terms, critical=True).missing == (Role.REVISER,)


# --- waivers -----------------------------------------------------------------------


def test_a_waived_role_is_not_waited_for():
    waived = standing(TRANSLATED, REVISED, PUBLISHED, waives(Role.COMMUNITY_READER))
    assert waived.is_signed
    assert waived.waived == (Role.COMMUNITY_READER,)


def test_a_waiver_lasts_to_the_end_of_its_last_day():
    lines = (TRANSLATED, REVISED, PUBLISHED, waives(Role.COMMUNITY_READER, date(2026, 11, 24)))
    evening = replace(TERMS, now=datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC))
    assert standing(*lines, terms=evening).is_signed
    night = replace(TERMS, now=datetime(2026, 11, 25, tzinfo=UTC))
    assert not standing(*lines, terms=night).is_signed


def test_the_last_day_of_a_waiver_is_one_of_utc_wherever_the_clock_hangs():
    lines = (TRANSLATED, REVISED, PUBLISHED, waives(Role.COMMUNITY_READER, date(2026, 11, 24)))
    tokyo = datetime.fromisoformat("2026-11-25T08:00:00+09:00")
    assert standing(*lines, terms=replace(TERMS, now=tokyo)).is_signed


def test_a_waiver_may_be_for_some_units_only():
    waiver = waives(Role.COMMUNITY_READER, units=(REST,))
    assert not standing(TRANSLATED, REVISED, PUBLISHED, waiver).is_signed


def test_on_a_critical_segment_the_reviser_is_never_waived():
    lines = (TRANSLATED, READ, PUBLISHED, waives(Role.REVISER))
    assert standing(*lines).is_signed
    assert standing(*lines, critical=True).missing == (Role.REVISER,)


# --- what counts -------------------------------------------------------------------


def test_a_revoked_sign_off_does_not_count():
    revocation = happens(EventKind.REVOKED, revokes=line_id(REVISED))
    assert standing(*ALL, revocation).missing == (Role.REVISER,)


def test_a_revoked_waiver_does_not_count():
    waiver = waives(Role.COMMUNITY_READER)
    revocation = happens(EventKind.REVOKED, revokes=line_id(waiver))
    assert not standing(TRANSLATED, REVISED, PUBLISHED, waiver, revocation).is_signed


def test_a_revocation_takes_the_line_back_with_whatever_signature():
    signed_later = replace(REVISED, signature="U1NIU0lH")
    revocation = happens(EventKind.REVOKED, revokes=line_id(REVISED))
    assert not standing(*ALL, signed_later, revocation).is_signed


def test_signing_again_after_a_revocation_counts():
    revocation = happens(EventKind.REVOKED, revokes=line_id(REVISED))
    assert standing(*ALL, revocation, signs(Role.REVISER, "yusuf", "11:00")).is_signed


def test_a_sample_counts_in_a_demonstration_only():
    samples = tuple(replace(line, sample=True) for line in ALL)
    assert not standing(*samples).is_signed
    assert standing(*samples, terms=replace(TERMS, accept_samples=True)).is_signed


@pytest.mark.parametrize(("clock", "counts"), [("12:10", True), ("12:11", False)])
def test_a_sign_off_of_the_future_does_not_count_yet(clock, counts):
    lines = (TRANSLATED, READ, PUBLISHED, signs(Role.REVISER, "yusuf", clock))
    assert standing(*lines).is_signed is counts


def test_a_waiver_of_the_future_does_not_count_yet():
    future = waives(Role.COMMUNITY_READER, clock="13:00")
    assert not standing(TRANSLATED, REVISED, PUBLISHED, future).is_signed


def test_where_signatures_are_asked_for_only_good_ones_count():
    terms = replace(TERMS, is_valid=lambda line: line.signature == "good")
    good = tuple(replace(line, signature="good") for line in ALL)
    assert standing(*good, terms=terms).is_signed
    assert not standing(*good[1:], TRANSLATED, terms=terms).is_signed
    waiver = waives(Role.COMMUNITY_READER)
    unread = (good[0], good[1], good[3])
    assert not standing(*unread, waiver, terms=terms).is_signed
    assert standing(*unread, replace(waiver, signature="good"), terms=terms).is_signed


def test_in_doubt_nothing_counts():
    doubt = Oddity(line=5, message="?", remedy="!", is_doubt=True)
    cover = Cover(Ledger(lines=ALL, oddities=(doubt,)), TERMS)
    assert not cover.standing(CALL, critical=False).is_signed


# --- withdrawn ---------------------------------------------------------------------

STOPPED = happens(EventKind.WITHDRAWN, "10:00", note="The dose is wrong.")


def test_a_withdrawal_holds_until_somebody_allows_it_again():
    restored = happens(EventKind.RESTORED, "11:00")
    again = happens(EventKind.WITHDRAWN, "11:30")
    assert is_withdrawn(Ledger(), TERMS) is None
    assert is_withdrawn(Ledger(lines=(STOPPED,)), TERMS) == STOPPED
    assert is_withdrawn(Ledger(lines=(STOPPED, restored)), TERMS) is None
    assert is_withdrawn(Ledger(lines=(STOPPED, restored, again)), TERMS) == again


def test_of_the_same_second_the_withdrawal_counts():
    restored = happens(EventKind.RESTORED, "10:00", handle="sam")
    for lines in ((STOPPED, restored), (restored, STOPPED)):
        assert is_withdrawn(Ledger(lines=lines), TERMS) == STOPPED


def test_who_allows_it_again_must_not_be_of_the_future_revoked_or_unsigned():
    future = happens(EventKind.RESTORED, "13:00")
    assert is_withdrawn(Ledger(lines=(STOPPED, future)), TERMS) == STOPPED
    restored = happens(EventKind.RESTORED, "11:00")
    revoked = happens(EventKind.REVOKED, "11:30", revokes=line_id(restored))
    assert is_withdrawn(Ledger(lines=(STOPPED, restored, revoked)), TERMS) == STOPPED
    terms = replace(TERMS, is_valid=lambda _line: False)
    assert is_withdrawn(Ledger(lines=(STOPPED, restored)), terms) == STOPPED


def test_a_revocation_does_not_undo_a_withdrawal():
    revoked = happens(EventKind.REVOKED, "11:30", revokes=line_id(STOPPED))
    assert is_withdrawn(Ledger(lines=(STOPPED, revoked)), TERMS) == STOPPED


def test_in_doubt_a_withdrawal_holds_and_what_allows_it_again_does_not():
    doubt = Oddity(line=3, message="?", remedy="!", is_doubt=True)
    restored = happens(EventKind.RESTORED, "11:00")
    assert is_withdrawn(Ledger(lines=(STOPPED, restored), oddities=(doubt,)), TERMS) == STOPPED


# --- what is asked beside -----------------------------------------------------------


def test_the_people_of_a_unit_with_their_first_times():
    cover = Cover(Ledger(lines=(*ALL, signs(Role.REVISER, "yusuf", "11:00"))), TERMS)
    assert cover.people(CALL)[Role.REVISER] == {"yusuf": "2026-11-24T09:30:00Z"}
    assert cover.people(REST) == {}


def test_what_somebody_has_signed():
    lines = (TRANSLATED, signs(Role.TRANSLATOR, "yusuf", units=(REST,)))
    cover = Cover(Ledger(lines=lines), TERMS)
    assert cover.signed_by(Role.TRANSLATOR) == {CALL, REST}
    assert cover.signed_by(Role.TRANSLATOR, handle="amina") == {CALL}
    assert cover.signed_by(Role.REVISER) == frozenset()


def test_the_source_text_has_steps_of_its_own():
    terms = replace(TERMS, of_source=True)
    assert standing(terms=terms).missing == (Role.AUTHOR, Role.CLINICIAN)


def test_many_sign_offs_of_one_unit_take_a_short_time():
    lines = tuple(
        replace(TRANSLATED, handle=f"person-{number}", note=str(number)) for number in range(30_000)
    )
    start = datetime.now(UTC)
    assert not standing(*lines).is_signed
    # Seconds, and minutes if work grew with the square of the lines.
    assert datetime.now(UTC) - start < timedelta(seconds=10)


def test_taking_a_sign_off_back_gives_nobody_new_days_to_follow_publication():
    # Signed in time, and the community reader's seven days are over.
    early = replace(signs(Role.TRANSLATOR, "amina"), time="2026-11-01T09:00:00Z")
    again = replace(early, time="2026-11-20T09:00:00Z")
    others = tuple(
        replace(signs(role, handle), time="2026-11-02T09:00:00Z")
        for role, handle in ((Role.REVISER, "yusuf"), (Role.PUBLISHER, "dr.ali"))
    )
    before = Cover(Ledger(lines=(early, again, *others)), URGENT).standing(CALL, critical=False)
    assert before.missing == (Role.COMMUNITY_READER,)
    taken = happens(EventKind.REVOKED, revokes=line_id(early))
    after = Cover(Ledger(lines=(early, again, *others, taken)), URGENT)
    assert after.standing(CALL, critical=False).missing == (Role.COMMUNITY_READER,)

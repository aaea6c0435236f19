"""A waiver lets one finding in one text stand, until a day; a critical one stands never."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.ledger import Cover, Ledger, Terms, line_id, unit_digest
from pipeline.model import Catalog, Finding, Segment, SegmentKind, Severity, Unit, Urgency
from pipeline.qa import Gate, Hold, SignOffs, Waivers, finding_id, open_gate
from pipeline.qa.waivers import Listed, WaiverState, list_waivers
from pipeline.workflow import Event, EventKind, TierRules

PATH = Path("locales/ar/covid-19/home.po")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
STAY = Unit(msgid="Stay at home for 10 days.", msgstr="ابقَ في المنزل.")
#: What a check says of it: the number is missing. A picture beside the text shows it.
MISSING = Finding(
    check="number-mismatch",
    severity=Severity.MAJOR,
    path=PATH,
    line=12,
    message="The translation has no 10, which the source has.",
    remedy="Compare each number with the source.",
    locale="ar",
    msgid=STAY.msgid,
)


def name(finding: Finding = MISSING, unit: Unit = STAY) -> str:
    return finding_id(finding, unit_digest(unit.key, unit.msgstr))


WAIVER = Event(
    time="2026-11-20T09:00:00Z",
    event=EventKind.FINDING_WAIVED,
    handle="dr.ali",
    locale="ar",
    units=(unit_digest(STAY.key, STAY.msgstr),),
    finding=name(),
    until=date(2026, 12, 24),
    note="The number stands in the picture.",
)
REVOCATION = Event(
    time="2026-11-22T09:00:00Z",
    event=EventKind.REVOKED,
    handle="dr.ali",
    locale="ar",
    revokes=line_id(WAIVER),
    note="The picture is gone.",
)


def cover(*lines: Event, now: datetime = NOW) -> Cover:
    nobody = TierRules(source=(), target=())
    terms = Terms(
        rules=nobody, of_source=False, urgency=Urgency.ROUTINE, now=now, accept_samples=False
    )
    return Cover(Ledger(lines=lines), terms)


def gate(*lines: Event, unit: Unit = STAY, finding: Finding = MISSING, now: datetime = NOW) -> Gate:
    segment = Segment(
        msgid=unit.msgid,
        context=unit.context,
        kind=SegmentKind.PARAGRAPH,
        start=0,
        end=25,
        line=1,
    )
    return open_gate(
        [segment],
        Catalog(units=(unit,)),
        check=lambda texts: [(finding,)] * len(texts),
        sign_offs=SignOffs(cover=cover(*lines, now=now), digest_of=unit_digest),
    )


def test_a_finding_holds_a_unit_back_until_it_is_waived():
    assert gate().held == {STAY.key: Hold.FINDING}
    waived = gate(WAIVER)
    assert waived.targets == {STAY.key: "ابقَ في المنزل."}
    assert waived.findings == ()
    assert [(each.finding, each.waiver) for each in waived.waived] == [(MISSING, WAIVER)]


def test_it_counts_on_its_last_day_and_not_on_the_next():
    assert gate(WAIVER, now=datetime(2026, 12, 24, 23, 59, tzinfo=UTC)).targets
    assert gate(WAIVER, now=datetime(2026, 12, 25, tzinfo=UTC)).held == {STAY.key: Hold.FINDING}


@pytest.mark.parametrize(
    "unit",
    [
        replace(STAY, msgstr="ابقَ في المنزل"),
        replace(STAY, msgid="Stay at home for 14 days."),
        replace(STAY, context="on a card"),
    ],
)
def test_it_is_void_as_soon_as_the_unit_changes(unit):
    assert gate(WAIVER, unit=unit).held == {unit.key: Hold.FINDING}


def test_it_holds_for_one_finding_and_no_other_in_the_same_text():
    other = replace(MISSING, message="The translation has 14, which the source does not have.")
    assert gate(WAIVER, finding=other).held == {STAY.key: Hold.FINDING}
    other = replace(MISSING, check="unit-mismatch")
    assert gate(WAIVER, finding=other).held == {STAY.key: Hold.FINDING}


def test_text_that_has_only_moved_keeps_its_waiver():
    assert gate(WAIVER, finding=replace(MISSING, line=99)).targets


def test_a_critical_finding_stands_for_nobody_though_a_line_says_so():
    # Severity is no part of the name: whoever writes the line by hand gains nothing.
    worse = replace(MISSING, severity=Severity.CRITICAL)
    assert name(worse) == WAIVER.finding
    assert gate(WAIVER, finding=worse).held == {STAY.key: Hold.FINDING}


def test_a_waiver_that_is_taken_back_counts_no_more():
    assert gate(WAIVER, REVOCATION).held == {STAY.key: Hold.FINDING}


def test_one_of_the_future_does_not_count_yet():
    assert gate(replace(WAIVER, time="2026-11-25T09:00:00Z")).held == {STAY.key: Hold.FINDING}


def test_where_signatures_are_asked_for_one_without_does_not_count():
    terms = Terms(
        rules=TierRules(source=(), target=()),
        of_source=False,
        urgency=Urgency.ROUTINE,
        now=NOW,
        accept_samples=False,
        is_valid=lambda line: bool(line.signature),
    )
    signed = replace(WAIVER, signature="U1NIU0lH")
    for line, counts in ((WAIVER, False), (signed, True)):
        waivers = Waivers(cover=Cover(Ledger(lines=(line,)), terms), digest_of=unit_digest)
        assert bool(waivers.find(MISSING, STAY)) is counts


def listed(*lines: Event, finding: Finding | None = MISSING, now: datetime = NOW) -> list[Listed]:
    found = [(name(finding), finding)] if finding else []
    return list(list_waivers(lines, found, cover(*lines, now=now), now=now))


def test_every_waiver_is_listed_with_what_it_is_worth():
    worse = replace(MISSING, severity=Severity.CRITICAL)
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert [each.state for each in listed(WAIVER)] == [WaiverState.COUNTS]
    assert [each.state for each in listed(WAIVER, now=later)] == [WaiverState.ENDED]
    assert [each.state for each in listed(WAIVER, finding=None)] == [WaiverState.GONE]
    assert [each.state for each in listed(WAIVER, finding=worse)] == [WaiverState.CRITICAL]
    assert [each.state for each in listed(WAIVER, REVOCATION)] == [WaiverState.OFF]

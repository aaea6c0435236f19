"""What a role still has to look at, unit by unit."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.ledger import Cover, Ledger, Terms, unit_digest
from pipeline.model import Catalog, Finding, Segment, SegmentKind, Severity, Unit, UnitKey, Urgency
from pipeline.qa.worklist import (
    ChoiceError,
    Desk,
    Refusal,
    Wait,
    choose,
    find_refusal,
    make_worklist,
)
from pipeline.workflow import Role, SignOff, TierRules

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CALL = Unit(msgid="Call 999 now.", msgstr="Wac 999 hadda.")
WATER = Unit(msgid="Drink water.", msgstr="পানি পান করুন।")
REST = Unit(msgid="Rest.", msgstr="استرح.")
UNITS = (CALL, WATER, REST)


def segment(msgid: str, *, critical: bool = False, section: tuple[str, ...] = ()) -> Segment:
    return Segment(
        msgid=msgid,
        kind=SegmentKind.PARAGRAPH,
        critical=critical,
        start=0,
        end=len(msgid),
        line=1,
        section=section,
    )


def signed(role: Role, handle: str, *units: Unit) -> SignOff:
    return SignOff(
        time="2026-11-24T09:00:00Z",
        role=role,
        handle=handle,
        locale="so",
        units=tuple(unit_digest(unit.key, unit.msgstr) for unit in units),
    )


def worklist(units, lines=(), *, role=Role.REVISER, segments=None, of_source=False, findings=()):
    terms = Terms(
        rules=TierRules(
            source=((Role.AUTHOR,), (Role.CLINICIAN,)), target=((Role.TRANSLATOR,), (Role.REVISER,))
        ),
        of_source=of_source,
        urgency=Urgency.ROUTINE,
        now=NOW,
        accept_samples=False,
    )
    desk = Desk(
        segments=tuple(segments or (segment(unit.msgid) for unit in units)),
        catalog=None if of_source else Catalog(units=tuple(units)),
        cover=Cover(Ledger(lines=tuple(lines)), terms),
        digest_of=unit_digest,
        findings_of=lambda _segments, _unit: findings,
    )
    return make_worklist(desk, role)


def test_everything_that_is_translated_in_the_order_of_the_document():
    found = worklist(UNITS, segments=[segment(u.msgid) for u in (REST, CALL, WATER)])
    assert [(item.number, item.target) for item in found.open_items] == [
        (1, "استرح."),
        (2, "Wac 999 hadda."),
        (3, "পানি পান করুন।"),
    ]


def test_what_the_role_has_signed_is_not_asked_again_and_others_do_not_count():
    lines = [signed(Role.REVISER, "yusuf", CALL), signed(Role.TRANSLATOR, "amina", *UNITS)]
    found = worklist(UNITS, lines)
    assert [item.source for item in found.open_items] == ["Drink water.", "Rest."]
    assert found.items[0].signers(Role.REVISER) == {"yusuf"}


def test_one_changed_character_asks_again_for_that_unit_alone():
    edited = Unit(msgid=WATER.msgid, msgstr="পানি পান করুন")
    found = worklist((CALL, edited, REST), [signed(Role.REVISER, "yusuf", *UNITS)])
    assert [item.source for item in found.open_items] == ["Drink water."]


def test_what_cannot_be_looked_at_yet_is_named_with_the_reason():
    units = (
        Unit(msgid="Call 999 now."),
        Unit(msgid="Drink water.", msgstr="Cab biyo.", fuzzy=True),
        Unit(msgid="Stay at home.", msgstr="Stay at home!"),
        Unit(msgid="NHS 111", msgstr="NHS 111"),
    )
    found = worklist(units)
    assert [(unit.number, unit.why) for unit in found.waiting] == [
        (1, Wait.UNTRANSLATED),
        (2, Wait.FUZZY),
        (3, Wait.COPY),
    ]
    assert [item.source for item in found.open_items] == ["NHS 111"]
    assert found.total == 4


def test_a_text_that_stands_twice_is_looked_at_once_and_critical_in_one_place_is_critical():
    twice = [
        segment("Rest.", section=("Day 1",)),
        segment("Rest.", critical=True, section=("Day 2",)),
    ]
    (item,) = worklist([REST], segments=twice).open_items
    assert item.critical
    assert item.section == ("Day 1",)


def test_the_source_side_has_no_target_and_waits_for_nobody():
    found = worklist(UNITS, of_source=True, role=Role.AUTHOR)
    assert [item.digest for item in found.open_items] == [unit_digest(u.key) for u in UNITS]
    assert found.waiting == ()


def finding(severity: Severity) -> Finding:
    return Finding(
        check="x",
        severity=severity,
        path=Path("fever.po"),
        line=None,
        message="Wrong.",
        remedy="Mend it.",
    )


@pytest.mark.parametrize(
    ("role", "others", "severity", "expected"),
    [
        (Role.REVISER, {}, None, None),
        (Role.REVISER, {}, Severity.CRITICAL, Refusal.FINDING),
        (Role.REVISER, {}, Severity.MAJOR, None),
        (Role.REVISER, {Role.TRANSLATOR: frozenset({"amina"})}, None, Refusal.OWN_WORK),
        (Role.TRANSLATOR, {Role.REVISER: frozenset({"amina"})}, None, Refusal.OWN_WORK),
        (Role.REVISER, {Role.TRANSLATOR: frozenset({"yusuf"})}, None, None),
        (Role.CLINICIAN, {Role.AUTHOR: frozenset({"amina"})}, None, Refusal.SECOND_ROLE),
    ],
)
def test_who_may_sign(role, others, severity, expected):
    findings = (finding(severity),) if severity else ()
    (item,) = worklist([CALL], role=role, findings=findings).items
    assert find_refusal(item, role=role, handle="amina", others=others) is expected


def test_a_choice_is_by_number_span_or_beginning_of_a_digest():
    items = worklist(UNITS).open_items
    prefix = items[2].digest[:7]
    assert [item.number for item in choose(items, ["2-3"])] == [2, 3]
    assert [item.number for item in choose(items, [prefix, "1", "1"])] == [1, 3]


@pytest.mark.parametrize("word", ["0", "4", "2-9", "3-2", "x", "-1", "f" * 41, "٣", "9" * 30])
def test_a_choice_of_what_is_not_there_is_refused(word):
    with pytest.raises(ChoiceError):
        choose(worklist(UNITS).open_items, [word])


def test_a_unit_knows_what_its_target_was_made_for():
    old = UnitKey(None, "Call 111 now.")
    unit = Unit(msgid="Call 999 now.", msgstr="Wac 999 hadda.", previous=old)
    assert worklist([unit]).items[0].previous == old


def test_a_sign_off_that_counts_in_another_role_leaves_the_unit_open_for_somebody_else():
    english = Unit(msgid=CALL.msgid)
    lines = (signed(Role.AUTHOR, "ali", english), signed(Role.CLINICIAN, "ali", english))
    (item,) = worklist([english], lines, of_source=True, role=Role.CLINICIAN).open_items
    assert item.signers(Role.CLINICIAN) == {"ali"}
    assert item.lacks == (Role.CLINICIAN,)

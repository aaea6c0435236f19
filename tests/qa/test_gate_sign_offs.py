"""Only what every needed role has signed, in exactly this text, is shown as translation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.ledger import Cover, Ledger, Terms, unit_digest
from pipeline.model import Catalog, Origin, Segment, SegmentKind, Unit, UnitKey, Urgency
from pipeline.qa import Gate, Hold, SignOffs, open_gate
from pipeline.workflow import Role, SignOff, TierRules

PATH = Path("locales/so/covid-19/when-to-get-help.po")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CLINICAL = TierRules(
    source=((Role.AUTHOR,), (Role.CLINICIAN,)),
    target=((Role.TRANSLATOR,), (Role.REVISER, Role.COMMUNITY_READER)),
)
CALL = Unit(msgid="Call 999 now.", msgstr="Wac 999 hadda.")
REST = Unit(msgid="Drink water.", msgstr="Cab biyo.")


def segment(msgid: str, *, critical: bool = False) -> Segment:
    return Segment(
        msgid=msgid,
        kind=SegmentKind.PARAGRAPH,
        critical=critical,
        start=0,
        end=len(msgid),
        line=1,
    )


def signs(role: Role, handle: str, *units: Unit, sample: bool = False) -> SignOff:
    return SignOff(
        time="2026-11-24T09:00:00Z",
        role=role,
        handle=handle,
        locale="so",
        units=tuple(unit_digest(unit.previous or unit.key, unit.msgstr) for unit in units),
        sample=sample,
    )


def everybody(*units: Unit, sample: bool = False) -> tuple[SignOff, ...]:
    return (
        signs(Role.TRANSLATOR, "amina", *units, sample=sample),
        signs(Role.REVISER, "yusuf", *units, sample=sample),
        signs(Role.COMMUNITY_READER, "hodan", *units, sample=sample),
    )


def gate(
    units, lines, *, demonstration=False, was_live=False, critical=False, is_sample=False
) -> Gate:
    terms = Terms(
        rules=CLINICAL,
        of_source=False,
        urgency=Urgency.ROUTINE,
        now=NOW,
        accept_samples=demonstration,
    )
    headers = (("X-Sample", "yes"),) if is_sample else ()
    return open_gate(
        [segment(unit.msgid, critical=critical) for unit in units],
        Catalog(headers=headers, units=tuple(units)),
        sign_offs=SignOffs(
            cover=Cover(Ledger(lines=tuple(lines)), terms), digest_of=unit_digest, was_live=was_live
        ),
        accept_samples=demonstration,
    )


def test_what_all_have_signed_is_shown():
    assert gate([CALL], everybody(CALL)).targets == {CALL.key: "Wac 999 hadda."}


def test_what_nobody_has_signed_is_not():
    found = gate([CALL], [])
    assert found.targets == {}
    assert found.held == {CALL.key: Hold.UNSIGNED}
    assert found.translated == {CALL.key}
    assert found.standings[CALL.key].turn == (Role.TRANSLATOR,)


@pytest.mark.parametrize("absent", [0, 1, 2])
def test_one_role_that_is_needed_and_has_not_signed_holds_it_back(absent: int):
    lines = [line for number, line in enumerate(everybody(CALL)) if number != absent]
    assert gate([CALL], lines).targets == {}


def test_a_sign_off_of_one_sentence_covers_no_other():
    assert gate([CALL, REST], everybody(CALL)).targets == {CALL.key: "Wac 999 hadda."}


def test_a_full_stop_more_in_the_translation_asks_for_another_look():
    edited = Unit(msgid="Call 999 now.", msgstr="Wac 999 hadda..")
    assert gate([edited], everybody(CALL)).targets == {}


def test_one_person_is_not_two_pairs_of_eyes():
    lines = (*everybody(CALL)[:2], signs(Role.COMMUNITY_READER, "yusuf", CALL))
    assert gate([CALL], lines).targets == {}


def test_a_sample_opens_the_gate_of_a_demonstration_alone():
    lines = everybody(CALL, sample=True)
    assert gate([CALL], lines, demonstration=True).targets == {CALL.key: "Wac 999 hadda."}
    assert gate([CALL], lines, demonstration=False).targets == {}


def test_real_sign_offs_do_not_turn_a_sample_catalog_into_a_real_one():
    found = gate([CALL], everybody(CALL), is_sample=True)
    assert found.targets == {}
    assert found.held == {CALL.key: Hold.SAMPLE}


STALE = Unit(
    msgid="Stay at home for 5 days.",
    msgstr="Guriga joog 10 maalmood.",
    fuzzy=True,
    previous=UnitKey(None, "Stay at home for 10 days."),
)


def test_a_stale_translation_that_was_signed_is_known_as_such():
    found = gate([STALE], everybody(STALE), critical=True)
    assert found.targets == {}
    assert found.held == {STALE.key: Hold.CHANGED}
    assert found.tolerated == {STALE.key}


def test_one_that_was_never_signed_still_keeps_the_page_back():
    assert gate([STALE], [], critical=True).tolerated == frozenset()


def test_a_machine_draft_of_a_similar_sentence_was_never_public():
    draft = Unit(
        msgid=STALE.msgid,
        msgstr=STALE.msgstr,
        fuzzy=True,
        previous=STALE.previous,
        origin=Origin.MEMORY,
    )
    assert gate([draft], everybody(STALE), critical=True).tolerated == frozenset()


def test_a_page_that_people_read_stays_while_its_new_sentence_is_translated():
    new = Unit(msgid="Open a window.", msgstr="")
    assert gate([new], [], was_live=True, critical=True).tolerated == {new.key}

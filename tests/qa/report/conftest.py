"""A small report: a number that is wrong, advice, a waiver, somebody who is waited for."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.config.checklist import read_checklist
from pipeline.model import Finding, RiskTier, Severity
from pipeline.qa.report import Account, Facts, ListedWaiver, Noted, Report, answer
from pipeline.qa.waivers import Listed, WaiverState
from pipeline.workflow import Event, EventKind, Role, Stage

ROOT = Path("/health")
PATH = ROOT / "locales/ar/covid-19/stay home.po"


def finding(check: str, severity: Severity, message: str, line: int = 12) -> Finding:
    return Finding(
        check=check,
        severity=severity,
        path=PATH,
        line=line,
        message=message,
        remedy="Compare it with the source.",
        locale="ar",
        msgid="Stay at home for 10 days & <rest>.",
        context="on a card",
    )


WRONG = finding("number-mismatch", Severity.CRITICAL, "The translation has ١٠٠ where … has 10.")
SHORT = finding("truncated", Severity.MAJOR, "The translation ends early.", 20)
SPACE = finding("whitespace", Severity.MINOR, "There are two spaces.", 31)
WAIVER = Event(
    time="2026-11-20T09:00:00Z",
    event=EventKind.FINDING_WAIVED,
    handle="dr.ali",
    locale="ar",
    units=("b" * 40,),
    finding="a" * 40,
    until=date(2026, 12, 24),
    note="The rest stands in the picture.",
)


@pytest.fixture
def report() -> Report:
    facts = Facts(
        stages=frozenset({Stage.UNIT, Stage.DOCUMENT}),
        risk=RiskTier.GENERAL,
        noted=(
            Noted(finding=WRONG, id="c" * 40, unit="b" * 40),
            Noted(finding=SHORT, id="a" * 40, unit="b" * 40, waiver=WAIVER),
            Noted(finding=SPACE, id="d" * 40, unit="b" * 40),
        ),
        texts=20,
        roles=frozenset({Role.TRANSLATOR, Role.REVISER, Role.COMMUNITY_READER}),
        missing={Role.REVISER: 3},
        owed={Role.COMMUNITY_READER: 1},
        command="pipeline review covid-19/stay --locale ar --role ROLE",
    )
    account = Account(
        resource="covid-19/stay", locale="ar", answers=answer(read_checklist(), facts)
    )
    listed = Listed(waiver=WAIVER, state=WaiverState.COUNTS, finding=SHORT)
    return Report(
        root=ROOT,
        now=datetime(2026, 11, 24, 12, tzinfo=UTC),
        accounts=(account,),
        waivers=(ListedWaiver(resource="covid-19/stay", locale="ar", listed=listed),),
    )

"""`pipeline qa --waive`: put on record that a finding may stand, until a day."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.cli.console import out
from pipeline.cli.review_screen import safe
from pipeline.config import Project
from pipeline.errors import LedgerError
from pipeline.ledger import (
    append,
    format_time,
    fresh_time,
    is_handle,
    read_ledger,
    sign_line,
)
from pipeline.model import Severity
from pipeline.qa.report import Account, Noted, Report
from pipeline.workflow import Event, EventKind

#: Digits of an id that have to be given at least.
_LEAST = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A waiver that somebody asks for.

    Attributes:
        finding: the finding's id, or its beginning.
        reason: why it may stand.
        until: the last day on which it may.
        handle: who says so.
        key: private SSH key; None for no signature.
        now: the present moment.
    """

    finding: str
    reason: str
    until: date
    handle: str
    key: Path | None
    now: datetime


def waive(project: Project, report: Report, asked: Asked) -> int:
    """Add the line that lets a finding stand.

    Args:
        project: the project.
        report: what was found.
        asked: the waiver.

    Raises:
        LedgerError: there is no such finding, it is critical, or something is missing.
    """
    account, noted = _find(report, asked.finding)
    _check(project, noted, asked)
    topic, _, slug = account.resource.partition("/")
    path = project.ledger_path(account.locale, topic, slug)
    ledger = read_ledger(path, locale=account.locale, now=asked.now)
    if ledger.is_doubtful:
        raise LedgerError(
            "The ledger has a line that may have taken something back: none of it counts.",
            remedy="Mend it first: `pipeline ledger verify` says which line.",
            path=path,
        )
    event = Event(
        time=format_time(asked.now),
        event=EventKind.FINDING_WAIVED,
        handle=asked.handle,
        locale=account.locale,
        units=(noted.unit,),
        finding=noted.id,
        until=asked.until,
        note=asked.reason.strip(),
    )
    event = fresh_time(ledger, event)
    append(path, sign_line(event, asked.key) if asked.key else event)
    out.print(
        f"Until {asked.until} it may stand: {safe(noted.finding.message)} "
        "Once the text changes it is looked at again.",
        markup=False,
    )
    return 0


def _find(report: Report, beginning: str) -> tuple[Account, Noted]:
    wanted = beginning.lower()
    found = [
        (account, noted)
        for account, noted in report.noted()
        if noted.id.startswith(wanted) and len(wanted) >= _LEAST
    ]
    if len({noted.id for _, noted in found}) == 1:
        return found[0]
    raise LedgerError(
        f"`{safe(beginning)}` names {'more than one finding' if found else 'no finding'}.",
        remedy=f"Give {_LEAST} digits or more of an id, as `pipeline qa` prints them.",
    )


def _check(project: Project, noted: Noted, asked: Asked) -> None:
    """Refuse what would not count."""
    if noted.finding.severity is Severity.CRITICAL:
        raise LedgerError(
            f"A critical finding cannot be waived: {safe(noted.finding.message)}",
            remedy=noted.finding.remedy,
            path=noted.finding.path,
            line=noted.finding.line,
        )
    if not is_handle(asked.handle):
        raise LedgerError(
            f"`{safe(asked.handle)}` is not a handle.",
            remedy="Use small letters and digits, with `.`, `-` or `_` between.",
        )
    if not asked.reason.strip():
        raise LedgerError("There is no reason.", remedy="Say with --reason why it may stand.")
    if asked.until < asked.now.date():
        raise LedgerError(f"{asked.until} is past.", remedy="Name a day from today on.")
    if project.workflow.require_signatures and asked.key is None:
        raise LedgerError(
            "This project counts signed lines only.", remedy="Add --key with your SSH key."
        )

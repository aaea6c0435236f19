"""Waivers: what a check found, and somebody has said may stand, with a reason and until a day.

A waiver names the finding by a digest of check, unit and message. The unit's own digest is in
it, so that a waiver is void as soon as the source or the target changes.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pipeline.ledger import Cover, digest
from pipeline.model import Finding, Severity, Unit, UnitKey
from pipeline.workflow import Event, EventKind, Line


def finding_id(finding: Finding, unit_digest: str) -> str:
    """What a waiver calls a finding.

    Args:
        finding: what the check saw; where its line is and how severe it is change nothing.
        unit_digest: digest of the unit that it is about.

    Returns:
        40 hexadecimal digits.
    """
    return digest(json.dumps([finding.check, unit_digest, finding.message]).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Waived:
    """A finding that may stand, and the line of the ledger that says so."""

    finding: Finding
    waiver: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Waivers:
    """The waivers of one side of a resource that count.

    Attributes:
        cover: what counts in its ledger.
        digest_of: the digest of a unit, from its key and its target text.
    """

    cover: Cover
    digest_of: Callable[[UnitKey, str], str]

    def name(self, finding: Finding, unit: Unit) -> str:
        """What a waiver of this finding has to call it."""
        return finding_id(finding, self.digest_of(unit.key, unit.msgstr))

    def find(self, finding: Finding, unit: Unit) -> Event | None:
        """The waiver of a finding; None where there is none that counts.

        A critical finding has none, whatever a ledger says.
        """
        if finding.severity is Severity.CRITICAL:
            return None
        unit_digest = self.digest_of(unit.key, unit.msgstr)
        return self.cover.waiver(unit_digest, finding_id(finding, unit_digest))


class WaiverState(StrEnum):
    """What a waiver in a ledger is worth now."""

    COUNTS = "counts"
    ENDED = "has ended"
    CRITICAL = "does not count: the finding is critical"
    GONE = "void: the text has changed, or the check no longer finds it"
    OFF = "does not count: taken back, unsigned, of the future, or in a ledger in doubt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A waiver as reports list it.

    Attributes:
        waiver: the line of the ledger.
        state: what it is worth now.
        finding: what it is about; None where the check no longer finds it.
    """

    waiver: Event
    state: WaiverState
    finding: Finding | None = None


def list_waivers(
    lines: Iterable[Line], found: Iterable[tuple[str, Finding]], cover: Cover, *, now: datetime
) -> Iterator[Listed]:
    """Every waiver of findings in a ledger, with what it is worth.

    Args:
        lines: the lines of the ledger.
        found: the findings of that side, each behind its id.
        cover: what counts in the ledger.
        now: the present moment.
    """
    findings = dict(found)
    for line in lines:
        if isinstance(line, Event) and line.event is EventKind.FINDING_WAIVED:
            finding = findings.get(line.finding)
            yield Listed(waiver=line, state=_judge(line, finding, cover, now), finding=finding)


def _judge(line: Event, finding: Finding | None, cover: Cover, now: datetime) -> WaiverState:
    if line.until is None or now.astimezone(UTC).date() > line.until:
        return WaiverState.ENDED
    if finding is None:
        return WaiverState.GONE
    if finding.severity is Severity.CRITICAL:
        return WaiverState.CRITICAL
    counts = cover.waiver(line.units[0], line.finding) is not None
    return WaiverState.COUNTS if counts else WaiverState.OFF

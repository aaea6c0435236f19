"""The empty units of a catalog, filled: from the memory first, then by a machine. All fuzzy.

In: texts with their units. Out: the units as they are to be written, and what became of each. What
the checks of translations refuse is thrown away, and the box stays empty: somebody who corrects a
draft reads it as if it were nearly right.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pipeline.draft.engine import Attempt, Drafter
from pipeline.model import Catalog, Finding, Origin, Segment, Severity, Unit, UnitKey

#: What the checks say of a draft, in each of the places in which its source stands.
Judge = Callable[[Sequence[Segment], Unit], Iterable[Finding]]
_REFUSED = (Severity.CRITICAL, Severity.MAJOR)


class Outcome(StrEnum):
    """What became of an empty unit."""

    MEMORY = "memory"
    MACHINE = "machine"
    DISCARDED = "discarded"
    LEFT = "left"  # nobody was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """An empty unit and what became of it.

    Attributes:
        unit: the unit as it is to be written.
        outcome: what became of it.
        reason: why a machine's draft was discarded.
        flags: what to look at first.
        is_critical: the author has marked its source as safety-critical.
    """

    unit: Unit
    outcome: Outcome
    reason: str = ""
    flags: tuple[str, ...] = ()
    is_critical: bool = False


def find_empty(
    catalog: Catalog, segments: Iterable[Segment]
) -> list[tuple[Unit, tuple[Segment, ...]]]:
    """The units of a catalog that have no target, each with the places in which it stands.

    Args:
        catalog: the catalog.
        segments: the segments of its resource.

    Returns:
        In the order of the resource. A segment of which the catalog knows nothing is not there.
    """
    places: dict[UnitKey, list[Segment]] = {}
    for segment in segments:
        places.setdefault(segment.key, []).append(segment)
    units = catalog.by_key()
    return [
        (units[key], tuple(where))
        for key, where in places.items()
        if key in units and not units[key].msgstr
    ]


def fill_units(
    empty: Iterable[tuple[Unit, Sequence[Segment]]],
    *,
    proposals: Mapping[UnitKey, Unit],
    drafter: Drafter | None,
    judge: Judge,
    today: date,
) -> Iterator[Filled]:
    """Fill units one by one.

    Args:
        empty: what :func:`find_empty` gave.
        proposals: what the memory proposes, by key.
        drafter: the machine; None where there is none, or none is wanted.
        judge: the checks of translations.
        today: for the record.
    """
    for unit, places in empty:
        is_critical = any(segment.critical for segment in places)
        if proposed := proposals.get(unit.key):
            filled = Filled(unit=replace(proposed, fuzzy=True), outcome=Outcome.MEMORY)
        elif drafter is None:
            filled = Filled(unit=unit, outcome=Outcome.LEFT)
        else:
            filled = _by_machine(unit, places, drafter, judge, today)
        yield replace(filled, is_critical=is_critical)


def _by_machine(
    unit: Unit, places: Sequence[Segment], drafter: Drafter, judge: Judge, today: date
) -> Filled:
    attempt = drafter.attempt(places[0])
    if attempt.reason:
        return Filled(unit=unit, outcome=Outcome.DISCARDED, reason=attempt.reason)
    draft = replace(
        unit,
        msgstr=attempt.msgstr,
        fuzzy=True,
        origin=Origin.MACHINE,
        origin_note=describe_origin(drafter.translator.name, today, attempt),
        # What an editor shows as the source that it was made for: exactly this one.
        previous=None,
    )
    findings = sorted(
        judge(places, draft), key=lambda finding: list(Severity).index(finding.severity)
    )
    for finding in findings:
        if finding.severity in _REFUSED:
            reason = f"{finding.message} ({finding.check})"
            return Filled(unit=unit, outcome=Outcome.DISCARDED, reason=reason)
    advice = (f"{finding.message} ({finding.check})" for finding in findings)
    flags = tuple(dict.fromkeys((*attempt.flags, *advice)))
    return Filled(unit=draft, outcome=Outcome.MACHINE, flags=flags)


def describe_origin(machine: str, today: date, attempt: Attempt) -> str:
    """How a machine's draft was made, for the record in its unit.

    ``argos 1.12.1, en_ar 1.0, 2026-11-24, score 0.87, back 0.92``
    """
    parts = [machine, today.isoformat(), f"score {attempt.score:.2f}"]
    if attempt.agreement is not None:
        parts.append(f"back {attempt.agreement:.2f}")
    return ", ".join(parts)


def put_in(catalog: Catalog, filled: Iterable[Filled]) -> Catalog:
    """The catalog with its filled units; the very same where nothing was filled."""
    drafts = {
        each.unit.key: each.unit
        for each in filled
        if each.outcome in {Outcome.MEMORY, Outcome.MACHINE}
    }
    if not drafts:
        return catalog
    units = (
        drafts.get(unit.key, unit) if not unit.obsolete and not unit.msgstr else unit
        for unit in catalog.units
    )
    return replace(catalog, units=tuple(units))

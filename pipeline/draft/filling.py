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

#: An empty unit with the places in which its source stands.
Empty = tuple[Unit, Sequence[Segment]]
#: What the checks say of each of the drafts of a catalog, as if somebody had confirmed them.
Judge = Callable[[Sequence[Empty]], Iterable[Iterable[Finding]]]
#: Stands in the record of a draft before the words of what is doubtful.
LOOK_FIRST = "look first: "
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


def find_empty(catalog: Catalog, segments: Iterable[Segment]) -> list[Empty]:
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
    empty: Iterable[Empty],
    *,
    proposals: Mapping[UnitKey, Unit],
    drafter: Drafter | None,
    judge: Judge,
    today: date,
    on_attempt: Callable[[], object] = lambda: None,
) -> list[Filled]:
    """Fill the empty units of one catalog.

    Args:
        empty: what :func:`find_empty` gave.
        proposals: what the memory proposes, by key.
        drafter: the machine; None where there is none, or none is wanted.
        judge: the checks of translations.
        today: for the record.
        on_attempt: called after each unit that the machine has tried.
    """
    empty = list(empty)
    asked = [pair for pair in empty if pair[0].key not in proposals] if drafter else []
    tried: list[tuple[Empty, Attempt]] = []
    for unit, places in asked:
        if drafter:
            tried.append(((unit, places), drafter.attempt(places[0])))
        on_attempt()
    machine = drafter.translator.name if drafter else ""
    drafted = {each.unit.key: each for each in _judged(tried, judge, machine, today)}
    return [
        replace(
            drafted.get(unit.key) or _from_memory(unit, proposals.get(unit.key)),
            is_critical=any(segment.critical for segment in places),
        )
        for unit, places in empty
    ]


def _from_memory(unit: Unit, proposed: Unit | None) -> Filled:
    if proposed is None:
        return Filled(unit=unit, outcome=Outcome.LEFT)
    return Filled(unit=replace(proposed, fuzzy=True), outcome=Outcome.MEMORY)


def _judged(
    tried: Sequence[tuple[Empty, Attempt]], judge: Judge, machine: str, today: date
) -> Iterator[Filled]:
    """What becomes of a machine's attempts, once the checks have seen them all."""
    made = []
    for (unit, places), attempt in tried:
        if attempt.reason:
            yield Filled(unit=unit, outcome=Outcome.DISCARDED, reason=attempt.reason)
        else:
            note = describe_origin(machine, today, attempt)
            made.append((_draft(unit, attempt.msgstr, note), unit, places, attempt))
    said = judge([(draft, places) for draft, _, places, _ in made]) if made else ()
    for (draft, unit, _, attempt), findings in zip(made, said, strict=True):
        yield _kept_or_not(draft, unit, attempt, tuple(findings))


def _draft(unit: Unit, msgstr: str, note: str) -> Unit:
    return replace(
        unit, msgstr=msgstr, fuzzy=True, origin=Origin.MACHINE, origin_note=note, previous=None
    )


def _kept_or_not(draft: Unit, unit: Unit, attempt: Attempt, findings: Sequence[Finding]) -> Filled:
    for severity in _REFUSED:
        for finding in findings:
            if finding.severity is severity:
                reason = f"{finding.message} ({finding.check})"
                return Filled(unit=unit, outcome=Outcome.DISCARDED, reason=reason)
    advice = (f"{finding.message} ({finding.check})" for finding in findings)
    flags = tuple(dict.fromkeys((*attempt.flags, *advice)))
    doubts = dict.fromkeys((*attempt.doubts, *(finding.check for finding in findings)))
    if doubts:
        note = f"{draft.origin_note}, {LOOK_FIRST}{' '.join(doubts)}"
        draft = replace(draft, origin_note=note)
    return Filled(unit=draft, outcome=Outcome.MACHINE, flags=flags)


def describe_origin(machine: str, today: date, attempt: Attempt) -> str:
    """How a machine's draft was made, for the record in its unit.

    ``argos 1.12.1, en_ar 1.0, 2026-11-24, score 0.87, back 0.92``. What is doubtful follows once
    the checks have seen it: ``, look first: back length-outlier``.
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

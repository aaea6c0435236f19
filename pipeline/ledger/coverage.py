"""Which units are signed by whom: what the gate, the clock and the reviewers ask of a ledger.

In: a ledger, the rules of a risk tier, the present moment. Out: for each unit, by its digest,
the roles that have signed it and those that are still to. A sign-off covers the digests that
it names and nothing else: after a change the digest is another, and nobody has signed it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipeline.ledger.lines import format_time, line_id, parse_time
from pipeline.ledger.people import People, gather_people, held_roles, time_held
from pipeline.ledger.reading import TOLERANCE, Ledger
from pipeline.model import Urgency
from pipeline.workflow import Event, EventKind, Line, Role, SignOff, Step, TierRules

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one unit stands.

    Attributes:
        missing: roles without which it may not be shown, in the order of the steps.
        turn: those that can sign now: the missing ones of the first step that lacks any, and
            of the owed ones those of this step and of the steps before it.
        owed: roles that may follow publication and have not signed yet.
        complete: moment from which all signed that publication waits for; empty while one is
            missing.
        waived: roles that nobody waits for, by a waiver.
        step_times: when each step was done, with those before it, as far as they are; roles
            that may follow publication are not waited for.
    """

    missing: tuple[Role, ...]
    turn: tuple[Role, ...]
    owed: tuple[Role, ...] = ()
    complete: str = ""
    waived: tuple[Role, ...] = ()
    step_times: tuple[str, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Whether every needed role has signed exactly this unit."""
        return not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a resource's risk and urgency ask of one side of it.

    Attributes:
        rules: the rules of its risk tier.
        of_source: whether the source text is signed, or a translation.
        urgency: how long readers can wait.
        now: the present moment.
        accept_samples: sample sign-offs count: the project is a demonstration.
        is_valid: whether a line's signature is good; None where none is asked for.
    """

    rules: TierRules
    of_source: bool
    urgency: Urgency
    now: datetime
    accept_samples: bool
    is_valid: Callable[[Line], bool] | None = None


class Cover:
    """The sign-offs of a ledger that count, by unit.

    Args:
        ledger: the ledger.
        terms: what is asked.
    """

    def __init__(self, ledger: Ledger, terms: Terms) -> None:
        self._terms = terms
        lines, taken_back = _counting(() if ledger.is_doubtful else ledger.lines, terms)
        self._lines = lines
        #: Who has translated a unit and taken the sign-off back is no second person all the
        #: same: taking back opens nothing.
        self._translators: dict[str, frozenset[str]] = {}
        for line in taken_back:
            if isinstance(line, SignOff) and line.role is Role.TRANSLATOR:
                for unit in line.units:
                    known = self._translators.get(unit, frozenset())
                    self._translators[unit] = known | {line.handle}
        #: What somebody has taken back was a warning: there nobody may follow publication any
        #: more. Days that began to run anew with the next sign-off would open what was shut.
        warnings = [line for line in taken_back if not _is(line, EventKind.RESTORED)]
        self._graceless = {unit for line in warnings for unit in line.units}
        self._is_graceless = any(not line.units for line in warnings)
        #: Waivers of all units; a sign-off without units would say nothing.
        self._everywhere = [
            number
            for number, line in enumerate(lines)
            if isinstance(line, Event) and not line.units
        ]
        #: The lines that name a unit, each a bit of a number.
        self._by_unit = _index(lines)
        self._known: dict[tuple[int, frozenset[str], bool, bool], Standing] = {}

    def standing(self, digest: str, *, critical: bool) -> Standing:
        """How a unit stands.

        Args:
            digest: the unit's.
            critical: its segment is marked as safety-critical.
        """
        # Whole leaflets are signed at once: what is judged for one unit holds for all of its lines.
        bits = self._by_unit.get(digest, 0)
        translators = self._translators.get(digest, _NOBODY) if self._translators else _NOBODY
        has_grace = not self._is_graceless and digest not in self._graceless
        key = bits, translators, critical, has_grace
        known = self._known.get(key)
        if known is None:
            later = self._later(critical=critical) if has_grace else frozenset()
            lines = [*self._naming(bits), *(self._lines[number] for number in self._everywhere)]
            known = self._known[key] = self._judge(lines, translators, later, critical=critical)
        return known

    def waiver(self, digest: str, finding: str) -> Event | None:
        """The waiver that lets a finding in a unit stand; None where there is none that counts.

        Args:
            digest: the unit's.
            finding: the finding's.
        """
        for line in self._naming(self._by_unit.get(digest, 0)):
            if isinstance(line, Event) and line.finding == finding:
                return line
        return None

    def people(self, digest: str) -> People:
        """Who has signed a unit, by role, with the time of their first sign-off of it."""
        lines = self._naming(self._by_unit.get(digest, 0))
        return gather_people(lines, self._translators.get(digest, ()))

    def _naming(self, bits: int) -> list[Line]:
        return [line for number, line in enumerate(self._lines) if bits >> number & 1]

    def signed_by(self, role: Role, *, handle: str | None = None) -> frozenset[str]:
        """Digests of all units that a role, or one person in it, has ever signed."""
        return frozenset(
            unit
            for line in self._lines
            if isinstance(line, SignOff) and line.role is role and handle in {None, line.handle}
            for unit in line.units
        )

    def other_times(self, units: Collection[str]) -> tuple[str, ...]:
        """When units that are not among these were signed by all that publication waits for.

        Of a ledger that is older than the text these are earlier states of what changed since.

        Args:
            units: digests of the text as it stands.
        """
        others = (unit for unit in self._by_unit if unit not in units)
        times = (self.standing(unit, critical=False).complete for unit in others)
        return tuple(time for time in times if time)

    def _judge(
        self,
        lines: Sequence[Line],
        translators: frozenset[str],
        later: frozenset[Role],
        *,
        critical: bool,
    ) -> Standing:
        waived = {
            line.role
            for line in lines
            if isinstance(line, Event) and line.event is EventKind.WAIVED and line.role
        }
        rules = self._terms.rules
        if critical:
            waived -= set(rules.never_waived)
        return _stand(
            rules.steps(of_source=self._terms.of_source),
            gather_people(lines, translators),
            frozenset(waived),
            later,
            self._is_due,
        )

    def _later(self, *, critical: bool) -> frozenset[Role]:
        """Roles that may follow publication; what cannot be waived cannot wait either."""
        rules = self._terms.rules
        if self._terms.of_source or self._terms.urgency not in rules.later_urgencies:
            return frozenset()
        return frozenset(rules.later) - (set(rules.never_waived) if critical else set())

    def _is_due(self, complete: str) -> bool:
        """Whether the days have passed that some roles have after the others signed."""
        last = parse_time(complete) + timedelta(days=self._terms.rules.later_days)
        return self._terms.now > last


def _index(lines: Sequence[Line]) -> dict[str, int]:
    """For each unit the lines that name it: bit by bit, as whole leaflets are signed by several."""
    by_units: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines):
        by_units[line.units] = by_units.get(line.units, 0) | 1 << number
    index: dict[str, int] = {}
    for units, bits in by_units.items():
        if index:
            index |= {unit: index.get(unit, 0) | bits for unit in units}
        else:
            index = dict.fromkeys(units, bits)
    return index


def is_withdrawn(ledger: Ledger, terms: Terms) -> Event | None:
    """The event that has stopped publication and was not followed by one that allows it again.

    In a ledger that throws doubt nothing allows it again.
    """
    stops = [line for line in ledger.lines if _is(line, EventKind.WITHDRAWN)]
    if not stops:
        return None
    # Of the same second the one that closes counts, whatever the order.
    stopped = max(stops, key=lambda line: line.time)
    allowed, _ = _counting(() if ledger.is_doubtful else ledger.lines, terms)
    is_restored = any(
        _is(line, EventKind.RESTORED) and line.time > stopped.time for line in allowed
    )
    return None if is_restored or isinstance(stopped, SignOff) else stopped


def _is(line: Line, kind: EventKind) -> bool:
    return isinstance(line, Event) and line.event is kind


def _counting(lines: tuple[Line, ...], terms: Terms) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What opens the gate (sign-offs, waivers, restorations) and counts now.

    Returns:
        The lines that count, and those that would if they had not been taken back.
    """
    revoked = {line.revokes for line in lines if isinstance(line, Event) and line.revokes}
    latest = format_time(terms.now + TOLERANCE)
    good = [line for line in lines if line.time <= latest and _is_open(line, terms)]
    if terms.is_valid is not None:
        good = [line for line in good if terms.is_valid(line)]
    if not revoked:
        return tuple(good), ()
    taken_back = tuple(line for line in good if line_id(line) in revoked)
    gone = frozenset(taken_back)
    return tuple(line for line in good if line not in gone), taken_back


def _is_open(line: Line, terms: Terms) -> bool:
    if isinstance(line, SignOff):
        return terms.accept_samples or not line.sample
    if line.event in _WAIVERS and line.until is not None:
        return terms.now.astimezone(UTC).date() <= line.until
    return line.event is EventKind.RESTORED


_WAIVERS = frozenset({EventKind.WAIVED, EventKind.FINDING_WAIVED})
#: Where no role is needed at all.
_EVER = "1970-01-01T00:00:00Z"


def _stand(
    steps: tuple[Step, ...],
    people: People,
    waived: frozenset[Role],
    later: frozenset[Role],
    is_due: Callable[[str], bool],
) -> Standing:
    roles = tuple(dict.fromkeys(role for step in steps for role in step))
    needed = [role for role in roles if role not in waived]
    first = [role for role in needed if role not in later]
    # A role that may come later takes nobody from one that must come first.
    held = held_roles((*first, *(role for role in needed if role in later)), people)
    complete = time_held(first or needed, people)
    # Later is later than something: where nobody comes first, it is not later at all.
    is_late = not first or bool(complete and is_due(complete))
    owed = () if is_late else tuple(r for r in needed if r in later and r not in held)
    missing = tuple(role for role in needed if role not in held and role not in owed)
    return Standing(
        missing=missing,
        turn=_turn(steps, missing, owed),
        owed=owed,
        complete="" if missing else complete or _EVER,
        waived=tuple(role for role in roles if role in waived),
        step_times=_step_times(steps, frozenset(first), people),
    )


def _turn(
    steps: tuple[Step, ...], missing: tuple[Role, ...], owed: tuple[Role, ...]
) -> tuple[Role, ...]:
    turn: list[Role] = []
    for step in steps:
        turn += (role for role in step if role in missing or role in owed)
        if any(role in missing for role in step):
            break
    return tuple(dict.fromkeys(turn))


def _step_times(steps: tuple[Step, ...], first: frozenset[Role], people: People) -> tuple[str, ...]:
    times: list[str] = []
    so_far: dict[Role, None] = {}
    for step in steps:
        so_far |= dict.fromkeys(role for role in step if role in first)
        time = time_held(tuple(so_far), people)
        if so_far and not time:
            break
        times.append(time)
    return tuple(times)

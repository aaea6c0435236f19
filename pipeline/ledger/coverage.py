"""Which units are signed by whom: what the gate, the clock and the reviewers ask of a ledger.

In: a ledger, the rules of a risk tier, the present moment. Out: for each unit, by its digest,
the roles that have signed it and those that are still to. A sign-off covers the digests that
it names and nothing else: after a change the digest is another, and nobody has signed it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.ledger.lines import format_time, line_id, parse_time
from pipeline.ledger.reading import TOLERANCE, Ledger
from pipeline.model import Urgency
from pipeline.workflow import Event, EventKind, Line, Role, SignOff, Step, TierRules

#: Handles and the time of the first sign-off of each, by role.
People = Mapping[Role, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one unit stands.

    Attributes:
        missing: roles without which it may not be shown, in the order of the steps.
        turn: those of them that can sign now: all earlier steps are done.
        owed: roles that may follow publication and have not signed yet.
        complete: time at which the last needed role signed; empty while one is missing.
        waived: roles that nobody waits for, by a waiver.
        step_times: when each step was done, as far as they are.
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
        lines = () if ledger.is_doubtful else tuple(_counting(ledger.lines, terms))
        self._lines = lines
        self._by_unit: dict[str, tuple[int, ...]] = {}
        self._everywhere: list[int] = []
        for number, line in enumerate(lines):
            if not line.units:
                self._everywhere.append(number)
            for unit in line.units:
                self._by_unit[unit] = (*self._by_unit.get(unit, ()), number)
        self._known: dict[tuple[tuple[int, ...], bool], Standing] = {}

    def standing(self, digest: str, *, critical: bool) -> Standing:
        """How a unit stands.

        Args:
            digest: the unit's.
            critical: its segment is marked as safety-critical.
        """
        # Whole leaflets are signed at once: what is judged for one unit holds for all of its lines.
        key = self._by_unit.get(digest, ()), critical
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judge(key[0], critical=critical)
        return known

    def people(self, digest: str) -> People:
        """Who has signed a unit, by role, with the time of their first sign-off of it."""
        return _people(self._lines[number] for number in self._by_unit.get(digest, ()))

    def signed_by(self, role: Role, *, handle: str | None = None) -> frozenset[str]:
        """Digests of all units that a role, or one person in it, has ever signed."""
        return frozenset(
            unit
            for line in self._lines
            if isinstance(line, SignOff) and line.role is role and handle in {None, line.handle}
            for unit in line.units
        )

    def _judge(self, numbers: tuple[int, ...], *, critical: bool) -> Standing:
        lines = [self._lines[number] for number in (*numbers, *self._everywhere)]
        waived = {line.role for line in lines if isinstance(line, Event) and line.role}
        rules = self._terms.rules
        if critical:
            waived -= set(rules.never_waived)
        steps = rules.steps(of_source=self._terms.of_source)
        return _stand(
            steps, _people(lines), frozenset(waived), self._later(critical=critical), self._is_due
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


def is_withdrawn(ledger: Ledger, terms: Terms) -> Event | None:
    """The event that has stopped publication and was not followed by one that allows it again."""
    if ledger.is_doubtful:
        return None
    latest: Event | None = None
    for line in _events(ledger.lines, terms):
        if line.event in {EventKind.WITHDRAWN, EventKind.RESTORED}:
            latest = line
    return latest if latest and latest.event is EventKind.WITHDRAWN else None


def _counting(lines: Iterable[Line], terms: Terms) -> Iterable[Line]:
    """Sign-offs and waivers that count now."""
    lines = tuple(lines)
    revoked = {line.revokes for line in lines if isinstance(line, Event) and line.revokes}
    latest = format_time(terms.now + TOLERANCE)
    for line in lines:
        if isinstance(line, SignOff):
            is_real = terms.accept_samples or not line.sample
            if not is_real or line.time > latest or (revoked and line_id(line) in revoked):
                continue
        elif not _is_open_waiver(line, terms, latest):
            continue
        if terms.is_valid is None or terms.is_valid(line):
            yield line


def _is_open_waiver(line: Event, terms: Terms, latest: str) -> bool:
    if line.event is not EventKind.WAIVED or line.until is None or line.time > latest:
        return False
    return terms.now.date() <= line.until


def _events(lines: Iterable[Line], terms: Terms) -> Iterable[Event]:
    """Events; of those that open the gate only such as count."""
    latest = format_time(terms.now + TOLERANCE)
    for line in lines:
        if isinstance(line, SignOff):
            continue
        is_opening = line.event is EventKind.RESTORED
        if is_opening and line.time > latest:
            continue
        if is_opening and terms.is_valid is not None and not terms.is_valid(line):
            continue
        yield line


def _people(lines: Iterable[Line]) -> dict[Role, dict[str, str]]:
    people: dict[Role, dict[str, str]] = {}
    for line in lines:
        if isinstance(line, SignOff):
            handles = people.setdefault(line.role, {})
            handles[line.handle] = min(line.time, handles.get(line.handle, line.time))
    # ISO 17100:2015, 5.3.3: the reviser is a person other than the translator.
    for handle in people.get(Role.TRANSLATOR, {}):
        people.get(Role.REVISER, {}).pop(handle, None)
    return people


def _stand(
    steps: tuple[Step, ...],
    people: People,
    waived: frozenset[Role],
    later: frozenset[Role],
    is_due: Callable[[str], bool],
) -> Standing:
    roles = [role for step in steps for role in step]
    needed = [role for role in roles if role not in waived]
    first = [role for role in needed if role not in later]
    signed = _assign(needed, people)
    missing = [role for role in first if role not in signed]
    complete = "" if missing else max((signed[role] for role in first), default="")
    open_later = [role for role in needed if role in later and role not in signed]
    is_late = bool(open_later and complete and is_due(complete))
    if is_late or missing:
        missing = [role for role in needed if role in missing or (is_late and role in open_later)]
    owed = () if is_late else tuple(open_later)
    return Standing(
        missing=tuple(missing),
        turn=_turn(steps, frozenset((*missing, *owed))),
        owed=owed,
        complete="" if missing else complete or _EVER,
        waived=tuple(role for role in roles if role in waived),
        step_times=_step_times(steps, signed, waived),
    )


#: Where no role is needed at all.
_EVER = "1970-01-01T00:00:00Z"


def _assign(needed: Iterable[Role], people: People) -> dict[Role, str]:
    """For as many roles as can be, in their order: when a person signed who holds no other of them.

    Somebody who signs in two roles is one pair of eyes. Of those who could, the earliest
    counts; a later role takes a person from an earlier one only if that one has another.
    """
    holder: dict[str, Role] = {}
    for role in needed:
        _give(role, people, holder, set())
    return {role: people[role][handle] for handle, role in holder.items()}


def _give(role: Role, people: People, holder: dict[str, Role], tried: set[str]) -> bool:
    """Find a person for a role, moving others if need be (an augmenting path)."""
    for handle in sorted(people.get(role, {}), key=lambda name: (people[role][name], name)):
        if handle in tried:
            continue
        tried.add(handle)
        if handle not in holder or _give(holder[handle], people, holder, tried):
            holder[handle] = role
            return True
    return False


def _turn(steps: tuple[Step, ...], open_roles: frozenset[Role]) -> tuple[Role, ...]:
    """The open roles of the first step that has any."""
    for step in steps:
        if turn := tuple(role for role in step if role in open_roles):
            return turn
    return ()


def _step_times(
    steps: tuple[Step, ...], signed: Mapping[Role, str], waived: frozenset[Role]
) -> tuple[str, ...]:
    times: list[str] = []
    for step in steps:
        roles = [role for role in step if role not in waived]
        if any(role not in signed for role in roles):
            break
        times.append(max((signed[role] for role in roles), default=times[-1] if times else ""))
    return tuple(times)

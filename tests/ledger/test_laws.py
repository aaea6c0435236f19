"""Laws of the ledger, on arbitrary ones, beside a judge that is written another way."""

import subprocess
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import (
    Cover,
    Ledger,
    Standing,
    Terms,
    is_withdrawn,
    line_id,
    parse_ledger,
    parse_time,
    render_line,
    unit_digest,
)
from pipeline.ledger.people import held_roles, time_held
from pipeline.model import UnitKey, Urgency
from pipeline.workflow import Event, EventKind, Line, Role, SignOff, TierRules

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TEXTS = {"Call 999 now.": "Wac 999 hadda.", "Drink water.": "Cab biyo.", "Rest.": "Naso."}
UNITS = tuple(unit_digest(UnitKey(None, source), target) for source, target in TEXTS.items())
HANDLES = ("amina", "yusuf", "hodan", "sam")
ROLES = (Role.TRANSLATOR, Role.REVISER, Role.COMMUNITY_READER, Role.PUBLISHER)

WAIVERS = (EventKind.WAIVED, EventKind.FINDING_WAIVED)
times = st.sampled_from(
    [f"2026-11-{day}T{hour:02}:00:00Z" for day in (10, 20, 24, 25) for hour in (8, 9, 12)]
)
units = st.sets(st.sampled_from(UNITS), min_size=1).map(lambda some: tuple(sorted(some)))
sign_offs = st.builds(
    SignOff,
    time=times,
    role=st.sampled_from(ROLES),
    handle=st.sampled_from(HANDLES),
    locale=st.just("so"),
    units=units,
    sample=st.sampled_from([False, False, True]),
    signature=st.sampled_from(["", "U1NIU0lH"]),
)
waivers = st.builds(
    Event,
    time=times,
    event=st.just(EventKind.WAIVED),
    handle=st.sampled_from(HANDLES),
    locale=st.just("so"),
    units=st.just(()) | units,
    role=st.sampled_from(ROLES),
    until=st.sampled_from([date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 24)]),
    signature=st.sampled_from(["", "U1NIU0lH"]),
)
finding_waivers = st.builds(
    Event,
    time=times,
    event=st.just(EventKind.FINDING_WAIVED),
    handle=st.sampled_from(HANDLES),
    locale=st.just("so"),
    units=st.sampled_from(UNITS).map(lambda unit: (unit,)),
    finding=st.just("f" * 40),
    until=st.sampled_from([date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 24)]),
    note=st.just("It stands in the picture."),
    signature=st.sampled_from(["", "U1NIU0lH"]),
)
stops = st.builds(
    Event,
    time=times,
    event=st.sampled_from([EventKind.WITHDRAWN, EventKind.RESTORED, EventKind.COMMENT]),
    handle=st.sampled_from(HANDLES),
    locale=st.just("so"),
)


@st.composite
def ledgers(draw) -> list[Line]:
    """Lines in any order, some of them taken back."""
    some = st.one_of(sign_offs, sign_offs, waivers, finding_waivers, stops)
    lines: list[Line] = draw(st.lists(some, max_size=12))
    taken = draw(st.lists(st.sampled_from(lines), max_size=3)) if lines else []
    lines += [revocation(line, draw(times)) for line in taken]
    return draw(st.permutations(lines))


def revocation(line: Line, time: str) -> Event:
    return Event(
        time=time, event=EventKind.REVOKED, handle="sam", locale="so", revokes=line_id(line)
    )


subsets = st.sets(st.sampled_from(ROLES)).map(lambda some: tuple(sorted(some)))


@st.composite
def rules(draw) -> TierRules:
    roles = draw(st.permutations(ROLES))[: draw(st.integers(0, 4))]
    cut = draw(st.integers(0, len(roles)))
    return TierRules(
        source=(),
        target=tuple(step for step in (tuple(roles[:cut]), tuple(roles[cut:])) if step),
        later=draw(subsets),
        later_urgencies=(Urgency.URGENT,),
        later_days=draw(st.sampled_from([0, 3, 7, 30])),
        never_waived=draw(subsets),
    )


terms = st.builds(
    Terms,
    rules=rules(),
    of_source=st.just(value=False),
    urgency=st.sampled_from(list(Urgency)),
    now=st.just(NOW),
    accept_samples=st.booleans(),
    is_valid=st.sampled_from([None, lambda line: bool(line.signature)]),
)


def rows(lines: Iterable[Line]) -> bytes:
    return "".join(f"{render_line(line)}\n" for line in lines).encode()


def read(data: bytes) -> Ledger:
    return parse_ledger(data, locale="so", now=NOW)


def standings(ledger: Ledger, asked: Terms) -> list[Standing]:
    cover = Cover(ledger, asked)
    return [cover.standing(u, critical=critical) for u in UNITS for critical in (False, True)]


# --- order and union -------------------------------------------------------------------


@given(ledgers(), terms, st.randoms())
def test_any_order_gives_the_same(lines, asked, random):
    shuffled = random.sample(lines, len(lines))
    one, other = read(rows(lines)), read(rows(shuffled))
    assert one.lines == other.lines
    assert standings(one, asked) == standings(other, asked)
    assert is_withdrawn(one, asked) == is_withdrawn(other, asked)


@given(ledgers(), ledgers(), ledgers(), terms)
def test_the_union_of_two_branches_gives_the_same_in_either_order(base, ours, theirs, asked):
    one = read(rows(base + ours + theirs))
    other = read(rows(base + theirs + ours))
    both = read(rows(base + ours) + rows(base + theirs))
    assert one.lines == other.lines == both.lines
    assert standings(one, asked) == standings(other, asked) == standings(both, asked)


@given(ledgers(), ledgers(), st.binary(max_size=40))
def test_damage_on_either_branch_throws_the_same_doubt(ours, theirs, damage):
    one = read(rows(ours) + damage + b"\n" + rows(theirs))
    other = read(rows(theirs) + damage + b"\n" + rows(ours))
    assert one.is_doubtful == other.is_doubtful
    assert one.lines == other.lines


def test_git_merges_two_branches_by_union(tmp_path: Path):
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.editor=true")
        command = ("git", "-C", str(tmp_path), *who, *arguments)
        subprocess.run(command, check=True, capture_output=True)

    def line(role: Role, handle: str, clock: str) -> SignOff:
        time = f"2026-11-24T{clock}:00Z"
        return SignOff(time=time, role=role, handle=handle, locale="so", units=(UNITS[0],))

    base, ours = line(ROLES[0], "amina", "09:00"), line(ROLES[1], "yusuf", "10:00")
    theirs = [line(ROLES[2], "hodan", "09:30"), revocation(base, "2026-11-24T11:00:00Z")]
    path = tmp_path / "fever.ledger.jsonl"
    merged = []
    git("init", "-q", "-b", "main")
    attributes = (Path(__file__).parents[2] / ".gitattributes").read_text("utf-8")
    (tmp_path / ".gitattributes").write_text(attributes, "utf-8")
    path.write_bytes(rows([base]))
    git("add", ".")
    git("commit", "-qm", "base")
    for name, lines in (("ours", [ours]), ("theirs", theirs)):
        git("checkout", "-q", "-b", name, "main")
        # The last line has no end, as some editors leave it.
        path.write_bytes(rows([base, *lines])[:-1])
        git("commit", "-qam", name)
    for into, name in (("ours", "theirs"), ("theirs", "ours")):
        git("checkout", "-q", "-b", f"{into}-merged", into)
        git("merge", "-q", "-m", "merge", name)
        merged.append(read(path.read_bytes()))
    assert merged[0].lines == merged[1].lines
    assert set(merged[0].lines) == {base, ours, *theirs}
    assert not merged[0].needs_person


# --- the judge ---------------------------------------------------------------------------


def is_taken_back(line: Line, lines: list[Line]) -> bool:
    return line_id(line) in {other.revokes for other in lines if isinstance(other, Event)}


def counting(lines: list[Line], asked: Terms) -> list[Line]:
    return [
        line
        for line in lines
        if parse_time(line.time) <= NOW + timedelta(minutes=10)
        and (asked.is_valid is None or line.signature)
        and not (isinstance(line, SignOff) and line.sample and not asked.accept_samples)
    ]


def could_stand(roles: list[Role], signed: list[SignOff], translators: set[str]) -> str | None:
    """The earliest moment from which different people stand for all roles; None for never.

    By trying everybody for everything.
    """
    best = None
    for people in permutations(HANDLES, len(roles)):
        firsts = []
        for role, handle in zip(roles, people, strict=True):
            times = [s.time for s in signed if (s.role, s.handle) == (role, handle)]
            if not times or (role is Role.REVISER and handle in translators):
                break
            firsts.append(min(times))
        else:
            moment = max(firsts, default="")
            best = moment if best is None else min(best, moment)
    return best


def judge(unit: str, lines: list[Line], asked: Terms, *, critical: bool) -> bool:
    """Whether a unit may be shown, from the rules as the documentation tells them."""
    good = counting(lines, asked)
    translators = {
        line.handle
        for line in good
        if isinstance(line, SignOff) and line.role is Role.TRANSLATOR and unit in line.units
    }
    taken = [
        line
        for line in good
        if is_taken_back(line, lines) and (not line.units or unit in line.units)
        if isinstance(line, SignOff) or (line.event in WAIVERS and line.until >= NOW.date())
    ]
    good = [line for line in good if not is_taken_back(line, lines)]
    signed = [line for line in good if isinstance(line, SignOff) and unit in line.units]
    waived = {
        line.role
        for line in good
        if isinstance(line, Event) and line.event is EventKind.WAIVED
        if (not line.units or unit in line.units) and line.until >= NOW.date()
    }
    firm = set(asked.rules.never_waived) if critical else set()
    needed = [role for step in asked.rules.target for role in step if role not in waived - firm]
    if could_stand(needed, signed, translators) is not None:
        return True
    is_urgent = asked.urgency is Urgency.URGENT and not taken
    may_follow = set(asked.rules.later) - firm if is_urgent else set()
    first = [role for role in needed if role not in may_follow]
    moment = could_stand(first, signed, translators)
    if not moment:
        return False
    return parse_time(moment) + timedelta(days=asked.rules.later_days) >= NOW


@given(ledgers(), terms)
def test_a_unit_is_signed_just_when_the_rules_say_so(lines, asked):
    cover = Cover(read(rows(lines)), asked)
    for unit, critical in product(UNITS, (False, True)):
        expected = judge(unit, lines, asked, critical=critical)
        assert cover.standing(unit, critical=critical).is_signed is expected


@given(ledgers(), terms)
def test_a_standing_agrees_with_itself(lines, asked):
    roles = [role for step in asked.rules.target for role in step]
    for found in standings(read(rows(lines)), asked):
        assert bool(found.complete) is found.is_signed
        assert not set(found.missing) & {*found.owed, *found.waived}
        assert set(found.turn) <= {*found.missing, *found.owed}
        assert bool(found.turn) is bool(found.missing or found.owed)
        assert [role for role in roles if role in found.missing] == list(found.missing)
        assert list(found.step_times) == sorted(found.step_times)
        if found.is_signed:
            assert len(found.step_times) == len(asked.rules.target)


# --- what closes, closes -------------------------------------------------------------------


def open_units(lines: Iterable[Line], asked: Terms) -> set[tuple[str, bool]]:
    return open_of(read(rows(lines)), asked)


def open_of(ledger: Ledger, asked: Terms) -> set[tuple[str, bool]]:
    cover = Cover(ledger, asked)
    pairs = product(UNITS, (False, True))
    return {
        (u, critical) for u, critical in pairs if cover.standing(u, critical=critical).is_signed
    }


@given(ledgers(), terms, st.data())
def test_taking_back_never_opens_anything(lines, asked, data):
    if not lines:
        return
    taken = revocation(data.draw(st.sampled_from(lines)), data.draw(times))
    assert open_units([*lines, taken], asked) <= open_units(lines, asked)
    before = is_withdrawn(read(rows(lines)), asked)
    assert before is None or is_withdrawn(read(rows([*lines, taken])), asked) is not None


@given(ledgers(), terms)
def test_all_sign_offs_taken_back_leave_nothing_signed_by_them(lines, asked):
    taken = [revocation(line, "2026-11-24T11:00:00Z") for line in lines]
    assert open_units([*lines, *taken], asked) == open_units([], asked)


@given(ledgers(), terms, stops)
def test_a_withdrawal_opens_no_unit_and_stops_for_good_until_restored(lines, asked, stop):
    stopped = replace(stop, event=EventKind.WITHDRAWN, time="2026-11-25T23:00:00Z")
    assert open_units([*lines, stopped], asked) == open_units(lines, asked)
    assert is_withdrawn(read(rows([*lines, stopped])), asked) == stopped


@given(ledgers(), terms, st.data())
def test_a_revocation_that_is_cut_short_opens_no_more_than_the_whole_one(lines, asked, data):
    if not lines:
        return
    taken = revocation(data.draw(st.sampled_from(lines)), data.draw(times))
    whole = rows([*lines, taken])
    cut = read(whole[: data.draw(st.integers(len(rows(lines)) + 1, len(whole) - 1))])
    nobody_needed = open_units([], asked)
    assert open_of(cut, asked) <= open_units([*lines, taken], asked) | nobody_needed


# --- text ------------------------------------------------------------------------------------


@given(st.permutations(list(TEXTS.items())))
def test_moving_text_changes_no_digest(pairs):
    assert {unit_digest(UnitKey(None, source), target) for source, target in pairs} == set(UNITS)


@given(ledgers(), terms, st.text(max_size=20))
def test_a_changed_text_has_been_signed_by_nobody(lines, asked, text):
    digest = unit_digest(UnitKey(None, "Call 999 now."), text)
    if digest not in UNITS:
        nobody = [line for line in lines if not isinstance(line, SignOff)]
        changed = Cover(read(rows(lines)), asked).standing(digest, critical=True)
        assert changed == Cover(read(rows(nobody)), asked).standing(digest, critical=True)


@given(ledgers(), terms)
def test_a_finding_is_waived_just_when_a_line_that_counts_says_so(lines, asked):
    cover = Cover(read(rows(lines)), asked)
    for unit in UNITS:
        said = [
            line
            for line in counting(lines, asked)
            if isinstance(line, Event) and line.event is EventKind.FINDING_WAIVED
            if line.units == (unit,) and line.until >= NOW.date()
            if not is_taken_back(line, lines)
        ]
        assert (cover.waiver(unit, "f" * 40) is not None) == bool(said)
        assert cover.waiver(unit, "e" * 40) is None


# --- quick ways ------------------------------------------------------------------------


signed_by = st.dictionaries(
    st.sampled_from(ROLES),
    st.dictionaries(st.sampled_from(HANDLES), times, max_size=3),
)


@given(signed_by, st.lists(st.sampled_from(ROLES), unique=True))
def test_where_nobody_signs_twice_the_quick_way_says_what_the_matching_says(signed, roles):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.ledger.people._are_apart", lambda *_: False)
        expected = held_roles(roles, signed), time_held(roles, signed)
    assert (held_roles(roles, signed), time_held(roles, signed)) == expected

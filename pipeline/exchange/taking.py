"""What is taken back of a sheet: targets, notes and states, and nothing else.

Rows find their unit by its key, never by their place. Three texts decide: what was sent (its
digest travels with the row), what came back, and what the catalog says by now. Only a person's
change is taken, and never over another's: that is a conflict, which is reported.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.exchange.mending import mend
from pipeline.exchange.sheet import Row, State, digest_target, portable, unit_name
from pipeline.model import Origin, Unit, UnitKey

#: A translator's comment that asks something.
QUESTION = "question:"
_NO_WORDS = f"{QUESTION} asked without words"
#: Comments that the catalog itself gives a meaning: a note must not become one of them.
_RESERVED = re.compile(r"origin:|fuzzy:|\||~")

_EDITED = "The English was changed in the file; that is not taken."

ProtectedOf = Callable[[str], Sequence[str]]


class Outcome(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    CONFIRMED = "confirmed"  # the draft that was sent, marked as done
    NOTED = "noted"  # nothing but a note
    UNCHANGED = "unchanged"
    DRAFT = "draft"  # made for an older source: a proposal for the new one
    KEPT = "kept"  # made for a source that is gone: kept in case it returns
    CONFLICT = "conflict"  # somebody else has changed the catalog since
    EMPTIED = "emptied"  # a translation is never deleted
    NOT_THERE = "not there"  # marked as done, and there is no translation
    WRONG_COLUMN = "wrong column"
    TWICE = "twice"
    UNKNOWN = "unknown"


#: Outcomes with which something of the file was left out that somebody may miss.
LEFT_OUT = frozenset(
    {
        Outcome.CONFLICT,
        Outcome.EMPTIED,
        Outcome.NOT_THERE,
        Outcome.WRONG_COLUMN,
        Outcome.TWICE,
        Outcome.UNKNOWN,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of one row.

    Attributes:
        row: the row.
        outcome: what became of it.
        key: the unit that it is about; None where there is none.
        ours: what the catalog says, where that matters.
        remark: what else a person should know.
        is_overwritten: a translation of somebody else gave way, as was asked for.
    """

    row: Row
    outcome: Outcome
    key: UnitKey | None = None
    ours: str = ""
    remark: str = ""
    is_overwritten: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a sheet comes to.

    Attributes:
        units: the catalog's units, changed ones in their place.
        late: translations of texts that the catalog no longer has; to be proposed for new ones.
        accounts: what became of each row, in the order of the file.
    """

    units: tuple[Unit, ...]
    late: tuple[Unit, ...]
    accounts: tuple[Account, ...]


def take(
    units: Sequence[Unit],
    rows: Iterable[Row],
    *,
    protected_of: ProtectedOf,
    theirs: bool = False,
) -> Taken:
    """Decide what of a sheet goes into a catalog.

    Args:
        units: the catalog's units.
        rows: the rows that came back.
        protected_of: the pieces of a source text that a translation carries over.
        theirs: in a conflict the file wins.
    """
    return _Taker(units, protected_of=protected_of, theirs=theirs).take(rows)


class _Taker:
    """A catalog's units while rows are put into them."""

    def __init__(self, units: Sequence[Unit], *, protected_of: ProtectedOf, theirs: bool) -> None:
        self.units = units
        self.protected_of = protected_of
        self.theirs = theirs
        self.found = {unit.key: unit for unit in units if not unit.obsolete}
        self.obsolete = {unit.key: unit for unit in units if unit.obsolete}
        self.names = {unit_name(*key): key for key in self.found}
        self.sources = _unique_sources(self.found)
        self.late: dict[UnitKey, Unit] = {}

    def take(self, rows: Iterable[Row]) -> Taken:
        """Go through all rows, in the order of the file."""
        kept = [row for row in rows if row.key or row.source.strip() or row.target.strip()]
        twice = _told_twice(kept)
        accounts = [
            _account(row, Outcome.TWICE) if row.key in twice else self._row(row) for row in kept
        ]
        return Taken(
            units=tuple(u if u.obsolete else self.found[u.key] for u in self.units),
            late=tuple(self.late.values()),
            accounts=tuple(accounts),
        )

    def _row(self, row: Row) -> Account:
        if row.key in self.names:
            return self._current(row, self.found[self.names[row.key]])
        if row.key and row.key == unit_name(row.context, row.source):
            return self._older(row, UnitKey(row.context, row.source))
        if not row.key and row.source in self.sources:
            return self._current(row, self.found[self.sources[row.source]])
        return _account(row, Outcome.UNKNOWN)

    # A row whose unit is in the catalog.

    def _current(self, row: Row, unit: Unit) -> Account:
        ours, target = portable(unit.msgstr), portable(row.target)
        if target in {"", ours} and _is_source_edited(row, unit):
            return _account(row, Outcome.WRONG_COLUMN, unit)
        if not target:
            return self._without_target(row, unit)
        if target == ours:
            return self._same(row, unit)
        if _is_as_sent(row, target):
            # The catalog has moved on, and the translator has not touched it.
            return self._only_note(row, unit)
        if ours and not _is_as_sent(row, ours) and not self.theirs:
            return _account(row, Outcome.CONFLICT, unit)
        return self._put(row, unit, is_overwritten=bool(ours) and not _is_as_sent(row, ours))

    def _without_target(self, row: Row, unit: Unit) -> Account:
        if unit.msgstr and not _is_as_sent(row, ""):
            return _account(row, Outcome.EMPTIED, unit)
        if row.state is State.DONE and not unit.msgstr:
            return _account(row, Outcome.NOT_THERE, unit)
        return self._only_note(row, unit)

    def _same(self, row: Row, unit: Unit) -> Account:
        if row.state is State.DONE and unit.fuzzy and row.base:
            confirmed = replace(_with_note(unit, row), fuzzy=False, previous=None)
            self.found[unit.key] = confirmed
            return _account(row, Outcome.CONFIRMED, unit)
        return self._only_note(row, unit)

    def _only_note(self, row: Row, unit: Unit) -> Account:
        noted = _with_note(unit, row)
        if noted is unit:
            return _account(row, Outcome.UNCHANGED, unit)
        self.found[unit.key] = noted
        return _account(row, Outcome.NOTED, unit)

    def _put(self, row: Row, unit: Unit, *, is_overwritten: bool) -> Account:
        mended = mend(portable(row.target), unit.msgid, self.protected_of(unit.msgid))
        is_open = row.is_open or row.state is State.QUESTION
        self.found[unit.key] = replace(
            _with_note(unit, row),
            msgstr=mended.text,
            fuzzy=is_open,
            origin=Origin.HUMAN,
            origin_note="",
            previous=unit.previous if is_open else None,
        )
        return replace(
            _account(row, Outcome.TAKEN, unit),
            ours=unit.msgstr if is_overwritten else "",
            remark=" ".join(filter(None, (mended.remark, _EDITED * _is_source_edited(row, unit)))),
            is_overwritten=is_overwritten,
        )

    # A row that was made for a text which is no longer there.

    def _older(self, row: Row, key: UnitKey) -> Account:
        target = portable(row.target)
        if not target or _is_as_sent(row, target):
            return _account(row, Outcome.UNCHANGED)
        heirs = [unit for unit in self.found.values() if unit.fuzzy and unit.previous == key]
        mended = mend(target, key.msgid, self.protected_of(key.msgid))
        if heirs:
            return self._to_heirs(row, heirs, mended.text)
        ours = self.obsolete[key].msgstr if key in self.obsolete else ""
        if portable(ours) == target:
            return _account(row, Outcome.UNCHANGED)
        if ours and not _is_as_sent(row, ours) and not self.theirs:
            return _account(row, Outcome.CONFLICT, self.obsolete[key])
        unit = self.obsolete.get(key) or Unit(msgid=key.msgid, context=key.context, obsolete=True)
        self.late[key] = _of_person(_with_note(unit, row), row, mended.text)
        return Account(row=row, outcome=Outcome.KEPT, key=key, remark=mended.remark)

    def _to_heirs(self, row: Row, heirs: Sequence[Unit], target: str) -> Account:
        """The units to which the catalog has carried the older translation."""
        first = heirs[0]
        if all(portable(unit.msgstr) == portable(target) for unit in heirs):
            return _account(row, Outcome.UNCHANGED, first)
        free = [unit for unit in heirs if _is_as_sent(row, unit.msgstr) or self.theirs]
        if not free:
            return _account(row, Outcome.CONFLICT, first)
        for unit in free:
            noted = _with_note(unit, row)
            self.found[unit.key] = replace(
                noted, msgstr=target, origin=Origin.HUMAN, origin_note=""
            )
        return _account(row, Outcome.DRAFT, free[0])


def _account(row: Row, outcome: Outcome, unit: Unit | None = None) -> Account:
    shown = outcome in {Outcome.CONFLICT, Outcome.EMPTIED}
    return Account(
        row=row,
        outcome=outcome,
        key=unit.key if unit else None,
        ours=unit.msgstr if unit and shown else "",
    )


def _unique_sources(units: Iterable[UnitKey]) -> Mapping[str, UnitKey]:
    """Keys by their source text, where no other unit has the same."""
    found: dict[str, list[UnitKey]] = {}
    for key in units:
        found.setdefault(key.msgid, []).append(key)
    return {source: keys[0] for source, keys in found.items() if len(keys) == 1}


def _told_twice(rows: Sequence[Row]) -> frozenset[str]:
    """Keys that stand in several rows with different translations."""
    told: dict[str, set[tuple[str, State]]] = {}
    for row in rows:
        if row.key:
            told.setdefault(row.key, set()).add((portable(row.target), row.state))
    return frozenset(key for key, texts in told.items() if len(texts) > 1)


def _is_as_sent(row: Row, target: str) -> bool:
    """Whether a target is the one that was sent; of a row without a base nobody knows."""
    return bool(row.base) and row.base == digest_target(target)


def _is_source_edited(row: Row, unit: Unit) -> bool:
    """Whether somebody has written into the column of the source text."""
    words = row.source.split()
    return bool(words) and words != portable(unit.msgid).split()


def _of_person(unit: Unit, row: Row, target: str) -> Unit:
    return replace(
        unit,
        msgstr=target,
        fuzzy=row.is_open or row.state is State.QUESTION,
        origin=Origin.HUMAN,
        origin_note="",
        previous=None,
    )


def _with_note(unit: Unit, row: Row) -> Unit:
    """The unit with what the translator says; what is there stays. The very same if nothing new."""
    lines = [line for line in map(_tidy, _lines(row.remark)) if line]
    if row.state is State.QUESTION:
        there = any(line.startswith(QUESTION) for line in (*unit.translator_comments, *lines))
        if not there:
            lines = [f"{QUESTION} {lines[0]}", *lines[1:]] if lines else [_NO_WORDS]
    known = {_tidy(line) for each in unit.translator_comments for line in _lines(each)}
    known |= {line.removeprefix(QUESTION).strip() for line in known}
    new = [line for line in dict.fromkeys(lines) if line not in known]
    if not new:
        return unit
    return replace(unit, translator_comments=(*unit.translator_comments, *new))


def _lines(text: str) -> list[str]:
    return portable(text).split("\n")


def _tidy(line: str) -> str:
    text = " ".join(portable(line).split())
    return f"note: {text}" if _RESERVED.match(text) else text

"""What a memory proposes for the empty units of a catalog: always fuzzy, never silent.

A proposal is the translation of the same text or of one like it. One whose numbers, measures or
negations are not those of the new text is left out, and the reason is kept: a wrong dose in a box
that looks filled is worse than an empty box.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.memory.lookup import Memory
from pipeline.memory.units import Match, MatchKind, neighbours
from pipeline.model import Catalog, Origin, Unit, UnitKey

#: Least likeness of a text whose translation is put into an empty box. Less takes longer to mend
#: than to translate.
LEAST_DRAFT = 75.0
_DIFFERS = "{name} has “{source}” ({score}); other {differences}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A translation for an empty unit.

    Attributes:
        unit: the unit, filled.
        match: where it is from.
    """

    unit: Unit
    match: Match

    @property
    def key(self) -> UnitKey:
        """What the unit is called."""
        return self.unit.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An empty unit that stays so.

    Attributes:
        unit: the unit.
        reason: why, where there was something like it; empty where there was nothing.
    """

    unit: Unit
    reason: str = ""

    @property
    def key(self) -> UnitKey:
        """What the unit is called."""
        return self.unit.key


def propose(
    memory: Memory,
    catalog: Catalog,
    *,
    least: float = LEAST_DRAFT,
    is_wanted: Callable[[Unit], bool] = lambda _unit: True,
) -> list[Proposal | Left]:
    """The best that a memory has for each empty unit of a catalog, in the order of the catalog.

    Args:
        memory: the translations of the catalog's language.
        catalog: the catalog, brought up to date with its source.
        least: the least likeness that counts, 0 to 100.
        is_wanted: which of the empty units are asked for.
    """
    standing = [unit for unit in catalog.units if not unit.obsolete]
    keys = [unit.key for unit in standing]
    return [
        _propose(memory, keys, at, unit, least)
        for at, unit in enumerate(standing)
        if not unit.msgstr and is_wanted(unit)
    ]


def _propose(
    memory: Memory, keys: Sequence[UnitKey], at: int, unit: Unit, least: float
) -> Proposal | Left:
    matches = memory.find(
        unit.msgid, context=unit.context, neighbours=neighbours(keys, at), least=least
    )
    safe = next((match for match in matches if match.is_safe), None)
    if safe:
        return Proposal(unit=_filled(unit, safe), match=safe)
    return Left(unit=unit, reason=_why(matches[0]) if matches else "")


def _filled(unit: Unit, match: Match) -> Unit:
    made_for = UnitKey(match.best.context, match.source)
    return replace(
        unit,
        msgstr=match.target,
        fuzzy=True,
        origin=Origin.MEMORY,
        origin_note=describe(match),
        # Editors show what the translation was made for beside what it is wanted for.
        previous=None if made_for == unit.key else made_for,
    )


def describe(match: Match) -> str:
    """Where a match is from, in one line without semicolons: for the comment on the origin."""
    made = match.best.provenance
    how = "same text" if match.kind is not MatchKind.FUZZY else f"{match.score:.0f} of 100"
    if made.is_imported:
        who = "imported, signed by nobody here"
    else:
        who = f"signed by {', '.join(made.roles)}" if made.roles else "nobody needs to sign"
    sample = ", sample" if made.is_sample else ""
    return f"{how}, {made.name}, {who}{sample}"


def _why(match: Match) -> str:
    differences = ", ".join(str(each) for each in match.differences if each.is_meaning)
    return _DIFFERS.format(
        name=match.best.provenance.name,
        source=match.source,
        score=f"{match.score:.0f} of 100",
        differences=differences,
    )


def fill(catalog: Catalog, proposals: Mapping[UnitKey, Unit]) -> Catalog:
    """A catalog with proposals in its empty units; what has a target stays as it is.

    Args:
        catalog: the catalog.
        proposals: filled units, by key.
    """
    return replace(
        catalog,
        units=tuple(
            proposals[unit.key] if _is_open(unit, proposals) else unit for unit in catalog.units
        ),
    )


def _is_open(unit: Unit, proposals: Container[UnitKey]) -> bool:
    return not unit.obsolete and not unit.msgstr and unit.key in proposals

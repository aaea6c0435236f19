"""What a memory is made of, and what is found in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple
from zlib import crc32

from pipeline.model import UnitKey
from pipeline.slots import quick_init


class Neighbours(NamedTuple):
    """The texts before and after a text, as short numbers; 0 where there is none."""

    before: int = 0
    after: int = 0

    @staticmethod
    def of(before: str | None, after: str | None) -> "Neighbours":
        """The neighbours, from their source texts."""
        return Neighbours(_number(before), _number(after))


def _number(text: str | None) -> int:
    # That two texts share a number makes one match rank higher than it should, and no more.
    return crc32(text.encode("utf-8", "surrogatepass")) or 1 if text else 0


#: A text without neighbours.
ALONE = Neighbours()


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a translation comes from.

    Attributes:
        name: ``topic/slug`` of the resource, or the name of the imported file.
        roles: the roles that have signed exactly this text, in the order of the workflow.
        is_imported: it was imported: nobody of this project has signed it.
        is_sample: marked as demonstration only.
    """

    name: str
    roles: tuple[str, ...] = ()
    is_imported: bool = False
    is_sample: bool = False


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUnit:
    """A translation already made.

    Attributes:
        source: source text.
        target: its translation.
        context: what the author said to tell the source from the same text elsewhere (msgctxt).
        provenance: where it comes from.
        neighbours: the texts around it.
    """

    source: str
    target: str
    context: str | None = None
    provenance: Provenance
    neighbours: Neighbours = ALONE


class MatchKind(IntEnum):
    """How like a text the source of a match is; the best first."""

    CONTEXT = 0  # the same text in the same context: author's context, and a neighbour
    EXACT = 1  # the same text
    FUZZY = 2  # a text like it


class Aspect(StrEnum):
    """In what a source differs from another so that its translation must not be carried over."""

    NUMBER = "number"
    MEASURE = "unit of measurement"
    NEGATION = "negation"
    CONTEXT = "context"


class Quantity(NamedTuple):
    """Something counted or measured in a text: its value, and how the text writes it."""

    value: float | str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a text says that a likeness of letters does not see.

    Attributes:
        numbers: its numbers as values, in order, each with what it counts (``5 days``).
        measures: its units of measurement, in order.
        negations: how often it says no.
    """

    numbers: tuple[Quantity, ...] = ()
    measures: tuple[Quantity, ...] = ()
    negations: int = 0


#: What a text in the source language says. Given from outside: a memory knows no language.
MeaningOf = Callable[[str], Meaning]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something in which the source of a match says something else than the text asked for.

    Attributes:
        aspect: in what.
        old: what the match says; empty for nothing.
        new: what the text says; empty for nothing.
    """

    aspect: Aspect
    old: str
    new: str

    @property
    def is_meaning(self) -> bool:
        """Whether the translation would say something false: it is never carried over."""
        return self.aspect is not Aspect.CONTEXT

    def __str__(self) -> str:
        """As people read it: ``number: 10 → 5 days``."""
        return f"{self.aspect}: {self.old or 'none'} → {self.new or 'none'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A translation found for a text.

    Attributes:
        kind: how like it is.
        score: 100 for the same text, less for one like it.
        units: the units with this source and this target, the most trusted first.
        differences: in what its source says something else.
    """

    kind: MatchKind
    score: float
    units: tuple[MemoryUnit, ...]
    differences: tuple[Difference, ...] = ()

    @property
    def best(self) -> MemoryUnit:
        """The most trusted of its units."""
        return self.units[0]

    @property
    def source(self) -> str:
        """The source text that was translated."""
        return self.best.source

    @property
    def target(self) -> str:
        """Its translation."""
        return self.best.target

    @property
    def is_safe(self) -> bool:
        """Whether nothing is known in which it says something else."""
        return not any(difference.is_meaning for difference in self.differences)


def remember(
    keys: Sequence[UnitKey],
    targets: Mapping[UnitKey, str],
    provenance: Callable[[UnitKey], Provenance],
) -> Iterable[MemoryUnit]:
    """The units of one resource for a memory.

    Args:
        keys: its texts, in order.
        targets: the translations that may be remembered, by key.
        provenance: where each comes from.
    """
    for at, key in enumerate(keys):
        if target := targets.get(key):
            yield MemoryUnit(
                source=key.msgid,
                target=target,
                context=key.context,
                provenance=provenance(key),
                neighbours=neighbours(keys, at),
            )


def neighbours(keys: Sequence[UnitKey], at: int) -> Neighbours:
    """The neighbours of a text among the texts of its resource."""
    return Neighbours.of(
        keys[at - 1].msgid if at else None, keys[at + 1].msgid if at + 1 < len(keys) else None
    )

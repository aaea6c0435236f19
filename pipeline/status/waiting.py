"""Who is waited for, for how much, since when.

In: facts about the segments of a resource in a locale. Out: a :class:`Wait` for each role whose
turn it is. Until the source text is approved its own roles are waited for, and nobody else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.ledger import Standing
from pipeline.slots import quick_init
from pipeline.workflow import Role, TierRules


class Work(StrEnum):
    """What a translator finds in the box of a segment that is not translated."""

    EMPTY = "empty"  # nothing, or a copy of the source
    MEMORY = "memory"  # a proposal from the memory: to be confirmed or corrected
    MACHINE = "machine"  # a machine's draft: post-editing (ISO 18587)
    UNFINISHED = "unfinished"  # what a person has left as not finished
    CHANGED = "changed"  # a translation of what the source said before


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFact:
    """What is known of a segment in a locale, or of several of which all of this is the same.

    Attributes:
        words: of its source text; of several, of all.
        critical: marked by the author as safety-critical.
        is_translated: it has a target made for exactly this source that is no copy of it.
        is_shown: that target passed the gate.
        is_stale: it was translated, and its source has changed since.
        standing: who has signed exactly this target, and who has not; None where there is none.
        source: the same of the source text; None where nobody has been asked.
        segments: how many segments these are.
        work: what stands in the box, where it is not translated.
    """

    words: int
    critical: bool = False
    is_translated: bool = False
    is_shown: bool = False
    is_stale: bool = False
    standing: Standing | None = None
    source: Standing | None = None
    segments: int = 1
    work: Work = Work.EMPTY

    @property
    def is_drafted(self) -> bool:
        """Whether the memory or a machine has made a proposal that nobody has confirmed."""
        return not self.is_translated and self.work in {Work.MEMORY, Work.MACHINE}


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A role whose turn it is.

    Attributes:
        role: who is waited for.
        of_source: they sign the source text, not a translation.
        since: when the turn came to them, for the first of the segments; empty if that is unknown.
        segments: how many segments they have to look at.
        words: how many words of the source text these have.
        critical_words: how many of these words are in critical segments.
        is_owed: publication does not wait for them.
        drafted: in how many of the segments there is a proposal to begin with.
        drafted_words: how many words of the source text these have.
    """

    role: Role
    of_source: bool = False
    since: str = ""
    segments: int = 0
    words: int = 0
    critical_words: int = 0
    is_owed: bool = False
    drafted: int = 0
    drafted_words: int = 0


def approval_of(fact: SegmentFact) -> str:
    """When a segment's source text was approved; empty where nobody has, or need."""
    time = fact.source.complete if fact.source else ""
    # The ledger's "ever", where no role is needed, begins no clock.
    return "" if time.startswith("1970-01-01T") else time


def find_waits(
    facts: Iterable[SegmentFact], rules: TierRules, *, beside: Iterable[SegmentFact] = ()
) -> tuple[Wait, ...]:
    """Who is waited for, in the order of the steps.

    Args:
        facts: what is known of each segment.
        rules: who must sign.
        beside: the same of what is published by itself, for which the text does not wait.
    """
    waits: dict[tuple[Role, bool], Wait] = {}
    groups = [(group, False) for group in _alike(facts)]
    groups += [(group, True) for group in _alike(beside)]
    for group, is_owed in groups:
        for each in _waits_of(group[0], rules):
            drafted = [] if each.of_source else [fact for fact in group if fact.is_drafted]
            wait = replace(
                each,
                is_owed=each.is_owed or is_owed,
                segments=sum(fact.segments for fact in group),
                words=sum(fact.words for fact in group),
                critical_words=sum(fact.words for fact in group if fact.critical),
                drafted=sum(fact.segments for fact in drafted),
                drafted_words=sum(fact.words for fact in drafted),
            )
            key = wait.role, wait.of_source
            waits[key] = _add(waits[key], wait) if key in waits else wait
    order = [
        (role, of_source)
        for of_source in (True, False)
        for step in rules.steps(of_source=of_source)
        for role in step
    ]
    return tuple(waits[key] for key in dict.fromkeys(order) if key in waits)


def _alike(facts: Iterable[SegmentFact]) -> list[list[SegmentFact]]:
    """Segments for which the same people are waited for: few groups, as leaflets are signed whole.

    Standings are told apart as objects, which is quick; equal ones may be in two groups.
    """
    groups: dict[tuple[int, int, bool], list[SegmentFact]] = {}
    for fact in facts:
        key = id(fact.source), id(fact.standing), fact.is_translated
        groups.setdefault(key, []).append(fact)
    return list(groups.values())


def _waits_of(fact: SegmentFact, rules: TierRules) -> Iterable[Wait]:
    source = fact.source
    if source is not None and not source.is_signed:
        return [_wait(fact, role, source, rules.source, of_source=True) for role in source.turn]
    target = fact.standing if fact.is_translated else None
    if target is None:
        # Of what is not translated nothing can be signed: it begins with the first step.
        return [_wait(fact, role, None, rules.target) for role in rules.target[0]]
    return [_wait(fact, role, target, rules.target) for role in target.turn]


def _wait(
    fact: SegmentFact,
    role: Role,
    standing: Standing | None,
    steps: Sequence[Sequence[Role]],
    *,
    of_source: bool = False,
) -> Wait:
    number = next((n for n, step in enumerate(steps) if role in step), 0)
    times = standing.step_times if standing else ()
    before = times[number - 1] if 0 < number <= len(times) else ""
    approved = "" if of_source else approval_of(fact)
    return Wait(
        role=role,
        of_source=of_source,
        since=max(before, approved),
        segments=1,
        words=fact.words,
        critical_words=fact.words if fact.critical else 0,
        is_owed=standing is not None and role in standing.owed,
    )


def _add(one: Wait, other: Wait) -> Wait:
    return replace(
        one,
        since=min(one.since or other.since, other.since or one.since),
        segments=one.segments + other.segments,
        words=one.words + other.words,
        critical_words=one.critical_words + other.critical_words,
        is_owed=one.is_owed and other.is_owed,
        drafted=one.drafted + other.drafted,
        drafted_words=one.drafted_words + other.drafted_words,
    )

"""The state of one resource in one locale, from facts about its segments.

In: for each segment whether it is translated, shown and signed; what the public gets; what the
ledger says happened. Out: a :class:`ResourceState`. It is derived each time and stored nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipeline.ledger import Standing
from pipeline.media import MediaFact
from pipeline.model import Coverage, Document, PageState, Urgency
from pipeline.slots import quick_init
from pipeline.status.calendar import Calendar
from pipeline.status.clock import (
    IN_TIME,
    NO_CLOCK,
    Clock,
    Lateness,
    Milestone,
    judge_lateness,
    run_clock,
)
from pipeline.status.waiting import SegmentFact, Wait, approval_of, find_waits
from pipeline.workflow import Event, Role, Targets, TierRules


class TranslationState(StrEnum):
    """How far a resource is in a locale; of those that hold, the first of this order is told."""

    DAMAGED = "damaged"  # its catalog cannot be read; nothing of it is shown
    WITHDRAWN = "withdrawn"  # somebody stopped it, or nobody has checked it for too long
    OVERDUE = "overdue"  # published, past the day by which it was to be checked again
    STALE = "stale"  # published, and the source of a segment has changed
    KEY_FACTS = "key-facts"  # only its critical parts are published
    GAPS = "live-with-gaps"  # published, some parts in the source language
    LIVE = "live"  # published, all of it
    MISSING = "missing"  # nothing is translated
    DRAFTING = "drafting"  # some is translated
    READY = "ready"  # all is signed, and the public cannot read it yet
    IN_REVIEW = "in-review"  # all is translated, somebody beside the translator has signed
    TRANSLATED = "translated"  # all is translated, nobody beside the translator has signed


_PUBLISHED = {PageState.LIVE, PageState.LIVE_WITH_GAPS, PageState.KEY_FACTS}


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much there is of something: segments, or words of the source text.

    Attributes:
        total: in the whole resource.
        translated: with a target made for exactly this source, and no copy of it.
        signed: of these, signed by every role that publication waits for.
        critical: in segments that are marked as safety-critical.
        critical_translated: of these, translated.
        critical_signed: of these, signed.
    """

    total: int = 0
    translated: int = 0
    signed: int = 0
    critical: int = 0
    critical_translated: int = 0
    critical_signed: int = 0


NO_TALLY = Tally()


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTally:
    """What is not translated, by what a translator finds there: :class:`Work`, one by one.

    Of segments, or of words of the source text. Together they are what a :class:`Tally` has in
    all, without what is translated.
    """

    empty: int = 0
    memory: int = 0
    machine: int = 0
    unfinished: int = 0
    changed: int = 0

    @property
    def drafted(self) -> int:
        """With a proposal that nobody has confirmed."""
        return self.memory + self.machine


NOTHING_OPEN = OpenTally()


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceState:
    """One cell of the matrix.

    Attributes:
        resource: ``topic/slug``.
        locale: tag.
        state: how far it is.
        coverage: how much of it the public reads in this locale.
        is_sample: the translations are marked as demonstration only.
        is_urgent: readers cannot wait.
        page: what the public gets; ``NOT_YET`` as well where the language is closed.
        words: how many words of the source text are how far.
        segments: the same for segments.
        open_words: what a translator finds in those that are not translated.
        open_segments: the same for segments.
        stale: segments whose source has changed since they were translated.
        stale_critical: how many of these are critical.
        waits: who is waited for, for what, since when.
        clock: how long it took, and takes.
        lateness: whether it ought to be readable by now.
        is_overdue: the day by which its advice was to be checked again has passed.
        media: the pictures and the recording that the locale has of its own, or should have.
    """

    resource: str
    locale: str
    state: TranslationState
    coverage: Coverage
    is_sample: bool
    is_urgent: bool
    page: PageState
    words: Tally = NO_TALLY
    segments: Tally = NO_TALLY
    open_words: OpenTally = NOTHING_OPEN
    open_segments: OpenTally = NOTHING_OPEN
    stale: int = 0
    stale_critical: int = 0
    waits: tuple[Wait, ...] = ()
    clock: Clock = NO_CLOCK
    lateness: Lateness = IN_TIME
    is_overdue: bool = False
    media: tuple[MediaFact, ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether the public can read it, or its key facts, in this locale."""
        return self.page in _PUBLISHED

    @property
    def is_readable(self) -> bool:
        """Whether the public can read the resource itself in this locale, not its key facts."""
        return self.is_published and self.page is not PageState.KEY_FACTS

    @property
    def waiting_for(self) -> tuple[Role, ...]:
        """Roles whose turn it is, in the order of the steps."""
        return tuple(wait.role for wait in self.waits)

    @property
    def waiting_since(self) -> str:
        """Since when the first of them is waited for; empty while that is not known."""
        return min((wait.since for wait in self.waits if wait.since), default="")

    @property
    def approved(self) -> str:
        """When the last needed role signed the source text; empty while one is missing."""
        return self.clock.approved

    @property
    def is_late(self) -> bool:
        """Whether people ought to be able to read it by now, or its latest change."""
        return self.lateness.is_late

    @property
    def is_alarming(self) -> bool:
        """Whether it is late by so much that somebody must be told."""
        return self.lateness.is_alarming


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What states and clocks are judged by, the same for many resources.

    Attributes:
        now: the present moment.
        targets: how soon people ought to read an approved text.
        calendar: which days are working days.
    """

    now: datetime
    targets: Targets
    calendar: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a resource in a locale before its state is asked for.

    Attributes:
        page: what the gate lets stand at its address.
        coverage: how much of it the gate lets through.
        is_open: the language is opened to the public.
        is_damaged: its catalog cannot be read.
        is_sample: its translations are marked as demonstration only.
        is_overdue: the day by which its advice was to be checked again has passed.
        media: pictures and recordings of the locale's own.
        media_work: those that somebody can sign; the text does not wait for them.
    """

    page: PageState
    coverage: Coverage
    is_open: bool = True
    is_damaged: bool = False
    is_sample: bool = False
    is_overdue: bool = False
    media: tuple[MediaFact, ...] = ()
    media_work: tuple[SegmentFact, ...] = ()


def derive_resource(
    document: Document,
    locale: str,
    facts: Sequence[SegmentFact],
    outcome: Outcome,
    *,
    rules: TierRules,
    book: Rulebook,
    events: Iterable[Event] = (),
    first_approved: str = "",
) -> ResourceState:
    """The cell of a resource in a target locale.

    Args:
        document: the resource.
        locale: tag of the target locale.
        facts: what is known of its segments, in any order.
        outcome: what became of it.
        rules: who must sign a resource of its risk tier.
        book: what time and lateness are judged by.
        events: events of the target's ledger, in any order.
        first_approved: when the whole source text was approved first, as
            :func:`~pipeline.status.clock.find_first_approval` has it.

    Raises:
        ConfigError: nobody knows the public holidays of the place in the settings.
    """
    is_seen = outcome.is_open or outcome.page is PageState.WITHDRAWN
    shown = outcome.page if is_seen else PageState.NOT_YET
    is_readable = shown in {PageState.LIVE, PageState.LIVE_WITH_GAPS}
    urgency = document.metadata.urgency
    clock = run_clock(
        [_milestone(fact, is_readable=is_readable) for fact in facts],
        events,
        rules,
        is_published=is_readable,
        first_approved=first_approved,
    )
    stale = [fact for fact in facts if fact.is_stale]
    return ResourceState(
        resource=str(document.id),
        locale=locale,
        state=derive_state(
            facts,
            page=shown,
            rules=rules,
            is_damaged=outcome.is_damaged,
            is_overdue=outcome.is_overdue,
        ),
        coverage=outcome.coverage,
        is_sample=outcome.is_sample,
        is_urgent=urgency is Urgency.URGENT,
        page=shown,
        words=_tally(facts, in_words=True),
        segments=_tally(facts, in_words=False),
        open_words=_open_tally(facts, in_words=True),
        open_segments=_open_tally(facts, in_words=False),
        stale=sum(fact.segments for fact in stale),
        stale_critical=sum(fact.segments for fact in stale if fact.critical),
        waits=find_waits(facts, rules, beside=outcome.media_work),
        clock=clock,
        lateness=judge_lateness(clock, urgency, book.targets, book.calendar, now=book.now),
        is_overdue=outcome.is_overdue,
        media=outcome.media,
    )


def derive_state(
    facts: Sequence[SegmentFact],
    *,
    page: PageState,
    rules: TierRules,
    is_damaged: bool = False,
    is_overdue: bool = False,
) -> TranslationState:
    """How far a resource is: the first of :class:`TranslationState` that holds.

    Args:
        facts: what is known of each of its segments.
        page: what the public gets.
        rules: who must sign.
        is_damaged: its catalog cannot be read.
        is_overdue: the day by which its advice was to be checked again has passed.
    """
    if is_damaged:
        return TranslationState.DAMAGED
    if page is PageState.WITHDRAWN:
        return TranslationState.WITHDRAWN
    if page in _PUBLISHED:
        return _published_state(facts, page, is_overdue=is_overdue)
    return _unpublished_state(facts, rules)


def _published_state(
    facts: Iterable[SegmentFact], page: PageState, *, is_overdue: bool
) -> TranslationState:
    if is_overdue:
        return TranslationState.OVERDUE
    # Of a page of key facts only the critical is public: the rest cannot have become stale there.
    in_part = page is PageState.KEY_FACTS
    if any(fact.is_stale and (fact.critical or not in_part) for fact in facts):
        return TranslationState.STALE
    if in_part:
        return TranslationState.KEY_FACTS
    return TranslationState.LIVE if page is PageState.LIVE else TranslationState.GAPS


def _unpublished_state(facts: Sequence[SegmentFact], rules: TierRules) -> TranslationState:
    if not all(fact.is_translated for fact in facts):
        is_begun = any(fact.is_translated or fact.is_stale for fact in facts)
        return TranslationState.DRAFTING if is_begun else TranslationState.MISSING
    if all(is_signed(fact.standing) for fact in facts):
        return TranslationState.READY
    others = {role for step in rules.target for role in step} - {Role.TRANSLATOR}
    if any(others & _signed_roles(fact.standing, others) for fact in facts):
        return TranslationState.IN_REVIEW
    return TranslationState.TRANSLATED


def _signed_roles(standing: Standing | None, roles: set[Role]) -> set[Role]:
    """Of some needed roles, those that have signed; a waived role has not."""
    if standing is None:
        return set()
    return roles - {*standing.missing, *standing.owed, *standing.waived}


def is_signed(standing: Standing | None) -> bool:
    """Whether every role has signed that publication waits for; not where nothing is known."""
    return standing is not None and standing.is_signed


def _tally(facts: Iterable[SegmentFact], *, in_words: bool) -> Tally:
    total = translated = signed = critical = critical_translated = critical_signed = 0
    for fact in facts:
        size = fact.words if in_words else fact.segments
        done = size if fact.is_translated else 0
        good = done if is_signed(fact.standing) else 0
        total, translated, signed = total + size, translated + done, signed + good
        if fact.critical:
            critical += size
            critical_translated, critical_signed = (
                critical_translated + done,
                critical_signed + good,
            )
    return Tally(
        total=total,
        translated=translated,
        signed=signed,
        critical=critical,
        critical_translated=critical_translated,
        critical_signed=critical_signed,
    )


def _open_tally(facts: Iterable[SegmentFact], *, in_words: bool) -> OpenTally:
    counts: Counter[str] = Counter()
    for fact in facts:
        if not fact.is_translated:
            counts[fact.work.value] += fact.words if in_words else fact.segments
    return OpenTally(**counts)


def _milestone(fact: SegmentFact, *, is_readable: bool) -> Milestone:
    """What the clock needs of a segment, or of several."""
    is_done = fact.is_translated and is_signed(fact.standing)
    standing = fact.standing if fact.is_translated else None
    return Milestone(
        words=fact.words,
        approved=approval_of(fact),
        complete=standing.complete if standing and is_done else "",
        step_times=standing.step_times if standing else (),
        is_shown=fact.is_shown and is_readable,
    )

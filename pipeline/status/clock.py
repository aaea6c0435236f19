"""The clock: how long from "the source is approved" to "people can read it in their language".

In: when each segment was approved and signed, and what the ledger says happened. Out: the
rounds of a resource in a locale: its first publication, and one for each later change. All
times come from the ledgers, never from files or git. See ``docs/reference/workflow.md``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.ledger import format_time, parse_time
from pipeline.model import PageState, Urgency
from pipeline.slots import quick_init
from pipeline.status.calendar import Calendar
from pipeline.workflow import Event, EventKind, Step, Targets, TierRules


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """When a segment, as it stands now, passed what; or several that passed it together.

    Attributes:
        words: of its source text; of several, of all.
        approved: when the last needed role signed the source text; empty while one is missing.
        complete: the same of its translation.
        step_times: when each step of the translation was done, as far as they are.
        is_shown: the public reads its translation.
    """

    words: int
    approved: str
    complete: str = ""
    step_times: tuple[str, ...] = ()
    is_shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTime:
    """How long a step of the translation took.

    Attributes:
        roles: who signs in it.
        done: when it was done.
        took: from the step before it, or from the approval of the source.
    """

    roles: Step
    done: str
    took: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """From an approval of the source to the day on which people can read it.

    Attributes:
        approved: when the last needed role signed the source text.
        live: when the public could read it; empty while it cannot.
        is_recorded: the ledger says when it went live; otherwise ``live`` is the time at which
            the last needed role signed.
        is_change: it concerns segments that changed after the resource was first published.
        words: words of the source text concerned.
        steps: how long each step took, as far as they are done; of past rounds nobody knows.
        key_facts: when its key facts alone were published, if they were first.
    """

    approved: str
    live: str = ""
    is_recorded: bool = False
    is_change: bool = False
    words: int = 0
    steps: tuple[StepTime, ...] = ()
    key_facts: str = ""

    @property
    def is_open(self) -> bool:
        """Whether people still wait for it."""
        return not self.live

    def took(self, now: datetime) -> timedelta:
        """How long it took, or has been running by now."""
        end = parse_time(self.live) if self.live else now
        return max(end - parse_time(self.approved), timedelta())


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The rounds of a resource in a locale.

    Attributes:
        rounds: in the order of their approval.
        approved: when the source text, as it stands, was approved; empty while a role is missing.
    """

    rounds: tuple[Round, ...] = ()
    approved: str = ""

    @property
    def running(self) -> Round | None:
        """The oldest round that people still wait for."""
        return next((item for item in self.rounds if item.is_open), None)

    @property
    def first_live(self) -> str:
        """When people could read it first; empty if they never could."""
        return min((item.live for item in self.rounds if item.live), default="")

    @property
    def last_live(self) -> str:
        """When people could read its latest change."""
        return max((item.live for item in self.rounds if item.live), default="")


NO_CLOCK = Clock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Whether people ought to be able to read something by now.

    Attributes:
        due: by when they ought to; empty where nothing is awaited.
        is_late: that moment has passed.
        is_alarming: it has passed by so much that somebody must be told.
    """

    due: str = ""
    is_late: bool = False
    is_alarming: bool = False


IN_TIME = Lateness()


def find_first_approval(present: Iterable[str], former: Iterable[str]) -> str:
    """When all of a source text, as it stood then, was approved first; empty if it never was.

    The ledger knows no earlier texts. A unit that was approved later than a moment is taken for
    a change where one that is gone by now was approved by then: so a text that is signed in two
    sittings is approved at the second, and an edit takes no day off the wait.

    Args:
        present: when each unit of the text was approved; empty where it is not.
        former: the same of approved units that are not in it any more.
    """
    now, gone = list(present), [time for time in former if time]
    for moment in sorted({time for time in (*now, *gone) if time and not _is_ever(time)}):
        later = sum(not time or time > moment for time in now)
        if later <= sum(time <= moment for time in gone):
            return moment
    return ""


def _is_ever(time: str) -> bool:
    """The ledger's word for "where no role is needed": it begins no clock."""
    return time.startswith("1970-01-01T")


def run_clock(
    milestones: Iterable[Milestone],
    events: Iterable[Event],
    rules: TierRules,
    *,
    is_published: bool,
    first_approved: str = "",
) -> Clock:
    """Work out the rounds of a resource in a locale.

    Args:
        milestones: those of its segments, in any order.
        events: events of the target's ledger, in any order.
        rules: who must sign.
        is_published: the public can read it now.
        first_approved: when the whole source text was approved first (see
            :func:`find_first_approval`); empty where that is not known.
    """
    known = list(milestones)
    approved = sorted((m for m in known if m.approved), key=lambda item: item.approved)
    went_live = sorted(
        (event for event in events if event.event is EventKind.LIVE), key=lambda item: item.time
    )
    lives = [event.time for event in went_live if not _is_partial(event)]
    past = _recorded_rounds(went_live)
    has_been_live = bool(past) or bool(lives)
    is_approved = len(approved) == len(known)
    # Before its first publication nothing runs until the whole text was approved once.
    is_begun = is_approved or has_been_live or bool(first_approved)
    groups = list(_groups(approved, lives)) if is_begun else []
    rounds = [
        _round(
            group,
            went_live,
            rules,
            start=_start(group, first_approved, is_first=is_first),
            is_first=is_first,
            is_published=is_published,
        )
        for number, group in enumerate(groups)
        for is_first in (number == 0 and not _is_after(group, lives),)
    ]
    return Clock(
        rounds=tuple(_merge(past, rounds)),
        approved=approved[-1].approved if approved and is_approved else "",
    )


def judge_lateness(
    clock: Clock, urgency: Urgency, targets: Targets, calendar: Calendar, *, now: datetime
) -> Lateness:
    """Whether people ought to be able to read by now what they wait for.

    Args:
        clock: the rounds.
        urgency: how long readers can wait.
        targets: how soon they ought to read it.
        calendar: which days are working days.
        now: the present moment.
    """
    running = clock.running
    if running is None:
        return IN_TIME
    start = parse_time(running.approved)
    if urgency is Urgency.URGENT:
        due = start + timedelta(days=targets.urgent_days)
    else:
        due = calendar.add_working_days(start, targets.routine_working_days)
    return Lateness(
        due=format_time(due),
        is_late=now > due,
        is_alarming=now > start + timedelta(days=targets.alarm_days),
    )


def _is_partial(event: Event) -> bool:
    return event.state == PageState.KEY_FACTS


def _recorded_rounds(went_live: Sequence[Event]) -> dict[str, Round]:
    """The rounds that the ledger tells of, by the time of their approval."""
    rounds: dict[str, Round] = {}
    for event in went_live:
        if not event.approved or _is_partial(event):
            continue
        known = rounds.get(event.approved)
        if known is None:
            rounds[event.approved] = Round(
                approved=event.approved,
                live=event.time,
                is_recorded=True,
                is_change=bool(rounds),
                words=event.words,
                key_facts=_key_facts(went_live, event.approved, event.time),
            )
        else:
            # More of the same text, later: people could read the page from the first time on.
            rounds[event.approved] = replace(known, words=known.words + event.words)
    return rounds


def _key_facts(went_live: Iterable[Event], approved: str, until: str) -> str:
    times = (e.time for e in went_live if _is_partial(e) and e.time >= approved)
    first = min(times, default="")
    return first if first and (not until or first < until) else ""


def _start(group: Sequence[Milestone], first_approved: str, *, is_first: bool) -> str:
    """When people began to wait for a round."""
    latest = max(item.approved for item in group)
    if not is_first:
        return min(item.approved for item in group)
    return min(first_approved, latest) if first_approved else latest


def _groups(milestones: Iterable[Milestone], lives: Sequence[str]) -> Iterator[list[Milestone]]:
    """Segments by round, in the order of their approval.

    A later approval is a round of its own once the former was readable; of changes, each day's.
    """
    group: list[Milestone] = []
    is_change = False
    for milestone in milestones:
        # What was approved in the same sitting is one round, whatever is ready of it by then.
        is_later = bool(group) and milestone.approved > group[-1].approved
        if is_later and (
            _was_readable(group, lives, before=milestone.approved)
            or (is_change and group[0].approved[:10] != milestone.approved[:10])
        ):
            yield group
            group, is_change = [], True
        group.append(milestone)
        is_change = is_change or _is_after(group, lives)
    if group:
        yield group


def _is_after(group: Sequence[Milestone], lives: Sequence[str]) -> bool:
    """Whether the resource had been published before the group's approval; times are sorted."""
    return bool(lives) and lives[0] < group[0].approved


def _was_readable(group: Sequence[Milestone], lives: Iterable[str], *, before: str) -> bool:
    # They come in the order of their approval.
    approved = group[-1].approved
    if any(approved <= live < before for live in lives):
        return True
    return all(item.complete and item.complete < before for item in group)


def _round(
    group: Sequence[Milestone],
    went_live: Sequence[Event],
    rules: TierRules,
    *,
    start: str,
    is_first: bool,
    is_published: bool,
) -> Round:
    lives = [event.time for event in went_live if not _is_partial(event)]
    is_readable = is_published and all(item.is_shown for item in group)
    # A first publication may have gaps; a change is readable once its own segments are.
    shown = [item for item in group if item.is_shown and item.complete]
    done = max((max(item.complete, item.approved) for item in shown), default="")
    after = start if is_first else max(start, done)
    recorded = next((live for live in lives if live >= after), "")
    live, is_recorded = "", False
    if recorded and (is_first or is_readable):
        live, is_recorded = recorded, True
    elif done and (is_readable or (is_first and is_published)):
        live = max(start, done)
    return Round(
        approved=start,
        live=live,
        is_recorded=is_recorded,
        is_change=not is_first,
        words=sum(item.words for item in group if item.is_shown or not live),
        steps=_steps(group, start, rules),
        key_facts=_key_facts(went_live, start, live),
    )


def _steps(group: Sequence[Milestone], approved: str, rules: TierRules) -> tuple[StepTime, ...]:
    steps: list[StepTime] = []
    began = parse_time(approved)
    for number, roles in enumerate(rules.target):
        times = [item.step_times[number : number + 1] for item in group]
        if not all(times):
            break
        done = max(time for each in times for time in each)
        # Nobody is waited for in a step whose roles are all waived, or follow publication.
        if not done or set(roles) <= set(rules.later):
            continue
        # A step may be done before the source is approved, or before the step ahead of it.
        ended = max(parse_time(done), began)
        steps.append(StepTime(roles=roles, done=done, took=ended - began))
        began = ended
    return tuple(steps)


def _merge(past: dict[str, Round], present: Iterable[Round]) -> list[Round]:
    """Recorded rounds, with what the segments add: steps, and rounds that nothing records."""
    merged = dict(past)
    by_live = {item.live: key for key, item in past.items()}
    for item in present:
        key = item.approved if item.approved in merged else by_live.get(item.live, "")
        if not key:
            merged[item.approved] = replace(item, is_change=item.is_change or bool(past))
        elif item.is_open:
            # The ledger says that this went live; what is not readable of it is a gap by now.
            continue
        else:
            merged[key] = replace(merged[key], steps=item.steps)
    return sorted(merged.values(), key=lambda item: item.approved)

"""Until when what was found of a resource holds, if nothing but time goes by.

States speak of moments, and only a few things turn at one: a line of the future begins to count,
the days of those who may sign later end, what was in time is late, a waiver ends, advice is past
its day. So an earlier run's record is good tomorrow too, unless one of these comes before.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from pipeline.config import Project
from pipeline.ledger import Ledger, format_time, parse_time
from pipeline.ledger.reading import TOLERANCE
from pipeline.model import Document
from pipeline.status import ResourceState
from pipeline.workflow import Event

NEVER = "9999-12-31T00:00:00+00:00"
#: Asked anew by each run.
AT_ONCE = ""
_DAY = timedelta(days=1)


def find_expiry(
    project: Project,
    document: Document,
    ledgers: Sequence[Ledger],
    states: Iterable[ResourceState],
    *,
    now: datetime,
) -> str:
    """The first moment from now on at which time alone may change what was found of a resource.

    Args:
        project: the project.
        document: the resource.
        ledgers: its ledgers, of the source text and of the translations.
        states: its states.
        now: the present moment.

    Returns:
        The moment, UTC, with microseconds; ``AT_ONCE`` where a ledger is odd in a way that
        somebody has to look at.
    """
    if any(ledger.needs_person for ledger in ledgers):
        return AT_ONCE
    moments = [*_of_document(project, document, now), *_of_states(project, states)]
    moments += _of_ledgers(project, document, ledgers, now)
    return min((_written(moment) for moment in moments if moment >= now), default=NEVER)


def next_day(now: datetime) -> str:
    """When the day ends: for what is known of a resource that cannot be used.

    Args:
        now: the present moment.
    """
    return min(map(_written, _beginnings(now.date() + _DAY, now)))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _beginnings(day: date, now: datetime) -> tuple[datetime, datetime]:
    """When a day begins where we are, and in UTC."""
    return datetime.combine(day, time(), now.tzinfo), datetime.combine(day, time(), UTC)


def _of_document(project: Project, document: Document, now: datetime) -> Iterator[datetime]:
    """Its advice is past its day, and then past the days of grace."""
    review_by = document.metadata.review_by
    for last in (review_by, review_by + timedelta(days=project.workflow.grace_days)):
        yield from _beginnings(last + _DAY, now)


def _of_states(project: Project, states: Iterable[ResourceState]) -> Iterator[datetime]:
    """What is awaited is late, and then alarmingly so."""
    for state in states:
        if running := state.clock.running:
            alarm = timedelta(days=project.workflow.targets.alarm_days)
            yield parse_time(running.approved) + alarm
            yield parse_time(state.lateness.due)


def _of_ledgers(
    project: Project, document: Document, ledgers: Iterable[Ledger], now: datetime
) -> Iterator[datetime]:
    """A line begins to count, roles that may sign later have not, a waiver ends."""
    later = timedelta(days=project.workflow.tiers[document.metadata.risk].later_days)
    oldest = format_time(now - max(later, TOLERANCE) - _DAY)
    lines = [line for ledger in ledgers for line in ledger.lines]
    for moment in map(parse_time, {line.time for line in lines if line.time > oldest}):
        yield moment - TOLERANCE
        yield moment + later
    for last in {line.until for line in lines if isinstance(line, Event) and line.until}:
        yield from _beginnings(last + _DAY, now)

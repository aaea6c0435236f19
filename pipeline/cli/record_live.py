"""After a publication: what is public from now on, and what is not any more, into the ledgers.

The clock ends with these events. A second run over the same publication writes none. Of a page
that could not be made nothing is said: no person has decided that, and the next build may mend it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.cli.build import BuildReport
from pipeline.cli.plan import Wish
from pipeline.cli.refusals import as_error
from pipeline.config import Project
from pipeline.errors import PipelineError
from pipeline.ledger import append, format_time, fresh_time, read_ledger
from pipeline.model import LocalisedPage
from pipeline.status import ResourceState, live_events
from pipeline.status.recording import PROGRAM
from pipeline.workflow import Event, EventKind, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was written down.

    Attributes:
        events: how many events.
        failed: ledgers that could not be written to, and why; their pages are public all the same.
    """

    events: int = 0
    failed: tuple[PipelineError, ...] = ()


def record_live(report: BuildReport, wish: Wish, now: datetime | None = None) -> Recorded:
    """Write down what has gone live and what was taken down.

    Args:
        report: what a build did.
        wish: what it was asked for: nothing else is looked at.
        now: when it was published; the clock's time if None.
    """
    moment = now or datetime.now(UTC)
    written, failed = 0, []
    for place in _covered(report, wish):
        try:
            written += _record(report.survey.project, place, moment)
        except OSError as refusal:
            failed.append(as_error(refusal))
    return Recorded(events=written, failed=tuple(failed))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A resource in a locale: its page, its state, and whether the public gets the locale."""

    page: LocalisedPage
    cell: ResourceState
    is_open: bool


def _covered(report: BuildReport, wish: Wish) -> Iterator[_Place]:
    """What the build was asked for and could make."""
    shown = {edition.locale.tag: edition for edition in report.shown.editions}
    for edition in report.survey.editions:
        # A language that could not be made is not shown, a page not as it should be.
        if not (there := shown.get(edition.locale.tag)):
            continue
        each = zip(edition.pages, there.pages, edition.state.resources, strict=True)
        for page, made, cell in each:
            if page == made and wish.covers(page.locale, str(page.document.id)):
                yield _Place(page=page, cell=cell, is_open=edition.state.is_open)


def _record(project: Project, place: _Place, now: datetime) -> int:
    """Write the events of one resource in one locale; tell how many."""
    document, tag = place.page.document, place.page.locale
    path = project.ledger_path(tag, document.topic, document.slug)
    ledger = read_ledger(path, locale=tag, now=now)
    # A build has said already what throws doubt on it.
    if ledger.is_doubtful:
        return 0
    events = [fresh_time(ledger, event) for event in _events(place, ledger.lines, now)]
    if events:
        append(path, *events)
    return len(events)


def _events(place: _Place, lines: tuple[Line, ...], now: datetime) -> tuple[Event, ...]:
    page, cell = place.page, place.cell
    was_live = _last(lines) is EventKind.LIVE
    if page.is_published and place.is_open:
        return live_events(cell, now=now) or (() if was_live else (_plain(page, cell, now),))
    return (_taken_down(place, now),) if was_live else ()


def _taken_down(place: _Place, now: datetime) -> Event:
    return Event(
        time=format_time(now),
        event=EventKind.TAKEN_DOWN,
        handle=PROGRAM,
        locale=place.page.locale,
        note=place.page.why if place.is_open else "The language is not open to the public.",
    )


def _plain(page: LocalisedPage, cell: ResourceState, now: datetime) -> Event:
    """What no clock runs for: it was taken down and is back, or nobody has to approve it."""
    return Event(
        time=format_time(now),
        event=EventKind.LIVE,
        handle=PROGRAM,
        locale=page.locale,
        approved=cell.approved,
        state=str(page.state),
    )


def _last(lines: tuple[Line, ...]) -> EventKind | None:
    kinds = (EventKind.LIVE, EventKind.TAKEN_DOWN)
    events = [line.event for line in lines if isinstance(line, Event) and line.event in kinds]
    return events[-1] if events else None

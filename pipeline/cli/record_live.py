"""After a publication: what is public from now on, and what is not any more, into the ledgers.

The clock ends with these events. A second run over the same publication writes none.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from pipeline.cli.build import BuildReport
from pipeline.cli.plan import Wish
from pipeline.ledger import append, format_time, fresh_time, read_ledger
from pipeline.model import LocalisedPage
from pipeline.status import ResourceState, live_events
from pipeline.status.recording import PROGRAM
from pipeline.workflow import Event, EventKind, Line


def record_live(report: BuildReport, wish: Wish, now: datetime | None = None) -> int:
    """Write down what has gone live and what was taken down.

    Args:
        report: what a build did.
        wish: what it was asked for: nothing else is looked at.
        now: when it was published; the clock's time if None.

    Returns:
        How many events were written.
    """
    moment = now or datetime.now(UTC)
    project = report.survey.project
    written = 0
    for page, cell in _published(report, wish):
        document = page.document
        path = project.ledger_path(page.locale, document.topic, document.slug)
        ledger = read_ledger(path, locale=page.locale, now=moment)
        if ledger.is_doubtful:
            continue
        events = [fresh_time(ledger, e) for e in _events(page, cell, ledger.lines, moment)]
        if events:
            append(path, *events)
            written += len(events)
    return written


def _published(report: BuildReport, wish: Wish) -> Iterator[tuple[LocalisedPage, ResourceState]]:
    """Target pages as they stand on the site now, with the state that the gate gave them."""
    shown = {(p.locale, p.document.id): p for e in report.shown.open_editions for p in e.pages}
    for edition in report.survey.editions:
        for page, cell in zip(edition.pages, edition.state.resources, strict=True):
            name = str(page.document.id)
            # A page that could not be made is neither there nor withdrawn by anybody.
            if wish.covers(page.locale, name) and edition.state.is_open:
                yield shown.get((page.locale, page.document.id), page), cell


def _events(
    page: LocalisedPage, cell: ResourceState, lines: tuple[Line, ...], now: datetime
) -> tuple[Event, ...]:
    last = _last(lines)
    if page.is_published:
        is_known = last is EventKind.LIVE
        return live_events(cell, now=now) or (() if is_known else (_plain(page, cell, now),))
    if last is not EventKind.LIVE:
        return ()
    return (
        Event(
            time=format_time(now),
            event=EventKind.TAKEN_DOWN,
            handle=PROGRAM,
            locale=page.locale,
            note=page.why,
        ),
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

"""What is to be written into a ledger once the public can read something."""

from datetime import datetime

from pipeline.ledger import format_time
from pipeline.model import PageState
from pipeline.status.state import ResourceState
from pipeline.workflow import Event, EventKind

#: Who writes down what the program has done.
PROGRAM = "pipeline"


def live_events(cell: ResourceState, *, now: datetime) -> tuple[Event, ...]:
    """The events that tell what of a resource has gone live and that its ledger does not tell yet.

    Once they are written, the next run gives none.

    Args:
        cell: the state of the resource in the locale, as it has just been published.
        now: when it was.
    """
    if cell.page is PageState.KEY_FACTS:
        running = cell.clock.running
        rounds = [running] if running and not running.key_facts else []
    else:
        rounds = [item for item in cell.clock.rounds if item.live and not item.is_recorded]
    words = {item: _words(cell, item.words) for item in rounds}
    return tuple(
        Event(
            time=format_time(now),
            event=EventKind.LIVE,
            handle=PROGRAM,
            locale=cell.locale,
            approved=item.approved,
            words=words[item],
            state=str(cell.page),
        )
        for item in rounds
    )


def _words(cell: ResourceState, words: int) -> int:
    """Of a page of key facts only the critical words are read."""
    return cell.words.critical_signed if cell.page is PageState.KEY_FACTS else words

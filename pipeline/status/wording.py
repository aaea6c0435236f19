"""What a clock says in one line: "Somali · 2 d 4 h · waiting 1 d 20 h for a reviser"."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pipeline.ledger import parse_time
from pipeline.status.state import ResourceState
from pipeline.status.waiting import Wait
from pipeline.workflow import Role


def describe_clock(name: str, cell: ResourceState, *, now: datetime) -> str:
    """How long people have waited for a resource, and who is waited for.

    Args:
        name: what the line begins with: a language, or a resource.
        cell: the state of the resource in the locale.
        now: the present moment.
    """
    return " · ".join([name, *_elapsed(cell, now), *_waits(cell.waits, now)])


def format_duration(span: timedelta) -> str:
    """A length of time in its two largest units (``2 d 4 h``, ``45 min``).

    Args:
        span: 0 or more; parts of a minute are left out.
    """
    minutes = max(int(span.total_seconds()) // 60, 0)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{minutes} min"


def name_role(role: Role) -> str:
    """A role in running text, with its article (``a community reader``, ``an author``)."""
    words = role.replace("-", " ")
    return f"{'an' if words.startswith(tuple('aeiou')) else 'a'} {words}"


def _elapsed(cell: ResourceState, now: datetime) -> list[str]:
    if running := cell.clock.running:
        return [format_duration(running.took(now))]
    if not cell.clock.approved:
        return ["the source is not approved"]
    if not cell.clock.rounds:
        return []
    last = cell.clock.rounds[-1]
    how = "live" if last.is_recorded else "signed"
    return [f"{how} after {format_duration(last.took(now))}"]


def _waits(waits: Iterable[Wait], now: datetime) -> list[str]:
    """Who is waited for; those who are waited for equally long together."""
    together: dict[str, list[str]] = {}
    for wait in waits:
        span = format_duration(now - parse_time(wait.since)) if wait.since else ""
        together.setdefault(span, []).append(name_role(wait.role))
    return [
        f"waiting {span} for {' and '.join(names)}"
        if span
        else f"waiting for {' and '.join(names)}"
        for span, names in together.items()
    ]

"""What is to be done: language by language, the queue, whose turn it is, and the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.cli.dashboard.looks import ALARMING, LOOKS, Look
from pipeline.cli.dashboard.matrix import anchor, count_states, is_large
from pipeline.cli.dashboard.report import Report
from pipeline.ledger import parse_time
from pipeline.model import Locale
from pipeline.status import (
    LanguageState,
    ResourceState,
    Task,
    TranslationState,
    describe_clock,
    format_duration,
)

MOST_TASKS = 25
MOST_RUNNING = 40
#: In a large library each language names so many of its resources; the rest are counted.
MOST_ENTRIES = 40
#: Told as a number of what can be read; in a large library nobody needs them one by one.
_QUIET = {TranslationState.LIVE, TranslationState.MISSING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What there is to say of one resource in one locale.

    Attributes:
        target: its id in the page.
        title: the resource's title.
        cell: its state.
        look: how that looks.
        facts: short sentences.
    """

    target: str
    title: str
    cell: ResourceState
    look: Look
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language's own part of the page.

    Attributes:
        locale: the locale.
        summary: how far it is, in a line.
        people: the people whom it serves, and where the figure comes from.
        missing_notices: how many notices it lacks before it is opened.
        entries: its resources.
        left_out: how many of them are not listed.
    """

    locale: Locale
    summary: str
    people: str
    missing_notices: int
    entries: tuple[Entry, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A clock that runs.

    Attributes:
        locale: the language that waits.
        title: for what.
        target: id of the entry that says more; empty where it is not listed.
        line: how long, and for whom.
        due: the day by which people ought to be able to read it.
        is_late: that day has passed.
        is_alarming: by so much that somebody must be told.
    """

    locale: Locale
    title: str
    target: str
    line: str
    due: str
    is_late: bool
    is_alarming: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A role whose turn it is.

    Attributes:
        role: the role.
        tasks: how many tasks wait for it.
        words: words of the source text in these.
        longest: how long the first of them has waited; empty if that is unknown.
    """

    role: str
    tasks: int
    words: int
    longest: str


def summarise(row: LanguageState) -> str:
    """A language in a line: ``3 of 12 can be read · 1 stale``."""
    readable = sum(cell.is_readable for cell in row.resources)
    parts = [f"{readable} of {len(row.resources)} can be read"]
    counts = count_states([row])
    shown = (state for state in LOOKS if counts[state] and state not in _QUIET)
    parts += [f"{counts[state]} {LOOKS[state].word}" for state in shown]
    if late := sum(cell.is_late for cell in row.resources):
        parts.append(f"{late} late")
    return " · ".join([*parts, *(() if row.is_open else ("not open",))])


def describe_people(locale: Locale) -> str:
    """The people whom a language serves, and where the figure comes from."""
    people = "not counted" if locale.people is None else f"{locale.people:,} people"
    return f"{people} ({locale.people_source.rstrip('.')})" if locale.people_source else people


def list_languages(report: Report) -> tuple[Language, ...]:
    """Every language with its resources; in a large library only those that need somebody."""
    return tuple(_language(report, row, is_short=is_large(report)) for row in report.languages)


def listed(languages: Iterable[Language]) -> frozenset[str]:
    """The ids of all entries of the page."""
    return frozenset(entry.target for item in languages for entry in item.entries)


def list_running(report: Report, entries: frozenset[str]) -> tuple[tuple[Running, ...], int]:
    """The clocks that run, longest first, and how many more there are.

    Args:
        report: what the page is made from.
        entries: ids of the entries that the page has.
    """
    found = [
        (clock.approved, row.locale, cell)
        for row in report.languages
        for cell in row.resources
        if (clock := cell.clock.running)
    ]
    found.sort(key=lambda each: (not each[2].is_alarming, not each[2].is_late, each[0]))
    shown = (_running(report, locale, cell, entries) for _, locale, cell in found[:MOST_RUNNING])
    return tuple(shown), max(len(found) - MOST_RUNNING, 0)


def count_unapproved(report: Report) -> int:
    """How many resources no clock runs for, as their source text is not approved."""
    cells = [cell for row in report.languages for cell in row.resources]
    return len({cell.resource for cell in cells if not cell.clock.approved and not _quiet(cell)})


def _quiet(cell: ResourceState) -> bool:
    return cell.state is TranslationState.LIVE


def list_turns(report: Report, tasks: Iterable[Task]) -> tuple[Turn, ...]:
    """Whose turn it is, with the most tasks first."""
    by_role: dict[str, list[Task]] = {}
    for task in tasks:
        by_role.setdefault(task.role.replace("-", " "), []).append(task)
    turns = [_turn(report, role, each) for role, each in by_role.items()]
    return tuple(sorted(turns, key=lambda turn: (-turn.tasks, turn.role)))


def _turn(report: Report, role: str, tasks: Sequence[Task]) -> Turn:
    since = min((task.since for task in tasks if task.since), default="")
    return Turn(
        role=role,
        tasks=len(tasks),
        words=sum(task.words for task in tasks),
        longest=format_duration(report.now - parse_time(since)) if since else "",
    )


def _language(report: Report, row: LanguageState, *, is_short: bool) -> Language:
    cells = list(row.resources)
    if is_short:
        cells = [cell for cell in cells if cell.is_late or cell.state not in _QUIET]
        cells = sorted(cells, key=_pressing)[:MOST_ENTRIES]
    return Language(
        locale=row.locale,
        summary=summarise(row),
        people=describe_people(row.locale),
        missing_notices=len(row.missing_notices),
        entries=tuple(_entry(report, cell) for cell in cells),
        left_out=len(row.resources) - len(cells),
    )


def _pressing(cell: ResourceState) -> tuple[bool, int, bool, str]:
    """What is most pressing comes first."""
    rank = ALARMING.index(cell.state) if cell.state in ALARMING else len(ALARMING)
    return not cell.is_alarming, rank, not cell.is_late, cell.resource


def _entry(report: Report, cell: ResourceState) -> Entry:
    return Entry(
        target=anchor(cell.locale, cell.resource),
        title=report.title(cell.resource),
        cell=cell,
        look=LOOKS[cell.state],
        facts=tuple(_facts(report, cell)),
    )


def _facts(report: Report, cell: ResourceState) -> Iterable[str]:
    tally = cell.words
    if tally.total and cell.state is not TranslationState.MISSING:
        yield f"{tally.translated} of {tally.total} words translated, {tally.signed} signed"
    elif tally.total:
        yield f"{tally.total} words"
    if cell.stale:
        yield f"{cell.stale} segments changed, {cell.stale_critical} of them critical"
    yield describe_clock("", cell, now=report.now).removeprefix(" · ") or "no clock runs"
    if not cell.waits:
        yield "nobody is waited for"
    if due := cell.lateness.due:
        yield f"due {due[:10]}"


def _running(
    report: Report, locale: Locale, cell: ResourceState, entries: frozenset[str]
) -> Running:
    target = anchor(locale.tag, cell.resource)
    return Running(
        locale=locale,
        title=report.title(cell.resource),
        target=target if target in entries else "",
        line=describe_clock("", cell, now=report.now).removeprefix(" · "),
        due=cell.lateness.due[:10],
        is_late=cell.is_late,
        is_alarming=cell.is_alarming,
    )

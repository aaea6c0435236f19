"""The matrix: resources × locales, or topics × locales where resources are too many for a page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.cli.dashboard.looks import ALARMING, LOOKS
from pipeline.cli.dashboard.report import Report
from pipeline.status import LanguageState, ResourceState, TranslationState

#: With more resources than these the matrix has a row a topic, not a row a resource.
MOST_ROWS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One cell as it is shown.

    Attributes:
        style: its class: a state, or ``none`` where nothing is wanted.
        mark: what is seen of it.
        words: the same in full, for who cannot see it.
        target: id of what says more; empty for nothing.
        is_late: people ought to be able to read it by now.
        is_sample: a demonstration.
    """

    style: str
    mark: str
    words: str
    target: str = ""
    is_late: bool = False
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: a resource, or a topic.

    Attributes:
        name: what it is.
        resource: ``topic/slug``; empty for a topic.
        squares: one a locale.
    """

    name: str
    resource: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of one topic.

    Attributes:
        name: the topic; empty where the rows are topics themselves.
        rows: the rows.
    """

    name: str
    rows: tuple[Row, ...]


def resources_of(report: Report) -> tuple[str, ...]:
    """Every resource that is wanted in some language, in the order of the documents."""
    wanted = {cell.resource for row in report.languages for cell in row.resources}
    known = [name for name in report.titles if name in wanted]
    return (*known, *sorted(wanted.difference(known)))


def is_large(report: Report) -> bool:
    """Whether there are more resources than a page can show one by one."""
    return len(resources_of(report)) > MOST_ROWS


def make_matrix(report: Report) -> tuple[Group, ...]:
    """Lay the matrix out."""
    by_topic: dict[str, list[str]] = {}
    for name in resources_of(report):
        by_topic.setdefault(name.partition("/")[0], []).append(name)
    order = {topic: number for number, topic in enumerate(report.topics)}
    topics = sorted(by_topic, key=lambda topic: order.get(topic, len(order)))
    if is_large(report):
        rows = tuple(_topic_rows(report, topics))
        return (Group(name="", rows=rows),)
    cells = [{cell.resource: cell for cell in row.resources} for row in report.languages]
    return tuple(
        Group(
            name=report.topics.get(topic, topic),
            rows=tuple(
                Row(
                    name=report.title(name),
                    resource=name,
                    squares=tuple(square(found.get(name)) for found in cells),
                )
                for name in by_topic[topic]
            ),
        )
        for topic in topics
    )


def anchor(locale: str, resource: str) -> str:
    """The id of the entry that tells of a cell."""
    return f"{locale}--{resource.replace('/', '--')}"


def square(cell: ResourceState | None) -> Square:
    """How a cell is shown.

    Args:
        cell: its state; None where the resource is not wanted in the locale.
    """
    if cell is None:
        return Square(style="none", mark="", words="not wanted")
    look = LOOKS[cell.state]
    words = [look.word]
    if cell.stale:
        words.append(f"{cell.stale} changed, {cell.stale_critical} of them critical")
    words += ["late"] if cell.is_late else []
    words += ["sample"] if cell.is_sample else []
    return Square(
        style=cell.state,
        mark=look.mark,
        words=", ".join(words),
        target=anchor(cell.locale, cell.resource),
        is_late=cell.is_late,
        is_sample=cell.is_sample,
    )


def count_states(languages: Iterable[LanguageState]) -> Counter[TranslationState]:
    """How many cells are in each state."""
    return Counter(cell.state for row in languages for cell in row.resources)


def _topic_rows(report: Report, topics: Iterable[str]) -> Iterator[Row]:
    columns = [_by_topic(row.resources) for row in report.languages]
    for topic in topics:
        squares = [
            _topic_square(column.get(topic, []), row.locale.tag)
            for row, column in zip(report.languages, columns, strict=True)
        ]
        yield Row(name=report.topics.get(topic, topic), resource="", squares=tuple(squares))


def _by_topic(cells: Iterable[ResourceState]) -> dict[str, list[ResourceState]]:
    found: dict[str, list[ResourceState]] = {}
    for cell in cells:
        found.setdefault(cell.resource.partition("/")[0], []).append(cell)
    return found


def _topic_square(cells: list[ResourceState], tag: str) -> Square:
    """A topic in a locale: how many can be read; it looks as the worst that is in it."""
    if not cells:
        return square(None)
    counts = Counter(cell.state for cell in cells)
    readable = sum(cell.is_readable for cell in cells)
    told = [f"{counts[state]} {look.word}" for state, look in LOOKS.items() if counts[state]]
    return Square(
        style=_worst(counts),
        mark=f"{readable}/{len(cells)}",
        words=f"{readable} of {len(cells)} can be read: {', '.join(told)}",
        target=tag,
        is_late=any(cell.is_late for cell in cells),
        is_sample=any(cell.is_sample for cell in cells),
    )


def _worst(counts: Counter[TranslationState]) -> TranslationState:
    order = (*ALARMING, TranslationState.MISSING, *reversed(LOOKS))
    return next(state for state in order if counts[state])

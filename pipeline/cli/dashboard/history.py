"""The history: how long people waited for what is public now, language by language.

Only rounds count whose ledger says when they went live. The chart is drawn in per cent of its
width, so that it fits a phone with letters as large as on a screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from pipeline.cli.dashboard.report import Report
from pipeline.model import Locale
from pipeline.status import LanguageState, format_duration

#: Rounds that the table below the chart names, newest first, and dots that a row of it has.
MOST_ROUNDS = 100
MOST_DOTS = 60
_LEFT, _WIDTH = 2.0, 95.0
_ROW, _AXIS = 44, 28
_TICKS = (1, 2, 5, 10, 15, 30, 60, 90, 180, 365, 730, 1825, 3650)
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A round that is over: people could read it in the end.

    Attributes:
        title: of what.
        approved: the day on which the source was approved.
        live: the day on which the public could read it.
        span: how long it took.
        took: the same in words.
        words: words of the source text.
        is_change: it concerns a change of what was public already.
    """

    title: str
    approved: str
    live: str
    span: timedelta
    took: str
    words: int
    is_change: bool

    @property
    def days(self) -> float:
        """How long it took, in days."""
        return self.span / timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A language's row of the chart and of its table.

    Attributes:
        locale: the language.
        waits: its rounds, newest first.
        half: half of them took no longer than this, in words.
        shortest: the shortest of them.
        longest: the longest.
        dots: where each round stands, in per cent of the width, and whether it is a change.
        middle: where ``half`` stands.
        top: how far below the chart's top the row is, in pixels.
    """

    locale: Locale
    waits: tuple[Wait, ...]
    half: str
    shortest: str
    longest: str
    dots: tuple[tuple[str, bool], ...]
    middle: str
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The chart.

    Attributes:
        lines: a row a language, those who waited longest first.
        ticks: days of the axis, each with its place in per cent of the width.
        height: of the drawing, in pixels.
        rounds: each round with its language, newest first; the newest only.
        left_out: how many rounds are not named.
    """

    lines: tuple[Line, ...]
    ticks: tuple[tuple[int, str], ...]
    height: int
    rounds: tuple[tuple[Locale, Wait], ...]
    left_out: int

    @property
    def total(self) -> int:
        """How many rounds there are."""
        return len(self.rounds) + self.left_out


def draw_history(report: Report) -> Chart:
    """Lay the chart out; without a line where no ledger tells of anything that went live."""
    found = [(row.locale, _waits(report, row)) for row in report.languages]
    found = [each for each in found if each[1]]
    found.sort(key=lambda each: -_half(each[1]).total_seconds())
    most = max((wait.days for _, waits in found for wait in waits), default=1.0)
    ticks = _ticks(most)
    end = ticks[-1]
    lines = [_line(locale, waits, end, number) for number, (locale, waits) in enumerate(found)]
    rounds = sorted(
        ((locale, wait) for locale, waits in found for wait in waits),
        key=lambda each: each[1].live,
        reverse=True,
    )
    return Chart(
        lines=tuple(lines),
        ticks=tuple((day, _place(day, end)) for day in (0, *ticks)),
        height=len(lines) * _ROW + _AXIS,
        rounds=tuple(rounds[:MOST_ROUNDS]),
        left_out=max(len(rounds) - MOST_ROUNDS, 0),
    )


def _waits(report: Report, row: LanguageState) -> tuple[Wait, ...]:
    waits = [
        Wait(
            title=report.title(cell.resource),
            approved=each.approved[:10],
            live=each.live[:10],
            span=each.took(report.now),
            took=format_duration(each.took(report.now)),
            words=each.words,
            is_change=each.is_change,
        )
        for cell in row.resources
        for each in cell.clock.rounds
        if each.is_recorded and each.live
    ]
    return tuple(sorted(waits, key=lambda wait: wait.live, reverse=True))


def _half(waits: Sequence[Wait]) -> timedelta:
    return timedelta(seconds=median(wait.span.total_seconds() for wait in waits))


def _line(locale: Locale, waits: tuple[Wait, ...], end: int, number: int) -> Line:
    half = _half(waits)
    spans = [wait.span for wait in waits]
    return Line(
        locale=locale,
        waits=waits,
        half=format_duration(half),
        shortest=format_duration(min(spans)),
        longest=format_duration(max(spans)),
        dots=tuple((_place(wait.days, end), wait.is_change) for wait in waits[:MOST_DOTS]),
        middle=_place(half / timedelta(days=1), end),
        top=number * _ROW,
    )


def _ticks(most: float) -> list[int]:
    """Days to name on the axis: a few round numbers, the last beyond all that is shown."""
    step = next((tick for tick in _TICKS if tick * (_MOST_TICKS - 1) >= most), _TICKS[-1])
    count = max(int(-(-most // step)), 1)
    # A clock that somebody set wrong by decades must not cost a page of ticks.
    step *= -(-count // _MOST_TICKS)
    return [step * number for number in range(1, int(-(-most // step)) + 1)] or [step]


def _place(days: float, end: int) -> str:
    return f"{_LEFT + _WIDTH * days / end:.2f}%"

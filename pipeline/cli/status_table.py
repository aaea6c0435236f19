"""`pipeline status` in a terminal or a pipe: the matrix, and each resource where asked for."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from rich.markup import escape

from pipeline.cli.columns import Column, fit, has_room, make_table
from pipeline.cli.console import out
from pipeline.cli.since import Since
from pipeline.cli.status_report import (
    Report,
    count_missing,
    describe_media,
    describe_open,
    describe_people,
    describe_stale,
    note,
)
from pipeline.cli.status_words import change_lines, summarise
from pipeline.status import LanguageState, ResourceState, TranslationState, describe_clock

#: More marks than these are no picture any more: the counts must do.
_MOST_MARKS = 40
MARKS = {
    TranslationState.DAMAGED: ("!", "bold red"),
    TranslationState.MISSING: ("·", "red"),
    TranslationState.DRAFTING: ("½", "yellow"),
    TranslationState.TRANSLATED: ("○", "yellow"),
    TranslationState.IN_REVIEW: ("◔", "yellow"),
    TranslationState.READY: ("◉", "blue"),
    TranslationState.WITHDRAWN: ("×", "bold red"),
    TranslationState.OVERDUE: ("◷", "bold red"),
    TranslationState.STALE: ("≠", "bold red"),
    TranslationState.KEY_FACTS: ("k", "cyan"),
    TranslationState.GAPS: ("◐", "cyan"),
    TranslationState.LIVE: ("●", "green"),
}
#: Behind a state's mark.
LATE, ALARM = "'", '"'


def print_table(report: Report, *, with_resources: bool) -> None:
    """Print the matrix.

    Args:
        report: what to print.
        with_resources: each resource with its words and its clock as well.
    """
    if report.since:
        _print_changes(report, report.since)
        return
    out.print(report.headline)
    _print_matrix(report)
    if with_resources:
        for language in report.languages:
            _print_language(language, report)


def _print_matrix(report: Report) -> None:
    columns, left = fit(_columns(report), out.width)
    out.print(make_table(columns))
    if left:
        out.print(f"No room for: {', '.join(left)}. --format json has everything.")
    _print_legend(report, has_marks=any(column.title == "Resources" for column in columns))
    out.print("People: aged 3 and over by main language, Census 2021 (TS024), the area served.")


def _columns(report: Report) -> Iterator[Column]:
    rows = report.languages
    yield Column(title="Language", cells=[escape(row.locale.english_name) for row in rows])
    yield Column(title="Tag", cells=[row.locale.tag for row in rows])
    yield Column(
        title="People", cells=[describe_people(row) for row in rows], rank=3, is_number=True
    )
    missing = [count_missing(row) for row in rows]
    yield Column(
        title="Missing", cells=[f"[red]{n}[/]" if n else "0" for n in missing], is_number=True
    )
    yield _count("Stale", [sum(_is_stale(cell) for cell in row.resources) for row in rows], 4)
    yield _count("Late", [sum(cell.is_late for cell in row.resources) for row in rows], 1)
    gaps = [str(row.count(TranslationState.GAPS)) for row in rows]
    yield Column(title="Gaps", cells=gaps, rank=5, is_number=True)
    live = [str(row.count(TranslationState.LIVE)) for row in rows]
    yield Column(title="Live", cells=live, rank=2, is_number=True)
    has_late = any(cell.is_late for row in rows for cell in row.resources)
    marks = [_marks(row, has_late=has_late) for row in rows]
    yield Column(title="Resources", cells=marks, rank=6)
    yield Column(
        title="Note", cells=[note(row, report.drafters) for row in rows], rank=7, is_folded=True
    )


def _count(title: str, numbers: list[int], rank: int) -> Column:
    """A column of what ought to be 0, left out where all of it is."""
    cells = [f"[bold red]{n}[/]" if n else "" for n in numbers]
    return Column(title=title, cells=cells, rank=rank, is_number=True)


def _is_stale(cell: ResourceState) -> bool:
    return bool(cell.stale) and cell.is_published


def mark(cell: ResourceState) -> str:
    """A cell as one character and, where it is late, a second one."""
    sign, style = MARKS[cell.state]
    return f"[{style}]{sign}{_lateness(cell)}[/]"


def _lateness(cell: ResourceState) -> str:
    return ALARM if cell.is_alarming else LATE if cell.is_late else ""


def _marks(language: LanguageState, *, has_late: bool) -> str:
    """A mark for each resource, one below the other in all rows."""
    if len(language.resources) > _MOST_MARKS:
        return ""
    marks = [
        mark(cell) + (" " if has_late and not cell.is_late else "") for cell in language.resources
    ]
    return "".join(marks)


def _print_legend(report: Report, *, has_marks: bool) -> None:
    cells = [cell for language in report.languages for cell in language.resources]
    there = {cell.state for cell in cells}
    words = [
        f"[{style}]{sign}[/] {state}" for state, (sign, style) in MARKS.items() if state in there
    ]
    if any(cell.is_late for cell in cells):
        words += [f"{LATE} late", f"{ALARM} late by much"]
    if words:
        out.print("  ".join(words))
    if has_marks and 0 < len(report.resources) <= _MOST_MARKS:
        out.print("Resources, from the left: " + ", ".join(report.resources))


# --- each resource ---------------------------------------------------------------


def _print_language(language: LanguageState, report: Report) -> None:
    out.print()
    locale = language.locale
    out.print(f"[bold]{escape(locale.english_name)}[/] · {escape(locale.autonym)}")
    rows = [(mark(cell), *_told(cell, report)) for cell in language.resources]
    if not rows:
        return
    names = ("", "Resource", "State", "Words", "Open", "Stale", "Media", "Clock")
    columns = [
        Column(title=name, cells=cells)
        for name, cells in zip(names, zip(*rows, strict=True), strict=True)
        if any(cells)
    ]
    if has_room(columns, out.width):
        out.print(make_table(columns, with_head=False))
    else:
        _print_stacked(rows)


def _told(cell: ResourceState, report: Report) -> tuple[str, ...]:
    words = f"{cell.words.translated} of {cell.words.total} words"
    clock = describe_clock(cell.resource, cell, now=report.now).partition(" · ")[2]
    told = describe_open(cell), describe_stale(cell), describe_media(cell)
    return cell.resource, str(cell.state), words, *told, clock


def _print_stacked(rows: Iterable[tuple[str, ...]]) -> None:
    """A narrow screen: the name on a line, and below it what there is to say."""
    for sign, name, *words in rows:
        out.print(f"{sign} {name}")
        for line in _pack([piece for word in words for piece in word.split(" · ") if piece]):
            for piece in wrap(line, max(out.width - 2, 1)):
                out.print(f"  {piece}")


def _pack(parts: Iterable[str]) -> list[str]:
    """Parts on as few lines as hold them; a part is broken only where a line is too short."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + len("   ·") < out.width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def _print_changes(report: Report, since: Since) -> None:
    out.print(f"Since {since.ref}: {summarise(since)} {report.unread_note}".strip(), markup=False)
    for line in change_lines(since, report.project.source):
        out.print(f"  {line}", markup=False)

"""A sheet ⇄ rows of cells, as spreadsheet, CSV and Word table have them.

The first rows say what the file is, one names the columns, the rest are the units. On the way back
columns are found by their names and rows by their keys: a translator may sort, filter, take rows
out, or add columns of their own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pipeline.errors import ExchangeError
from pipeline.exchange.sheet import Row, Sheet, State, join_lines, parse_state, parse_token
from pipeline.exchange.suggested import render_suggestions

ENGLISH, TRANSLATION, STATE, REMARK = "English", "Translation", "State", "Your note"
KIND, NOTE, TERMS, PREVIOUS = "What it is", "About it", "Glossary", "English before"
MEMORY, CONTEXT, KEY = "Memory", "Context", "Key"
#: The columns, in their order.
COLUMNS = (ENGLISH, TRANSLATION, STATE, REMARK, KIND, NOTE, TERMS, MEMORY, PREVIOUS, CONTEXT, KEY)
#: Those that a translator fills in; all others are ours.
OPEN_COLUMNS = frozenset({TRANSLATION, STATE, REMARK})
CRITICAL = "CRITICAL"
RESOURCE, LANGUAGE, HELP = "Resource", "Language", "How to"
HOW_TO = (
    "Write into Translation, State and Your note only. State: done = finished, question = ask "
    "first. Keep numbers, links, and anything in { } < > ** **. Rows may be sorted or taken out; "
    "keep the column Key."
)
#: Columns that are read; what stands in the others was for the translator alone.
_READ = frozenset({ENGLISH, TRANSLATION, STATE, REMARK, CONTEXT, KEY})
_RESTORE = "Copy the translations into a file made anew with `pipeline export`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as it was read.

    Attributes:
        text: its text.
        place: what a person calls it: ``B14``.
        problem: what it is if it is no text: ``a formula``; such a cell is not taken.
    """

    text: str
    place: str
    problem: str = ""


Cells = Sequence[Cell]


def render_grid(sheet: Sheet) -> list[list[str]]:
    """The rows of cells that a sheet is written as."""
    named = f"{sheet.language} ({sheet.locale})" if sheet.language else sheet.locale
    return [
        [RESOURCE, sheet.resource, sheet.title],
        [LANGUAGE, sheet.locale, named],
        [HELP, HOW_TO],
        list(COLUMNS),
        *([render_cells(row)[name] for name in COLUMNS] for row in sheet.rows),
    ]


def render_cells(row: Row) -> Mapping[str, str]:
    """What stands in the columns of a row."""
    return {
        ENGLISH: row.source,
        TRANSLATION: row.target,
        STATE: str(row.state),
        REMARK: row.remark,
        KIND: f"{CRITICAL}: {row.kind}" if row.is_critical else row.kind,
        NOTE: row.note,
        TERMS: join_lines(row.terms),
        MEMORY: render_suggestions(row.suggestions),
        PREVIOUS: row.previous,
        CONTEXT: row.context or "",
        KEY: row.token,
    }


def parse_grid(grid: Iterable[Cells], path: Path) -> Sheet:
    """Read rows of cells.

    Args:
        grid: the rows of the file, empty ones too.
        path: the file, for messages.

    Returns:
        What came back; resource and locale are empty where nothing says them.

    Raises:
        ExchangeError: no row names the columns, or something else than a text stands where one
            should; with the cell.
    """
    rows = iter(grid)
    about: dict[str, str] = {}
    for cells in rows:
        columns = _columns(cells)
        if columns:
            _check_columns(columns, path)
            return Sheet(
                resource=about.get(RESOURCE.casefold(), ""),
                locale=about.get(LANGUAGE.casefold(), ""),
                rows=tuple(_rows(rows, columns, path)),
            )
        if len(cells) > 1:
            about.setdefault(cells[0].text.strip().casefold(), cells[1].text.strip())
    raise refusal(
        path,
        f"No row names the columns {ENGLISH}, {TRANSLATION} and {KEY}.",
        f"Put the row with these names back above the texts. {_RESTORE}",
    )


def has_columns(grid: Iterable[Cells]) -> bool:
    """Whether a row of a grid names the columns that matter."""
    return any(_columns(cells) for cells in grid)


def fail(path: Path, message: str, remedy: str, line: int | None = None) -> NoReturn:
    """Refuse a file."""
    raise refusal(path, message, remedy, line)


def refusal(path: Path, message: str, remedy: str, line: int | None = None) -> ExchangeError:
    """Why a file is refused."""
    return ExchangeError(message, remedy=f"{remedy} Nothing was taken.", path=path, line=line)


def _columns(cells: Cells) -> dict[str, int]:
    """Where each column stands; empty where the row names none of two of those that matter."""
    names = {name.casefold(): name for name in COLUMNS}
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = names.get(" ".join(cell.text.split()).casefold())
        if name and name not in found:
            found[name] = at
    return found if len({ENGLISH, TRANSLATION, KEY} & set(found)) > 1 else {}


def _check_columns(columns: Mapping[str, int], path: Path) -> None:
    missing = [name for name in (ENGLISH, TRANSLATION, KEY) if name not in columns]
    if missing:
        fail(path, f"There is no column `{missing[0]}`.", f"Name the column again. {_RESTORE}")


def _rows(rows: Iterable[Cells], columns: Mapping[str, int], path: Path) -> Iterator[Row]:
    for cells in rows:
        there = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        if any(cell.text.strip() for cell in there.values()):
            yield _row(there, path)


def _row(cells: Mapping[str, Cell], path: Path) -> Row:
    for name, cell in cells.items():
        if cell.problem and name in _READ:
            fail(
                path,
                f"{cell.place} in the column {name} holds {cell.problem}.",
                "Put the text itself there, in a cell of its own.",
            )
    texts = {name: cell.text for name, cell in cells.items()}
    key, base = _token(cells, path)
    context = texts.get(CONTEXT, "").strip()
    return Row(
        key=key,
        base=base,
        source=texts.get(ENGLISH, ""),
        target=texts.get(TRANSLATION, ""),
        context=context or None,
        state=_state(cells, path),
        remark=texts.get(REMARK, ""),
        place=cells[TRANSLATION].place if TRANSLATION in cells else _first(cells),
    )


def _token(cells: Mapping[str, Cell], path: Path) -> tuple[str, str]:
    cell = cells.get(KEY)
    if cell is None or not cell.text.strip():
        return "", ""
    token = parse_token(cell.text)
    if token is None:
        fail(
            path,
            f"{cell.place} holds no key: `{_shown(cell.text)}`.",
            "Put back what stood there, or empty the cell; a row without a key is found by its "
            "English.",
        )
    return token


def _state(cells: Mapping[str, Cell], path: Path) -> State:
    cell = cells.get(STATE)
    if cell is None or not cell.text.strip():
        return State.NEW
    state = parse_state(cell.text)
    if state is None:
        fail(
            path,
            f"{cell.place} holds no state: `{_shown(cell.text)}`.",
            f"Write one of {', '.join(State)}.",
        )
    return state


def _shown(text: str) -> str:
    """The beginning of a text of others, without what could move a cursor."""
    return "".join(sign if sign.isprintable() else " " for sign in text.strip()[:40])


def _first(cells: Mapping[str, Cell]) -> str:
    return next(cell.place for cell in cells.values())

"""A table → rows of Markdown, which has one row of headers, no merged cells and one line a cell."""

from pipeline.intake.escaping import escape, normalise
from pipeline.intake.inlines import Names, render_lines
from pipeline.intake.model import (
    Block,
    Cell,
    Code,
    Definition,
    Heading,
    Listing,
    Paragraph,
    Passage,
    Quote,
    Rule,
    Table,
    block_text,
)
from pipeline.intake.remarks import Notebook

_BREAK = "<br>"
#: Of a table on a page. More cells are not merged: a few bytes could ask for millions.
_MOST_COLUMNS = 60
_MOST_CELLS = 50_000
#: Letters of a cell that is repeated in each row that it goes over.
_MOST_REPEATED = 200


def render_table(table: Table, names: Names) -> list[str]:
    """The lines of a table whose cells :func:`spread` has made single.

    Args:
        table: the table; its first row is the header.
        names: what pictures and notes are called.
    """
    rows = [[render_cell(cell, names) for cell in row] for row in table.rows]
    width = max(map(len, rows), default=0)
    if not width:
        return []
    lines = [_row(row, width) for row in rows]
    return [lines[0], "|" + "---|" * width, *lines[1:]]


def _row(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"


def render_cell(cell: Cell, names: Names) -> str:
    """The one line of a cell."""
    lines = (_lines(block, names) for block in cell.blocks)
    return _BREAK.join(line for each in lines for line in each)


def _lines(block: Block, names: Names) -> list[str]:  # noqa: PLR0911 - one kind of block a case
    match block:
        case Paragraph() | Heading():
            return render_lines(block.content, names)
        case Listing():
            return [
                f"{f'{number}.' if block.is_ordered else '•'} {_BREAK.join(lines)}"
                for number, item in enumerate(block.items, start=1)
                if (lines := [line for each in item for line in _lines(each, names)])
            ]
        case Code():
            return [escape(normalise(line)) for line in block.text.splitlines() if line.strip()]
        case Definition():
            return _definition(block, names)
        case Rule():
            return []
        case Table():
            return [text for row in block.rows if (text := _inner_row(row, names))]
        case Quote() | Passage():
            return [line for inner in block.blocks for line in _lines(inner, names)]


def _definition(block: Definition, names: Names) -> list[str]:
    terms = [line for term in block.terms for line in render_lines(term, names)]
    meanings = (line for each in block.meanings for inner in each for line in _lines(inner, names))
    return [*terms, *meanings]


def _inner_row(row: tuple[Cell, ...], names: Names) -> str:
    return "; ".join(filter(None, (render_cell(cell, names) for cell in row)))


def spread(table: Table, notebook: Notebook) -> Table:
    """A table whose cells are each of one row and one column, and what had to be said of it.

    What goes over several rows is said in each of them, for each row is read alone; what goes
    over several columns stands in the first of them.
    """
    grid: list[list[Cell]] = []
    pending: dict[int, tuple[int, Cell]] = {}
    made = 0
    for number, row in enumerate(table.rows, start=1):
        cells: list[Cell] = []
        for cell in row:
            _fill_from_above(cells, pending)
            if cell.columns > 1 or cell.rows > 1:
                _say_merged(cell, f"{table.place}, row {number}", notebook)
            if len(cells) >= _MOST_COLUMNS:
                cells[-1] = Cell(blocks=cells[-1].blocks + cell.blocks)
            else:
                _place(cell if made < _MOST_CELLS else Cell(blocks=cell.blocks), cells, pending)
        _fill_from_above(cells, pending)
        grid.append(cells)
        made += len(cells)
        if made >= _MOST_CELLS:
            pending.clear()
    for cell in (cell for row in grid for cell in row):
        _say_flattened(cell, table.place, notebook)
    return Table(rows=tuple(map(tuple, grid)), headers=table.headers, place=table.place)


def _fill_from_above(cells: list[Cell], pending: dict[int, tuple[int, Cell]]) -> None:
    while (column := len(cells)) in pending and column < _MOST_COLUMNS:
        rows, cell = pending.pop(column)
        cells.append(cell)
        if rows > 1:
            pending[column] = (rows - 1, cell)


def _place(cell: Cell, cells: list[Cell], pending: dict[int, tuple[int, Cell]]) -> None:
    for offset in range(min(cell.columns, _MOST_COLUMNS - len(cells))):
        one = Cell(blocks=() if offset else cell.blocks)
        if cell.rows > 1:
            below = one if _is_short(cell) else Cell(blocks=())
            pending[len(cells)] = (cell.rows - 1, below)
        cells.append(one)


def _is_short(cell: Cell) -> bool:
    """Whether a cell is short enough to be said in each row that it goes over."""
    return len(block_text(cell.blocks)) <= _MOST_REPEATED


def _say_merged(cell: Cell, place: str, notebook: Notebook) -> None:
    how = "it stands in the first column of them"
    if cell.rows > 1:
        how = "it is repeated in each row" if _is_short(cell) else "it stands in the first row"
    notebook.change(
        f"A merged cell (“{block_text(cell.blocks)[:40]}”): {how}.",
        "Read the table row by row, and change what does not make sense alone.",
        place,
    )


def _say_flattened(cell: Cell, place: str, notebook: Notebook) -> None:
    if any(isinstance(block, Table) for block in cell.blocks):
        notebook.change(
            "A table within a table: its cells are lines of one cell.",
            "Make two tables of it, or a list.",
            place,
        )
    if any(isinstance(block, Listing) for block in cell.blocks):
        notebook.change(
            "A list in a cell: its items are lines.",
            "Keep it short, or put the list below the table.",
            place,
        )

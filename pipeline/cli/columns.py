"""Tables that stay readable: of columns that do not fit the least important are left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

#: Between two columns.
_GAP = 2
#: A column of sentences is folded, down to this width.
_LEAST_FOLDED = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        title: its head.
        cells: one for each row; Rich's markup stands for colour.
        rank: 0 for what must be there; the higher, the sooner it is left out.
        is_number: set flush right.
        is_folded: sentences, which may take several lines.
    """

    title: str
    cells: Sequence[str]
    rank: int = 0
    is_number: bool = False
    is_folded: bool = False

    @property
    def width(self) -> int:
        """Columns of the screen that it needs."""
        widest = max(map(_width, self.cells), default=0)
        least = min(widest, _LEAST_FOLDED) if self.is_folded else widest
        return max(least, cell_len(self.title))


def _width(cell: str) -> int:
    """Of a cell; reading markup takes longer than all else, and most cells have none."""
    return cell_len(Text.from_markup(cell).plain if "[" in cell else cell)


def fit(columns: Iterable[Column], width: int) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns for which there is room, and the titles of those for which there is none.

    A column in which no row says anything is left out without a word.

    Args:
        columns: all, in the order of the screen.
        width: of the screen.
    """
    kept = [column for column in columns if column.rank == 0 or any(column.cells)]
    left: list[str] = []
    while not has_room(kept, width):
        last = max(kept, key=lambda column: column.rank)
        if last.rank == 0:
            break
        kept.remove(last)
        left.append(last.title)
    return tuple(kept), tuple(left)


def has_room(columns: Iterable[Column], width: int) -> bool:
    """Whether all of these columns fit side by side.

    Args:
        columns: all.
        width: of the screen.
    """
    return sum(column.width + _GAP for column in columns) - _GAP <= width


def make_table(columns: Sequence[Column], *, with_head: bool = True) -> Table:
    """The columns as Rich prints them.

    Args:
        columns: those that fit.
        with_head: with a line of titles.
    """
    table = Table(
        box=None,
        pad_edge=False,
        padding=(0, _GAP, 0, 0),
        header_style="bold",
        show_header=with_head,
    )
    for column in columns:
        table.add_column(
            column.title,
            justify="right" if column.is_number else "left",
            no_wrap=not column.is_folded,
            overflow="fold",
        )
    for row in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*row)
    return table

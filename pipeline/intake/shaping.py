"""Blocks as their author made them → blocks that a Markdown page can have.

What is empty goes, what follows each other and is one becomes one, and what cannot stand in a
list comes out of it. Nothing here loses a word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.intake.inlines import tidy
from pipeline.intake.model import (
    Block,
    Blocks,
    Break,
    Cell,
    Code,
    Definition,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Passage,
    Quote,
    Rule,
    Run,
    Table,
    block_text,
)
from pipeline.intake.remarks import Notebook
from pipeline.intake.tables import spread


def shape(blocks: Iterable[Block], notebook: Notebook) -> Blocks:
    """Blocks that can be rendered.

    Args:
        blocks: as they were read.
        notebook: is told what had to be changed.
    """
    shaped = [each for block in blocks for each in _shape(block, notebook)]
    return tuple(_join(shaped))


def _shape(block: Block, notebook: Notebook) -> Sequence[Block]:  # noqa: PLR0911 - one kind of block a case
    match block:
        case Paragraph():
            content = tidy(block.content)
            return [Paragraph(content=content)] if content else []
        case Heading():
            return _heading(block)
        case Listing():
            return _listing(block, notebook)
        case Table():
            return _table(block, notebook)
        case Quote():
            inner = shape(block.blocks, notebook)
            return [Quote(blocks=inner)] if inner else []
        case Passage():
            inner = shape(block.blocks, notebook)
            return [replace(block, blocks=inner)] if inner else []
        case Definition():
            return _definition(block, notebook)
        case Code():
            return [block] if block.text.strip() else []
        case Rule():
            return [block]


def _heading(block: Heading) -> Sequence[Block]:
    content = tidy(block.content)
    if not content:
        return []
    if not block_text([replace(block, content=content)]):
        return [Paragraph(content=content)]  # a picture that was set as a heading
    return [replace(block, content=content)]


def _definition(block: Definition, notebook: Notebook) -> Sequence[Block]:
    terms = tuple(filter(None, map(tidy, block.terms)))
    meanings = tuple(filter(None, (shape(each, notebook) for each in block.meanings)))
    if terms and meanings and all(isinstance(each[0], Paragraph) for each in meanings):
        return [Definition(terms=terms, meanings=meanings)]
    return [*(Paragraph(content=term) for term in terms), *(each for m in meanings for each in m)]


def _listing(block: Listing, notebook: Notebook) -> Sequence[Block]:
    """A list, cut where something stands in it that cannot begin an item."""
    found: list[Block] = []
    items: list[Blocks] = []

    def close() -> None:
        if items:
            found.append(replace(block, items=tuple(items)))
            items.clear()

    for item in block.items:
        shaped = [_lowered(each) for each in shape(item, notebook)]
        head = shaped[0] if shaped else None
        if isinstance(head, Listing) and items:
            items[-1] = (*items[-1], *shaped)
        elif isinstance(head, Paragraph):
            items.append(tuple(shaped))
        else:
            close()
            found += shaped
    close()
    return found


def _lowered(block: Block) -> Block:
    """A heading in an item would be none of the page's outline: it is bold."""
    return Paragraph(content=block.content) if isinstance(block, Heading) else block


def _table(block: Table, notebook: Notebook) -> Sequence[Block]:
    rows = tuple(
        tuple(replace(cell, blocks=shape(cell.blocks, notebook)) for cell in row)
        for row in block.rows
    )
    rows = tuple(row for row in rows if any(cell.blocks for cell in row) or _is_held(row))
    if not any(cell.blocks for row in rows for cell in row):
        return []
    if len(rows) == 1 and len(rows[0]) == 1:
        notebook.change(
            "A table of one cell: it is a box, and written as a quotation.",
            'Write it as a box, such as `!!! note "Title"`, if it is one.',
            block.place,
        )
        return [Quote(blocks=rows[0][0].blocks)]
    if max(len(row) for row in rows) == 1 and all(row[0].columns == 1 for row in rows):
        return _column(rows, block, notebook)
    headers = block.headers
    if headers <= 1 and rows[0] and all(map(_is_bold, rows[0])) and any(c.blocks for c in rows[0]):
        headers, rows = 1, (tuple(map(_unbold, rows[0])), *rows[1:])
    if headers != 1:
        notebook.change(
            "A table without one row of headers: its first row is taken for it.",
            "Write into the first row what its columns are.",
            block.place,
        )
    return [spread(replace(block, rows=rows), notebook)]


def _is_bold(cell: Cell) -> bool:
    """Whether all of a cell is bold: that says that it is a header, and so does its place."""
    return all(
        isinstance(item, Break) or (isinstance(item, Run) and Mark.STRONG in item.marks)
        for block in cell.blocks
        for item in (block.content if isinstance(block, Paragraph) else (Break(),))
    )


def _unbold(cell: Cell) -> Cell:
    return replace(cell, blocks=tuple(map(_unbold_block, cell.blocks)))


def _unbold_block(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    content = tuple(
        replace(item, marks=item.marks - {Mark.STRONG}) if isinstance(item, Run) else item
        for item in block.content
    )
    return Paragraph(content=content)


def _is_held(row: tuple[Cell, ...]) -> bool:
    """Whether a row without text is needed by a cell that goes over it."""
    return not row or any(cell.rows > 1 for cell in row)


def _column(rows: tuple[tuple[Cell, ...], ...], table: Table, notebook: Notebook) -> Blocks:
    """A table of one column holds text that has no second column to be compared with."""
    notebook.change(
        "A table of one column: its cells are paragraphs.", "Make a list of it.", table.place
    )
    return tuple(block for row in rows for cell in row for block in cell.blocks)


def _join(blocks: Sequence[Block]) -> list[Block]:
    """Neighbours in one: quotations, passages in one language, lines of code, rules."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        match last, block:
            case Quote(), Quote():
                joined[-1] = Quote(blocks=tuple(_join([*last.blocks, *block.blocks])))
            case Passage(), Passage() if (last.lang, last.is_rtl) == (block.lang, block.is_rtl):
                joined[-1] = replace(last, blocks=tuple(_join([*last.blocks, *block.blocks])))
            case Code(), Code():
                joined[-1] = Code(text=f"{last.text}\n{block.text}")
            case Listing(), Listing() if not last.is_ordered and not block.is_ordered:
                joined[-1] = replace(last, items=last.items + block.items)
            case Rule(), Rule():
                pass
            case _:
                joined.append(block)
    return joined

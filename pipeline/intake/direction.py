"""Which way a text runs: a whole one from right to left, or only parts of it."""

from dataclasses import replace

from pipeline.intake.model import (
    Block,
    Blocks,
    Cell,
    Listing,
    Passage,
    Quote,
    Table,
    block_text,
)


def is_mostly_rtl(blocks: Blocks) -> bool:
    """Whether most of a text is written from right to left."""
    return sum(map(_turned, blocks)) * 2 > len(block_text(blocks))


def unturn(blocks: Blocks) -> Blocks:
    """The blocks of a text that runs from right to left as a whole: no part of it says so."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Passage) and block.is_rtl:
            found += unturn(block.blocks)
        else:
            found.append(_inside(block))
    return tuple(found)


def _turned(block: Block) -> int:
    """How many letters of a block stand in passages that run from right to left."""
    match block:
        case Passage():
            return len(block_text(block.blocks)) if block.is_rtl else 0
        case Listing():
            return sum(_turned(each) for item in block.items for each in item)
        case Table():
            cells = (cell for row in block.rows for cell in row)
            return sum(_turned(each) for cell in cells for each in cell.blocks)
        case Quote():
            return sum(map(_turned, block.blocks))
        case _:
            return 0


def _inside(block: Block) -> Block:
    match block:
        case Listing():
            return replace(block, items=tuple(map(unturn, block.items)))
        case Table():
            return replace(block, rows=tuple(tuple(map(_cell, row)) for row in block.rows))
        case Quote() | Passage():
            return replace(block, blocks=unturn(block.blocks))
        case _:
            return block


def _cell(cell: Cell) -> Cell:
    return replace(cell, blocks=unturn(cell.blocks))

"""Items that know only how deep they stand → lists within lists.

Word has no lists, only paragraphs with a level and a number; HTML that Word wrote has neither.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.intake.model import Block, Blocks, Inline, Listing, Run, block_text
from pipeline.intake.remarks import Notebook, shorten

#: Signs that people type, or fonts show, where a list is meant.
BULLETS = "•◦▪▫‣●○■□∙·⁃➢➤✓✔❖◆\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076"

#: What is said of a list that is none, and what to do.
TYPED = ("A list that was typed with signs: it is a list on the page.", "Look whether it is whole.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A paragraph of a list.

    Attributes:
        level: how deep it stands, from 0.
        is_ordered: whether it has a number.
        blocks: what it holds.
        number: its number; 0 if it has none or it is not known.
    """

    level: int
    is_ordered: bool
    blocks: Blocks
    number: int = 0


Entry = Block | Item


def nest(entries: Iterable[Entry], notebook: Notebook) -> Blocks:
    """Blocks, with items that follow each other made lists.

    Args:
        entries: blocks and items, in order.
        notebook: is told of numbers that are lost.
    """
    found: list[Block] = []
    for is_item, group in groupby(entries, key=lambda entry: isinstance(entry, Item)):
        if is_item:
            found += _lists([item for item in group if isinstance(item, Item)], notebook)
        else:
            found += [block for block in group if not isinstance(block, Item)]
    return tuple(found)


def add_to_last(entries: list[Entry], blocks: Blocks) -> bool:
    """Put blocks into the item that was last read; False if the last was none."""
    last = entries[-1] if entries else None
    if not isinstance(last, Item):
        return False
    entries[-1] = replace(last, blocks=last.blocks + blocks)
    return True


def _lists(items: Sequence[Item], notebook: Notebook) -> list[Block]:
    """The lists that items of one stretch make: another kind, or another number 1, begins one."""
    stretches: list[list[tuple[Item, list[Item]]]] = []
    base = items[0].level
    for item in items:
        if stretches and item.level > base:
            stretches[-1][-1][1].append(item)
        elif stretches and _goes_on(stretches[-1][-1][0], item):
            stretches[-1].append((item, []))
        else:
            stretches.append([(item, [])])
    return [_list(stretch, notebook) for stretch in stretches]


def _goes_on(before: Item, item: Item) -> bool:
    if before.is_ordered != item.is_ordered:
        return False
    return not item.is_ordered or not item.number or item.number == before.number + 1


def _list(stretch: Sequence[tuple[Item, list[Item]]], notebook: Notebook) -> Listing:
    first = stretch[0][0]
    if first.is_ordered and first.number > 1:
        notebook.change(
            f"A numbered list that goes on at {first.number}: on the page it begins at 1.",
            "Move what interrupts it in by four spaces, so that it belongs to the step before it.",
            f"list item “{shorten(block_text(first.blocks))}”",
        )
    return Listing(
        is_ordered=first.is_ordered,
        items=tuple(
            (*item.blocks, *(_lists(inner, notebook) if inner else ())) for item, inner in stretch
        ),
    )


def take_off_bullet(content: Sequence[Inline]) -> tuple[Inline, ...] | None:
    """The content of a paragraph without the bullet that was typed before it; None without one."""
    for n, item in enumerate(content):
        if not isinstance(item, Run):
            return None
        text = item.text.lstrip()
        if not text:
            continue
        rest = text[1:]
        following = content[n + 1] if n + 1 < len(content) else None
        after = rest or (following.text if isinstance(following, Run) else "")
        if text[0] not in BULLETS or (after and not after[0].isspace()):
            return None
        return (replace(item, text=rest), *content[n + 1 :])
    return None

"""One title, and headings whose levels follow each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.intake.model import (
    Block,
    Blocks,
    Content,
    Heading,
    Mark,
    NoteMark,
    Paragraph,
    Passage,
    Picture,
    Run,
    plain_text,
)
from pipeline.intake.remarks import Notebook, shorten

_TOP, _DEEPEST = 2, 6
#: A heading is short, and no sentence.
_MOST_LETTERS = 80
_SENTENCE_ENDS = (".", ",", ";", ":", "؟", "।", "。", "።", "!", "…", "،", "؛")


class Outlined(NamedTuple):
    """A text whose headings are in order.

    Attributes:
        title: of the whole; empty if the text has none.
        blocks: the text without it.
    """

    title: str
    blocks: Blocks


def outline(blocks: Blocks, notebook: Notebook) -> Outlined:
    """Find the title, and put the levels of headings in order.

    Args:
        blocks: the text.
        notebook: is told what was changed.
    """
    blocks = _find_fake(blocks, notebook)
    at = _find_title(blocks, notebook)
    title = ""
    if at is not None:
        heading = blocks[at]
        if isinstance(heading, Heading):
            title = plain_text(heading.content)
            rest = _what_a_title_cannot_hold(heading, notebook)
            blocks = (*blocks[:at], *rest, *blocks[at + 1 :])
    return Outlined(title, tuple(_in_order(blocks, notebook)))


def _find_title(blocks: Blocks, notebook: Notebook) -> int | None:
    """Where the heading stands that is the title of all."""
    headings = [(n, block) for n, block in enumerate(blocks) if isinstance(block, Heading)]
    if not headings:
        return None
    for at, heading in headings:
        if heading.level == 0:
            return at
    first, top = headings[0]
    others = sum(heading.level <= top.level for _, heading in headings[1:])
    if not others:
        return first
    if first == 0:
        notebook.change(
            "Several headings of the first level: the first is taken for the title.",
            "Correct `title` if it is only the heading of a part.",
            f"heading “{shorten(plain_text(top.content))}”",
        )
        return first
    return None


def _what_a_title_cannot_hold(heading: Heading, notebook: Notebook) -> Blocks:
    place = f"heading “{shorten(plain_text(heading.content))}”"
    if any(isinstance(item, NoteMark) for item in heading.content):
        notebook.lose("A footnote of the title.", "Put it into the text.", place)
    pictures: Content = tuple(item for item in heading.content if isinstance(item, Picture))
    return (Paragraph(content=pictures),) if pictures else ()


def _in_order(blocks: Sequence[Block], notebook: Notebook) -> Iterator[Block]:
    """Blocks with headings from the second level on, none of which skips one."""
    above: list[tuple[int, int]] = []
    for block in blocks:
        if isinstance(block, Passage):
            yield replace(block, blocks=tuple(_in_order(block.blocks, notebook)))
            continue
        if not isinstance(block, Heading):
            yield block
            continue
        while above and above[-1][0] >= block.level:
            above.pop()
        parent, given = above[-1] if above else (None, _TOP - 1)
        if parent is not None and block.level > max(parent, 1) + 1:
            notebook.change(
                f"A heading of level {block.level} below one of level {parent}.",
                "Look whether it is a part of what stands above it.",
                f"heading “{shorten(plain_text(block.content))}”",
            )
        level = min(given + 1, _DEEPEST)
        above.append((block.level, level))
        yield replace(block, level=level)


def _find_fake(blocks: Blocks, notebook: Notebook) -> Blocks:
    """Short bold paragraphs are headings where the text has no others; else only worth a look."""
    fakes = {n for n, block in enumerate(blocks) if _is_fake(block, blocks[n + 1 : n + 2])}
    if not fakes:
        return blocks
    is_bare = not any(isinstance(block, Heading) and block.level for block in blocks)
    found: list[Block] = []
    for n, block in enumerate(blocks):
        if n not in fakes or not isinstance(block, Paragraph):
            found.append(block)
            continue
        place = f"paragraph “{shorten(plain_text(block.content))}”"
        if not is_bare:
            notebook.advise(
                "A short bold paragraph that may be a heading.",
                "Write `##` before it, and take the stars off, if it is one.",
                place,
            )
            found.append(block)
            continue
        notebook.change(
            "A short bold paragraph: it is taken for a heading.",
            "Take the `##` away if it is none.",
            place,
        )
        found.append(Heading(level=1 if n == 0 else 2, content=_without_bold(block.content)))
    return tuple(found)


def _is_fake(block: Block, following: Blocks) -> bool:
    if not isinstance(block, Paragraph) or not following or isinstance(following[0], Heading):
        return False
    text = plain_text(block.content)
    return bool(
        text
        and len(text) <= _MOST_LETTERS
        and not text.endswith(_SENTENCE_ENDS)
        and all(isinstance(item, Run) and _is_bold(item) for item in block.content)
    )


def _is_bold(run: Run) -> bool:
    return Mark.STRONG in run.marks or not run.text.strip()


def _without_bold(content: Content) -> Content:
    return tuple(
        replace(item, marks=item.marks - {Mark.STRONG}) if isinstance(item, Run) else item
        for item in content
    )

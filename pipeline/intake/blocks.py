"""Blocks → lines of Markdown as Python-Markdown reads them: items hold what is moved in by four."""

import re
from collections.abc import Iterator, Sequence

from pipeline.intake.escaping import escape_heading, escape_start
from pipeline.intake.inlines import Names, attributes, render_lines
from pipeline.intake.model import (
    Block,
    Blocks,
    Code,
    Content,
    Definition,
    Heading,
    Listing,
    Paragraph,
    Passage,
    Quote,
    Rule,
    Table,
)
from pipeline.intake.tables import render_table

_INDENT = "    "
#: Python-Markdown makes one list of two that follow each other.
_BETWEEN = "<!-- -->"
_FENCE = re.compile(r"`{3,}")
Lines = list[str]


def render_blocks(blocks: Blocks, names: Names) -> Lines:
    """The lines of blocks, an empty one between two.

    Args:
        blocks: in order; see :mod:`pipeline.intake.shaping` for what they may be.
        names: what pictures, notes and places are called.
    """
    lines: Lines = []
    last: Block | None = None
    for block in blocks:
        rendered = _render(block, names)
        if not rendered:
            continue
        if lines:
            lines.append("")
            if isinstance(block, Listing) and isinstance(last, Listing):
                lines += [_BETWEEN, ""]
        lines += rendered
        last = block
    return lines


def render_notes(notes: Sequence[tuple[str, Blocks]], names: Names) -> Lines:
    """The footnotes, which stand at the end of a text.

    Args:
        notes: label and blocks of each.
        names: what pictures and places are called.
    """
    lines: Lines = []
    for label, blocks in notes:
        inner = render_blocks(blocks, names) or [""]
        lines += ["", *_hang(f"[^{label}]: ", inner)]
    return lines


def _render(block: Block, names: Names) -> Lines:  # noqa: PLR0911 - one kind of block a case
    match block:
        case Paragraph():
            return render_paragraph(block.content, names)
        case Heading():
            return _heading(block, names)
        case Listing():
            return _listing(block, names)
        case Table():
            return render_table(block, names)
        case Quote():
            return [f"> {line}".rstrip() for line in render_blocks(block.blocks, names)]
        case Code():
            return _code(block.text)
        case Rule():
            return ["* * *"]
        case Definition():
            return list(_definition(block, names))
        case Passage():
            return _passage(block, names)


def render_paragraph(content: Content, names: Names) -> Lines:
    """The lines of a paragraph: its author's line breaks are two spaces at a line's end."""
    lines = [escape_start(line) for line in render_lines(content, names)]
    return [*(f"{line}  " for line in lines[:-1]), *lines[-1:]]


def _heading(block: Heading, names: Names) -> Lines:
    text = escape_heading(" ".join(render_lines(block.content, names)))
    ids = [names.anchors[name] for name in block.anchors if name in names.anchors]
    mark = f" {{#{ids[0]}}}" if ids else ""
    return [f"{'#' * block.level} {text}{mark}"] if text else []


def _listing(block: Listing, names: Names) -> Lines:
    lines: Lines = []
    number = 0
    was_loose = False
    for item in block.items:
        inner = render_blocks(item, names)
        if not inner:
            continue
        number += 1
        is_loose = len(item) > 1 and not (
            len(item) == 2 and isinstance(item[1], Listing)  # noqa: PLR2004  # text and sub-list
        )
        if not is_loose and len(item) > 1:
            inner.remove("")
        if lines and (is_loose or was_loose):
            lines.append("")
        was_loose = is_loose
        sign = f"{number}. " if block.is_ordered else "- "
        lines += _hang(sign, inner)
    return lines


def _hang(sign: str, inner: Lines) -> Lines:
    """Lines after a sign, those after the first moved in."""
    first, *rest = inner
    return [f"{sign}{first}", *(f"{_INDENT}{line}" if line else "" for line in rest)]


def _code(text: str) -> Lines:
    longest = max((len(found) for found in _FENCE.findall(text)), default=2)
    fence = "`" * max(3, longest + 1)
    return [fence, *text.strip("\n").split("\n"), fence]


def _definition(block: Definition, names: Names) -> Iterator[str]:
    for term in block.terms:
        yield escape_start(" ".join(render_lines(term, names)))
    for n, meaning in enumerate(block.meanings):
        if n:
            yield ""
        yield from _hang(":   ", render_blocks(meaning, names) or [""])


def _passage(block: Passage, names: Names) -> Lines:
    inner = render_blocks(block.blocks, names)
    opening = f"<div{attributes(block.lang, is_rtl=block.is_rtl)} markdown>"
    return [opening, "", *inner, "", "</div>"] if inner else []

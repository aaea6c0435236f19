"""Pieces of a text that a translation carries over, as inline codes of XLIFF."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Part(NamedTuple):
    """A piece of a text.

    Attributes:
        text: the piece.
        code: number of the inline code that it is, from 1; 0 for words.
    """

    text: str
    code: int = 0


def split_source(text: str, protected: Sequence[str]) -> tuple[Part, ...]:
    """A source text with its protected pieces numbered, in their order.

    Args:
        text: the source text.
        protected: its protected pieces, in order; one that is not there is passed over.
    """
    parts, at, number = [], 0, 0
    for piece in protected:
        start = text.find(piece, at) if piece else -1
        if start < 0:
            continue
        number += 1
        parts += [Part(text[at:start])] * (start > at)
        parts.append(Part(piece, number))
        at = start + len(piece)
    return (*parts, Part(text[at:])) if at < len(text) or not parts else tuple(parts)


def split_target(text: str, source: Sequence[Part]) -> tuple[Part, ...]:
    """A target text with the codes of its source; a piece that is there once more stays words."""
    codes: dict[str, list[int]] = {}
    for part in source:
        if part.code:
            codes.setdefault(part.text, []).append(part.code)
    if not codes:
        return (Part(text),)
    longest_first = sorted(codes, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(piece) for piece in longest_first))
    parts, at = [], 0
    for found in pattern.finditer(text):
        left = codes[found[0]]
        if not left:
            continue
        parts += [Part(text[at : found.start()])] * (found.start() > at)
        parts.append(Part(found[0], left.pop(0)))
        at = found.end()
    return (*parts, Part(text[at:])) if at < len(text) or not parts else tuple(parts)


def number_codes(source: Sequence[Part]) -> Mapping[int, str]:
    """The text of each inline code of a source, by its number."""
    return {part.code: part.text for part in source if part.code}

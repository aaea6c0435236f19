"""What changed between two texts, word by word, as a person reads it."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

#: Beyond this many words a text is shown as replaced: comparing costs their square.
_MOST_WORDS = 4000
#: Scripts that write no spaces between words: there, each sign is compared.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0x20000, 0x3FFFF),
)


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a text, and what became of it."""

    change: Change
    text: str


def diff_words(before: str, after: str) -> tuple[Piece, ...]:
    """What was taken out and what was put in.

    Args:
        before: the earlier text.
        after: the text now.

    Returns:
        Pieces in reading order. Those kept and removed make the earlier text, those kept and
        added the text now.
    """
    old, new = split_words(before), split_words(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return _pieces(before, after) if before != after else _kept(before)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += _kept("".join(old[a:b]))
        else:
            found += _pieces("".join(old[a:b]), "".join(new[c:d]))
    return tuple(_joined(found))


def split_words(text: str) -> Sequence[str]:
    """Words, runs of white space and single marks; together they are the text."""
    words: list[str] = []
    for kind, characters in groupby(text, key=_class):
        run = "".join(characters)
        words += [run] if kind in {"word", "space"} else list(run)
    return words


def _class(character: str) -> str:
    if character.isspace():
        return "space"
    code = ord(character)
    if code >= _UNSPACED[0][0] and any(first <= code <= last for first, last in _UNSPACED):
        return "sign"
    # Vowel signs are marks, and joiners are format characters: both are inside of words.
    is_word = unicodedata.category(character)[0] in "LMN" or character in "\u200c\u200d_'’"
    return "word" if is_word else "mark"


def _kept(text: str) -> tuple[Piece, ...]:
    return (Piece(change=Change.KEPT, text=text),) if text else ()


def _pieces(removed: str, added: str) -> tuple[Piece, ...]:
    both = ((Change.REMOVED, removed), (Change.ADDED, added))
    return tuple(Piece(change=change, text=text) for change, text in both if text)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """With changes run into one where nothing but a space is kept between them."""
    removed = added = ""
    for number, piece in enumerate(pieces):
        is_gap = piece.change is Change.KEPT and piece.text.isspace()
        is_between = is_gap and 0 < number < len(pieces) - 1
        if piece.change is Change.KEPT and not is_between:
            yield from _pieces(removed, added)
            removed = added = ""
            yield piece
            continue
        removed += piece.text if piece.change is not Change.ADDED else ""
        added += piece.text if piece.change is not Change.REMOVED else ""
    yield from _pieces(removed, added)

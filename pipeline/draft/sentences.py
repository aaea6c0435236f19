"""Sentences of a text, for machines that were taught one at a time. Needs no model and no network.

``sentencex`` (Wikimedia) knows abbreviations and sentence ends of some 250 languages.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence, and the white space behind it."""

    text: str
    space: str


def split_sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """The sentences of a text; together with their white space they are the text again.

    A line feed in a text is a line break of the author's, and ends a sentence too.

    Args:
        text: a source text that does not begin with white space.
        language: its BCP 47 tag.
    """
    return tuple(_sentences(text, language.partition("-")[0]))


def _sentences(text: str, language: str) -> Iterator[Sentence]:
    from sentencex import segment  # noqa: PLC0415 - an extra: there only for those who draft

    for line in text.splitlines(keepends=True):
        for piece in segment(language, line):
            words = piece.rstrip()
            yield Sentence(words, piece[len(words) :])

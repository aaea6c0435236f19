"""What several checks need to know of a text, worked out once."""

from functools import lru_cache
from typing import NamedTuple

from pipeline.languages import fold, split_words


class Reading(NamedTuple):
    """A text as the checks look at it.

    Attributes:
        folded: in the one spelling in which words are looked for.
        words: its words.
    """

    folded: str
    words: frozenset[str]


@lru_cache(maxsize=16_384)
def read(text: str) -> Reading:
    """A text as the checks look at it."""
    folded = fold(text)
    return Reading(folded, frozenset(split_words(folded)))

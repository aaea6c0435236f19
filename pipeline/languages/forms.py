"""Words as a table writes them, found in a text of any script.

``laba*`` is every word that begins with ``laba``, ``*maayo`` every word that ends so, ``*dawa*``
every word that has it inside, and ``in ka badan`` is three words in a row. Words of scripts
without spaces are found anywhere.
"""

from collections.abc import Iterable

from pipeline.languages.index import Hit, Index


class Forms:
    """Words and phrases that all say the same.

    Args:
        forms: as a table writes them, with ``*`` for the rest of a word.
        spaced: the script writes spaces between words.
    """

    __slots__ = ("_index", "forms")

    def __init__(self, forms: Iterable[str], *, spaced: bool = True) -> None:
        self.forms = tuple(forms)
        self._index = Index(((form, True) for form in self.forms), spaced=spaced)

    def __bool__(self) -> bool:
        return bool(self.forms)

    def find(self, folded: str) -> Hit[bool] | None:
        """The first of them in a folded text, or None."""
        return next(iter(self._index.hits(folded)), None)

    def may_have(self, words: frozenset[str]) -> bool:
        """Whether a text with these words may have any of them; never wrongly no."""
        return self._index.may_have(words)

    def has(self, folded: str, words: frozenset[str] | None = None) -> bool:
        """Whether a folded text has any of them; its words may be given if they are known."""
        return self._index.has(folded, words)

    def count(self, folded: str) -> int:
        """How often they stand in a folded text."""
        return len(self._index.hits(folded))

    def without(self, folded: str) -> str:
        """A folded text with them taken out."""
        for hit in reversed(self._index.hits(folded)):
            folded = f"{folded[: hit.start]} {folded[hit.end :]}"
        return folded

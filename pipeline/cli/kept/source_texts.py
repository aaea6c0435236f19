"""The texts of the source language with their words, kept for the next look.

Nothing in them may pass for a translation: those that a page may hold are looked for in it, and
those that are new in what the other languages say already.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from pipeline.checks.output import Site, find_phrases, squeeze, words
from pipeline.cli.kept.shelf import FAULTS
from pipeline.cli.kept.store import Store, parse_values, render_values

_KIND, _NAME = "words", "source"
#: So many words in common make a text worth comparing.
_COMMON = 3


@dataclass(kw_only=True, eq=False)
class SourceTexts:
    """The texts of the source language.

    Attributes:
        store: the cache.
        key: the digest of all that they come from.
        found: the texts.
    """

    store: Store
    key: str
    found: Iterable[str]

    @property
    def is_kept(self) -> bool:
        """Whether the store has them as they are."""
        return self.store.read_keys(_KIND).get(_NAME) == self.key

    @cached_property
    def texts(self) -> list[list[str]]:
        """Each text with its words; kept as they are found."""
        row = self.store.read(_KIND, _NAME)
        with suppress(*FAULTS):
            if row and row[0] == self.key:
                return list(parse_values(row[1])["texts"])
        found = [[text, " ".join(words(text))] for text in self.found]
        self.store.write(_KIND, _NAME, self.key, render_values({"texts": found}))
        return found

    def find_common(self, site: Site) -> tuple[str, ...]:
        """Those of which some words are in the pages of a site, under the name of another language.

        Args:
            site: what changed.
        """
        pages = (page for path, page in site.parsed.items() if path not in site.beside)
        said = (each for page in pages for each in page.passages if each.language != site.source)
        there = {word for each in said for word in words(each.text)}
        return tuple(
            text for text, own in self.texts if len(there.intersection(own.split())) >= _COMMON
        )

    def find_new(self) -> frozenset[str]:
        """What no translation may say and that was no text of the source before, squeezed.

        Raises:
            ValueError: nobody knows what was there before.
        """
        row = self.store.read(_KIND, _NAME)
        if row is None:
            raise ValueError(_NAME)
        before = {text for text, _ in parse_values(row[1])["texts"]}
        new = (text for text, _ in self.texts if text not in before)
        return frozenset(squeeze(" ".join(each)) for text in new for each in find_phrases(text))

"""Which resources a language is to have: nearly always the same, so it is found once for all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from pipeline.cli.kept.jobs import names_of_cell
from pipeline.cli.survey_cache import ABSENT, Stamps


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A resource's file, as all languages need to know it.

    Attributes:
        path: its file.
        name: ``topic/slug``; empty where it cannot be used.
        digest: of what all of its languages are made from.
        languages: in which it is wanted; None for all.
    """

    path: str
    name: str
    digest: str
    languages: tuple[str, ...] | None

    def is_wanted(self, tag: str) -> bool:
        """Whether a language is to have it."""
        return bool(self.name) and (self.languages is None or tag in self.languages)


@dataclass(frozen=True)
class Wanted:
    """The resources that some languages are to have.

    Attributes:
        listed: they, in their order.
    """

    listed: tuple[Listed, ...]

    @cached_property
    def paths(self) -> list[str]:
        """Their files."""
        return [each.path for each in self.listed]

    @cached_property
    def sources(self) -> str:
        """What all languages of them are made from."""
        return "\0".join(f"{each.path}\0{each.digest}" for each in self.listed)

    @cached_property
    def _folders(self) -> list[tuple[str, list[str]]]:
        """What the files of a language are called, by topic, in the order of the resources."""
        pairs = (each.name.split("/") for each in self.listed)
        return [
            (topic, [name for _, slug in each for name in names_of_cell(slug)])
            for topic, each in groupby(pairs, key=lambda pair: pair[0])
        ]

    def stamps(self, folder: str, stamps: Stamps) -> list[str]:
        """Those of all files of a language, in order: thousands, so little is done for each.

        Args:
            folder: the language's folder.
            stamps: what tells whether a file is as it was.
        """
        found: list[str] = []
        for topic, names in self._folders:
            there = stamps.stamps_in(f"{folder}/{topic}").get
            found += [there(name, ABSENT) for name in names]
        return found


@dataclass(frozen=True)
class WantedByLanguage:
    """What each language is to have.

    Attributes:
        listed: all resources.
    """

    listed: Sequence[Listed]
    _known: dict[frozenset[str], Wanted] = field(default_factory=dict)

    def find(self, tag: str) -> Wanted:
        """What a language is to have: the same value for all that have the same.

        Args:
            tag: the language's.
        """
        absent = frozenset(each.path for each in self._limited if not each.is_wanted(tag))
        if absent not in self._known:
            here = (each for each in self.listed if each.path not in absent)
            self._known[absent] = Wanted(tuple(here))
        return self._known[absent]

    @cached_property
    def _limited(self) -> list[Listed]:
        return [each for each in self.listed if not each.name or each.languages is not None]

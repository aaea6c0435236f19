"""A locale's tree that comes in parts: cut here, made elsewhere, put together here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.cli.cluster.kept import tree_key
from pipeline.cli.cluster.labour import PartMade, make_part, slimmed
from pipeline.cli.plan import Stage
from pipeline.cli.stages import Attempts, Outcome, attempts, reduced
from pipeline.cluster import Answer, unpack_into
from pipeline.errors import PipelineError
from pipeline.files import remove
from pipeline.website import (
    Built,
    Chunk,
    Cutter,
    Fault,
    MadePage,
    find_unjudged,
    finish_locale,
)


@dataclass(kw_only=True)
class Tree:
    """A locale's tree in the making.

    Attributes:
        stage: what is to be built.
        story: what is tried one after the other.
        outcome: without which pages it is built now.
        key: digest of all that goes into it.
        made: what came of each part, by its number.
        failed: parts that no worker could make, and why.
        seconds: how long its parts took, together.
    """

    stage: Stage
    story: Attempts
    outcome: Outcome
    key: str
    made: dict[int, PartMade] = field(default_factory=dict)
    failed: list[tuple[Chunk, str]] = field(default_factory=list)
    seconds: float = 0.0

    @classmethod
    def begin(cls, stage: Stage) -> "Tree":
        """A tree of which nothing is made."""
        story = attempts(stage)
        return cls(stage=stage, story=story, outcome=next(story), key=tree_key(stage))

    def try_without(self, outcome: Outcome) -> None:
        """Begin once more, as the story goes on."""
        self.outcome = outcome
        self.release()

    def release(self) -> None:
        """Let go of what was only needed to make it."""
        self.made, self.failed = {}, []
        for name in ("cutter", "chunks", "slim"):
            vars(self).pop(name, None)

    def begin_again(self, before: Outcome) -> None:
        """Begin the story itself once more.

        Args:
            before: pages that are known not to be made.
        """
        self.story = attempts(self.stage, before)
        self.try_without(next(self.story))

    @cached_property
    def cutter(self) -> Cutter:
        """What cuts it."""
        return Cutter(manuscript=reduced(self.stage, self.outcome))

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """Which pages are in which part."""
        return self.cutter.cut(self.stage.only)

    @cached_property
    def slim(self) -> Stage:
        """What goes to workers beside a part."""
        return slimmed(self.stage)

    @property
    def is_whole(self) -> bool:
        """Whether something came of all parts."""
        return len(self.made) + len(self.failed) == len(self.chunks)

    def task_name(self, chunk: Chunk) -> str:
        """What a part is called for people: the resource and the locale are in it."""
        if len(self.chunks) == 1:
            return self.stage.tag
        what = name_of(chunk.names) if chunk.names else f"lists from “{chunk.lists[0].url}”"
        return f"{what} in {self.stage.tag}"

    def take(self, number: int, answer: Answer) -> None:
        """Put a part where a build here would have put it.

        Args:
            number: of the part.
            answer: what a worker sent.

        Raises:
            PipelineError: the settings or the theme are at fault; the answer is none.
        """
        value = answer.read_value()
        if isinstance(value, PipelineError):
            raise value
        if not isinstance(value, PartMade):
            raise TypeError(type(value).__name__)
        unpack_into(answer.files, self.stage.folder)
        self.made[number] = value
        self.seconds += answer.seconds

    def put_together(self) -> Built:
        """Make of the parts what a build here would have made.

        Raises:
            PipelineError: the theme is at fault.
        """
        parts = [self.made[number] for number in range(len(self.chunks))]
        faults = tuple(fault for part in parts for fault in part.faults)
        if any(fault.costs_page for fault in faults):
            return Built(faults=faults)
        notes = [part.pages for part in parts]
        faults = self._with_unjudged(faults, notes)
        pages = {url: page for each in notes for url, page in each.items()}
        made = finish_locale(self.cutter, pages=pages, out=self.stage.folder)
        return Built(faults=faults, made=made)

    def _with_unjudged(
        self, faults: tuple[Fault, ...], notes: list[Mapping[str, MadePage]]
    ) -> tuple[Fault, ...]:
        """With what is told of links between parts: both ends are made here, to be told so."""
        lost, beside = find_unjudged(self.cutter, notes)
        if not lost:
            return faults
        part = self.cutter.make_part(self.cutter.cut_out(lost | beside, with_lists=True))
        aside = replace(self.slim, name=f"{self.stage.name}-links")
        said = make_part(aside, part).faults
        remove(aside.folder)
        told = [*(f for f in faults if f.name not in lost), *(f for f in said if f.name in lost)]
        names = [name for chunk in self.chunks for name in chunk.names]
        order = {name: place for place, name in enumerate(names)}
        return tuple(sorted(told, key=lambda fault: order.get(fault.name, -1)))


def name_of(names: Sequence[str]) -> str:
    """What some resources are called together.

    Args:
        names: at least one.
    """
    others = f" and {len(names) - 1} more pages" if len(names) > 1 else ""
    return f"{names[0]}{others}"

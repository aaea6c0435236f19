"""The cells of the status matrix: what the gate saw of a resource in a locale → its state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from pipeline.cli.approval import Approval, Office
from pipeline.cli.media.showing import Own
from pipeline.ledger import Standing
from pipeline.model import Document, LocalisedPage, Origin, Segment, UnitKey
from pipeline.qa import Gate, Hold
from pipeline.qa.media import Media
from pipeline.status import (
    Calendar,
    Outcome,
    ResourceState,
    Rulebook,
    SegmentFact,
    Work,
    derive_resource,
)
from pipeline.workflow import Event, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A resource with what is the same for all locales.

    Attributes:
        document: the resource.
        segments: its segments.
        words: how many words each has.
        approval: how its source text stands.
        rows: of each segment its key, its words, and which of ``sides`` it has.
        sides: whether it is critical and how its source text stands, each combination once.
    """

    document: Document
    segments: tuple[Segment, ...]
    words: tuple[int, ...]
    approval: Approval
    rows: tuple[tuple[UnitKey, int, int], ...]
    sides: tuple[tuple[bool, Standing | None], ...]


def make_matter(
    document: Document, segments: tuple[Segment, ...], words: tuple[int, ...], approval: Approval
) -> Matter:
    """What is the same for all locales.

    Args:
        document: the resource.
        segments: its segments.
        words: how many words each has.
        approval: how its source text stands.
    """
    numbers: dict[tuple[bool, int], int] = {}
    sides: list[tuple[bool, Standing | None]] = []
    rows = []
    for segment, size in zip(segments, words, strict=True):
        source = approval.standings.get(segment.key)
        number = numbers.setdefault((segment.critical, id(source)), len(sides))
        if number == len(sides):
            sides.append((segment.critical, source))
        rows.append((segment.key, size, number))
    return Matter(
        document=document,
        segments=segments,
        words=words,
        approval=approval,
        rows=tuple(rows),
        sides=tuple(sides),
    )


@dataclass(frozen=True, kw_only=True)
class Clerk:
    """Writes the cells of the matrix.

    Attributes:
        office: where ledgers are read.
    """

    office: Office
    _missing: dict[tuple[str, bool], dict[str, Any]] = field(default_factory=dict)

    def missing(self, matter: Matter, page: LocalisedPage, *, is_open: bool) -> ResourceState:
        """The cell of a resource without a catalog: the same in all locales but for the tag."""
        key = str(matter.document.id), is_open
        values = self._missing.get(key)
        if values is None:
            cell = self.cell(matter, page, Gate(), is_open=is_open)
            values = self._missing[key] = {f.name: getattr(cell, f.name) for f in fields(cell)}
        # Most cells are such, and dataclasses.replace takes three times as long.
        return ResourceState(**{**values, "locale": page.locale})

    def cell(
        self,
        matter: Matter,
        page: LocalisedPage,
        gate: Gate,
        own: Own | None = None,
        *,
        is_open: bool,
        is_damaged: bool = False,
        lines: Iterable[Line] = (),
    ) -> ResourceState:
        """The cell of a resource.

        Args:
            matter: the resource.
            page: what the public would get of it, were the language open.
            gate: what the gate saw.
            own: the pictures and the recording that the language has of its own.
            is_open: the language is opened to the public.
            is_damaged: its catalog cannot be read.
            lines: what stands in the ledger of the translation.
        """
        return derive_resource(
            matter.document,
            page.locale,
            _facts(matter, gate),
            Outcome(
                page=page.state,
                coverage=page.coverage,
                is_open=is_open,
                is_damaged=is_damaged,
                is_sample=page.is_sample,
                is_overdue=page.is_overdue,
                media=own.facts if own else (),
                media_work=tuple(_media_work(own.judged)) if own else (),
            ),
            rules=self.office.project.workflow.tiers[matter.document.metadata.risk],
            book=self._book(),
            events=(line for line in lines if isinstance(line, Event)),
            first_approved=matter.approval.first,
        )

    def _book(self) -> Rulebook:
        workflow = self.office.project.workflow
        return Rulebook(
            now=self.office.now, targets=workflow.targets, calendar=_calendar(workflow.holidays)
        )


def _media_work(judged: Iterable[Media]) -> Iterator[SegmentFact]:
    """Pictures and recordings that somebody can sign now."""
    for media in judged:
        if media.standing is not None and media.is_needed:
            yield SegmentFact(
                words=media.file.words,
                critical=media.file.critical,
                is_translated=True,
                standing=media.standing,
            )


_CALENDARS: dict[str, Calendar] = {}


def _calendar(region: str) -> Calendar:
    """One calendar a place: it remembers the holidays that it has looked up."""
    return _CALENDARS.setdefault(region, Calendar(region))


def _facts(matter: Matter, gate: Gate) -> list[SegmentFact]:
    """What is known of the segments; those of which the same is known are one fact.

    Whole leaflets are translated and signed at once, so that a few facts tell of all of them.
    """
    alike: dict[tuple[int, bool, bool, Work, int], list[int]] = {}
    standings: dict[int, Standing | None] = {id(None): None}
    translated, targets = gate.translated, gate.targets
    for key, words, side in matter.rows:
        standing = gate.standings.get(key)
        is_translated = key in translated
        work = Work.EMPTY if is_translated else _work(key, gate)
        same = side, is_translated, key in targets, work, id(standing)
        known = alike.get(same)
        if known is None:
            alike[same], standings[id(standing)] = [words], standing
        else:
            known.append(words)
    return [
        SegmentFact(
            words=sum(words),
            critical=matter.sides[side][0],
            is_translated=is_translated,
            is_shown=is_shown,
            is_stale=work is Work.CHANGED,
            work=work,
            standing=standings[standing_id],
            source=matter.sides[side][1],
            segments=len(words),
        )
        for (side, is_translated, is_shown, work, standing_id), words in alike.items()
    ]


def _work(key: UnitKey, gate: Gate) -> Work:
    """What a translator finds in a box that is not translated."""
    hold = gate.held.get(key)
    if hold is Hold.CHANGED:
        return Work.CHANGED
    if hold is not Hold.FUZZY:
        return Work.EMPTY
    origin = gate.drafted.get(key)
    if origin is None:
        return Work.UNFINISHED
    return Work.MACHINE if origin is Origin.MACHINE else Work.MEMORY

"""The cells of the status matrix: what the gate saw of a resource in a locale → its state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.cli.approval import Approval, Office
from pipeline.ledger import Standing
from pipeline.model import Document, LocalisedPage, Segment, UnitKey
from pipeline.qa import Gate
from pipeline.status import (
    Calendar,
    Outcome,
    ResourceState,
    Rulebook,
    SegmentFact,
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
    """

    document: Document
    segments: tuple[Segment, ...]
    words: tuple[int, ...]
    approval: Approval


@dataclass(frozen=True, kw_only=True)
class Clerk:
    """Writes the cells of the matrix.

    Attributes:
        office: where ledgers are read.
    """

    office: Office
    _missing: dict[tuple[str, bool], ResourceState] = field(default_factory=dict)

    def missing(self, matter: Matter, page: LocalisedPage, *, is_open: bool) -> ResourceState:
        """The cell of a resource without a catalog: the same in all locales but for the tag."""
        key = str(matter.document.id), is_open
        if key not in self._missing:
            self._missing[key] = self.cell(matter, page, Gate(), is_open=is_open)
        return replace(self._missing[key], locale=page.locale)

    def cell(
        self,
        matter: Matter,
        page: LocalisedPage,
        gate: Gate,
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


_CALENDARS: dict[str, Calendar] = {}


def _calendar(region: str) -> Calendar:
    """One calendar a place: it remembers the holidays that it has looked up."""
    return _CALENDARS.setdefault(region, Calendar(region))


def _facts(matter: Matter, gate: Gate) -> list[SegmentFact]:
    source: Mapping[UnitKey, Standing] = matter.approval.standings
    facts = []
    for segment, words in zip(matter.segments, matter.words, strict=True):
        key = segment.key
        facts.append(
            SegmentFact(
                words=words,
                critical=segment.critical,
                is_translated=key in gate.translated,
                is_shown=key in gate.targets,
                is_stale=key in gate.changed,
                standing=gate.standings.get(key),
                source=source.get(key),
            )
        )
    return facts

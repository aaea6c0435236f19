"""Drafting the empty boxes of a language: what there is to fill, and filling it.

A plan is made of all resources first, so that what a machine cannot do is said before it begins.
Then each catalog is filled and written as a whole: stopped, the command keeps what it has done.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from pipeline.catalogs import write_catalog
from pipeline.cli.machine_drafts import judge_drafts
from pipeline.cli.memory_drafts import find_drafts, open_catalog
from pipeline.cli.refusals import remedy_of
from pipeline.config import Project
from pipeline.draft import Drafter, Empty, Filled, fill_units, find_empty, put_in
from pipeline.errors import CatalogError, PipelineError
from pipeline.memory import MatchKind, Memory
from pipeline.model import Catalog, Document, Locale, Unit, UnitKey
from pipeline.segments import split_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What there is to fill in one catalog.

    Attributes:
        document: the resource.
        catalog: its catalog as it is.
        empty: its empty units.
        proposals: what the memory proposes, by key.
        same: how many of these are for the very same text.
        reasons: why the memory proposes nothing for others, by key, where there was something.
        unknown: segments of which the catalog knows nothing yet.
    """

    document: Document
    catalog: Catalog
    empty: tuple[Empty, ...]
    proposals: Mapping[UnitKey, Unit] = field(default_factory=dict)
    same: int = 0
    reasons: Mapping[UnitKey, str] = field(default_factory=dict)
    unknown: int = 0

    @property
    def left(self) -> int:
        """How many empty units the memory leaves."""
        return len(self.empty) - len(self.proposals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What became of the empty units of one catalog."""

    plan: Plan
    filled: tuple[Filled, ...]


def plan_drafts(
    project: Project,
    locale: Locale,
    documents: Iterable[Document],
    memory: Memory | None,
    *,
    least: float,
) -> tuple[list[Plan], list[PipelineError]]:
    """Look at the catalogs of a language. Writes nothing.

    Args:
        project: the project.
        locale: the language.
        documents: the resources.
        memory: the memory of the language; None where it is not to be asked.
        least: the least likeness of a source whose translation is proposed, 0 to 100.

    Returns:
        The plans, and why other resources have none.
    """
    plans: list[Plan] = []
    errors: list[PipelineError] = []
    for document in documents:
        try:
            plans.append(_plan(project, locale, document, memory, least))
        except PipelineError as fault:
            errors.append(fault)
    return plans, errors


def _plan(
    project: Project, locale: Locale, document: Document, memory: Memory | None, least: float
) -> Plan:
    catalog = open_catalog(project, locale, document)
    segments = split_document(document)
    units = catalog.by_key()
    plan = Plan(
        document=document,
        catalog=catalog,
        empty=tuple(find_empty(catalog, segments)),
        unknown=len({segment.key for segment in segments} - units.keys()),
    )
    if memory is None or not plan.empty:
        return plan
    found = find_drafts(project, locale, document, catalog, memory, least=least)
    return Plan(
        document=document,
        catalog=catalog,
        empty=plan.empty,
        proposals={each.key: each.unit for each in found.filled},
        same=sum(each.match.kind is not MatchKind.FUZZY for each in found.filled),
        reasons={each.key: each.reason for each in found.left if each.reason},
        unknown=plan.unknown,
    )


def carry_out(
    project: Project,
    locale: Locale,
    plan: Plan,
    drafter: Drafter | None,
    *,
    today: date,
    on_attempt: Callable[[], object],
) -> Drafted:
    """Fill one catalog and write it.

    Args:
        project: the project.
        locale: the language.
        plan: what there is to fill.
        drafter: the machine; None where there is none.
        today: for the record.
        on_attempt: called after each unit that the machine has tried.

    Raises:
        CatalogError: the catalog cannot be written, or has changed meanwhile.
    """
    filled = fill_units(
        plan.empty,
        proposals=plan.proposals,
        drafter=drafter,
        judge=partial(judge_drafts, project, locale, plan.document, plan.catalog),
        today=today,
        on_attempt=on_attempt,
    )
    path = project.catalog_path(locale.tag, plan.document.topic, plan.document.slug)
    # A machine takes minutes, in which a translator may have saved: theirs is what counts.
    now = open_catalog(project, locale, plan.document)
    catalog = put_in(now, filled)
    if catalog is not now:
        try:
            write_catalog(path, catalog)
        except OSError as error:
            raise CatalogError(
                f"The catalog cannot be written: {error.strerror}.",
                remedy=remedy_of(error),
                path=path,
            ) from None
    return Drafted(plan=plan, filled=tuple(filled))

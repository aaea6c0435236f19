"""The queue: what to do next, ranked by the people it serves.

In: the cells of the matrix. Out: tasks, most pressing first, each with every factor of its rank:
people served × urgency × criticality ÷ remaining words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model import Locale
from pipeline.status.state import ResourceState, TranslationState
from pipeline.status.table import LanguageState
from pipeline.status.waiting import Wait
from pipeline.workflow import Role, Weights

#: Of these nothing can be done in the catalog: it must be mended, or somebody must decide. The
#: source text can be approved all the same.
_NO_TASK = {TranslationState.DAMAGED, TranslationState.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that one role can do now for one resource.

    Attributes:
        resource: ``topic/slug``.
        locale: tag of the target locale; of the source's where the source text is signed.
        role: whose turn it is.
        since: since when they are waited for; empty if that is unknown.
        segments: segments to look at.
        words: words of the source text in these.
        critical_words: how many of these words are safety-critical.
        people: people served.
        people_source: where that figure comes from.
        is_counted: somebody has counted them; otherwise ``people`` is the settings' assumption.
        urgency: factor of how long readers can wait.
        criticality: factor of how much of it is safety-critical.
        is_owed: publication does not wait for it.
        is_late: people ought to be able to read it by now.
        drafted: in how many of the segments there is a proposal to begin with.
        drafted_words: how many of the words these have.
    """

    resource: str
    locale: str
    role: Role
    since: str
    segments: int
    words: int
    critical_words: int
    people: int
    people_source: str
    is_counted: bool
    urgency: float
    criticality: float
    is_owed: bool
    is_late: bool
    drafted: int = 0
    drafted_words: int = 0

    @property
    def rank(self) -> float:
        """People × urgency × criticality ÷ words; the higher, the sooner."""
        return self.people * self.urgency * self.criticality / max(self.words, 1)


def rank_tasks(
    languages: Iterable[LanguageState],
    weights: Weights,
    *,
    source: Locale,
    role: Role | None = None,
    tag: str | None = None,
) -> tuple[Task, ...]:
    """What to do next, most pressing first.

    Of equal rank the names decide: resource, then locale, then role.

    Args:
        languages: the matrix.
        weights: what each factor counts.
        source: the locale of the source text, whose sign-offs serve every language that waits.
        role: only tasks of this role; None for everyone's.
        tag: only tasks in this locale; None for all.
    """
    rows = tuple(languages)
    tasks = (*_target_tasks(rows, weights), *_source_tasks(rows, weights, source))
    wanted = (t for t in tasks if role in {None, t.role} and tag in {None, t.locale})
    return tuple(sorted(wanted, key=lambda t: (-t.rank, t.resource, t.locale, t.role)))


def count_people(locale: Locale, weights: Weights) -> int:
    """The people whom a language is taken to serve, counted or not."""
    return weights.uncounted_people if locale.people is None else locale.people


def _target_tasks(rows: Iterable[LanguageState], weights: Weights) -> Iterator[Task]:
    for row in rows:
        people = count_people(row.locale, weights)
        is_counted = row.locale.people is not None
        note = row.locale.people_source
        if not is_counted:
            note = f"{note.rstrip('.')}; taken as {people:,} by weights.uncounted_people"
        for cell in row.resources:
            for wait in cell.waits if cell.state not in _NO_TASK else ():
                if not wait.of_source:
                    yield _task(
                        cell,
                        wait,
                        weights,
                        tag=row.locale.tag,
                        people=people,
                        people_source=note,
                        is_counted=is_counted,
                    )


def _source_tasks(
    rows: Iterable[LanguageState], weights: Weights, source: Locale
) -> Iterator[Task]:
    """Sign-offs of the source text: once, for all who wait for it.

    A text that is not approved is withdrawn in every language until it is: that is a task.
    """
    waiting: dict[tuple[str, Role], list[tuple[Locale, ResourceState, Wait]]] = {}
    for row in rows:
        for cell in row.resources:
            for wait in cell.waits:
                if wait.of_source:
                    waiting.setdefault((cell.resource, wait.role), []).append(
                        (row.locale, cell, wait)
                    )
    for served in waiting.values():
        locales = [locale for locale, _, _ in served]
        is_counted = all(locale.people is not None for locale in locales)
        _, cell, wait = served[0]
        yield _task(
            cell,
            wait,
            weights,
            tag=source.tag,
            people=sum(count_people(locale, weights) for locale in locales),
            people_source=f"the sum of {len(locales)} languages that wait for it",
            is_counted=is_counted,
        )


def _task(
    cell: ResourceState,
    wait: Wait,
    weights: Weights,
    *,
    tag: str,
    people: int,
    people_source: str,
    is_counted: bool,
) -> Task:
    return Task(
        resource=cell.resource,
        locale=tag,
        role=wait.role,
        since=wait.since,
        segments=wait.segments,
        words=wait.words,
        critical_words=wait.critical_words,
        people=people,
        people_source=people_source,
        is_counted=is_counted,
        urgency=weights.urgent if cell.is_urgent else 1.0,
        criticality=1.0 + weights.critical * wait.critical_words / max(wait.words, 1),
        is_owed=wait.is_owed,
        is_late=cell.is_late,
        drafted=wait.drafted,
        drafted_words=wait.drafted_words,
    )

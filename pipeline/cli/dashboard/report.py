"""What the dashboard is made from: states, and the titles that states do not have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.config import Project
from pipeline.content import read_documents
from pipeline.model import Locale
from pipeline.status import LanguageState
from pipeline.workflow import DEFAULT_WORKFLOW, Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the dashboard is made from.

    Attributes:
        languages: the matrix, in the order in which languages are shown.
        source: the source locale.
        now: the present moment.
        titles: the title of each resource, by ``topic/slug``; untrusted.
        topics: the name of each topic, by its id.
        weights: the queue's factors.
        site: the website's address; empty for none.
        is_demonstration: the project says that all it shows is a demonstration.
        problems: how many files could not be used.
    """

    languages: tuple[LanguageState, ...]
    source: Locale
    now: datetime
    titles: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    weights: Weights = DEFAULT_WORKFLOW.weights
    site: str = ""
    is_demonstration: bool = False
    problems: int = 0

    def title(self, resource: str) -> str:
        """A resource's title; its name where nothing is known of it."""
        return self.titles.get(resource, resource)


def read_report(
    project: Project, languages: Iterable[LanguageState], *, now: datetime, problems: int = 0
) -> Report:
    """Put together what the dashboard shows: titles are read from the resources.

    Args:
        project: the project.
        languages: the rows to show, in order.
        now: the moment from which they were judged.
        problems: how many files could not be used.
    """
    documents = read_documents(project, today=now.date()).documents
    strings = {string.id: string.text for string in project.strings}
    return Report(
        languages=tuple(languages),
        source=project.source,
        now=now,
        titles={str(document.id): document.metadata.title for document in documents},
        topics={topic: strings.get(f"topic-{topic}", topic) for topic in project.topics},
        weights=project.workflow.weights,
        site=project.site_url,
        is_demonstration=project.demonstration,
        problems=problems,
    )

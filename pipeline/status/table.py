"""What is missing, for whom: rows of the matrix, and the order in which they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Document, Locale, LocalisedPage, PageState, Urgency
from pipeline.status.state import ResourceState, TranslationState


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageState:
    """One row: a locale and its resources.

    Attributes:
        locale: the locale.
        missing_notices: ids of the notices without which it is not opened to the public.
        resources: its cells, in the order of the documents.
    """

    locale: Locale
    missing_notices: tuple[str, ...]
    resources: Sequence[ResourceState]

    @property
    def is_open(self) -> bool:
        """Whether the language is opened to the public: all of its notices are there."""
        return not self.missing_notices

    def count(self, *states: TranslationState) -> int:
        """How many resources are in one of these states."""
        return sum(resource.state in states for resource in self.resources)


def resource_state(page: LocalisedPage, *, is_damaged: bool = False) -> ResourceState:
    """The cell of a page where nobody has been asked who signed what.

    Args:
        page: what the public gets.
        is_damaged: its catalog could not be read.
    """
    return ResourceState(
        resource=str(page.document.id),
        locale=page.locale,
        state=TranslationState.DAMAGED if is_damaged else _state_of(page),
        coverage=page.coverage,
        is_sample=page.is_sample,
        is_urgent=page.document.metadata.urgency is Urgency.URGENT,
        page=page.state,
        stale=page.changed,
        stale_critical=page.changed_critical,
        is_overdue=page.is_overdue,
    )


def _state_of(page: LocalisedPage) -> TranslationState:
    if page.state is PageState.WITHDRAWN:
        return TranslationState.WITHDRAWN
    if page.state is PageState.NOT_YET:
        is_begun = page.coverage.segments_translated or page.changed
        return TranslationState.DRAFTING if is_begun else TranslationState.MISSING
    if page.is_overdue:
        return TranslationState.OVERDUE
    in_part = page.state is PageState.KEY_FACTS
    if page.changed_critical or (page.changed and not in_part):
        return TranslationState.STALE
    if in_part:
        return TranslationState.KEY_FACTS
    return TranslationState.LIVE if page.state is PageState.LIVE else TranslationState.GAPS


def is_wanted(document: Document, locale: Locale) -> bool:
    """Whether a resource is wanted in a locale; by default it is wanted in all."""
    languages = document.metadata.languages
    return languages is None or locale.tag in languages


def by_need(languages: Iterable[LanguageState]) -> tuple[LanguageState, ...]:
    """Languages in the order of the people who cannot yet read, most first.

    Each missing resource counts the people whom the language serves. A language whose
    people nobody counted comes last: it is listed, never dropped.
    """
    return tuple(sorted(languages, key=_need, reverse=True))


def _need(language: LanguageState) -> tuple[int, int]:
    unreadable = sum(not resource.is_readable for resource in language.resources)
    return unreadable * (language.locale.people or 0), unreadable

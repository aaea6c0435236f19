"""What is missing, for whom: the state of every resource in every locale.

State is derived each time from the source, the catalogs and the configuration; it is
stored nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import Coverage, Document, Locale, LocalisedPage, PageState


class TranslationState(StrEnum):
    """How far a resource is in a locale, worst first."""

    DAMAGED = "damaged"  # its catalog cannot be read; nothing of it is shown
    MISSING = "missing"  # nothing is translated
    DRAFTING = "drafting"  # some is translated, not enough to publish
    CHANGED = "changed"  # was translated; critical text has changed since, so it is withdrawn
    GAPS = "live-with-gaps"  # published, some parts in the source language
    LIVE = "live"  # published, all translated


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceState:
    """One cell of the matrix.

    Attributes:
        resource: ``topic/slug``.
        locale: tag.
        state: how far it is.
        coverage: how much of it is translated.
        changed: segments whose source has changed since they were translated.
        is_sample: the translations are marked as demonstration only.
        is_urgent: readers cannot wait.
    """

    resource: str
    locale: str
    state: TranslationState
    coverage: Coverage
    changed: int
    is_sample: bool
    is_urgent: bool

    @property
    def is_readable(self) -> bool:
        """Whether the public can read the resource in this locale."""
        return self.state in {TranslationState.LIVE, TranslationState.GAPS}


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
    resources: tuple[ResourceState, ...]

    @property
    def is_open(self) -> bool:
        """Whether the language is opened to the public: all of its notices are there."""
        return not self.missing_notices

    def count(self, *states: TranslationState) -> int:
        """How many resources are in one of these states."""
        return sum(resource.state in states for resource in self.resources)


def derive_state(page: LocalisedPage) -> TranslationState:
    """How far a resource is, from the page that the public gets."""
    if page.state is PageState.LIVE:
        return TranslationState.LIVE
    if page.state is PageState.LIVE_WITH_GAPS:
        return TranslationState.GAPS
    if page.changed_critical:
        return TranslationState.CHANGED
    started = page.coverage.segments_translated or page.changed
    return TranslationState.DRAFTING if started else TranslationState.MISSING


def resource_state(page: LocalisedPage, *, is_damaged: bool = False) -> ResourceState:
    """The cell of a page.

    Args:
        page: what the public gets.
        is_damaged: its catalog could not be read.
    """
    return ResourceState(
        resource=str(page.document.id),
        locale=page.locale,
        state=TranslationState.DAMAGED if is_damaged else derive_state(page),
        coverage=page.coverage,
        changed=page.changed,
        is_sample=page.is_sample,
        is_urgent=page.document.metadata.urgency == "urgent",
    )


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

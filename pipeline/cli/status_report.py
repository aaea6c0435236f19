"""What `pipeline status` prints in each of its forms, and what it is asked to fail on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.cli.drafters import Drafters
from pipeline.cli.since import Since
from pipeline.config import Project
from pipeline.errors import ContentError, PipelineError
from pipeline.media import MediaFact, MediaState
from pipeline.model import PageState
from pipeline.status import LanguageState, ResourceState, TranslationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The matrix, or the part of it that was asked for.

    Attributes:
        project: its settings.
        now: the moment from which it was judged.
        languages: its rows, in the order of need.
        since: what has changed since an earlier commit; None if nobody asked.
        unread: how many resources could not be read in the source language: they are in no row.
        drafters: which model drafts each language on this machine; None where there is no model.
    """

    project: Project
    now: datetime
    languages: tuple[LanguageState, ...]
    since: Since | None = None
    unread: int = 0
    drafters: Drafters = None

    @property
    def resources(self) -> tuple[str, ...]:
        """The resources of all rows, each once."""
        names = (cell.resource for language in self.languages for cell in language.resources)
        return tuple(dict.fromkeys(names))

    @property
    def headline(self) -> str:
        """How many languages lack something, and how many people that concerns."""
        lacking = [language for language in self.languages if count_missing(language)]
        people = sum(language.locale.people or 0 for language in lacking)
        if note := self.unread_note:
            return f"{note} {self._lacking(lacking, people)}" if lacking else note
        if not lacking:
            return "Every resource can be read in every language."
        return self._lacking(lacking, people)

    @property
    def unread_note(self) -> str:
        """That resources could not be read; empty where all could."""
        if not self.unread:
            return ""
        files = "1 resource" if self.unread == 1 else f"{self.unread} resources"
        return f"{files} could not be read in {self.project.source.english_name}: not told here."

    def _lacking(self, lacking: list[LanguageState], people: int) -> str:
        return (
            f"{len(lacking)} of {len(self.languages)} languages lack resources; "
            f"{people:,} people speak them in the area served."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A condition of ``--fail-on`` that is met.

    Attributes:
        condition: its name.
        message: what is wrong, in words.
    """

    condition: str
    message: str


def count_unread(errors: Iterable[PipelineError]) -> int:
    """How many resources could not be read in the source language.

    The matrix tells of damaged catalogs and ledgers; of these it cannot.

    Args:
        errors: what was found wrong with files.
    """
    bad = (error.path for error in errors if isinstance(error, ContentError) and error.path)
    return len({path for path in bad if path.suffix == ".md"})


def pick(
    languages: Iterable[LanguageState], *, tags: frozenset[str], resources: frozenset[str]
) -> Iterator[LanguageState]:
    """The part of the matrix that is asked for; all of it where nothing is named.

    Args:
        languages: rows.
        tags: tags of the locales wanted.
        resources: ``topic/slug`` of the resources wanted.
    """
    for language in languages:
        if not tags or language.locale.tag in tags:
            cells = language.resources
            if resources:
                cells = tuple(cell for cell in cells if cell.resource in resources)
            if cells or not resources:
                yield replace(language, resources=cells)


def count_missing(language: LanguageState) -> int:
    """How many resources cannot be read in a language."""
    return sum(not cell.is_readable for cell in language.resources)


def describe_people(language: LanguageState) -> str:
    """The people whom a language serves."""
    people = language.locale.people
    return "not counted" if people is None else f"{people:,}"


def describe_stale(cell: ResourceState) -> str:
    """How many segments are stale, and how many of them critical; empty if none is."""
    if not cell.stale:
        return ""
    critical = f", {cell.stale_critical} critical" if cell.stale_critical else ""
    return f"{cell.stale} stale{critical}"


def describe_media(cell: ResourceState) -> str:
    """How many pictures and recordings of its own are in which state; empty where there is none."""
    counts = Counter(_media_state(fact) for fact in cell.media)
    told = ", ".join(f"{count} {state}" for state, count in counts.items())
    return f"media: {told}" if told else ""


def _media_state(fact: MediaFact) -> str:
    if fact.is_shown:
        return "shown"
    is_waiting = fact.state is MediaState.PRESENT and not fact.is_signed
    return "not signed" if is_waiting else str(fact.state)


def describe_open(cell: ResourceState) -> str:
    """What a translator finds in the boxes; empty where nothing is begun that nobody confirmed."""
    tally = cell.open_segments
    if not (tally.drafted or tally.unfinished):
        return ""
    parts = [
        (tally.machine, "by the machine"),
        (tally.memory, "from memory"),
        (tally.unfinished, "unfinished"),
        (tally.empty, "empty"),
    ]
    return f"open: {', '.join(f'{count} {what}' for count, what in parts if count)}"


def lacks_model(language: LanguageState, drafters: Drafters) -> bool:
    """Whether a person begins from nothing there, while a machine drafts other languages here."""
    if drafters is None or language.locale.tag in drafters:
        return False
    return any(cell.open_segments.empty for cell in language.resources)


def note(language: LanguageState, drafters: Drafters = None) -> str:
    """What else is to be said of a language in a table.

    Args:
        language: its row.
        drafters: which model drafts each language on this machine.
    """
    notes = []
    if not language.is_open:
        notes.append(f"not open: {len(language.missing_notices)} notices missing")
    if damaged := language.count(TranslationState.DAMAGED):
        notes.append(f"{damaged} damaged")
    if alarming := sum(cell.is_alarming for cell in language.resources):
        notes.append(f"{alarming} alarming")
    if drafted := sum(cell.open_segments.drafted for cell in language.resources):
        notes.append(f"{drafted} drafted")
    if lacks_model(language, drafters):
        notes.append("no model")
    if any(cell.is_sample for cell in language.resources):
        notes.append("samples")
    return ", ".join(notes)


# --- what to fail on -------------------------------------------------------------


def find_failures(cell: ResourceState, conditions: Iterable[str]) -> Iterator[Failure]:
    """The conditions that a cell meets.

    Args:
        cell: the state of a resource in a locale.
        conditions: names out of :data:`CONDITIONS`.
    """
    for name in CONDITIONS:
        if name in conditions and (judge := _JUDGES.get(name)) and (message := judge(cell)):
            yield Failure(condition=name, message=message)


def find_closed(language: LanguageState, conditions: Iterable[str]) -> Iterator[Failure]:
    """The condition that a language meets for not being open, if it is asked for.

    Args:
        language: the row.
        conditions: as for :func:`find_failures`.
    """
    if CLOSED in conditions and not language.is_open:
        missing = ", ".join(language.missing_notices)
        yield Failure(condition=CLOSED, message=f"the language is not open; missing: {missing}")


def _in_state(state: TranslationState, message: str) -> Callable[[ResourceState], str]:
    return lambda cell: message if cell.state is state else ""


def _stale(cell: ResourceState) -> str:
    """Stale to the public: told of an overdue page as well, whose state hides it."""
    if not cell.is_published:
        return ""
    in_part = cell.page is PageState.KEY_FACTS
    is_seen = cell.stale_critical if in_part else cell.stale
    return f"the source has changed: {describe_stale(cell)}" if is_seen else ""


def _critical(cell: ResourceState) -> str:
    """A critical segment is in the source language where people read, or ought to read by now."""
    if not (cell.is_published or cell.is_late):
        return ""
    lacking = cell.segments.critical - cell.segments.critical_translated
    if not lacking:
        return ""
    return (
        f"critical segments: {cell.stale_critical} stale, {lacking - cell.stale_critical} missing"
    )


def _late(cell: ResourceState) -> str:
    return f"people ought to read it since {cell.lateness.due}" if cell.is_late else ""


def _alarm(cell: ResourceState) -> str:
    return f"people ought to read it since {cell.lateness.due}" if cell.is_alarming else ""


_JUDGES: Mapping[str, Callable[[ResourceState], str]] = {
    "missing": _in_state(TranslationState.MISSING, "nothing is translated"),
    "drafting": _in_state(TranslationState.DRAFTING, "only a part is translated"),
    "stale": _stale,
    "critical": _critical,
    "late": _late,
    "alarm": _alarm,
    "gaps": _in_state(TranslationState.GAPS, "published with gaps"),
    "damaged": _in_state(TranslationState.DAMAGED, "its catalog cannot be read"),
    "overdue": _in_state(TranslationState.OVERDUE, "it was to be checked again by now"),
    "withdrawn": _in_state(TranslationState.WITHDRAWN, "it is withdrawn"),
}
CLOSED = "closed"
#: What ``--fail-on`` may name.
CONDITIONS = (*_JUDGES, CLOSED)

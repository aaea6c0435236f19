"""A leaflet in Somali, its ledgers, and what is derived from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline.ledger import Cover, Terms, parse_ledger, render_line, unit_digest
from pipeline.model import (
    Coverage,
    Document,
    Metadata,
    PageState,
    RiskTier,
    UnitKey,
    Urgency,
)
from pipeline.status import (
    Calendar,
    Outcome,
    ResourceState,
    Rulebook,
    SegmentFact,
    derive_resource,
    find_first_approval,
)
from pipeline.workflow import (
    DEFAULT_TIERS,
    Event,
    EventKind,
    Line,
    Role,
    SignOff,
    Targets,
    TierRules,
)

#: Three sentences and their Somali, samples as those that ship; the second is safety-critical.
LEAFLET = (
    ("Stay at home for 5 days.", "Guriga joog 5 maalmood."),
    ("Call 999 if you cannot breathe.", "Wac 999 haddii aadan neefsan karin."),
    ("Drink plenty of water.", "Cab biyo badan."),
)
CRITICAL = {"Call 999 if you cannot breathe."}
NOW = "2026-11-12T12:00:00Z"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def document(risk: RiskTier, urgency: Urgency, slug: str = "when-to-get-help") -> Document:
    metadata = Metadata(
        title="When to get help",
        summary="Signs that need a doctor.",
        topic="covid-19",
        audience="Everybody",
        risk=risk,
        urgency=urgency,
        languages=None,
        owner="Health team",
        sources=(),
        last_checked=date(2026, 11, 1),
        review_by=date(2027, 5, 24),
    )
    path = Path(f"content/covid-19/{slug}.md")
    return Document(topic="covid-19", slug=slug, path=path, text="", metadata=metadata)


@dataclass
class Leaflet:
    """Its texts as they stand, and the lines of its two ledgers in the order of writing."""

    texts: list[tuple[str, str]] = field(default_factory=lambda: list(LEAFLET))
    risk: RiskTier = RiskTier.CLINICAL
    urgency: Urgency = Urgency.ROUTINE
    rules: TierRules | None = None
    source_lines: list[Line] = field(default_factory=list)
    target_lines: list[Line] = field(default_factory=list)
    stale: set[str] = field(default_factory=set)
    critical: set[str] = field(default_factory=lambda: set(CRITICAL))

    def approve(self, author: str, clinician: str, *, only: Iterable[str] = ()) -> None:
        """Author and clinician sign the source text at these times."""
        wanted = set(only) or {source for source, _ in self.texts}
        units = sorted(unit_digest(UnitKey(None, s)) for s, _ in self.texts if s in wanted)
        for time, role, handle in (
            (author, Role.AUTHOR, "ann"),
            (clinician, Role.CLINICIAN, "dr-odu"),
        ):
            if time:
                self.source_lines.append(
                    SignOff(time=time, role=role, handle=handle, locale="en", units=tuple(units))
                )

    def sign(self, time: str, role: Role, handle: str, *, only: Iterable[str] = ()) -> None:
        """Somebody signs the translation: all of it, or of some source sentences."""
        wanted = set(only) or {source for source, _ in self.texts}
        units = sorted(unit_digest(UnitKey(None, s), t) for s, t in self.texts if s in wanted and t)
        self.target_lines.append(
            SignOff(time=time, role=role, handle=handle, locale="so", units=tuple(units))
        )

    def live(self, time: str, approved: str, *, words: int = 0, state: str = "live") -> None:
        self.target_lines.append(
            Event(
                time=time,
                event=EventKind.LIVE,
                handle="pipeline",
                locale="so",
                approved=approved,
                words=words,
                state=state,
            )
        )

    def edit(self, old: str, new: str) -> None:
        """The source sentence changes; its translation is carried over and is stale."""
        self.texts = [(new if s == old else s, "" if s == old else t) for s, t in self.texts]
        self.stale.add(new)

    def translate(self, source: str, target: str) -> None:
        self.texts = [(s, target if s == source else t) for s, t in self.texts]
        self.stale.discard(source)

    def tier(self) -> TierRules:
        return self.rules or DEFAULT_TIERS[self.risk]

    def facts(self, now: str = NOW) -> list[SegmentFact]:
        source = self._cover(self.source_lines, "en", now)
        target = self._cover(self.target_lines, "so", now)
        facts = []
        for text, translation in self.texts:
            is_critical = text in self.critical
            unit = unit_digest(UnitKey(None, text), translation)
            standing = target.standing(unit, critical=is_critical) if translation else None
            facts.append(
                SegmentFact(
                    words=len(text.split()),
                    critical=is_critical,
                    is_translated=bool(translation),
                    is_shown=bool(standing and standing.is_signed),
                    is_stale=text in self.stale,
                    standing=standing,
                    source=source.standing(unit_digest(UnitKey(None, text)), critical=is_critical),
                )
            )
        return facts

    def cell(
        self, page: PageState, now: str = NOW, *, is_open: bool = True, is_overdue: bool = False
    ) -> ResourceState:
        nothing = Coverage(
            segments=3,
            segments_translated=0,
            words=15,
            words_translated=0,
            critical=1,
            critical_translated=0,
        )
        return derive_resource(
            document(self.risk, self.urgency),
            "so",
            self.facts(now),
            Outcome(page=page, coverage=nothing, is_open=is_open, is_overdue=is_overdue),
            rules=self.tier(),
            book=Rulebook(now=moment(now), targets=Targets(), calendar=Calendar("GB-ENG")),
            events=[line for line in self._read(self.target_lines, "so", now) if not _signs(line)],
            first_approved=self.first_approved(now),
        )

    def first_approved(self, now: str = NOW) -> str:
        """When all of the source text, as it stood then, was approved first."""
        cover = self._cover(self.source_lines, "en", now)
        units = {unit_digest(UnitKey(None, source)) for source, _ in self.texts}
        present = [cover.standing(unit, critical=False).complete for unit in units]
        return find_first_approval(present, cover.other_times(units))

    def _cover(self, lines: Iterable[Line], tag: str, now: str) -> Cover:
        data = "".join(f"{render_line(line)}\n" for line in lines).encode()
        terms = Terms(
            rules=self.tier(),
            of_source=tag == "en",
            urgency=self.urgency,
            now=moment(now),
            accept_samples=False,
        )
        return Cover(parse_ledger(data, locale=tag, now=moment(now)), terms)

    def _read(self, lines: Iterable[Line], tag: str, now: str) -> tuple[Line, ...]:
        data = "".join(f"{render_line(line)}\n" for line in lines).encode()
        return parse_ledger(data, locale=tag, now=moment(now)).lines


def _signs(line: Line) -> bool:
    return isinstance(line, SignOff)


@pytest.fixture
def leaflet() -> Leaflet:
    """Approved on Monday at nine, and not translated yet."""
    made = Leaflet(texts=[(source, "") for source, _ in LEAFLET])
    made.approve("2026-11-02T08:00:00Z", "2026-11-02T09:00:00Z")
    return made


@pytest.fixture
def translated(leaflet: Leaflet) -> Leaflet:
    """Translated and signed by its translator on Tuesday at nine."""
    for source, target in LEAFLET:
        leaflet.translate(source, target)
    leaflet.sign("2026-11-03T09:00:00Z", Role.TRANSLATOR, "hodan")
    return leaflet


@pytest.fixture
def signed(translated: Leaflet) -> Leaflet:
    """Revised on Wednesday, read by the community on Thursday at nine."""
    translated.sign("2026-11-04T15:00:00Z", Role.REVISER, "cabdi")
    translated.sign("2026-11-05T09:00:00Z", Role.COMMUNITY_READER, "faadumo")
    return translated


@pytest.fixture(scope="session")
def leaflet_factory() -> Callable[[], Leaflet]:
    """Makes a leaflet that was published, and of which one sentence has changed since."""
    return _published


def _published() -> Leaflet:
    made = Leaflet()
    made.approve("2026-11-02T08:00:00Z", "2026-11-02T09:00:00Z")
    made.sign("2026-11-03T09:00:00Z", Role.TRANSLATOR, "hodan")
    made.sign("2026-11-04T15:00:00Z", Role.REVISER, "cabdi")
    made.sign("2026-11-05T09:00:00Z", Role.COMMUNITY_READER, "faadumo")
    made.live("2026-11-05T13:00:00Z", "2026-11-02T09:00:00Z", words=16)
    made.edit("Drink plenty of water.", "Drink a lot of water.")
    made.approve("2026-11-09T08:00:00Z", "2026-11-09T09:00:00Z", only=["Drink a lot of water."])
    made.translate("Drink a lot of water.", "Biyo badan cab.")
    made.sign("2026-11-09T15:00:00Z", Role.TRANSLATOR, "hodan")
    made.sign("2026-11-10T15:00:00Z", Role.REVISER, "cabdi", only=["Drink a lot of water."])
    return made

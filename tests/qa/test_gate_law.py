"""The law: nothing is shown as translation that those who must have not signed in these words.

A project lives for a while: texts are edited and moved, catalogs follow, people sign, take back,
waive, and work in two branches whose ledgers are joined. Beside it stands a record kept by hand,
of texts and names and without digests, that says after each step what may be shown.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pipeline.assemble import Accepted, Rules, localise, weigh
from pipeline.catalogs import merge
from pipeline.content import find_body
from pipeline.ledger import (
    Cover,
    Ledger,
    Terms,
    format_time,
    line_id,
    parse_ledger,
    render_line,
    unit_digest,
)
from pipeline.model import (
    Catalog,
    Direction,
    Document,
    Locale,
    LocalisedPage,
    Metadata,
    Phrase,
    RiskTier,
    UnitKey,
    Urgency,
)
from pipeline.qa import Gate, SignOffs, is_translation, open_gate
from pipeline.segments import split
from pipeline.workflow import DEFAULT_TIERS, Event, EventKind, Line, Role, SignOff

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
START = NOW - timedelta(days=2)
NEEDED = (Role.TRANSLATOR, Role.REVISER, Role.COMMUNITY_READER)
PEOPLE = ("amina", "yusuf", "hodan", "sara")
HEAD = "---\ntitle: Fever\nsummary: When you are hot.\n---\n\n"
ENGLISH = (
    "Drink water often.",
    "Rest at home.",
    "Stay at home for 5 days.",
    "Stay at home for 10 days.",
    "<!-- critical -->\nCall 999 if you cannot breathe.",
    "<!-- critical -->\nNever give aspirin to a child.",
    "- Open a window.\n- Wash your hands.",
)
SOMALI = (
    "Qandho",
    "Biyo badan cab.",
    "Guriga ku naso.",
    "Guriga joog 5 maalmood.",
    "Wac 999 haddii aad neefsan weydo.",
    "Drink water often.",
)


def locale(tag: str) -> Locale:
    return Locale(
        tag=tag,
        autonym=tag,
        english_name=tag,
        direction=Direction.LTR,
        script="Latn",
        plural_forms="nplurals=2; plural=(n != 1);",
        digits="latn",
        fonts=("Noto Sans",),
        people=None,
        people_source="none",
    )


RULES = Rules(
    source=locale("en"),
    locale=locale("so"),
    minimum_share=0.5,
    gap_label=Phrase("Qaybtani waa Ingiriisi.", "so"),
    changed_label=Phrase("Taladani way isbeddeshay.", "so"),
)
METADATA = Metadata(
    title="Fever",
    summary="When you are hot.",
    topic="covid-19",
    audience="Everybody",
    risk=RiskTier.CLINICAL,
    urgency=Urgency.ROUTINE,
    languages=None,
    owner="Health team",
    sources=(),
    last_checked=date(2026, 11, 24),
    review_by=date(2027, 5, 24),
)
TERMS = Terms(
    rules=DEFAULT_TIERS[RiskTier.CLINICAL],
    of_source=False,
    urgency=Urgency.ROUTINE,
    now=NOW,
    accept_samples=False,
)

#: Source text and target text: what a person looks at.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the record that is kept by hand."""

    number: int
    role: Role
    handle: str = ""
    pairs: frozenset[Pair] | None = None  # None: all
    is_waiver: bool = False


def may_be_shown(pair: Pair, notes: set[Note], revoked: set[int], *, critical: bool) -> bool:
    """Whether there are different people, one for each role that is needed, who signed the pair."""
    about = [note for note in notes if note.pairs is None or pair in note.pairs]
    good = [note for note in about if note.number not in revoked]
    waived = {note.role for note in good if note.is_waiver}
    needed = [role for role in NEEDED if role not in waived or (critical and role is Role.REVISER)]
    # Whoever has translated it is no second pair of eyes, even if they take that back.
    translators = {n.handle for n in about if n.role is Role.TRANSLATOR and not n.is_waiver}
    signed = [
        {n.handle for n in good if n.role is role and not n.is_waiver}
        - (translators if role is Role.REVISER else set())
        for role in needed
    ]
    return any(len(set(people)) == len(people) for people in product(*signed))


class Life(RuleBasedStateMachine):
    """A leaflet in Somali, through whatever may happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [ENGLISH[0], *ENGLISH[2:6:2], ENGLISH[5]]
        self.catalog = Catalog()
        self.lines: tuple[list[Line], list[Line]] = ([], [])
        self.notes: tuple[set[Note], set[Note]] = (set(), set())
        self.revoked: tuple[set[int], set[int]] = (set(), set())
        self.known: dict[int, Line] = {}
        #: What a translator has ever written, or said to be right.
        self.written: set[Pair] = set()
        self.ticks = 0

    # --- the project -----------------------------------------------------------------

    @property
    def text(self) -> str:
        return HEAD + "\n\n".join(self.blocks) + "\n"

    def look(self, ledger: Ledger) -> tuple[Gate, LocalisedPage]:
        text = self.text
        segments = split(text)
        gate = open_gate(
            segments,
            self.catalog,
            sign_offs=SignOffs(cover=Cover(ledger, TERMS), digest_of=unit_digest),
            accept_samples=False,
        )
        document = Document(
            topic="covid-19", slug="fever", path=Path("fever.md"), text=text, metadata=METADATA
        )
        page = localise(
            document,
            segments,
            Accepted(targets=gate.targets, changed=gate.changed, tolerated=gate.tolerated),
            RULES,
            body_start=find_body(text),
            words=weigh(segments),
        )
        return gate, page

    def ledger(self, *branches: int) -> Ledger:
        rows = [render_line(line).rstrip("\n") for n in branches for line in self.lines[n]]
        return parse_ledger("".join(f"{row}\n" for row in rows).encode(), locale="so", now=NOW)

    def current(self) -> dict[UnitKey, str]:
        return {key: u.msgstr for key, u in self.catalog.by_key().items() if u.is_current}

    def tick(self) -> str:
        self.ticks += 1
        return format_time(START + timedelta(minutes=self.ticks))

    def add(self, branch: int, line: Line, note: Note) -> None:
        self.lines[branch].append(line)
        self.notes[branch].add(note)
        self.known[note.number] = line

    # --- what may happen ---------------------------------------------------------------

    @initialize(
        roles=st.sets(st.sampled_from(NEEDED), min_size=2),
        handles=st.tuples(*[st.sampled_from(PEOPLE)] * 3),
        waived=st.sampled_from((None, *NEEDED)),
        sample=st.sampled_from((None, *NEEDED)),
    )
    def everything_is_translated_and_some_sign(self, roles: set[Role], handles, waived, sample):
        """Otherwise most lives would end before anything is shown."""
        self.sync()
        units = tuple(
            replace(unit, msgstr=SOMALI[number % 5])
            for number, unit in enumerate(self.catalog.units)
        )
        self.catalog = replace(self.catalog, units=units)
        self.written |= {(unit.msgid, unit.msgstr) for unit in units}
        for role, handle in zip(NEEDED, handles, strict=True):
            if role in roles:
                self.sign(0, role, handle, -1, is_sample=role is sample)
        if waived:
            self.waive(0, waived, -1, 7)

    @rule()
    def sync(self) -> None:
        self.catalog = merge(
            self.catalog, split(self.text), locale=RULES.locale, reference="fever.md"
        )

    @rule(place=st.integers(0, 9), text=st.sampled_from(ENGLISH))
    def edit_the_source(self, place: int, text: str) -> None:
        self.blocks[place % len(self.blocks)] = text

    @rule(branch=st.integers(0, 1), handles=st.permutations(PEOPLE))
    def change_a_number_and_sign_what_is_not_confirmed(self, branch: int, handles) -> None:
        """Readers must not get "10 days" for "5 days", whoever has signed that by mistake."""
        other = {"5 days": "10 days", "10 days": "5 days"}
        for number, block in enumerate(self.blocks):
            for old, new in other.items():
                if f" {old}" in block:
                    self.blocks[number] = block.replace(f" {old}", f" {new}")
        self.sync()
        for role, handle in zip(NEEDED, handles, strict=False):
            self.sign(branch, role, handle, -1, is_sample=False)

    @rule(place=st.integers(0, 9), text=st.sampled_from(ENGLISH))
    def add_to_the_source(self, place: int, text: str) -> None:
        if len(self.blocks) < 7:
            self.blocks.insert(place % len(self.blocks), text)

    @rule(place=st.integers(0, 9))
    def cut_the_source(self, place: int) -> None:
        if len(self.blocks) > 1:
            del self.blocks[place % len(self.blocks)]

    @rule(seed=st.randoms(use_true_random=False))
    def reorder_the_source(self, seed) -> None:
        ledgers = [self.ledger(0), self.ledger(1)]
        self.sync()
        before = [self.look(ledger)[0].targets for ledger in ledgers]
        seed.shuffle(self.blocks)
        assert [self.look(ledger)[0].targets for ledger in ledgers] == before
        self.sync()
        assert [self.look(ledger)[0].targets for ledger in ledgers] == before

    @rule(place=st.integers(0, 9), text=st.sampled_from(SOMALI))
    def translate(self, place: int, text: str) -> None:
        units = list(self.catalog.units)
        if live := [n for n, unit in enumerate(units) if not unit.obsolete]:
            number = live[place % len(live)]
            units[number] = replace(units[number], msgstr=text, fuzzy=False, previous=None)
            self.written.add((units[number].msgid, text))
            self.catalog = replace(self.catalog, units=tuple(units))

    @rule(
        branch=st.integers(0, 1),
        role=st.sampled_from(NEEDED),
        handle=st.sampled_from(PEOPLE),
        which=st.integers(-3, 9),
        is_sample=st.sampled_from((False, False, False, True)),
    )
    def sign(self, branch: int, role: Role, handle: str, which: int, *, is_sample: bool) -> None:
        """All that has a target, confirmed or not, or one unit of it."""
        pairs = [(k, unit.msgstr) for k, unit in self.catalog.by_key().items() if unit.msgstr]
        if not pairs:
            return
        pairs = pairs if which < 0 else [pairs[which % len(pairs)]]
        units = tuple(sorted(unit_digest(key, text) for key, text in pairs))
        time = self.tick()
        line = SignOff(
            time=time, role=role, handle=handle, locale="so", units=units, sample=is_sample
        )
        if is_sample:
            self.lines[branch].append(line)  # and the record knows nothing of it
            return
        seen = frozenset((key.msgid, text) for key, text in pairs)
        self.add(branch, line, Note(self.ticks, role, handle, seen))

    @rule(branch=st.integers(0, 1), handles=st.tuples(*[st.sampled_from(PEOPLE)] * 3))
    def translate_take_it_back_and_revise(self, branch: int, handles) -> None:
        """To be one's own second pair of eyes."""
        one, other, reader = handles
        self.sign(branch, Role.TRANSLATOR, one, -1, is_sample=False)
        self.take_back(branch, -1)
        self.sign(branch, Role.TRANSLATOR, other, -1, is_sample=False)
        self.sign(branch, Role.REVISER, one, -1, is_sample=False)
        self.sign(branch, Role.COMMUNITY_READER, reader, -1, is_sample=False)

    @rule(branch=st.integers(0, 1), which=st.integers(0, 30))
    def take_back(self, branch: int, which: int) -> None:
        numbers = sorted(note.number for note in self.notes[branch])
        if not numbers:
            return
        number = numbers[which % len(numbers)]
        event = Event(
            time=self.tick(),
            event=EventKind.REVOKED,
            handle="amina",
            locale="so",
            revokes=line_id(self.known[number]),
        )
        self.lines[branch].append(event)
        self.revoked[branch].add(number)

    @rule(
        branch=st.integers(0, 1),
        role=st.sampled_from(NEEDED),
        which=st.integers(-9, 9),
        days=st.sampled_from((-1, 0, 7)),
    )
    def waive(self, branch: int, role: Role, which: int, days: int) -> None:
        pairs = list(self.current().items())
        chosen = [pairs[which % len(pairs)]] if which >= 0 and pairs else []
        event = Event(
            time=self.tick(),
            event=EventKind.WAIVED,
            handle="sara",
            locale="so",
            role=role,
            units=tuple(unit_digest(key, text) for key, text in chosen),
            until=(NOW + timedelta(days=days)).date(),
            note="Nobody else reads Somali this week.",
        )
        if days < 0:
            self.lines[branch].append(event)
            return
        seen = frozenset((key.msgid, text) for key, text in chosen) or None
        self.add(branch, event, Note(self.ticks, role, pairs=seen, is_waiver=True))

    @rule()
    def join_the_branches(self) -> None:
        one, other = self.ledger(0, 1), self.ledger(1, 0)
        assert self.look(one) == self.look(other)
        assert one.lines == other.lines
        lines = [*self.lines[0], *(line for line in self.lines[1] if line not in self.lines[0])]
        notes = self.notes[0] | self.notes[1]
        revoked = self.revoked[0] | self.revoked[1]
        self.lines = (lines, list(lines))
        self.notes = (notes, set(notes))
        self.revoked = (revoked, set(revoked))

    # --- what must hold ------------------------------------------------------------------

    @invariant()
    def only_what_was_signed_is_shown(self) -> None:
        segments = split(self.text)
        critical = {segment.msgid for segment in segments if segment.critical}
        for branch in (0, 1):
            gate, page = self.look(self.ledger(branch))
            allowed = {
                key: text
                for key, text in self.current().items()
                if key in {segment.key for segment in segments}
                and is_translation(key.msgid, text)
                and may_be_shown(
                    (key.msgid, text),
                    self.notes[branch],
                    self.revoked[branch],
                    critical=key.msgid in critical,
                )
            }
            assert gate.targets == allowed
            assert {(key.msgid, text) for key, text in allowed.items()} <= self.written
            self.assert_shows_no_more(page, allowed)

    def assert_shows_no_more(self, page: LocalisedPage, allowed: dict[UnitKey, str]) -> None:
        in_place = Counter(allowed[s.key] for s in split(self.text) if s.key in allowed)
        for text in SOMALI[:5]:
            assert page.markdown.count(text) <= in_place[text]
        for phrase in (page.title, page.summary):
            assert phrase.locale == "en" or phrase.text in allowed.values()


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

"""What a role still has to look at: one side of a resource, unit by unit.

In: the segments of a document, its catalog (none for the source side), the sign-offs that
count, how units are called. Out: the units that this role has not signed in exactly this
state, in the order of the document. What is not translated yet is named and not offered.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.ledger import Cover
from pipeline.media import MediaKind, MediaState
from pipeline.model import Catalog, Finding, Origin, Segment, SegmentKind, Severity, Unit, UnitKey
from pipeline.qa.gate import is_translation
from pipeline.qa.media import Media, media_digest
from pipeline.workflow import Role

#: What the glossary says about a source text: a term and what it is to be called. A seam.
FindTerms = Callable[[str], Sequence[tuple[str, str]]]


class Wait(StrEnum):
    """Why a unit cannot be looked at yet."""

    UNTRANSLATED = "not translated"
    FUZZY = "not confirmed by a translator"
    COPY = "a copy of the source"
    STALE_FILE = "made for another version of the source: `pipeline media`"
    UNRECORDED_FILE = "nobody has recorded which version it is made for: `pipeline media`"


#: Why a file cannot be looked at yet.
_FILE_WAITS = {
    MediaState.STALE: Wait.STALE_FILE,
    MediaState.UNRECORDED: Wait.UNRECORDED_FILE,
}
_FILE_KINDS = {
    MediaKind.PICTURE: (
        SegmentKind.PICTURE,
        "Stands in the place of the source's picture: does it show and say the same?",
    ),
    MediaKind.RECORDING: (
        SegmentKind.RECORDING,
        "Reads out the whole text: listen to all of it, beside the text.",
    ),
    MediaKind.FILM: (
        SegmentKind.FILM,
        "Stands in the place of the source's film: watch all of it, with the captions, to its end.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who has signed a unit, as what, and first when."""

    role: Role
    handle: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A unit to be looked at.

    Attributes:
        number: its place among the units of the document, counted from 1.
        digest: what a sign-off of it names.
        key: its context and source text.
        kind: what it is on the page.
        critical: its segment, or one of its segments, is marked as safety-critical.
        section: the headings above it, outermost first.
        note: what the author wrote for the translator.
        target: target text; empty on the source side.
        previous: source text that the target was made for, where the catalog still says so.
        pictures: picture files that it shows, from the resource's folder.
        findings: what the checks say.
        signed: who has signed it as it stands.
        lacks: roles that it still waits for; one that has signed may be among them, if only by
            somebody who counts in another role.
        terms: what the glossary says about its source text.
        draft: how its target was made, where somebody has confirmed the proposal of the memory or
            of a machine as it was.
    """

    number: int
    digest: str
    key: UnitKey
    kind: SegmentKind
    critical: bool
    section: tuple[str, ...] = ()
    note: str | None = None
    target: str = ""
    previous: UnitKey | None = None
    pictures: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    signed: tuple[Signature, ...] = ()
    lacks: tuple[Role, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    draft: str = ""

    @property
    def source(self) -> str:
        """Source text."""
        return self.key.msgid

    @property
    def is_blocked(self) -> bool:
        """Whether a check found what nobody may sign."""
        return any(finding.severity is Severity.CRITICAL for finding in self.findings)

    def is_open(self, role: Role) -> bool:
        """Whether a role has still to look at it."""
        return role in self.lacks or not self.signers(role)

    def signers(self, role: Role) -> frozenset[str]:
        """Handles of those who have signed it in a role."""
        return frozenset(entry.handle for entry in self.signed if entry.role is role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A unit that cannot be looked at yet, and why; and how its draft was made, if it has one."""

    number: int
    key: UnitKey
    critical: bool
    why: Wait
    draft: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """One side of a resource, as one role meets it.

    Attributes:
        role: the role.
        items: every unit that can be looked at, signed or not.
        open_items: those that wait for the role, or that it has not signed in exactly this state.
        waiting: units that cannot be looked at yet.
    """

    role: Role
    items: tuple[Item, ...]
    open_items: tuple[Item, ...]
    waiting: tuple[Waiting, ...]

    @property
    def total(self) -> int:
        """How many units the side has."""
        return len(self.items) + len(self.waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a worklist is made from.

    Attributes:
        segments: the document's segments.
        catalog: its catalog in one locale; None for the source side.
        cover: the sign-offs of that side that count.
        digest_of: the digest of a unit, from its key and its target text.
        findings_of: what the checks say about a unit, from its segments and itself.
        pictures: picture files that units show, by key.
        find_terms: what the glossary says about a source text.
        media: pictures and recordings of the side's own.
        show: the picture files that show one of these, from the resource's folder.
    """

    segments: tuple[Segment, ...]
    catalog: Catalog | None
    cover: Cover
    digest_of: Callable[[UnitKey, str], str]
    findings_of: Callable[[Sequence[Segment], Unit], Iterable[Finding]] = lambda _s, _u: ()
    pictures: Mapping[UnitKey, tuple[str, ...]] | None = None
    find_terms: FindTerms = lambda _source: ()
    media: tuple[Media, ...] = ()
    show: Callable[[Media], tuple[str, ...]] = lambda _media: ()


def make_worklist(desk: Desk, role: Role) -> Worklist:
    """Work out what a role still has to look at.

    Args:
        desk: the side of the resource.
        role: the role.
    """
    units = desk.catalog.by_key() if desk.catalog else {}
    groups: dict[UnitKey, list[Segment]] = {}
    for segment in desk.segments:
        groups.setdefault(segment.key, []).append(segment)
    items: list[Item] = []
    waiting: list[Waiting] = []
    for number, (key, group) in enumerate(groups.items(), 1):
        unit = units.get(key, Unit(msgid=key.msgid, context=key.context))
        why = _wait(unit) if desk.catalog is not None else None
        if why:
            critical = any(segment.critical for segment in group)
            waiting.append(
                Waiting(number=number, key=key, critical=critical, why=why, draft=_draft(unit))
            )
        else:
            items.append(_item(number, group, unit, desk))
    there = (media for media in desk.media if media.state is not MediaState.MISSING)
    for number, media in enumerate(there, len(groups) + 1):
        if why := _FILE_WAITS.get(media.state):
            key = UnitKey(None, media.file.name)
            waiting.append(Waiting(number=number, key=key, critical=media.file.critical, why=why))
        else:
            items.append(_media_item(number, media, desk))
    return Worklist(
        role=role,
        items=tuple(items),
        open_items=tuple(item for item in items if item.is_open(role)),
        waiting=tuple(waiting),
    )


def _wait(unit: Unit) -> Wait | None:
    if not unit.msgstr:
        return Wait.UNTRANSLATED
    if not unit.is_current:
        return Wait.FUZZY
    return None if is_translation(unit.msgid, unit.msgstr) else Wait.COPY


def _draft(unit: Unit) -> str:
    """How a target was made that no person has written; empty for all others."""
    if unit.origin is Origin.HUMAN or not unit.msgstr:
        return ""
    return f"{unit.origin}: {unit.origin_note}"


def _media_item(number: int, media: Media, desk: Desk) -> Item:
    """A picture or a recording: looked at as a unit is, after all of these."""
    kind, note = _FILE_KINDS[media.file.kind]
    digest, standing = media_digest(media.file), media.standing
    return Item(
        number=number,
        digest=digest,
        key=UnitKey(None, media.file.name),
        kind=kind,
        critical=media.file.critical,
        note=note,
        target=media.file.path,
        pictures=desk.show(media),
        signed=_signatures(desk, digest),
        lacks=(*standing.missing, *standing.owed) if standing else (),
    )


def _signatures(desk: Desk, digest: str) -> tuple[Signature, ...]:
    signed = (
        Signature(role=role, handle=handle, time=time)
        for role, handles in desk.cover.people(digest).items()
        for handle, time in handles.items()
    )
    return tuple(sorted(signed, key=lambda entry: (entry.time, entry.role, entry.handle)))


def _item(number: int, group: Sequence[Segment], unit: Unit, desk: Desk) -> Item:
    digest = desk.digest_of(unit.key, unit.msgstr)
    notes = [segment.note for segment in group if segment.note]
    is_critical = any(segment.critical for segment in group)
    standing = desk.cover.standing(digest, critical=is_critical)
    return Item(
        number=number,
        digest=digest,
        key=unit.key,
        kind=group[0].kind,
        critical=is_critical,
        section=group[0].section,
        note=notes[0] if notes else None,
        target=unit.msgstr,
        previous=unit.previous,
        pictures=(desk.pictures or {}).get(unit.key, ()),
        findings=tuple(dict.fromkeys(desk.findings_of(group, unit))),
        signed=_signatures(desk, digest),
        lacks=(*standing.missing, *standing.owed),
        terms=tuple(desk.find_terms(unit.msgid)),
        draft=_draft(unit),
    )


class Refusal(StrEnum):
    """Why somebody may not sign a unit that can be looked at."""

    FINDING = "a check found a critical mistake"
    OWN_WORK = "the reviser is another person than the translator (ISO 17100, 5.3.3)"
    SECOND_ROLE = "you have signed it in another role, and one person counts once"


def find_refusal(
    item: Item, *, role: Role, handle: str, others: Mapping[Role, frozenset[str]]
) -> Refusal | None:
    """Why somebody may not sign a unit, or None.

    Args:
        item: the unit.
        role: what they would answer for.
        handle: who.
        others: handles of all who have ever signed this unit as it stands, by role, whether
            their sign-offs count or not.
    """
    if item.is_blocked:
        return Refusal.FINDING
    opposite = {Role.REVISER: Role.TRANSLATOR, Role.TRANSLATOR: Role.REVISER}.get(role)
    if opposite and handle in others.get(opposite, frozenset()):
        return Refusal.OWN_WORK
    if any(handle in handles for other, handles in others.items() if other is not role):
        return Refusal.SECOND_ROLE
    return None


class ChoiceError(ValueError):
    """A choice of units names what is not there, or more than one."""


#: Digits of a digest that a choice has to give at least; fewer are a number.
LEAST_PREFIX = 7
_LONGEST_SPAN = 20


def choose(items: Sequence[Item], words: Iterable[str]) -> tuple[Item, ...]:
    """The units that somebody names.

    Args:
        items: those to choose from.
        words: numbers (``3``, ``5-9``) and beginnings of digests of 7 digits at least.

    Returns:
        Each once, in the order of the document.

    Raises:
        ChoiceError: a word names no unit that can be chosen, or several.
    """
    chosen: set[str] = set()
    for word in words:
        chosen.update(item.digest for item in _named(items, word))
    return tuple(item for item in items if item.digest in chosen)


def _named(items: Sequence[Item], word: str) -> list[Item]:
    if len(word) >= LEAST_PREFIX and "-" not in word:
        named = [item for item in items if item.digest.startswith(word.lower())]
        if len(named) > 1:
            raise ChoiceError(f"`{word}` begins the digests of {len(named)} units")
    else:
        first, _, last = word.partition("-")
        is_plain = word.isascii() and len(word) < _LONGEST_SPAN
        if not (is_plain and first.isdigit() and (last or first).isdigit()):
            raise ChoiceError(f"`{word}` is neither a number nor the beginning of a digest")
        span = range(int(first), int(last or first) + 1)
        named = [item for item in items if item.number in span]
        missing = [n for n in (span.start, span.stop - 1) if n not in {i.number for i in named}]
        if missing:
            raise ChoiceError(f"there is nothing to sign at number {missing[0]}")
    if not named:
        raise ChoiceError(f"no unit that is to be signed has a digest that begins with `{word}`")
    return named

"""The frozen types that the stages pass to one another.

Words are those of the localisation field: a *segment* is a span of source text,
a *unit* is a segment's text with its translation, a *catalog* is the units of
one document in one locale. See ``docs/architecture.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.media import Recording
from pipeline.slots import quick_init

#: Begins a value of the front matter that a person has yet to write: never taken for one.
TO_FILL_IN = "TO FILL IN"


class Direction(StrEnum):
    """Base direction of a script, as HTML's ``dir`` writes it."""

    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """One entry of the language table.

    Attributes:
        tag: BCP 47 tag, as it stands in addresses and in ``lang`` (``so``, ``ckb``).
        autonym: the language's name in itself.
        english_name: its name in English.
        direction: base direction.
        script: ISO 15924 code (``Latn``, ``Arab``).
        plural_forms: value of gettext's ``Plural-Forms`` header.
        digits: CLDR numbering system of running text (``latn``, ``arab``, ``arabext``, ``beng``).
        fonts: font families for print, preferred first.
        people: people served in the project's area; None where nobody has counted.
        people_source: where that figure comes from, or why there is none.
    """

    tag: str
    autonym: str
    english_name: str
    direction: Direction
    script: str
    plural_forms: str
    digits: str
    fonts: tuple[str, ...]
    people: int | None
    people_source: str


class SegmentKind(StrEnum):
    """What a segment is on the page; told to the translator."""

    TITLE = "title"
    SUMMARY = "summary"
    FRONT_MATTER = "front matter"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TASK = "task"
    CELL = "table cell"
    HEADER_CELL = "table header"
    CAPTION = "caption"
    TERM = "term"
    DEFINITION = "definition"
    FOOTNOTE = "footnote"
    BOX_TITLE = "box title"
    TAB_LABEL = "tab label"
    DETAILS_TITLE = "label of a part that opens"
    QUOTE = "quotation"
    BUTTON = "button"
    IMAGE_TEXT = "text for people who cannot see the picture"
    LINK_TITLE = "title of a link"
    ABBREVIATION = "meaning of an abbreviation"
    HTML_TEXT = "text"
    ATTRIBUTE = "label"
    INTERFACE = "interface"
    CUE = "caption cue"
    PICTURE = "picture of this language"
    RECORDING = "recording"
    FILM = "film of this language"


class UnitKey(NamedTuple):
    """What identifies a unit in a catalog: gettext's msgctxt and msgid."""

    context: str | None
    msgid: str


class SpanKind(StrEnum):
    """What a protected span is."""

    CODE = "code"
    URL = "link address"
    ATTRIBUTES = "attribute list"
    FOOTNOTE = "footnote reference"
    SHORTCODE = "shortcode"
    HTML = "HTML tag"
    PLACEHOLDER = "placeholder"
    REFERENCE = "reference label"
    KEYS = "keys"
    TIME = "time within a caption"


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedSpan:
    """A piece of a msgid that a translation has to carry over as it is."""

    kind: SpanKind
    text: str


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A span of source text that is translated as one.

    Attributes:
        msgid: the text as a translator sees it: container markers taken out, soft
            line breaks folded to a space, inline markup as the author wrote it.
        context: what the author said to tell it from the same text elsewhere.
        kind: what it is on the page.
        critical: marked by the author as safety-critical.
        start: offset of its first character in the source text.
        end: offset after its last character.
        line: its first line, counted from 1.
        section: the headings above it, outermost first.
        note: what the author wrote for the translator.
        protected: the protected spans in ``msgid``, in order.
        cue_times: of a caption, when each of its cues appears and goes, in milliseconds; its
            offsets then go on where the text of the resource ends, and its line is one of the
            file of captions.
    """

    msgid: str
    context: str | None = None
    kind: SegmentKind
    critical: bool = False
    start: int
    end: int
    line: int
    section: tuple[str, ...] = ()
    note: str | None = None
    protected: tuple[ProtectedSpan, ...] = ()
    cue_times: tuple[tuple[int, int], ...] = ()

    @property
    def is_cue(self) -> bool:
        """Whether it stands in the captions of a video, not in the text."""
        return self.kind is SegmentKind.CUE

    @property
    def key(self) -> UnitKey:
        """What its unit is called in a catalog."""
        return UnitKey(self.context, self.msgid)


class Origin(StrEnum):
    """Where a target text comes from."""

    HUMAN = "human"
    MEMORY = "memory"
    MACHINE = "machine"


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A source text with its translation: one message of a PO file.

    Attributes:
        msgid: source text.
        context: msgctxt.
        msgstr: target text; empty where there is none yet.
        fuzzy: the target was not made for exactly this source; never shown.
        origin: where the target comes from.
        origin_note: how a memory or machine target was made: engine, model, version, date.
        previous: key the target was made for, where ``fuzzy`` (``#|``).
        flags: other flags, as written (``no-wrap``).
        translator_comments: lines of ``#`` comments; theirs, kept as they are.
        extracted_comments: lines of ``#.`` comments; ours.
        references: where it stands (``#:``).
        obsolete: its source is gone (``#~``); kept in case it returns.
        line: line of its msgid in the file it was read from, counted from 1; 0 if made.
    """

    msgid: str
    context: str | None = None
    msgstr: str = ""
    fuzzy: bool = False
    origin: Origin = Origin.HUMAN
    origin_note: str = ""
    previous: UnitKey | None = None
    flags: tuple[str, ...] = ()
    translator_comments: tuple[str, ...] = ()
    extracted_comments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    obsolete: bool = False
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> UnitKey:
        """What identifies it in its catalog."""
        return UnitKey(self.context, self.msgid)

    @property
    def is_current(self) -> bool:
        """Whether it has a target that was made for exactly this source."""
        return bool(self.msgstr) and not self.fuzzy and not self.obsolete


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The units of one document in one locale.

    Attributes:
        headers: header fields in file order.
        header_comments: ``#`` lines above the header.
        units: units in the order of the document, then obsolete ones.
    """

    headers: tuple[tuple[str, str], ...] = ()
    header_comments: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()

    @property
    def is_sample(self) -> bool:
        """Whether its translations are marked as demonstration only."""
        return dict(self.headers).get("X-Sample", "").lower() in {"yes", "true"}

    def by_key(self) -> dict[UnitKey, Unit]:
        """Its units, obsolete ones left out, by key."""
        return {unit.key: unit for unit in self.units if not unit.obsolete}


class Severity(StrEnum):
    """What a finding does to publication."""

    CRITICAL = "critical"  # blocks
    MAJOR = "major"  # blocks unless waived
    MINOR = "minor"  # advises


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a check saw.

    Attributes:
        check: the check's id, kebab-case.
        severity: what it does to publication.
        path: the file it is in.
        line: the line in that file, counted from 1; None where there is none.
        message: what is wrong, in plain words.
        remedy: what to do about it.
        locale: target locale, where it is about a translation.
        msgid: source text of the unit it is about.
        context: that unit's context, msgctxt.
    """

    check: str
    severity: Severity
    path: Path
    line: int | None
    message: str
    remedy: str
    locale: str | None = None
    msgid: str | None = None
    context: str | None = None


class RiskTier(StrEnum):
    """How much harm a wrong sentence could do."""

    CLINICAL = "clinical"
    GENERAL = "general"
    ACTIVITY = "activity"


class Urgency(StrEnum):
    """How long a reader can wait."""

    URGENT = "urgent"
    ROUTINE = "routine"


class LeafletVariant(StrEnum):
    """A form of a leaflet; the value names it in front matter, file names and the manifest."""

    STANDARD = "standard"  # A4
    LARGE_PRINT = "large-print"  # 18 points and more, one column
    BILINGUAL = "bilingual"  # the source language beside the reader's, part by part
    KEY_FACTS = "key-facts"  # the critical parts alone, on one page
    SHEETS = "sheets"  # activity sheets alone, each on its page
    BOOKLET = "booklet"  # A5, two pages to a side of A4, to be folded
    POSTER_A4 = "poster-a4"  # one sheet for a wall
    POSTER_A3 = "poster-a3"
    PICTURE_CARD = "picture-card"  # a square picture to be sent
    CARD = "card"  # the picture that others show beside a link to the page
    BOOK = "book"  # all pages of a topic or a language; no form of one resource's leaflet

    @property
    def is_picture(self) -> bool:
        """Whether it is a PNG, not a PDF."""
        return self in {LeafletVariant.PICTURE_CARD, LeafletVariant.CARD}

    @property
    def is_poster(self) -> bool:
        """Whether it is one sheet for a wall."""
        return self in {LeafletVariant.POSTER_A4, LeafletVariant.POSTER_A3}

    @property
    def is_campaign(self) -> bool:
        """Whether it is made from the front matter, and is one page that says: look there."""
        return self.is_picture or self.is_poster


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A public source that a resource is written from."""

    title: str
    url: str
    checked: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a reader who has understood a resource can answer, and the answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFiles:
    """What a resource's front matter says of its video: names of files, from its folder.

    Attributes:
        file: the film, or its address on another site.
        captions: its captions in the source language, WebVTT.
        poster: the picture that is shown before it plays; empty for none.
        is_wanted_in_each: each language needs a film of its own: dubbed, or in its sign language.
        line: where the front matter says it.
    """

    file: str
    captions: str
    poster: str
    line: int
    is_wanted_in_each: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """A file of captions.

    Attributes:
        path: the file.
        text: its whole text.
    """

    path: Path
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A resource's video.

    Attributes:
        file: the film, as a path with slashes below ``content/``; empty where it is elsewhere.
        address: where it is on another site; empty where it is a file.
        host: whose site that is.
        media_type: what it is, for browsers: ``video/webm``; empty for a page of another site,
            which is only opened.
        digest: of its bytes, or of its address: a sign-off of the resource's title speaks of the
            film too.
        captions: its captions in the source language.
        poster: the picture that is shown before it plays, from the resource's folder; or empty.
    """

    file: str
    media_type: str
    digest: str
    captions: Captions
    poster: str = ""
    address: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """A resource's front matter.

    Attributes:
        title: what the page is called.
        summary: one sentence on what the reader gets.
        topic: the topic's id, the folder it is in.
        audience: whom it is for, a short phrase.
        risk: risk tier.
        urgency: how long a reader can wait.
        languages: locales wanted; None for every locale of the table.
        owner: who answers for it.
        sources: public sources it is written from.
        last_checked: when its facts were last compared with the sources.
        review_by: when they must be compared again.
        questions: what readers of a translation are asked, to see that it is understood.
        video: the files of its video; None where it has none.
        has_audio: a recording of it is wanted in every language.
        pictures_with_text: pictures with words in them, from the resource's folder: each language
            needs its own.
        leaflets: the forms of its leaflet that it is to have; None for those of its kind.
        ages: of an activity, for what ages it is; empty for none, as the next two.
        time_needed: how long it takes.
        materials: what one needs for it.
    """

    title: str
    summary: str
    topic: str
    audience: str
    risk: RiskTier
    urgency: Urgency
    languages: tuple[str, ...] | None
    owner: str
    sources: tuple[Source, ...]
    last_checked: date
    review_by: date
    questions: tuple[Question, ...] = ()
    video: VideoFiles | None = None
    has_audio: bool = False
    pictures_with_text: tuple[str, ...] = ()
    leaflets: tuple[LeafletVariant, ...] | None = None
    ages: str = ""
    time_needed: str = ""
    materials: str = ""

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """Ages, time and materials where it says them: the id of each one's label, its text."""
        found = {"ages": self.ages, "time-needed": self.time_needed, "materials": self.materials}
        return tuple((label, text) for label, text in found.items() if text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A resource in its source language.

    Attributes:
        topic: folder under ``content/``.
        slug: file name without its ending.
        path: the file.
        text: the whole text of the file, front matter included, bytes decoded as UTF-8.
        metadata: its front matter.
        video: its video; None where it has none.
    """

    topic: str
    slug: str
    path: Path
    text: str
    metadata: Metadata
    video: Video | None = None

    @property
    def id(self) -> PurePosixPath:
        """``topic/slug``: its name in addresses, commands and reports."""
        return _name(self.topic, self.slug)


@cache
def _name(topic: str, slug: str) -> PurePosixPath:
    """One path a resource: it is asked for once a locale and stage, and costs to make."""
    return PurePosixPath(topic, slug)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text and the locale it is really in, so that HTML can say so."""

    text: str
    locale: str


#: The strings of the theme in one locale, by id (``notice-not-yet``).
Interface = Mapping[str, Phrase]


class PageState(StrEnum):
    """What the public gets at a page's address."""

    SOURCE = "source"  # the resource in its source language
    LIVE = "live"  # every segment translated
    LIVE_WITH_GAPS = "live-with-gaps"  # some segments shown in the source language, with a notice
    KEY_FACTS = "key-facts"  # the critical parts alone, with a notice
    NOT_YET = "not-yet"  # a short page in the reader's language that says so
    WITHDRAWN = "withdrawn"  # the same for what must not be read until somebody has checked it


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a document is translated. Words are those of the source text."""

    segments: int
    segments_translated: int
    words: int
    words_translated: int
    critical: int
    critical_translated: int

    @property
    def share(self) -> float:
        """Share of the words that are translated, 0 to 1; 1 for an empty document."""
        return self.words_translated / self.words if self.words else 1.0


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class LocalisedPage:
    """A document as the public gets it in one locale.

    Attributes:
        document: the resource.
        locale: tag of the reader's locale.
        state: what stands at its address.
        title: its title, in the reader's language if translated.
        summary: likewise.
        markdown: Markdown of the body without front matter; empty where it is not published.
        coverage: how much of it is translated.
        changed: segments whose source has changed since they were translated.
        changed_critical: how many of these are critical.
        is_sample: its translations are marked as demonstration only.
        is_overdue: the day by which its advice was to be checked again has passed.
        why: why it is not shown in full, for those who make it; empty where it is.
        captions: captions of its video in this locale, WebVTT; empty where they are not offered.
        pictures: pictures that this locale has of its own: the source's path below ``content/``,
            and the path that stands in its place.
        recording: somebody reading it out in this locale; None where none is offered.
        film: the film that this locale has of its own; None where it is the source's.
        leaflets: the forms of its leaflet, the standard one first; none where it is not published.
        reviewed: roles that have signed all that is shown of it, samples left out; the source
            text's first.
        version_date: when the source text that it gives became what it is; None where nobody
            can say.
        details: ages, time and materials: the id of each one's label, its text likewise.
    """

    document: Document
    locale: str
    state: PageState
    title: Phrase
    summary: Phrase
    markdown: str
    coverage: Coverage
    changed: int = 0
    changed_critical: int = 0
    is_sample: bool = False
    is_overdue: bool = False
    why: str = ""
    captions: str = ""
    pictures: tuple[tuple[str, str], ...] = ()
    recording: Recording | None = None
    film: Recording | None = None
    leaflets: tuple[LeafletVariant, ...] = (LeafletVariant.STANDARD,)
    reviewed: tuple[str, ...] = ()
    version_date: date | None = None
    details: tuple[tuple[str, Phrase], ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether the resource itself stands at the address, not a notice."""
        return self.state not in {PageState.NOT_YET, PageState.WITHDRAWN}

"""Segments and accepted targets → the Markdown that the public gets.

A segment without an accepted target is shown as its current source text, wrapped so
that the HTML says which language it is in. The first of a run of such segments is
preceded by a short label in the reader's language.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from html import escape
from itertools import compress

from pipeline.assemble.key_facts import find_key_facts
from pipeline.model import (
    Coverage,
    Document,
    Locale,
    LocalisedPage,
    PageState,
    Phrase,
    Segment,
    SegmentKind,
    UnitKey,
)
from pipeline.segments import splice, split, wrap

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
#: Characters that Markdown would read, in a label that is plain text.
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+|!~^=$:\"'-]")
_UNLABELLED = {SegmentKind.CELL, SegmentKind.HEADER_CELL, SegmentKind.HEADING}


#: The coverage of a page that is no translation.
NOTHING = Coverage(
    segments=0,
    segments_translated=0,
    words=0,
    words_translated=0,
    critical=0,
    critical_translated=0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When and how a document is published.

    Attributes:
        source: locale of the resource.
        locale: locale of the reader.
        minimum_share: least share of words translated, 0 to 1.
        gap_label: in the reader's language, what stands before a part that is not.
        changed_label: what stands before critical advice that has changed since.
    """

    source: Locale
    locale: Locale
    minimum_share: float
    gap_label: Phrase
    changed_label: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What may be shown of a translation.

    Attributes:
        targets: target texts, by key.
        changed: keys whose source has changed since they were translated.
        tolerated: keys without which the page may be published though they are critical: the
            public has read it before, and reads the current source text there now.
    """

    targets: Mapping[UnitKey, str]
    changed: Collection[UnitKey] = ()
    tolerated: Collection[UnitKey] = ()


def localise(
    document: Document,
    segments: tuple[Segment, ...],
    accepted: Accepted,
    rules: Rules,
    *,
    body_start: int,
    words: tuple[int, ...],
    is_sample: bool = False,
    has_text: bool = True,
) -> LocalisedPage:
    """Make a document's page for one locale.

    Args:
        document: the resource.
        segments: its segments, front matter included.
        accepted: what may be shown of its translation.
        rules: when and how it is published.
        body_start: offset at which the body begins, after the front matter.
        words: how many words each segment has, from :func:`weigh`.
        is_sample: the targets are marked as demonstration only.
        has_text: the Markdown is wanted; without it a page says how far it is, and no more.

    Raises:
        TranslationError: a target would break the page; the gate lets none through.
    """
    targets = accepted.targets
    coverage = measure(segments, words, targets)
    is_open = coverage.critical_translated < coverage.critical
    open_critical = (s.key for s in segments if is_open and s.critical and s.key not in targets)
    is_held = any(key not in accepted.tolerated for key in open_critical)
    state = _state(coverage, rules, is_held=is_held)
    stale = [s for s in segments if s.key in accepted.changed] if accepted.changed else []
    args = state, document.text, segments, accepted, rules, body_start
    return LocalisedPage(
        document=document,
        locale=rules.locale.tag,
        state=state,
        title=_phrase(document.metadata.title, SegmentKind.TITLE, segments, targets, rules),
        summary=_phrase(document.metadata.summary, SegmentKind.SUMMARY, segments, targets, rules),
        markdown=_markdown(*args) if has_text else "",
        coverage=coverage,
        changed=len(stale),
        changed_critical=sum(segment.critical for segment in stale),
        is_sample=is_sample,
    )


def missing_page(
    document: Document, coverage: Coverage, *, source: Locale, locale: Locale
) -> LocalisedPage:
    """What :func:`localise` makes of a document of which nothing is translated.

    Args:
        document: the resource.
        coverage: how much there is to translate, from :func:`measure` without targets.
        source: locale of the resource.
        locale: locale of the reader.
    """
    return LocalisedPage(
        document=document,
        locale=locale.tag,
        state=PageState.NOT_YET,
        title=Phrase(document.metadata.title, source.tag),
        summary=Phrase(document.metadata.summary, source.tag),
        markdown="",
        coverage=coverage,
    )


def source_page(document: Document, *, locale: Locale, body_start: int) -> LocalisedPage:
    """A document's page in its own language.

    Args:
        document: the resource.
        locale: its locale.
        body_start: offset at which the body begins, after the front matter.
    """
    return LocalisedPage(
        document=document,
        locale=locale.tag,
        state=PageState.SOURCE,
        title=Phrase(document.metadata.title, locale.tag),
        summary=Phrase(document.metadata.summary, locale.tag),
        markdown=document.text[body_start:],
        coverage=NOTHING,
    )


def withdraw(page: LocalisedPage, why: str, *, is_new: bool = False) -> LocalisedPage:
    """The short page that stands in the place of one that must not be read for now.

    Args:
        page: what would be published.
        why: the reason, for those who make it.
        is_new: it was never published: it is not taken down, it is not there yet.
    """
    state = PageState.NOT_YET if is_new else PageState.WITHDRAWN
    return replace(page, state=state, markdown="", why=why)


def weigh(segments: tuple[Segment, ...]) -> tuple[int, ...]:
    """The words of each segment; the same for every locale, so counted once a document."""
    return tuple(count_words(segment.msgid) for segment in segments)


def measure(
    segments: tuple[Segment, ...], words: tuple[int, ...], targets: Mapping[UnitKey, str]
) -> Coverage:
    """Count how much of a document is translated, in segments and in source words.

    Args:
        segments: the document's segments.
        words: how many words each has, from :func:`weigh`.
        targets: target texts that may be shown, by key.
    """
    # Most resources in most languages have nothing: then there is nothing to look up.
    done = [segment.key in targets for segment in segments] if targets else []
    is_critical = [segment.critical for segment in segments]
    return Coverage(
        segments=len(segments),
        segments_translated=sum(done),
        words=sum(words),
        words_translated=sum(compress(words, done)),
        critical=sum(is_critical),
        critical_translated=sum(compress(is_critical, done)),
    )


def count_words(text: str) -> int:
    """Words of a source text, at least one: what a translator is paid by."""
    return max(1, len(_WORD.findall(text)))


def _state(coverage: Coverage, rules: Rules, *, is_held: bool) -> PageState:
    """What stands at the address; ``is_held`` where a critical segment must be translated first."""
    if coverage.segments_translated == coverage.segments:
        return PageState.LIVE
    if is_held or not coverage.segments_translated:
        return PageState.NOT_YET
    if coverage.share >= rules.minimum_share:
        return PageState.LIVE_WITH_GAPS
    return PageState.KEY_FACTS if coverage.critical_translated else PageState.NOT_YET


def _phrase(
    text: str,
    kind: SegmentKind,
    segments: tuple[Segment, ...],
    targets: Mapping[UnitKey, str],
    rules: Rules,
) -> Phrase:
    for segment in segments if targets else ():
        if segment.kind is kind and segment.key in targets:
            return Phrase(targets[segment.key], rules.locale.tag)
    return Phrase(text, rules.source.tag)


def _markdown(
    state: PageState,
    text: str,
    segments: tuple[Segment, ...],
    accepted: Accepted,
    rules: Rules,
    body_start: int,
) -> str:
    """The body with targets and gaps in place, without the front matter."""
    if state is PageState.NOT_YET:
        return ""
    if state is PageState.KEY_FACTS:
        text, body_start = find_key_facts(text, segments, body_start=body_start), 0
        segments = split(text)
    targets = accepted.targets
    gaps = _gaps(segments, accepted, rules)
    spliced = splice(text, targets, fallback=lambda segment: gaps.get(segment.start))
    # The front matter's length changes with its translation: what follows it is the body.
    head = splice(text[:body_start], targets) if body_start else ""
    return spliced[len(head) :]


def _gaps(segments: tuple[Segment, ...], accepted: Accepted, rules: Rules) -> dict[int, str]:
    """The wrapped source text of each segment that has no target, by offset."""
    opening = f"<span lang={rules.source.tag} dir={rules.source.direction} class=gap>"
    gaps: dict[int, str] = {}
    last_label = ""
    for segment in segments:
        if segment.key in accepted.targets:
            last_label = ""
            continue
        label = _label(segment, rules, accepted.changed)
        is_labelled = label != last_label and segment.kind not in _UNLABELLED
        wrapped = wrap(segment, f"{label}{opening}" if is_labelled else opening, "</span>")
        if wrapped is not None:
            gaps[segment.start] = wrapped
            last_label = label if is_labelled else last_label
    return gaps


def _label(segment: Segment, rules: Rules, changed: Collection[UnitKey]) -> str:
    """What stands before the first of a run of gaps: changed critical advice says so itself."""
    is_changed = segment.critical and segment.key in changed
    phrase = rules.changed_label if is_changed else rules.gap_label
    return f"<span class=gap-label>{_plain(phrase.text)}</span> "


def _plain(text: str) -> str:
    """A text as Markdown that shows exactly its characters."""
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", escape(text, quote=False))

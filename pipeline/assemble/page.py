"""Segments and accepted targets → the Markdown that the public gets.

A segment without an accepted target is shown as its current source text, wrapped so
that the HTML says which language it is in. The first of a run of such segments is
preceded by a short label in the reader's language.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

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
from pipeline.segments import splice, wrap

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
#: Characters that Markdown would read, in a label that is plain text.
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+|!~^=$:\"'-]")
_UNLABELLED = {SegmentKind.CELL, SegmentKind.HEADER_CELL, SegmentKind.HEADING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When and how a document is published.

    Attributes:
        source: locale of the resource.
        locale: locale of the reader.
        minimum_share: least share of words translated, 0 to 1.
        gap_label: in the reader's language, what stands before a part that is not.
    """

    source: Locale
    locale: Locale
    minimum_share: float
    gap_label: Phrase


def localise(
    document: Document,
    segments: tuple[Segment, ...],
    targets: Mapping[UnitKey, str],
    rules: Rules,
    *,
    body_start: int,
    words: tuple[int, ...],
    changed: Collection[UnitKey] = (),
    is_sample: bool = False,
) -> LocalisedPage:
    """Make a document's page for one locale.

    Args:
        document: the resource.
        segments: its segments, front matter included.
        targets: target texts that may be shown, by key.
        rules: when and how it is published.
        body_start: offset at which the body begins, after the front matter.
        words: how many words each segment has, from :func:`weigh`.
        changed: keys whose source has changed since they were translated.
        is_sample: the targets are marked as demonstration only.

    Raises:
        TranslationError: a target would break the page; the gate lets none through.
    """
    coverage = measure(segments, words, targets)
    state = _state(coverage, rules)
    stale = [segment for segment in segments if segment.key in changed] if changed else []
    return LocalisedPage(
        document=document,
        locale=rules.locale.tag,
        state=state,
        title=_phrase(document.metadata.title, SegmentKind.TITLE, segments, targets, rules),
        summary=_phrase(document.metadata.summary, SegmentKind.SUMMARY, segments, targets, rules),
        markdown=""
        if state is PageState.NOT_YET
        else _body(document.text, segments, targets, rules, body_start),
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
    """A document's page in its own language."""
    return LocalisedPage(
        document=document,
        locale=locale.tag,
        state=PageState.SOURCE,
        title=Phrase(document.metadata.title, locale.tag),
        summary=Phrase(document.metadata.summary, locale.tag),
        markdown=document.text[body_start:],
        coverage=Coverage(
            segments=0,
            segments_translated=0,
            words=0,
            words_translated=0,
            critical=0,
            critical_translated=0,
        ),
    )


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
    done = [bool(targets) and segment.key in targets for segment in segments]
    return Coverage(
        segments=len(segments),
        segments_translated=sum(done),
        words=sum(words),
        words_translated=sum(n for n, is_done in zip(words, done, strict=True) if is_done),
        critical=sum(segment.critical for segment in segments),
        critical_translated=sum(
            segment.critical for segment, is_done in zip(segments, done, strict=True) if is_done
        ),
    )


def count_words(text: str) -> int:
    """Words of a source text, at least one: what a translator is paid by."""
    return max(1, len(_WORD.findall(text)))


def _state(coverage: Coverage, rules: Rules) -> PageState:
    if coverage.segments_translated == coverage.segments:
        return PageState.LIVE
    if coverage.critical_translated < coverage.critical or not coverage.segments_translated:
        return PageState.NOT_YET
    return PageState.LIVE_WITH_GAPS if coverage.share >= rules.minimum_share else PageState.NOT_YET


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


def _body(
    text: str,
    segments: tuple[Segment, ...],
    targets: Mapping[UnitKey, str],
    rules: Rules,
    body_start: int,
) -> str:
    """The body with targets and gaps in place, without the front matter."""
    gaps = _gaps(segments, targets, rules)
    spliced = splice(text, targets, fallback=lambda segment: gaps.get(segment.start))
    # The front matter's length changes with its translation: what follows it is the body.
    head = splice(text[:body_start], targets) if body_start else ""
    return spliced[len(head) :]


def _gaps(
    segments: tuple[Segment, ...], targets: Mapping[UnitKey, str], rules: Rules
) -> dict[int, str]:
    """The wrapped source text of each segment that has no target, by offset."""
    opening = f"<span lang={rules.source.tag} dir={rules.source.direction} class=gap>"
    label = f"<span class=gap-label>{_plain(rules.gap_label.text)}</span> "
    gaps: dict[int, str] = {}
    is_in_run = False
    for segment in segments:
        if segment.key in targets:
            is_in_run = False
            continue
        is_labelled = not is_in_run and segment.kind not in _UNLABELLED
        wrapped = wrap(segment, f"{label}{opening}" if is_labelled else opening, "</span>")
        if wrapped is not None:
            gaps[segment.start] = wrapped
            is_in_run = is_in_run or is_labelled
    return gaps


def _plain(text: str) -> str:
    """A text as Markdown that shows exactly its characters."""
    return _MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", escape(text, quote=False))

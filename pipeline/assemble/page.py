"""Segments and accepted targets → the Markdown that the public gets.

A segment without an accepted target is shown as its current source text, wrapped so
that the HTML says which language it is in. The first of a run of such segments is
preceded by a short label in the reader's language.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from html import escape

from pipeline.assemble.captions import find_captions_state, localise_captions
from pipeline.assemble.coverage import Accepted, Rules, find_state, is_held, measure, weigh
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
from pipeline.segments import in_text, splice, split, wrap

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
    texts, cues = segments, tuple[Segment, ...]()
    if document.video is None:
        state = find_state(coverage, rules, is_held=is_held(texts, coverage, accepted))
    else:
        texts, cues = in_text(segments), tuple(s for s in segments if s.is_cue)
        state = _state_with_video(texts, cues, accepted, rules)
    stale = [s for s in segments if s.key in accepted.changed] if accepted.changed else []
    args = state, document.text, texts, accepted, rules, body_start
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
        captions=localise_captions(document, cues, accepted, rules)
        if has_text and state is not PageState.NOT_YET
        else "",
        details=tuple(
            (label, _phrase(text, SegmentKind.FRONT_MATTER, segments, targets, rules))
            for label, text in document.metadata.details
        ),
    )


def _state_with_video(
    texts: tuple[Segment, ...], cues: tuple[Segment, ...], accepted: Accepted, rules: Rules
) -> PageState:
    """What stands at the address: by the text, and a film in another language is a gap in it."""
    coverage = measure(texts, weigh(texts), accepted.targets)
    state = find_state(coverage, rules, is_held=is_held(texts, coverage, accepted))
    if state is not PageState.LIVE or not cues:
        return state
    is_whole = find_captions_state(cues, accepted, rules) is PageState.LIVE
    return PageState.LIVE if is_whole else PageState.LIVE_WITH_GAPS


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
        captions=document.video.captions.text if document.video else "",
        details=tuple((label, Phrase(t, locale.tag)) for label, t in document.metadata.details),
    )


def withdraw(page: LocalisedPage, why: str, *, is_new: bool = False) -> LocalisedPage:
    """The short page that stands in the place of one that must not be read for now.

    Args:
        page: what would be published.
        why: the reason, for those who make it.
        is_new: it was never published: it is not taken down, it is not there yet.
    """
    state = PageState.NOT_YET if is_new else PageState.WITHDRAWN
    return replace(page, state=state, markdown="", captions="", why=why)


def _phrase(
    text: str,
    kind: SegmentKind,
    segments: tuple[Segment, ...],
    targets: Mapping[UnitKey, str],
    rules: Rules,
) -> Phrase:
    for segment in segments if targets else ():
        if segment.kind is not kind or segment.key not in targets:
            continue
        # Of title and summary there is one; of other values that one which is meant.
        if kind is not SegmentKind.FRONT_MATTER or segment.msgid.split() == text.split():
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

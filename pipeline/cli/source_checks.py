"""What the checks see in a resource in its source language: its text, and its captions."""

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.checks import check_active_content
from pipeline.checks.captions import check_caption_file, check_track
from pipeline.checks.plain import check_page, read_page
from pipeline.languages import load_language
from pipeline.model import Document, Finding, Segment, Severity
from pipeline.segments import in_text, read_track


def find_unsafe(document: Document) -> tuple[Finding, ...]:
    """What keeps a resource from being used at all, if it is more than advice.

    Args:
        document: the resource.
    """
    found = check_active_content(document.text, document.path)
    if document.video is None:
        return found
    captions = document.video.captions
    return (*found, *check_caption_file(read_track(captions.text), captions.path))


def is_refused(document: Document, findings: Iterable[Finding]) -> bool:
    """Whether something keeps a resource from being used.

    Args:
        document: the resource.
        findings: what :func:`find_unsafe` has said of this and other resources.
    """
    paths = {document.path}
    if document.video is not None:
        paths.add(document.video.captions.path)
    return any(
        finding.path in paths and finding.severity is not Severity.MINOR for finding in findings
    )


def check_source(
    document: Document, segments: Sequence[Segment], *, locale: str, today: date
) -> tuple[Finding, ...]:
    """All that the checks of resources see in one.

    Args:
        document: the resource.
        segments: its segments.
        locale: tag of the language that it is written in.
        today: what past and future are measured from.
    """
    page = read_page(document.text, document.path, in_text(segments), locale=locale)
    return (
        *check_active_content(document.text, document.path),
        *check_page(page, today=today),
        *check_captions(document, locale=locale),
    )


def check_captions(document: Document, *, locale: str) -> tuple[Finding, ...]:
    """All that the checks see in the captions of a resource; nothing where it has none.

    Args:
        document: the resource.
        locale: tag of the language that they are in.
    """
    if document.video is None:
        return ()
    captions = document.video.captions
    scripts = load_language(locale).scripts
    return check_track(read_track(captions.text), captions.path, scripts=scripts)


def find_segments(
    document: Document, segments: Iterable[Segment], finding: Finding
) -> tuple[Segment, ...]:
    """The segments that a finding is in.

    Args:
        document: the resource.
        segments: its segments, or some of them.
        finding: what a check of resources has said.
    """
    captions = document.video.captions if document.video else None
    of_captions = captions is not None and finding.path == captions.path
    text, base = document.text, 0
    if captions is not None and of_captions:
        text, base = captions.text, len(document.text)
    line, found = finding.line or 0, []
    for segment in segments:
        last = segment.line + text.count("\n", segment.start - base, segment.end - base)
        # A caption's times stand on the line above it.
        first = segment.line - 1 if of_captions else segment.line
        if segment.is_cue == of_captions and first <= line <= last:
            found.append(segment)
    return tuple(found)

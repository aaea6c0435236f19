"""Markdown and WebVTT ⇄ segments, both ways, by offsets into the source text.

The block rules are Python-Markdown's and its extensions', as Material for MkDocs users
write them (four columns of indentation, lazy lines), not CommonMark's. A text is read in
this order, one module a step:

``frontmatter`` → ``lines`` (what Python-Markdown sees, and back to the author's bytes) →
``fences`` → ``regions`` (HTML) → ``tree``, ``containers``, ``lists``, ``leaves``,
``tables`` (blocks) → ``collect``, ``emit``, ``texts``, ``html``, ``inline``,
``directives`` (segments) → ``splice``, ``references``, ``headings``, ``problems``.
``captions`` does the same for WebVTT, ``documents`` both for a resource with a video.

What authors may say in HTML comments:

- ``<!-- translators: a note -->`` is shown to translators beside the next block;
- ``<!-- context: as a verb -->`` tells the next block from the same text elsewhere;
- ``<!-- no-translate -->`` leaves the next block as it is, ``<!-- no-translate:start -->``
  and ``<!-- no-translate:end -->`` everything between;
- ``<!-- critical -->`` marks the next block as safety-critical, before a heading its whole
  section, ``<!-- critical:start -->`` and ``<!-- critical:end -->`` everything between. The
  class ``critical`` does the same (``{.critical}``, ``!!! danger critical "Title"``).

A msgid has its container's markers taken out and its lines folded to one. A line feed in
it is a line break of the author's (two spaces or a backslash at the line's end); a line
feed in a translation is such a break where the source has one, else only a new line.
``docs/reference/markdown.md`` has it all with examples.
"""

from dataclasses import dataclass

from pipeline.model import ProtectedSpan, Segment, SegmentKind
from pipeline.segments.captions import read_track, splice_captions, split_captions
from pipeline.segments.documents import in_text, split_document
from pipeline.segments.frontmatter import DEFAULT_FRONT_MATTER_KEYS
from pipeline.segments.inline import protected_spans, read_markup
from pipeline.segments.problems import find_problem
from pipeline.segments.scanner import read
from pipeline.segments.slots import Report
from pipeline.segments.splice import splice

__all__ = [
    "DEFAULT_FRONT_MATTER_KEYS",
    "SEGMENTER_VERSION",
    "Report",
    "Scan",
    "find_problem",
    "find_protected",
    "in_text",
    "read_track",
    "scan",
    "splice",
    "splice_captions",
    "split",
    "split_captions",
    "split_document",
    "wrap",
]

#: Goes up by one where the same text gives other segments; `pipeline upgrade` then needs to know
#: how an old msgid becomes a new one (``pipeline.cli.repository.rekeying``). Catalogs of the
#: earliest layouts have the msgids of version 1.
SEGMENTER_VERSION = 1

_NO_HTML = frozenset(
    {
        SegmentKind.TITLE,
        SegmentKind.SUMMARY,
        SegmentKind.FRONT_MATTER,
        SegmentKind.IMAGE_TEXT,
        SegmentKind.LINK_TITLE,
        SegmentKind.ABBREVIATION,
        SegmentKind.ATTRIBUTE,
        SegmentKind.INTERFACE,
        SegmentKind.CUE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a text holds.

    Attributes:
        segments: its segments, in order.
        reports: what was kept verbatim and is worth a look.
        body_start: offset at which the body begins, after the front matter.
    """

    segments: tuple[Segment, ...]
    reports: tuple[Report, ...]
    body_start: int


def scan(text: str, *, front_matter_keys: tuple[str, ...] = DEFAULT_FRONT_MATTER_KEYS) -> Scan:
    """Find the segments of a text and what it has that is unknown.

    Args:
        text: the whole text of a file.
        front_matter_keys: keys of the front matter whose values are translated.
    """
    reading = read(text, tuple(front_matter_keys))
    return Scan(
        segments=tuple(slot.segment for slot in reading.slots),
        reports=tuple(reading.reports),
        body_start=reading.body,
    )


def split(
    text: str, *, front_matter_keys: tuple[str, ...] = DEFAULT_FRONT_MATTER_KEYS
) -> tuple[Segment, ...]:
    """The segments of a text, in order. Arguments as for :func:`scan`."""
    return scan(text, front_matter_keys=front_matter_keys).segments


def find_protected(text: str) -> tuple[ProtectedSpan, ...]:
    """The pieces of a text that a translation has to carry over: for texts of no document."""
    return protected_spans(text, read_markup(text))


def wrap(segment: Segment, opening: str, closing: str) -> str | None:
    """A segment's own text between two inline HTML tags.

    Args:
        segment: the segment.
        opening: start tag, without quotation marks (``<span lang=en>``).
        closing: end tag.

    Returns:
        The text, fit to be spliced in as a translation; None where HTML cannot stand.
    """
    return None if segment.kind in _NO_HTML else f"{opening}{segment.msgid}{closing}"

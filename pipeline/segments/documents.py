"""All segments of a resource: those of its text, then those of its video's captions."""

from collections.abc import Iterable

from pipeline.model import Document, Segment
from pipeline.segments.captions import split_captions
from pipeline.segments.frontmatter import DEFAULT_FRONT_MATTER_KEYS
from pipeline.segments.scanner import read


def split_document(document: Document) -> tuple[Segment, ...]:
    """The segments of a resource, in order.

    Offsets of captions go on where the text ends, so that none of them is in the text.

    Args:
        document: the resource.
    """
    slots = read(document.text, DEFAULT_FRONT_MATTER_KEYS).slots
    text = tuple(slot.segment for slot in slots)
    if document.video is None:
        return text
    return (*text, *split_captions(document.video.captions.text, base=len(document.text)))


def in_text(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Those segments that stand in the text of the resource, captions left out."""
    return tuple(segment for segment in segments if not segment.is_cue)

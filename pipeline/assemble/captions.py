"""The captions of a resource's video in a locale: offered whole, with gaps, or not at all.

The rule is that of pages. Captions are offered where enough of their words may be shown and all
that is critical; a cue that may not be shown as a translation stands in the source's language,
marked as such (``<lang en>``), so that nobody is left without the advice while it is spoken. Below
that no captions are offered in the language: a film half in another language helps nobody.
"""

from collections.abc import Sequence

from pipeline.assemble.coverage import Accepted, Rules, find_state, is_held, measure, weigh
from pipeline.model import Document, PageState, Segment
from pipeline.segments import splice_captions
from pipeline.timedtext import find_pace

_OFFERED = frozenset({PageState.LIVE, PageState.LIVE_WITH_GAPS})


def find_captions_state(cues: Sequence[Segment], accepted: Accepted, rules: Rules) -> PageState:
    """What there is of a video's captions in a locale, in the words of pages.

    Args:
        cues: the segments of its captions.
        accepted: what may be shown of the translation.
        rules: when and how it is published.
    """
    coverage = measure(cues, weigh(cues), accepted.targets)
    held = is_held(cues, coverage, accepted)
    state = find_state(coverage, rules, is_held=held)
    # There is no page of key facts in a film.
    return state if state in _OFFERED else PageState.NOT_YET


def localise_captions(
    document: Document, cues: Sequence[Segment], accepted: Accepted, rules: Rules
) -> str:
    """The captions of a resource's video as WebVTT; empty where they are not offered.

    Args:
        document: the resource.
        cues: the segments of its captions.
        accepted: what may be shown of the translation.
        rules: when and how it is published.
    """
    if document.video is None or find_captions_state(cues, accepted, rules) not in _OFFERED:
        return ""
    return splice_captions(
        document.video.captions.text,
        accepted.targets,
        pace=find_pace(rules.locale.script),
        direction=rules.locale.direction,
        gap_language=rules.source.tag,
    )

"""Which forms of its leaflet a page has: what its front matter asks for, or what suits its kind.

A form that a page cannot have is left out of both: a text in its own language has none beside
another, one without activity sheets has no sheets to print.
"""

import re
from collections.abc import Iterable

from pipeline.model import (
    LeafletVariant,
    LocalisedPage,
    PageState,
    RiskTier,
    Segment,
    SegmentKind,
)

#: ``## Sheet 1 {.sheet}``.
_SHEET = re.compile(r"^#{2,3}[ \t].*\{[^}\n]*\.sheet\b[^}\n]*\}[ \t]*$", re.MULTILINE)
_OUTSIDE_BODY = frozenset(
    {SegmentKind.TITLE, SegmentKind.SUMMARY, SegmentKind.FRONT_MATTER, SegmentKind.CUE}
)
#: What every page has, whatever its kind.
_USUAL = (LeafletVariant.LARGE_PRINT, LeafletVariant.BILINGUAL, LeafletVariant.SHEETS)
#: What goes on a wall and into messages, of what people are to be won for.
_CAMPAIGN = (LeafletVariant.POSTER_A4, LeafletVariant.POSTER_A3, LeafletVariant.PICTURE_CARD)
_OF_KIND = {RiskTier.CLINICAL: (LeafletVariant.KEY_FACTS,), RiskTier.ACTIVITY: _CAMPAIGN}
_WHOLE = frozenset({PageState.LIVE, PageState.LIVE_WITH_GAPS})


def choose_variants(page: LocalisedPage, segments: Iterable[Segment]) -> tuple[LeafletVariant, ...]:
    """The forms of a page's leaflet, in the order of :class:`LeafletVariant`.

    Args:
        page: the page.
        segments: the segments of its resource.

    Returns:
        The standard one and those asked for, of a page that is published; none of another.
        Where the front matter asks for none: large print; of a translation the source beside
        it; of a page with activity sheets these; of clinical advice its key facts; of an
        activity posters and a picture to share. A card, which others show beside a link, is
        among them unless the front matter asks for nothing but the standard one (``[]``).
    """
    if not page.is_published:
        return ()
    metadata = page.document.metadata
    wanted = metadata.leaflets
    if wanted is None:
        wanted = (*_USUAL, *_OF_KIND.get(metadata.risk, ()))
    if wanted:
        wanted = (*wanted, LeafletVariant.CARD)
    impossible = _impossible(page, segments)
    return tuple(
        variant
        for variant in LeafletVariant
        if variant is LeafletVariant.STANDARD or (variant in wanted and variant not in impossible)
    )


def _impossible(page: LocalisedPage, segments: Iterable[Segment]) -> set[LeafletVariant]:
    found = set()
    if page.state not in _WHOLE:
        # Key facts are parts of the text: nothing stands beside the others.
        found.add(LeafletVariant.BILINGUAL)
    if not _SHEET.search(page.markdown):
        found.add(LeafletVariant.SHEETS)
    if page.title.locale != page.locale:
        found.update(_CAMPAIGN)  # a poster without its title says nothing
    is_all = page.state is PageState.KEY_FACTS
    if is_all or not any(s.critical and s.kind not in _OUTSIDE_BODY for s in segments):
        found.add(LeafletVariant.KEY_FACTS)
    return found

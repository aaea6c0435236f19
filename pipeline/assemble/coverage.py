"""How much of a document is translated, and what may be published of it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from pipeline.model import Coverage, Locale, PageState, Phrase, Segment, UnitKey

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")


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


def weigh(segments: Sequence[Segment]) -> tuple[int, ...]:
    """The words of each segment; the same for every locale, so counted once a document."""
    return tuple(count_words(segment.msgid) for segment in segments)


def measure(
    segments: Sequence[Segment], words: Sequence[int], targets: Mapping[UnitKey, str]
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


def find_state(coverage: Coverage, rules: Rules, *, is_held: bool) -> PageState:
    """What stands at the address.

    Args:
        coverage: how much is translated.
        rules: when and how it is published.
        is_held: a critical segment must be translated first.
    """
    if coverage.segments_translated == coverage.segments:
        return PageState.LIVE
    if is_held or not coverage.segments_translated:
        return PageState.NOT_YET
    if coverage.share >= rules.minimum_share:
        return PageState.LIVE_WITH_GAPS
    return PageState.KEY_FACTS if coverage.critical_translated else PageState.NOT_YET


def is_held(segments: Sequence[Segment], coverage: Coverage, accepted: Accepted) -> bool:
    """Whether a critical segment must be translated before anything is published.

    Args:
        segments: the segments that are published together.
        coverage: how much of them is translated.
        accepted: what may be shown of the translation.
    """
    if coverage.critical_translated == coverage.critical:
        return False
    open_critical = (s.key for s in segments if s.critical and s.key not in accepted.targets)
    return any(key not in accepted.tolerated for key in open_critical)

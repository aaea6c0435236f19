"""Negations: “do not” must not become “do”."""

from functools import lru_cache
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.checks.reading import read
from pipeline.languages import Language
from pipeline.model import Finding, Segment, Severity, Unit

#: Beyond two nobody counts.
_MOST_COUNTED = 2


def check_negation_missing(
    segment: Segment, unit: Unit, path: Path, locale: str, *, source: Language, target: Language
) -> tuple[Finding, ...]:
    """negation-missing: the source says no, and the translation has no word that does.

    Not, never, without, avoid: a translation may say it otherwise, and the language's table lists
    how. Of two negations both are looked for, in languages whose good translations keep both.
    Whether the right thing is negated, only a person can judge.

    - Source: ``Do not take more than 4 doses.``
    - Wrong: ``Qaado in ka badan 4 qiyaasood.``
    - Right: ``Ha qaadan in ka badan 4 qiyaasood.``
    - Source: ``Never leave a child alone in the bath.``
    - Wrong: ``اترك طفلك وحده في الحمام.``
    - Right: ``لا تترك طفلك وحده في الحمام أبدًا.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        source: the language of the source.
        target: the language of the translation.

    Returns:
        A major finding, or nothing.
    """
    said = count_negations(segment.msgid, source) if target.negators else 0
    needed = min(said, _MOST_COUNTED) if target.negations_counted else min(said, 1)
    if not needed or _has(unit.msgstr, target, needed):
        return ()
    return (
        about_unit(
            "negation-missing",
            Severity.MAJOR,
            unit,
            path,
            locale,
            message="The source says no, and no word of the translation does."
            if needed == 1
            else "The source says no twice, and the translation does not.",
            remedy="Compare what the reader must not do; if the translation says it otherwise, "
            "add the word to the language's table.",
        ),
    )


@lru_cache(maxsize=8192)
def count_negations(text: str, language: Language) -> int:
    """How often a text says no, in a way that a translation has to say too."""
    folded, words = read(text)
    if not language.negators.has(folded, words):
        return 0
    if language.negation_exceptions.may_have(words):
        folded = language.negation_exceptions.without(folded)
    return language.negators.count(folded)


def _has(text: str, language: Language, needed: int) -> bool:
    folded, words = read(text)
    if needed == 1:
        return language.negators.has(folded, words)
    return language.negators.count(folded) >= needed

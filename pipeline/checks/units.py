"""Units of measure: hours stay hours, milligrams stay milligrams."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.checks.findings import about_unit
from pipeline.checks.numbers.reading import read_numbers
from pipeline.checks.reading import read
from pipeline.languages import Language, fold
from pipeline.languages.index import Hit
from pipeline.model import Finding, Segment, Severity, Unit

#: Units that could be put in one another's place.
_KINDS = (
    frozenset({"second", "minute", "hour", "day", "week", "month", "year"}),
    frozenset({"millimetre", "centimetre", "metre", "kilometre", "foot", "inch", "mile"}),
    frozenset({"celsius", "fahrenheit", "percent"}),
    frozenset(
        {"microgram", "milligram", "gram", "kilogram", "millilitre", "litre"}
        | {"teaspoon", "tablespoon", "cup", "glass"}
    ),
    frozenset({"tablet", "capsule", "dose", "drop", "puff"}),
)
_KIND_OF = {unit: kind for kind in _KINDS for unit in kind}
#: How far from its number a unit may stand, in characters: “14 (fourteen) full days”.
_REACH = 24
#: Three feet may be said as one metre: most of the world has no feet.
_CONVERTED = frozenset({"foot", "inch", "mile", "fahrenheit"})
_DIGIT = re.compile(r"\d")
_PHRASE = re.compile(r"[.;,!?(]?[^.;,!?(]*")


class Measure(NamedTuple):
    """A number with its unit.

    Attributes:
        values: readings of the number.
        unit: name of the unit.
    """

    values: frozenset[float]
    unit: str


def check_unit_mismatch(
    segment: Segment, unit: Unit, path: Path, locale: str, *, source: Language, target: Language
) -> tuple[Finding, ...]:
    """unit-mismatch: a translation has another unit than its source.

    Hours for days, millilitres for milligrams. Unit words and symbols come from the language's
    table and from CLDR. A unit that nobody finds is not reported: it may be said otherwise.

    - Source: ``Stay at home for 5 days.``
    - Wrong: ``Guriga joog 5 toddobaad.``
    - Right: ``Guriga joog 5 maalmood.``
    - Source: ``Take 500 mg.``
    - Wrong: ``تناول 500 مل.``
    - Right: ``تناول 500 ملغ.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        source: the language of the source.
        target: the language of the translation.

    Returns:
        Critical findings, one for each unit.
    """
    if not target.units:
        return ()
    measures = _measures(segment.msgid, source)
    return tuple(
        about_unit(
            "unit-mismatch",
            Severity.CRITICAL,
            unit,
            path,
            locale,
            message=f"The translation has {wrong}s where the source has {right}s.",
            remedy="Compare each unit with the source; number and unit belong together.",
        )
        for right, wrong in dict.fromkeys(_changed(measures, unit.msgstr, source, target, segment))
    )


def has_measures(text: str, language: Language) -> bool:
    """Whether a text has a number with a unit."""
    return bool(_measures(text, language))


def _changed(
    measures: tuple[Measure, ...],
    text: str,
    source: Language,
    target: Language,
    segment: Segment,
) -> Iterator[tuple[str, str]]:
    """Units of the source with those that stand in their place."""
    if not measures:
        return
    named = _named(segment.msgid, source)
    there = _named(text, target)
    for measure in measures:
        # What stands anywhere else may be the unit of another number.
        if measure.unit in _beside(measure.values, text, target):
            continue
        if measure.unit in _CONVERTED:
            continue
        others = _KIND_OF[measure.unit] - named
        wrong = others & _beside(measure.values, text, target)
        if not wrong and measure.unit not in there:
            wrong = others & there
        if wrong:
            yield measure.unit, min(wrong)


@lru_cache(maxsize=8192)
def _named(text: str, language: Language) -> frozenset[str]:
    """The units that a text speaks of, with or without a number."""
    return frozenset(hit.value for hit in _units(text, language))


@lru_cache(maxsize=8192)
def _units(text: str, language: Language) -> tuple[Hit[str], ...]:
    return tuple(language.units.hits(*read(text)))


@lru_cache(maxsize=8192)
def _measures(text: str, language: Language) -> tuple[Measure, ...]:
    """The numbers of a text that have a unit right behind them."""
    words = read(text).words
    if not language.units.may_have(words):
        return ()
    if not _DIGIT.search(text) and not language.numbers.may_have(words):
        return ()
    folded = fold(text)
    ends = [(number.values, number.end) for number in read_numbers(text, language)]
    ends += [
        (frozenset({word.value}), word.end)
        for word in language.numbers.find(folded, words)
        if word.is_cardinal
    ]
    if not ends:
        return ()
    return tuple(
        Measure(values, unit)
        for values, end in ends
        for unit in _behind(text, end, language)
        if unit in _KIND_OF
    )


def _behind(text: str, end: int, language: Language) -> frozenset[str]:
    """The unit that comes first behind a number, before anything ends the phrase."""
    limit = end + len(_PHRASE.match(fold(text), end, end + _REACH)[0])  # type: ignore[index]
    hits = [hit for hit in _units(text, language) if end <= hit.start < limit]
    return frozenset(hit.value for hit in hits if hit.start == hits[0].start)


def _before(text: str, start: int, language: Language) -> frozenset[str]:
    hits = [hit for hit in _units(text, language) if start - _REACH <= hit.end <= start]
    return frozenset(hit.value for hit in hits if hit.start == hits[-1].start)


@lru_cache(maxsize=8192)
def _beside(values: frozenset[float], text: str, language: Language) -> frozenset[str]:
    """The units that stand beside a number of a target, behind or before it."""
    folded = fold(text)
    if len(folded) != len(text) or not _units(text, language):
        return frozenset()
    spans = [(n.start, n.end) for n in read_numbers(text, language) if n.values & values]
    spans += [(w.start, w.end) for w in language.numbers.find(folded) if w.value in values]
    found: set[str] = set()
    for start, end in spans:
        found |= _behind(text, end, language) or _before(text, start, language)
    return frozenset(found)

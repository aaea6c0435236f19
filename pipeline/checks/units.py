"""Units of measure: hours stay hours, milligrams stay milligrams."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.checks.findings import about_unit
from pipeline.checks.numbers.reading import read_numbers
from pipeline.languages import Language, fold
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
    folded = fold(text)
    known = _named(segment.msgid, source)
    for measure in measures:
        beside = _beside(measure.values, text, target)
        if measure.unit in beside:
            continue
        wrong = [unit for unit in beside if unit in _KIND_OF[measure.unit] - known]
        if not wrong and not _has(folded, measure.unit, target):
            wrong = [
                unit
                for unit in _KIND_OF[measure.unit] - known
                if unit in target.units and _has(folded, unit, target)
            ]
        # What may be two units at once says nothing.
        if wrong and not _is_ambiguous(folded, measure.unit, target):
            yield measure.unit, min(wrong)


def _has(folded: str, unit: str, language: Language) -> bool:
    forms = language.units.get(unit)
    return bool(forms and forms.find(folded))


def _is_ambiguous(folded: str, unit: str, language: Language) -> bool:
    return unit not in language.units or _has(folded, unit, language)


@lru_cache(maxsize=4096)
def _named(text: str, language: Language) -> frozenset[str]:
    """The units that a text speaks of, with or without a number."""
    folded = fold(text)
    return frozenset(unit for unit in language.units if _has(folded, unit, language))


@lru_cache(maxsize=4096)
def _measures(text: str, language: Language) -> tuple[Measure, ...]:
    """The numbers of a text that have a unit right behind them."""
    folded = fold(text)
    ends = [(number.values, number.end) for number in read_numbers(text, language)]
    ends += [
        (frozenset({word.value}), word.end)
        for word in language.numbers.find(folded)
        if word.is_cardinal
    ]
    measured = ((values, _first(folded[end : end + _REACH], language)) for values, end in ends)
    return tuple(Measure(values, unit) for values, unit in measured if unit in _KIND_OF)


def _first(after: str, language: Language) -> str | None:
    """The unit that comes first behind a number, before anything ends the phrase."""
    after = _PHRASE.match(after)[0]  # type: ignore[index]  # it matches anything
    hits = [
        (found.start(), -found.end(), unit)
        for unit, forms in language.units.items()
        if (found := forms.find(after))
    ]
    return min(hits)[2] if hits else None


def _beside(values: frozenset[float], text: str, language: Language) -> set[str]:
    """The units that stand beside a number of a target, before or behind it."""
    folded = fold(text)
    if len(folded) != len(text):
        return set()
    spans = [
        (number.start, number.end)
        for number in read_numbers(text, language)
        if number.values & values
    ]
    spans += [(w.start, w.end) for w in language.numbers.find(folded) if w.value in values]
    found = set()
    for start, end in spans:
        behind = _first(folded[end : end + _REACH], language)
        if unit := behind or _last(folded[max(0, start - _REACH) : start], language):
            found.add(unit)
    return found


def _last(before: str, language: Language) -> str | None:
    hits = [
        (found.end(), unit)
        for unit, forms in language.units.items()
        for found in forms.pattern.finditer(before)
    ]
    return max(hits)[1] if hits else None

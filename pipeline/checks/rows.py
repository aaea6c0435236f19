"""Checks on a whole file: rows that stand beside the wrong source, and texts used twice."""

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.checks.alignment import Alignment, Row
from pipeline.checks.findings import about_unit
from pipeline.languages import Language, fold
from pipeline.model import Finding, Segment, Severity, Unit

#: Fewer rows teach too little.
_LEAST_ROWS = 100
#: Below this a row fits no better than one that chance put there; a short file has to be surer.
_CHANCE, _CHANCE_OF_SHORT = -1.5, 120
#: A file whose rows fit less well than is usual is translated freely, and gets more leave.
_USUAL_FIT, _LEAVE = 34.0, 0.12
#: Rows that are looked at together for a shift, how far one may go, and by how much a shifted
#: row must fit better on average.
_WINDOW, _SHIFTS, _BETTER = 12, (-1, 1, -2, 2, -3, 3), 4.0
#: A file whose middle row fits no better than this has nothing to do with its sources.
_FOREIGN_FILE = 4.0
#: How much better lengths must go together for a whole file to be shifted, and how well.
_CLEARLY, _STRONG = 0.3, 0.6
#: Lengths that go together less than this belong to different texts.
_WEAK = 0.35
_LEAST_TWIN, _TWIN_SHARE = 25, 0.35

Pair = tuple[Segment, Unit]


def check_misaligned(
    pairs: Sequence[Pair], path: Path, locale: str, *, source: Language, target: Language
) -> tuple[Finding, ...]:
    """misaligned: a translation stands beside the wrong source.

    A row fits if the words of its translation are those that such sources have elsewhere in the
    file, and its length is as usual; files of 100 rows and more are judged so. A run of rows that
    fit better one, two or three rows further is shifted, as happens in spreadsheets.

    - Source: ``Wash your hands.`` · ``Stay at home.``
    - Wrong: ``Guriga joog.`` · ``Wac takhtarkaaga.``
    - Right: ``Gacmahaaga dhaq.`` · ``Guriga joog.``
    - Wrong: ``ابق في المنزل.`` · ``اتصل بطبيبك.``
    - Right: ``اغسل يديك.`` · ``ابق في المنزل.``

    Args:
        pairs: the segments with their units, in the order of the file.
        path: the catalog, for the findings.
        locale: its tag, for the findings.
        source: the language of the sources.
        target: the language of the translations.

    Returns:
        Major findings, one for each row.
    """
    pairs = [pair for pair in pairs if pair[1].msgstr.strip()]
    if len(pairs) < _LEAST_ROWS or source.tag == target.tag:
        return ()
    rows = [Row(segment.msgid, unit.msgstr) for segment, unit in pairs]
    if message := _find_wrong_file(rows):
        return tuple(_misaligned(unit, path, locale, message) for _, unit in pairs)
    alignment = Alignment(rows, source, target)
    fits = [alignment.fit(at, at) for at in range(len(rows))]
    reasons = dict(_misfits(fits)) | dict(_shifted(alignment, fits))
    return tuple(
        _misaligned(pairs[at][1], path, locale, message) for at, message in sorted(reasons.items())
    )


def _misaligned(unit: Unit, path: Path, locale: str, message: str) -> Finding:
    return about_unit(
        "misaligned",
        Severity.MAJOR,
        unit,
        path,
        locale,
        message=message,
        remedy="Compare the rows around it with the source, and put each text into its row.",
    )


def _misfits(fits: Sequence[float]) -> Iterator[tuple[int, str]]:
    middle = sorted(fits)[len(fits) // 2]
    if middle < _FOREIGN_FILE:
        for at in range(len(fits)):
            yield at, "The translations of this file do not seem to belong to their sources."
        return
    least = _CHANCE - _CHANCE_OF_SHORT / len(fits) - max(0.0, _USUAL_FIT - middle) * _LEAVE
    for at, fit in enumerate(fits):
        if fit < least:
            yield at, "The translation does not seem to belong to this source."


def _shifted(alignment: Alignment, fits: Sequence[float]) -> Iterator[tuple[int, str]]:
    """Rows of runs that fit better beside another row."""
    count = len(fits)
    for shift in _SHIFTS:
        suspects = _neighbourhoods(fits)
        gains = {
            at: alignment.fit(at, at + shift) - fits[at]
            for at in suspects
            if 0 <= at + shift < count
        }
        for start, end in _widened(_runs(gains), gains):
            rows = f"{abs(shift)} row{'s' if abs(shift) > 1 else ''}"
            where = "below" if shift > 0 else "above"
            for at in range(start, end):
                yield at, f"The text of this source seems to stand {rows} {where}."


def _neighbourhoods(fits: Sequence[float]) -> list[int]:
    """Rows where enough of their neighbours fit badly for a shift to be possible."""
    middle = sorted(fits)[len(fits) // 2]
    low = [fit < middle / 2 for fit in fits]
    near, found = sum(low[:_WINDOW]), []
    for at in range(len(fits)):
        if at + _WINDOW < len(fits):
            near += low[at + _WINDOW]
        if at - _WINDOW - 1 >= 0:
            near -= low[at - _WINDOW - 1]
        if near >= _WINDOW // 2:
            found.append(at)
    return found


def _runs(gains: Mapping[int, float]) -> Iterator[tuple[int, int]]:
    """Runs of rows in which a shift gains enough: first row, and the one behind the last."""
    for stretch in _stretches(gains):
        start, total, best, end = stretch[0], 0.0, 0.0, stretch[0]
        for at in stretch:
            total += gains[at] - _BETTER
            if total > best:
                best, end = total, at + 1
            # What was gained is lost again: the run is over (Kadane's algorithm).
            if total <= 0 or total < best - _WINDOW * _BETTER:
                if _is_run(start, end, best):
                    yield start, end
                start, total, best, end = at + 1, 0.0, 0.0, at + 1
        if _is_run(start, end, best):
            yield start, end


def _widened(
    runs: Iterable[tuple[int, int]], gains: Mapping[int, float]
) -> Iterator[tuple[int, int]]:
    """Runs with the rows beside them that fit better shifted, be it by little.

    A run is found by rows that leave no doubt. What lies beside it has been shifted with it: a
    sentence of common words fits nearly as well one row further.
    """
    for first, last in runs:
        start, end = first, last
        while gains.get(start - 1, 0.0) > 0:
            start -= 1
        while gains.get(end, 0.0) > 0:
            end += 1
        yield start, end


def _is_run(start: int, end: int, gain: float) -> bool:
    return end - start >= _WINDOW // 2 and gain > _WINDOW * _BETTER / 2


def _stretches(gains: Mapping[int, float]) -> Iterator[list[int]]:
    """The rows in order, cut where some are left out."""
    stretch: list[int] = []
    for at in sorted(gains):
        if stretch and at != stretch[-1] + 1:
            yield stretch
            stretch = []
        stretch.append(at)
    if stretch:
        yield stretch


def check_duplicate_target(
    pairs: Sequence[Pair], path: Path, locale: str, *, target: Language
) -> tuple[Finding, ...]:
    """duplicate-target: one translation stands for two sources that say different things.

    - Source: ``Call 999 if you cannot breathe.`` · ``Open the windows twice a day.``
    - Wrong: ``Wac 999 haddii aadan neefsan karin.`` for both
    - Right: ``Wac 999 haddii aadan neefsan karin.`` · ``Daaqadaha fur laba jeer maalintii.``
    - Wrong: ``اتصل بالرقم 999 إذا لم تستطع التنفس.`` for both
    - Right: ``اتصل بالرقم 999 إذا لم تستطع التنفس.`` · ``افتح النوافذ مرتين في اليوم.``

    Args, and what is returned: as for ``check_misaligned``.
    """
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        if len(pair[1].msgstr) >= _LEAST_TWIN * (1 if target.spaced else 0.4):
            groups.setdefault(pair[1].msgstr, []).append(pair)
    return tuple(
        _twin(pair, path, locale)
        for group in groups.values()
        if len(group) > 1
        for pair in group
        if any(_differ(pair[0].msgid, other[0].msgid) for other in group)
    )


def _differ(one: str, other: str) -> bool:
    first, second = set(fold(one).split()), set(fold(other).split())
    return len(first & second) < _TWIN_SHARE * len(first | second)


def _twin(pair: Pair, path: Path, locale: str) -> Finding:
    return about_unit(
        "duplicate-target",
        Severity.MAJOR,
        pair[1],
        path,
        locale,
        message="Another source that says something else has the same translation.",
        remedy="Find out to which of the two it belongs, and translate the other.",
    )


def _find_wrong_file(rows: Sequence[Row]) -> str | None:
    """What is wrong with a file as a whole, by where its lengths go together best.

    Gale and Church (1993): long sentences have long translations.
    """
    sources = [math.log(len(row.source)) for row in rows]
    targets = [math.log(len(row.target)) for row in rows]
    here = _correlation(sources, targets)
    if here >= max(1.0 - _CLEARLY, _WEAK):
        # No other place could be better by that much.
        return None
    best = max(_SHIFTS, key=lambda shift: _correlation(*_moved(sources, targets, shift)))
    there = _correlation(*_moved(sources, targets, best))
    if there > here + _CLEARLY and there > _STRONG:
        return f"All translations of this file seem to be shifted by {abs(best)} rows."
    if here < _WEAK:
        return "The translations of this file do not seem to belong to their sources."
    return None


def _moved(
    sources: Sequence[float], targets: Sequence[float], shift: int
) -> tuple[Sequence[float], Sequence[float]]:
    if shift > 0:
        return sources[:-shift], targets[shift:]
    return sources[-shift:], targets[:shift]


def _correlation(one: Sequence[float], other: Sequence[float]) -> float:
    try:
        return statistics.correlation(one, other)
    except statistics.StatisticsError:  # all of one length
        return 0.0

"""The gate: which units of a catalog may be shown as translation.

In: the segments of a document and the units of its catalog. Out: the targets that
may be shown, and why others may not. A unit passes if it is current (not fuzzy,
not empty, made for exactly this source), differs from its source, is signed off,
and has no finding that blocks. Everything else stays in the source language.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Catalog, Finding, Segment, Severity, Unit, UnitKey

#: A word that could have been translated: ``COVID-19``, ``NHS`` and ``999`` could not.
_TRANSLATABLE_WORD = re.compile(r"\b[^\W\d_]*[a-z][^\W\d_]*\b")

_WORD = re.compile(r"\w+")

UnitCheck = Callable[[Segment, Unit, Path, str], Iterable[Finding]]


def needs_no_signature(_: Unit) -> bool:
    """The sign-off rule of a project without a ledger: every unit counts as signed."""
    return True


def never_signed(_: Unit) -> bool:
    """The sign-off rule for samples in a real publication: no unit counts as signed."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What may be shown of one catalog.

    Attributes:
        targets: target texts that may be shown, by key.
        changed: keys whose source has changed since they were translated.
        findings: why targets are held back, and what else the checks saw.
    """

    targets: Mapping[UnitKey, str]
    changed: frozenset[UnitKey]
    findings: tuple[Finding, ...]


def open_gate(
    segments: Iterable[Segment],
    catalog: Catalog,
    *,
    path: Path,
    locale: str,
    checks: Iterable[UnitCheck],
    is_signed: Callable[[Unit], bool] = needs_no_signature,
) -> Gate:
    """Decide for each segment whether its translation may be shown.

    Args:
        segments: the document's segments.
        catalog: the catalog of that document in one locale.
        path: the catalog's file, for findings.
        locale: its tag.
        checks: unit checks; a finding above ``minor`` holds the unit back.
        is_signed: whether every role that is needed has signed exactly this unit.
    """
    units, rules = catalog.by_key(), tuple(checks)
    targets: dict[UnitKey, str] = {}
    changed: set[UnitKey] = set()
    findings: list[Finding] = []
    # Most catalogs are empty at first: then there is nothing to look up.
    for key, group in _by_key(segments).items() if units else ():
        unit = units.get(key)
        if unit is None or not unit.msgstr:
            continue
        if not unit.is_current:
            if unit.previous is not None:
                changed.add(key)
            continue
        if not is_translation(key.msgid, unit.msgstr):
            continue
        # One text may stand in a paragraph, and again where less is allowed: in a cell.
        said = (
            f for segment in group for check in rules for f in check(segment, unit, path, locale)
        )
        found = list(dict.fromkeys(said))
        findings += found
        if is_signed(unit) and not _blocks(found):
            targets[key] = unit.msgstr
    return Gate(targets=targets, changed=frozenset(changed), findings=tuple(findings))


def is_translation(source: str, target: str) -> bool:
    """Whether a target is more than its source copied.

    A copied sentence is work not yet done, and would be English under another
    ``lang``; other marks and capitals change nothing. Names and codes without a small
    letter (``COVID-19``) stay what they are.
    """
    return _words(source) != _words(target) or not _TRANSLATABLE_WORD.search(source)


def _by_key(segments: Iterable[Segment]) -> dict[UnitKey, list[Segment]]:
    groups: dict[UnitKey, list[Segment]] = {}
    for segment in segments:
        groups.setdefault(segment.key, []).append(segment)
    return groups


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _blocks(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is not Severity.MINOR for finding in findings)

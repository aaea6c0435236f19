"""The gate: which units of a catalog may be shown as translation.

In: the segments of a document, the units of its catalog and the sign-offs of its ledger. Out:
the targets that may be shown, and why others may not. A unit passes if it is current (not
fuzzy, not empty, made for exactly this source), differs from its source, has no finding that
blocks and is not waived, and every role that is needed has signed exactly this text. Everything
else stays in the source language.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from pipeline.ledger import Cover, Standing
from pipeline.model import Catalog, Finding, Origin, Segment, Severity, Unit, UnitKey
from pipeline.qa.waivers import Waived, Waivers

#: A word that could have been translated: ``COVID-19``, ``NHS`` and ``999`` could not.
_TRANSLATABLE_WORD = re.compile(r"\b[^\W\d_]*[a-z][^\W\d_]*\b")

_WORD = re.compile(r"\w+")


class Hold(StrEnum):
    """Why a unit is not shown as translation."""

    UNTRANSLATED = "not translated"
    FUZZY = "not confirmed by a translator"
    CHANGED = "the source has changed since it was translated"
    COPY = "a copy of the source"
    FINDING = "a check found something"
    UNSIGNED = "not signed by every role that is needed"
    SAMPLE = "a sample, and this project is no demonstration"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffs:
    """What the gate asks the ledger.

    Attributes:
        cover: the sign-offs of the catalog that count.
        digest_of: the digest of a unit, from its key and its target text.
        was_live: the ledger says that the public has read this resource in this locale.
        is_needed: sign-offs are asked for; in a preview they are not, and only waivers count.
    """

    cover: Cover
    digest_of: Callable[[UnitKey, str], str]
    was_live: bool = False
    is_needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What may be shown of one catalog.

    Attributes:
        targets: target texts that may be shown, by key.
        translated: keys that have a target made for exactly this source, shown or not.
        changed: keys whose source has changed since they were translated.
        tolerated: keys without a target that do not keep the page from being published, though
            they are critical: their translation was public and has become stale.
        held: why units are not shown, by key.
        drafted: where a target that nobody has confirmed comes from, by key: memory or machine.
        standings: how translated units stand with those who must sign, by key.
        findings: why targets are held back, and what else the checks saw.
        waived: what the checks saw and a waiver lets stand.
    """

    targets: Mapping[UnitKey, str] = field(default_factory=dict)
    translated: frozenset[UnitKey] = frozenset()
    changed: frozenset[UnitKey] = frozenset()
    tolerated: frozenset[UnitKey] = frozenset()
    held: Mapping[UnitKey, Hold] = field(default_factory=dict)
    drafted: Mapping[UnitKey, Origin] = field(default_factory=dict)
    standings: Mapping[UnitKey, Standing] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()


def _as_found(finding: Finding) -> Finding:
    return finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text of a document, wherever it stands: in a paragraph, and again in a cell.

    Attributes:
        key: what its unit is called.
        segments: the places in which it stands.
        critical: one of them is marked as safety-critical.
    """

    key: UnitKey
    segments: tuple[Segment, ...]
    critical: bool


def gather_texts(segments: Iterable[Segment]) -> tuple[Text, ...]:
    """The texts of a document: the same for all locales, so gathered once.

    Args:
        segments: its segments.
    """
    groups: dict[UnitKey, list[Segment]] = {}
    for segment in segments:
        groups.setdefault(segment.key, []).append(segment)
    return tuple(
        Text(key=key, segments=tuple(group), critical=any(segment.critical for segment in group))
        for key, group in groups.items()
    )


#: What is found in each of the translations of a catalog that were made for their sources.
CatalogCheck = Callable[[Sequence[tuple[Text, Unit]]], Sequence[Iterable[Finding]]]


def _find_nothing(texts: Sequence[tuple[Text, Unit]]) -> Sequence[Iterable[Finding]]:
    return [()] * len(texts)


def open_gate(
    segments: Iterable[Segment],
    catalog: Catalog,
    *,
    check: CatalogCheck = _find_nothing,
    sign_offs: SignOffs | None = None,
    accept_samples: bool = True,
    judge: Callable[[Finding], Finding] = _as_found,
    texts: Sequence[Text] | None = None,
) -> Gate:
    """Decide for each segment whether its translation may be shown.

    Args:
        segments: the document's segments.
        catalog: the catalog of that document in one locale.
        check: what finds mistakes; a finding above ``minor`` holds its unit back, unless it is
            waived.
        sign_offs: what the ledger says; None where nobody needs to sign and nothing is waived.
        accept_samples: a catalog that is marked as a sample may be shown.
        judge: gives a finding the severity that the project's checklist says.
        texts: what :func:`gather_texts` gave for the segments; None to have it done here.
    """
    units = catalog.by_key()
    # Most catalogs are empty at first: then there is nothing to look up.
    if not units:
        return Gate()
    texts = gather_texts(segments) if texts is None else texts
    found = _find(texts, units, check, judge)
    passage = _Passage(sign_offs, found, may_show=accept_samples or not catalog.is_sample)
    for text in texts:
        passage.judge(text, units.get(text.key))
    return passage.gate()


def _find(
    texts: Iterable[Text],
    units: Mapping[UnitKey, Unit],
    check: CatalogCheck,
    judge: Callable[[Finding], Finding],
) -> dict[UnitKey, list[Finding]]:
    """What the checks see in the translations of a catalog, where they see anything."""
    there = [
        (text, unit)
        for text in texts
        if (unit := units.get(text.key)) and unit.msgstr and not (unit.fuzzy or unit.obsolete)
    ]
    return {
        # One text may stand in several places, and say the same in each.
        text.key: list(dict.fromkeys(map(judge, said)))
        for (text, _), said in zip(there, check(there), strict=True)
        if said
    }


class _Passage:
    """Units go by one after the other; what becomes of each is kept."""

    def __init__(
        self,
        sign_offs: SignOffs | None,
        found: Mapping[UnitKey, list[Finding]],
        *,
        may_show: bool,
    ) -> None:
        self._sign_offs = sign_offs
        self._found = found
        self._may_show = may_show
        self._targets: dict[UnitKey, str] = {}
        self._translated: set[UnitKey] = set()
        self._changed: set[UnitKey] = set()
        self._tolerated: set[UnitKey] = set()
        self._held: dict[UnitKey, Hold] = {}
        self._drafted: dict[UnitKey, Origin] = {}
        self._standings: dict[UnitKey, Standing] = {}
        self._findings: list[Finding] = []
        self._waived: list[Waived] = []
        self._waivers = sign_offs and Waivers(cover=sign_offs.cover, digest_of=sign_offs.digest_of)

    def gate(self) -> Gate:
        return Gate(
            targets=self._targets,
            translated=frozenset(self._translated),
            changed=frozenset(self._changed),
            tolerated=frozenset(self._tolerated),
            held=self._held,
            drafted=self._drafted,
            standings=self._standings,
            findings=tuple(self._findings),
            waived=tuple(self._waived),
        )

    def judge(self, text: Text, unit: Unit | None) -> None:
        key = text.key
        if unit is None or not unit.msgstr:
            hold = Hold.UNTRANSLATED
        elif found := self._hold(text, unit):
            hold = found
        else:
            self._targets[key] = unit.msgstr
            return
        self._held[key] = hold
        if hold is Hold.CHANGED:
            self._changed.add(key)
        if self._was_public(text, unit):
            self._tolerated.add(key)

    def _hold(self, text: Text, unit: Unit) -> Hold | None:
        if unit.fuzzy or unit.obsolete:
            if unit.origin is not Origin.HUMAN:
                self._drafted[text.key] = unit.origin
            was_translated = unit.previous is not None and unit.origin is Origin.HUMAN
            return Hold.CHANGED if was_translated else Hold.FUZZY
        if not is_translation(unit.msgid, unit.msgstr):
            return Hold.COPY
        self._translated.add(text.key)
        is_signed = self._is_signed(text, unit)
        found = [f for f in self._found.get(text.key, ()) if not self._is_waived(f, unit)]
        self._findings += found
        if any(finding.severity is not Severity.MINOR for finding in found):
            return Hold.FINDING
        if not self._may_show:
            return Hold.SAMPLE
        return None if is_signed else Hold.UNSIGNED

    def _is_waived(self, finding: Finding, unit: Unit) -> bool:
        waiver = self._waivers.find(finding, unit) if self._waivers else None
        if waiver:
            self._waived.append(Waived(finding=finding, waiver=waiver))
        return waiver is not None

    def _is_signed(self, text: Text, unit: Unit) -> bool:
        if self._sign_offs is None or not self._sign_offs.is_needed:
            return True
        digest = self._sign_offs.digest_of(text.key, unit.msgstr)
        standing = self._sign_offs.cover.standing(digest, critical=text.critical)
        self._standings[text.key] = standing
        return not standing.missing

    def _was_public(self, text: Text, unit: Unit | None) -> bool:
        """Whether this translation was shown before its source changed, as far as one can tell."""
        if self._sign_offs is None or not (self._sign_offs.is_needed and self._may_show):
            return False
        if self._sign_offs.was_live:
            return True
        if unit is None or unit.previous is None or unit.origin is not Origin.HUMAN:
            return False
        digest = self._sign_offs.digest_of(unit.previous, unit.msgstr)
        return self._sign_offs.cover.standing(digest, critical=text.critical).is_signed


def find_unpublished(catalog: Catalog, shown: Mapping[UnitKey, str]) -> tuple[str, ...]:
    """The target texts of a catalog that nobody may read: held back, or of a source that is gone.

    Args:
        catalog: the catalog.
        shown: the target texts that are shown, by key.
    """
    return tuple(
        unit.msgstr
        for unit in catalog.units
        if unit.msgstr and (unit.obsolete or shown.get(unit.key) != unit.msgstr)
    )


def is_translation(source: str, target: str) -> bool:
    """Whether a target is more than its source copied.

    A copied sentence is work not yet done, and would be English under another
    ``lang``; other marks and capitals change nothing. Names and codes without a small
    letter (``COVID-19``) stay what they are.
    """
    # Nearly always the first words tell it, and the others need not be looked at.
    one, other = _first_word(source), _WORD.search(target)
    if one and other and one != other[0].casefold():
        return True
    return _words(source) != _words(target) or not _TRANSLATABLE_WORD.search(source)


@lru_cache(maxsize=20_000)
def _first_word(source: str) -> str:
    # The same source meets its translations in every locale.
    found = _WORD.search(source)
    return found[0].casefold() if found else ""


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]

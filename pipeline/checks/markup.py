"""Checks on the markup of a translation, against its source."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.checks.features import REPEATABLE, Feature, FeatureKind, has_markup, read_features
from pipeline.checks.findings import about_unit
from pipeline.model import Finding, Segment, Severity, SpanKind, Unit

#: Protected spans that are compared as they stand; the others are features.
_VERBATIM = frozenset({SpanKind.CODE, SpanKind.KEYS, SpanKind.TIME})
_BOLD = re.compile(r"\*\*(?=\S)(?:(?!\*\*).)+?(?<=\S)\*\*(?!\*)", re.DOTALL)
_CODE = re.compile(r"`[^`]*`")
_COUNTED = frozenset(
    {FeatureKind.TAG, FeatureKind.ATTRIBUTE, FeatureKind.LIST, FeatureKind.FOOTNOTE}
)


def check_foreign_markup(
    segment: Segment, unit: Unit, path: Path, locale: str
) -> tuple[Finding, ...]:
    """foreign-markup: a translation brings in markup that its source does not have.

    A tag, an attribute, the target of a link or picture, an address, an attribute list,
    an instruction to a tool: a translation may leave one out, never add one. Emphasis is
    free: languages stress in different places.

    - Source: ``Call [111](tel:111).``
    - Wrong: ``Wac [111](https://example.com).``
    - Right: ``Wac [111](tel:111).``
    - Wrong: ``اتصل بالرقم <b onclick=…>111</b>``
    - Right: ``اتصل بالرقم [111](tel:111).``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.

    Returns:
        Critical findings, one for each piece of markup.
    """
    if not has_markup(unit.msgstr):
        return ()
    source, target = _features(segment.msgid), read_features(unit.msgstr)
    return tuple(
        about_unit(
            "foreign-markup",
            Severity.CRITICAL,
            unit,
            path,
            locale,
            message=f"The translation brings in {feature}, which the source does not have.",
            remedy="Take it out, or copy the markup of the source exactly.",
        )
        for feature in _more(target, source)
    )


def check_markup_mismatch(
    segment: Segment, unit: Unit, path: Path, locale: str
) -> tuple[Finding, ...]:
    """markup-mismatch: a translation has lost markup of its source.

    A link, a placeholder, code, a footnote or a tag without which the sentence does not
    do its work; and bold, which marks what a reader must not miss. Bold that begins and does not
    end is found too; italics, which many scripts do not have, are free.

    - Source: ``Read [how to rest](rest.md).``
    - Wrong: ``Akhri sida loo nasto.``
    - Right: ``Akhri [sida loo nasto](rest.md).``
    - Source: ``Checked on {date}``
    - Wrong: ``তারিখে পরীক্ষা করা হয়েছে``
    - Right: ``{date} তারিখে পরীক্ষা করা হয়েছে``

    Args, and what is returned: as for ``check_foreign_markup``; the findings are major.
    """
    has_bold = "**" in segment.msgid or "**" in unit.msgstr
    if not segment.protected and not _has_markup(segment.msgid) and not has_bold:
        return ()
    lost = [str(feature) for feature in _lost(segment, unit.msgstr)]
    lost += [text for text in _lost_spans(segment, unit.msgstr) if text not in lost]
    if has_bold and (fault := _find_bold_fault(segment.msgid, unit.msgstr)):
        lost.append(fault)
    return tuple(
        about_unit(
            "markup-mismatch",
            Severity.MAJOR,
            unit,
            path,
            locale,
            message=f"The translation has lost {what}.",
            remedy="Copy it from the source to where it belongs in the translation.",
        )
        for what in lost
    )


def _more(target: Counter[Feature], source: Counter[Feature]) -> Iterator[Feature]:
    for feature, count in target.items():
        if count > source[feature] and not (feature.kind in REPEATABLE and source[feature]):
            yield feature


def _lost(segment: Segment, target: str) -> Iterator[Feature]:
    there = read_features(target)
    for feature, count in _features(segment.msgid).items():
        least = count if feature.kind in _COUNTED else 1
        if there[feature] < least:
            yield feature


def _lost_spans(segment: Segment, target: str) -> Iterator[str]:
    for span in segment.protected:
        if span.kind in _VERBATIM and span.text not in target:
            yield f"the {span.kind} {span.text}"


def _find_bold_fault(source: str, target: str) -> str | None:
    """What became of bold: less of it, or a beginning without an end."""
    old, new = len(_BOLD.findall(source)), len(_BOLD.findall(target))
    if new < old:
        return "bold that the source has"
    if _CODE.sub("", target).count("**") % 2 > _CODE.sub("", source).count("**") % 2:
        return "the end of its bold"
    return None


@lru_cache(maxsize=20_000)
def _has_markup(msgid: str) -> bool:
    return has_markup(msgid)


@lru_cache(maxsize=20_000)
def _features(msgid: str) -> Counter[Feature]:
    # The same source meets its translations in every locale.
    return read_features(msgid)

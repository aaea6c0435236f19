"""Translations that come late: of texts that the catalog no longer has.

A translator worked on a file for a week, and meanwhile the English has changed. Their work is
carried over as merging carries over what stands in the catalog: proposed, as fuzzy, for an empty
text that is like the old one, and kept as obsolete in case the old text returns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.catalogs.matching import Matcher
from pipeline.catalogs.merging import carried
from pipeline.model import Catalog, Unit, UnitKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """What became of late translations.

    Attributes:
        catalog: the catalog with them.
        proposed: the text that each was proposed for, by its own key; others are only kept.
    """

    catalog: Catalog
    proposed: Mapping[UnitKey, UnitKey]


def add_late(catalog: Catalog, late: Sequence[Unit]) -> Late:
    """Put translations of texts that are gone into a catalog.

    Args:
        catalog: the catalog, which has none of them among its current units.
        late: the translations, each with the text that it was made for.

    Returns:
        The catalog, in which nothing but empty and obsolete units has changed.
    """
    if not late:
        return Late(catalog=catalog, proposed={})
    matcher = Matcher(units=late, places=[None] * len(late))
    proposed: dict[UnitKey, UnitKey] = {}
    units = []
    standing = [unit for unit in catalog.units if not unit.obsolete]
    for place, unit in enumerate(standing):
        source = None if unit.msgstr else matcher.find(unit.key, place)
        if source:
            proposed.setdefault(source.key, unit.key)
            units.append(_proposed(source, unit))
        else:
            units.append(unit)
    keys = {unit.key for unit in late}
    kept = [unit for unit in catalog.units if unit.obsolete and unit.key not in keys]
    gone = [_gone(unit) for unit in late]
    return Late(catalog=replace(catalog, units=(*units, *kept, *gone)), proposed=proposed)


def _proposed(source: Unit, unit: Unit) -> Unit:
    """An empty unit with the late translation, and all that it says of itself."""
    return replace(
        carried(source, unit.key),
        translator_comments=(*unit.translator_comments, *source.translator_comments),
        extracted_comments=unit.extracted_comments,
        references=unit.references,
        flags=unit.flags,
    )


def _gone(unit: Unit) -> Unit:
    return replace(unit, obsolete=True, extracted_comments=(), references=())

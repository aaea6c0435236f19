"""Catalogs whose msgids an earlier segmenter made: the same texts under their names of today.

Without this a sentence that is only cut or written otherwise would be a new one: its translation
fuzzy, its sign-offs void. A unit takes its new name where the rules of the versions between lead
from its old msgid to one that the resource has today, and nobody has that name yet. All else is
left to `pipeline sync`, which loses no translation either.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from pipeline.model import Catalog, UnitKey

#: From a msgid of the version before to one of this version.
Rule = Callable[[str], str]
#: None so far. Where SEGMENTER_VERSION goes up, its rule goes here.
RULES: Mapping[int, Rule] = {}


def find_moved(
    catalog: Catalog,
    today: Collection[UnitKey],
    *,
    since: int,
    until: int,
    rules: Mapping[int, Rule] = RULES,
) -> dict[UnitKey, UnitKey]:
    """The units of a catalog that have another name today.

    Args:
        catalog: a resource's catalog.
        today: the keys of the resource's segments.
        since: the version of the segmenter that made the catalog.
        until: that of today.
        rules: how a msgid of the version before becomes one of each version.

    Returns:
        New keys by old ones; the same twice over: what has moved does not move again.
    """
    wanted, there = set(today), {unit.key for unit in catalog.units if unit.msgstr}
    moved: dict[UnitKey, UnitKey] = {}
    for unit in catalog.units:
        if unit.key in wanted or unit.obsolete:
            continue
        msgid = unit.msgid
        for version in range(since + 1, until + 1):
            msgid = rules.get(version, _same)(msgid)
        key = UnitKey(unit.context, msgid)
        if key in wanted and key not in there and key not in moved.values():
            moved[unit.key] = key
    return moved


def rekey(catalog: Catalog, moved: Mapping[UnitKey, UnitKey]) -> Catalog:
    """The catalog with its units under their new names; target, state and notes as they were.

    Args:
        catalog: the catalog.
        moved: new keys by old ones.
    """
    new = set(moved.values())
    units = tuple(
        replace(unit, msgid=moved[unit.key].msgid) if unit.key in moved else unit
        for unit in catalog.units
        # An empty box that `sync` has made for the new name already.
        if not (unit.key in new and not unit.msgstr)
    )
    return replace(catalog, units=units)


def _same(msgid: str) -> str:
    return msgid

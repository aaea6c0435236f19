"""Strings that a newer theme asks for, and their translations as far as they ship."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace

from pipeline.model import Catalog, UnitKey

_BLOCK = re.compile(r"^\[\[string\]\]$.*?(?=^\[\[string\]\]$|^# ---|\Z)", re.MULTILINE | re.DOTALL)
#: Names of topics are the project's own.
_OF_TOPICS = "topic-"
_HEAD = "# --- New strings of the program: see its change log ---"


def add_strings(text: str, shipped: str) -> tuple[str, list[str]]:
    """A project's strings with those that it lacks.

    What the project says in its own words stays as it is.

    Args:
        text: the project's ``theme/interface.toml``.
        shipped: that of the program.

    Returns:
        The new text, and the ids of what was added.
    """
    known = {string["id"] for string in tomllib.loads(text).get("string", [])}
    added, blocks = [], []
    for found in _BLOCK.finditer(shipped):
        block = found[0].strip()
        name = str(tomllib.loads(block)["string"][0]["id"])
        if name not in known and not name.startswith(_OF_TOPICS):
            added.append(name)
            blocks.append(block)
    if not added:
        return text, []
    head = [] if _HEAD in text else [_HEAD]
    return "\n\n".join([text.rstrip("\n"), *head, *blocks]) + "\n", added


def fill_samples(catalog: Catalog, shipped: Catalog, ids: Collection[str]) -> Catalog:
    """A catalog of the interface with the sample translations of strings that are new.

    Only a catalog that says itself that it is a sample takes samples: in one that people have
    worked through, an empty box is honest and a sample would pass for their work.

    Args:
        catalog: the project's, merged with its strings.
        shipped: the program's, in the same language.
        ids: the strings that are new.
    """
    if not (catalog.is_sample and shipped.is_sample):
        return catalog
    texts: Mapping[UnitKey, str] = {u.key: u.msgstr for u in shipped.units if u.is_current}
    units = tuple(
        replace(unit, msgstr=texts[unit.key])
        if unit.context in ids and not unit.msgstr and unit.key in texts
        else unit
        for unit in catalog.units
    )
    return replace(catalog, units=units)

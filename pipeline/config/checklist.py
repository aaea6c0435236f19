"""The checklist: what ships, and what a project adds to it or changes in ``qa/checklist.toml``.

Each item is a question that checks or a role answer. What is critical on clinical resources
stays so: a project can only ask for more. ``docs/reference/qa.md`` has the format.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pipeline.config.narrow import Table, read_table
from pipeline.model import RiskTier, Severity
from pipeline.workflow import Checklist, ChecklistItem, Role, Stage

#: The checklist that ships: package data.
SHIPPED = Path(__file__).parents[1] / "qa/checklist.toml"
#: Where a project has its own, from its folder.
OWN = "qa/checklist.toml"
_KEYS = frozenset(
    {"id", "question", "who", "checks", "severity", "tiers", "stages", "standard", "address"}
)
#: What a project may say about an item that ships.
_CHANGES = frozenset({"id", "question", "severity", "tiers"})
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[\w.-]+(?:/[^\s<>\"]*)?", re.ASCII)
_MACHINE = "machine"
#: Stages at which a role can be asked, by the side that it signs.
_SOURCE_ROLES = frozenset({Role.AUTHOR, Role.CLINICIAN})
_Choice = TypeVar("_Choice", bound=StrEnum)


def read_checklist(root: Path | None = None) -> Checklist:
    """The checklist of a project.

    Args:
        root: the project's folder; None for the checklist that ships.

    Raises:
        ConfigError: a file is damaged, or an item is not what it must be; with line and remedy.
    """
    shipped = _read_shipped(SHIPPED)
    own = root / OWN if root else None
    if own is None or not own.exists():
        return shipped
    table = read_table(own)
    table.refuse_unknown(frozenset({"item"}))
    items = {item.id: item for item in shipped.items}
    seen: set[str] = set()
    for entry in table.tables("item"):
        name = _id(entry, seen)
        known = items.get(name)
        items[name] = _item(entry, name, is_own=True) if known is None else _change(entry, known)
    return Checklist(items=tuple(items.values()))


@lru_cache(maxsize=1)
def _read_shipped(path: Path) -> Checklist:
    table = read_table(path)
    table.refuse_unknown(frozenset({"item"}))
    seen: set[str] = set()
    items = [_item(entry, _id(entry, seen)) for entry in table.tables("item")]
    return Checklist(items=tuple(items))


def _id(entry: Table, seen: set[str]) -> str:
    name = entry.string("id")
    if not _ID.fullmatch(name):
        raise entry.error(
            f"`{name}` cannot be an item's id.",
            "Use small letters, digits and single hyphens, such as `reads-aloud`.",
            "id",
        )
    if name in seen:
        raise entry.error(f"The item `{name}` stands twice.", "Remove one entry.", "id")
    seen.add(name)
    return name


def _item(entry: Table, name: str, *, is_own: bool = False) -> ChecklistItem:
    entry.refuse_unknown(_KEYS)
    who = _choice(entry, "who", (_MACHINE, *Role), entry.string("who"))
    role = None if who == _MACHINE else Role(who)
    if is_own and role is None:
        raise entry.error(
            f"The item `{name}` would be answered by a machine, and no check knows it.",
            f"Let a role answer it: {', '.join(Role)}.",
            "who",
        )
    if role and "checks" in entry.values:
        raise entry.error(
            f"The item `{name}` is answered by a {role} and names checks.",
            "Take one out.",
            "checks",
        )
    stages = _choices(entry, "stages", Stage)
    if role:
        _check_side(entry, name, role, stages)
    return ChecklistItem(
        id=name,
        question=entry.string("question"),
        role=role,
        checks=() if role else entry.strings("checks"),
        severity=_severity(entry),
        tiers=_choices(entry, "tiers", RiskTier),
        stages=stages,
        standard=entry.string("standard"),
        address=_address(entry),
    )


def _check_side(entry: Table, name: str, role: Role, stages: Sequence[Stage]) -> None:
    """Refuse a question that its role never signs anything for."""
    of_source = set(stages) == {Stage.SOURCE}
    if Stage.SOURCE in stages and not of_source:
        problem, remedy = "asks about the source and a translation", "Make two items of it."
    elif of_source and role not in _SOURCE_ROLES:
        problem, remedy = f"asks a {role} about the source", "Ask an author or a clinician."
    elif not of_source and role is Role.AUTHOR:
        problem, remedy = "asks an author about a translation", "Ask somebody who signs it."
    else:
        return
    raise entry.error(f"The item `{name}` {problem}.", remedy, "stages")


def _change(entry: Table, item: ChecklistItem) -> ChecklistItem:
    """An item that ships, with what a project says otherwise."""
    for key in entry.values:
        if key in _KEYS - _CHANGES:
            raise entry.error(
                f"`{key}` of the item `{item.id}` ships with the program and stays.",
                f"Change only {', '.join(sorted(_CHANGES - {'id'}))}, or add an item of your own.",
                key,
            )
    entry.refuse_unknown(_CHANGES)
    severity = _severity(entry) if "severity" in entry.values else item.severity
    tiers = _choices(entry, "tiers", RiskTier) if "tiers" in entry.values else item.tiers
    is_guarded = item.severity is Severity.CRITICAL and RiskTier.CLINICAL in item.tiers
    if is_guarded and severity is not Severity.CRITICAL:
        raise entry.error(
            f"The item `{item.id}` is critical on clinical resources and cannot be less.",
            "Take `severity` out; for one finding that is no mistake: `pipeline qa --waive`.",
            "severity",
        )
    if is_guarded and RiskTier.CLINICAL not in tiers:
        raise entry.error(
            f"The item `{item.id}` is critical on clinical resources and cannot leave them out.",
            "Add `clinical` to `tiers`.",
            "tiers",
        )
    return replace(
        item,
        question=entry.string("question", item.question),
        severity=severity,
        tiers=tiers,
        is_reset=severity is not item.severity,
    )


def _severity(entry: Table) -> Severity:
    return Severity(_choice(entry, "severity", tuple(Severity), entry.string("severity")))


def _choices(entry: Table, key: str, kind: type[_Choice]) -> tuple[_Choice, ...]:
    words = entry.strings(key)
    found = (kind(_choice(entry, key, tuple(kind), word)) for word in words)
    return tuple(dict.fromkeys(found))


def _choice(entry: Table, key: str, known: Iterable[str], word: str) -> str:
    if word in known:
        return word
    raise entry.error(
        f"`{key}` in {entry.name} has an unknown word `{word}`.", f"Use {', '.join(known)}.", key
    )


def _address(entry: Table) -> str:
    address = entry.string("address")
    if not _ADDRESS.fullmatch(address):
        raise entry.error(
            f"`{address}` is no address.",
            "Use one such as https://www.w3.org/TR/WCAG22/.",
            "address",
        )
    return address

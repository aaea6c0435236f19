"""``[workflow]`` of ``pipeline.toml``: who must sign what, how soon, and what counts how much.

The defaults, with what they follow, are in ``docs/reference/workflow.md``.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from pipeline.config.narrow import Table
from pipeline.model import RiskTier, Urgency
from pipeline.workflow import (
    DEFAULT_WORKFLOW,
    Role,
    Step,
    Targets,
    TierRules,
    Weights,
    Workflow,
)

_KEYS = frozenset(
    {
        "require_signatures",
        "allowed_signers",
        "revoked_signers",
        "holidays",
        "grace_days",
        "targets",
        "weights",
        *RiskTier,
    }
)
_TIER = frozenset({"source", "target", "later", "later_urgencies", "later_days", "never_waived"})
_TARGETS = frozenset({"urgent_days", "routine_working_days", "alarm_days"})
_WEIGHTS = frozenset({"urgent", "critical", "uncounted_people"})
#: Roles that have nothing to answer for on a side: why.
_OUT_OF_PLACE: Mapping[bool, Mapping[Role, str]] = {
    True: {
        Role.TRANSLATOR: "nothing is translated there",
        Role.REVISER: "a reviser compares a translation with its source",
    },
    False: {Role.AUTHOR: "an author answers for the source text"},
}
_HOLIDAYS = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", re.ASCII)
#: Ten years: beyond that a number is a slip, and dates run out.
_MOST_DAYS = 3650
_Choice = TypeVar("_Choice", bound=StrEnum)


def read_workflow(table: Table) -> Workflow:
    """Narrow the table ``[workflow]``; what is absent has its default.

    Raises:
        ConfigError: a value is not what it must be, or the rules contradict one another.
    """
    table.refuse_unknown(_KEYS)
    default = DEFAULT_WORKFLOW
    return Workflow(
        tiers={tier: _tier(table.table(tier), default.tiers[tier]) for tier in RiskTier},
        require_signatures=table.boolean("require_signatures", default=default.require_signatures),
        allowed_signers=_path(table, "allowed_signers") or default.allowed_signers,
        revoked_signers=_path(table, "revoked_signers"),
        targets=_targets(table.table("targets")),
        weights=_weights(table.table("weights")),
        holidays=_holidays(table),
        grace_days=table.count("grace_days", default.grace_days, most=_MOST_DAYS),
    )


def _tier(table: Table, default: TierRules) -> TierRules:
    table.refuse_unknown(_TIER)
    source, target = default.source, default.target
    if "source" in table.values:
        source = _steps(table, "source", of_source=True)
    if "target" in table.values:
        target = _steps(table, "target", of_source=False)
        _check_reviewed(table, target)
    in_target = {role for step in target for role in step}
    rules = TierRules(
        source=source,
        target=target,
        later=tuple(role for role in default.later if role in in_target),
        later_urgencies=default.later_urgencies,
        later_days=table.count("later_days", default.later_days, most=_MOST_DAYS),
        never_waived=_choices(table, "never_waived", Role, default.never_waived),
    )
    rules = replace(
        rules,
        later=_choices(table, "later", Role, rules.later),
        later_urgencies=_choices(table, "later_urgencies", Urgency, rules.later_urgencies),
    )
    _check_later(table, rules, in_target)
    return rules


def _steps(table: Table, key: str, *, of_source: bool) -> tuple[Step, ...]:
    """The steps of a side, each with one role or several that work side by side."""
    steps = tuple(
        tuple(_choice(table, key, Role, word) for word in words)
        for words in table.string_lists(key)
    )
    roles = [role for step in steps for role in step]
    for role in roles:
        if roles.count(role) > 1:
            raise table.error(
                f"`{key}` in {table.name} names `{role}` twice.", "Name each role once.", key
            )
        if reason := _OUT_OF_PLACE[of_source].get(role):
            raise table.error(
                f"`{key}` in {table.name} names `{role}`, and {reason}.",
                f"Take it out, or move it to `{'target' if of_source else 'source'}`.",
                key,
            )
    return steps


def _check_reviewed(table: Table, target: tuple[Step, ...]) -> None:
    """Refuse steps by which the public would read what nobody beside its maker has looked at."""
    roles = [role for step in target for role in step]
    if not set(roles) - {Role.TRANSLATOR}:
        raise table.error(
            f"`target` in {table.name} lets a translation go out that nobody else has read.",
            "Add a reviser or a community-reader.",
            "target",
        )
    if Role.REVISER not in roles:
        return
    place = {role: number for number, step in enumerate(target) for role in step}
    if place.get(Role.TRANSLATOR, len(target)) >= place[Role.REVISER]:
        raise table.error(
            f"`target` in {table.name} has a reviser without a translator in an earlier step.",
            'Put ["translator"] first: the reviser is somebody else (ISO 17100).',
            "target",
        )


def _check_later(table: Table, rules: TierRules, in_target: set[Role]) -> None:
    """Refuse roles that cannot follow publication."""
    if unknown := [role for role in rules.later if role not in in_target]:
        raise table.error(
            f"`later` in {table.name} names `{unknown[0]}`, and `target` does not.",
            "Name roles of `target` only.",
            "later",
        )
    if not in_target - set(rules.later) - {Role.TRANSLATOR} or Role.TRANSLATOR in rules.later:
        raise table.error(
            f"`later` in {table.name} lets a translation go out that nobody else has read.",
            "Leave the translator, and one role beside it, out of `later`.",
            "later",
        )
    if rules.later and not (rules.later_urgencies and rules.later_days):
        raise table.error(
            f"`later` in {table.name} does not say when.",
            'Add `later_days`, such as 5, and `later_urgencies`, such as ["urgent"].',
            "later",
        )


def _targets(table: Table) -> Targets:
    table.refuse_unknown(_TARGETS)
    default = Targets()
    targets = Targets(
        urgent_days=_days(table, "urgent_days", default.urgent_days),
        routine_working_days=_days(table, "routine_working_days", default.routine_working_days),
        alarm_days=_days(table, "alarm_days", default.alarm_days),
    )
    if targets.alarm_days < targets.urgent_days:
        key = "alarm_days" if "alarm_days" in table.values else "urgent_days"
        raise table.error(
            f"The alarm in {table.name} would come before an urgent resource is late.",
            "Make `alarm_days` at least `urgent_days`.",
            key,
        )
    return targets


def _weights(table: Table) -> Weights:
    table.refuse_unknown(_WEIGHTS)
    default = Weights()
    return Weights(
        urgent=table.number("urgent", default.urgent, least=1.0),
        critical=table.number("critical", default.critical, least=0.0),
        uncounted_people=table.count("uncounted_people", default.uncounted_people, least=1),
    )


def _days(table: Table, key: str, default: int) -> int:
    return table.count(key, default, least=1, most=_MOST_DAYS)


def _holidays(table: Table) -> str:
    value = table.values.get("holidays", DEFAULT_WORKFLOW.holidays)
    if value == "" or (isinstance(value, str) and _HOLIDAYS.fullmatch(value)):
        return str(value)
    raise table.error(
        f"`{value}` cannot be where `holidays` in {table.name} are.",
        'Use a country, with a part of it if need be, such as "GB-ENG"; "" for no holidays.',
        "holidays",
    )


def _path(table: Table, key: str) -> str | None:
    """A file's path below the project's folder, or None where the key is absent."""
    path = table.optional_string(key)
    if path is None:
        return None
    parts = path.split("/")
    if "\\" in path or ":" in path or "\0" in path or {"", ".", ".."} & set(parts):
        raise table.error(
            f"`{path}` in {table.name} is not a path below the project's folder.",
            "Use one such as review/allowed_signers.",
            key,
        )
    return path


def _choices(
    table: Table, key: str, kind: type[_Choice], default: tuple[_Choice, ...]
) -> tuple[_Choice, ...]:
    """A list of words of a kind, each once; it may be empty."""
    words = table.words(key)
    if words is None:
        return default
    found = tuple(_choice(table, key, kind, word) for word in words)
    return tuple(dict.fromkeys(found))


def _choice(table: Table, key: str, kind: type[_Choice], word: str) -> _Choice:
    if word in set(kind):
        return kind(word)
    known = [str(choice) for choice in kind]
    near = get_close_matches(word, known, n=1)
    raise table.error(
        f"`{key}` in {table.name} has an unknown word `{word}`.",
        f"Did you mean `{near[0]}`?" if near else f"Use {', '.join(known)}.",
        key,
    )

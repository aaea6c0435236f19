"""What `pipeline draft` says: before it runs who will fill what, and afterwards what came of it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.cli.console import out
from pipeline.cli.drafting import Drafted, Plan
from pipeline.cli.machine_drafts import Machine
from pipeline.cli.review_screen import safe
from pipeline.draft import Filled, Outcome
from pipeline.model import Locale

_SHORT = 60


def print_plan(plans: Sequence[Plan], locale: Locale, machine: Machine, *, origin: str) -> None:
    """Say in one line who fills what.

    ``Somali: no model is installed; 41 of 60 empty segments from memory, 19 for a person.``
    """
    out.print(describe_plan(plans, locale, machine, origin=origin), markup=False)
    if unknown := sum(plan.unknown for plan in plans):
        out.print(
            f"{unknown} segments are in no catalog yet: `pipeline sync` brings them in.",
            markup=False,
        )
    if machine.detour and not machine.route:
        first, second = machine.detour
        out.print(
            f"With --pivot {first.name} and {second.name} would draft it through "
            f"{first.target}: mistakes of both add up.",
            markup=False,
        )


def describe_plan(plans: Sequence[Plan], locale: Locale, machine: Machine, *, origin: str) -> str:
    """The line of :func:`print_plan`."""
    empty = sum(len(plan.empty) for plan in plans)
    left = sum(plan.left for plan in plans)
    if not empty:
        return f"{locale.english_name}: there is no empty segment."
    model = "no model is installed; " if origin != "memory" and not machine.route else ""
    parts = [f"{empty - left} of {empty} empty segments from memory"]
    if origin == "machine":
        parts = [f"{empty} empty segments"]
    if machine.route:
        parts.append(f"{left} for the machine ({machine.name})")
    else:
        parts.append(f"{left} for a person")
    return f"{locale.english_name}: {model}{', '.join(parts)}."


def print_report(done: Sequence[Drafted], locale: Locale, machine: Machine) -> None:
    """Say of each resource what was filled, and why what was not."""
    for drafted in done:
        if drafted.filled:
            for line in _lines(drafted, machine):
                out.print(line, markup=False)
    everything = [filled for drafted in done for filled in drafted.filled]
    counts = Counter(filled.outcome for filled in everything)
    parts = [f"{counts[Outcome.MEMORY]} of {len(everything)} empty segments from memory"]
    if machine.route:
        parts.append(f"{counts[Outcome.MACHINE]} from the machine")
    parts.append(f"{_left(counts)} for a person")
    out.print(
        f"{locale.english_name}: {', '.join(parts)}{_thrown_away(counts)}. "
        "Every proposal is fuzzy: nothing of it is public.",
        markup=False,
    )


def _left(counts: Counter[Outcome]) -> int:
    return counts[Outcome.LEFT] + counts[Outcome.DISCARDED]


def _thrown_away(counts: Counter[Outcome]) -> str:
    discarded = counts[Outcome.DISCARDED]
    return f" (drafts thrown away: {discarded})" if discarded else ""


def _lines(drafted: Drafted, machine: Machine) -> Iterator[str]:
    plan = drafted.plan
    counts = Counter(filled.outcome for filled in drafted.filled)
    parts = [f"{plan.same} same text", f"{len(plan.proposals) - plan.same} like it"]
    if machine.route:
        parts.append(f"{counts[Outcome.MACHINE]} from the machine")
    parts.append(f"{_left(counts)} empty")
    yield f"{plan.document.id}: {', '.join(parts)}{_thrown_away(counts)}"
    for filled in drafted.filled:
        yield from _reasons(filled, plan.reasons.get(filled.unit.key, ""))


def _reasons(filled: Filled, from_memory: str) -> Iterator[str]:
    critical = " CRITICAL" if filled.is_critical else ""
    if filled.outcome in {Outcome.DISCARDED, Outcome.LEFT}:
        reasons = [reason for reason in (filled.reason, from_memory) if reason]
        if reasons:
            yield f"  left empty{critical}: {_short(filled.unit.msgid)}"
            yield from (f"    {safe(reason)}" for reason in reasons)
    elif filled.flags:
        yield f"  look first{critical}: {_short(filled.unit.msgid)}"
        yield from (f"    {safe(flag)}" for flag in filled.flags)


def _short(text: str) -> str:
    shown = safe(text)
    return shown if len(shown) <= _SHORT else f"{shown[: _SHORT - 1]}…"

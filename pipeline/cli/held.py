"""What the gate holds back of a translation, in words."""

from collections import Counter
from collections.abc import Iterable

from pipeline.cli.approval import name_roles
from pipeline.model import Segment
from pipeline.qa import Gate, Hold

_HELD = {hold: str(hold) for hold in Hold}


def explain_held(segments: Iterable[Segment], gate: Gate) -> str:
    """Why not all of a translation is shown, in words; empty where all of it is.

    Args:
        segments: the segments of the resource.
        gate: what may be shown of its translation.
    """
    shown = gate.targets
    held = [gate.held.get(s.key, Hold.UNTRANSLATED) for s in segments if s.key not in shown]
    reasons = [f"{number} {_HELD[hold]}" for hold, number in Counter(held).most_common()]
    roles = dict.fromkeys(role for standing in gate.standings.values() for role in standing.missing)
    waiting = f"; waiting for {name_roles(roles)}" if roles else ""
    return f"segments: {', '.join(reasons)}{waiting}" if reasons else ""

"""What the memory of a language has for the rows that are sent to its translators."""

from collections.abc import Callable, Sequence

from pipeline.exchange import Suggestion
from pipeline.memory import Difference, Match, Memory
from pipeline.memory.units import Aspect, neighbours
from pipeline.model import UnitKey

#: Suggestions a row: more are not read.
MOST = 3
#: What is suggested for a text, by its place among those of its resource.
Suggest = Callable[[int], tuple[Suggestion, ...]]


def suggest_nothing(_at: int) -> tuple[Suggestion, ...]:
    """No suggestions, where none are wanted."""
    return ()


def suggest_from(memory: Memory, keys: Sequence[UnitKey]) -> Suggest:
    """What suggests translations for the texts of a resource.

    Args:
        memory: the translations of the language.
        keys: the texts of the resource, in order.
    """

    def suggest(at: int) -> tuple[Suggestion, ...]:
        context, text = keys[at]
        around = neighbours(keys, at)
        matches = memory.find(text, context=context, neighbours=around, limit=MOST)
        return tuple(map(as_suggestion, matches))

    return suggest


def as_suggestion(match: Match) -> Suggestion:
    """A match as it is shown beside a text."""
    made = match.best.provenance
    return Suggestion(
        source=match.source,
        target=match.target,
        score=round(match.score),
        resource=made.name,
        roles=made.roles,
        differences=tuple(map(describe_difference, match.differences)),
        is_imported=made.is_imported,
        is_sample=made.is_sample,
    )


def describe_difference(difference: Difference) -> str:
    """In what the text of a match says something else, in words.

    Examples: ``the old text says 5 days, this one 7 days``; ``this text says “not”, the old one
    does not``.
    """
    if difference.aspect is Aspect.CONTEXT:
        old, new = (f"“{said}”" if said else "nothing" for said in (difference.old, difference.new))
        return f"the old text is marked as {old}, this one as {new}"
    old, new = difference.old, difference.new
    if difference.aspect is Aspect.NEGATION:
        old, new = (f"“{said}”" if said else "" for said in (old, new))
    if not new:
        return f"the old text says {old}, this one does not"
    if not old:
        return f"this text says {new}, the old one does not"
    return f"the old text says {old}, this one {new}"

"""The same sentence in another resource, where it is translated in another way."""

from collections.abc import Callable, Sequence
from functools import partial

from pipeline.memory import Match, Memory
from pipeline.memory.units import MatchKind
from pipeline.model import UnitKey
from pipeline.qa.sheet import Elsewhere
from pipeline.qa.worklist import Item

#: What other resources say for a unit, or None where none says anything else.
FindElsewhere = Callable[[Item], Elsewhere | None]
_ALL = 100.0


def nowhere(_item: Item) -> None:
    """Nothing, where nobody wants to know."""


def elsewhere_in(memory: Memory, resource: str) -> FindElsewhere:
    """What finds the same sentence in other resources.

    Args:
        memory: the translations of the language.
        resource: the resource that is looked at; it is no other one.
    """
    return partial(_find, memory, resource)


def _find(memory: Memory, resource: str, item: Item) -> Elsewhere | None:
    if not item.target:
        return None
    matches = memory.find(item.source, context=item.key.context, least=_ALL)
    for match in matches:
        if _is_same_text(match, item.key) and _words(match.target) != _words(item.target):
            for unit in match.units:
                made = unit.provenance
                if not made.is_imported and made.name != resource:
                    return Elsewhere(target=match.target, resource=made.name, roles=made.roles)
    return None


def _is_same_text(match: Match, key: UnitKey) -> bool:
    # What the author tells apart by a context may well be two words in another language.
    return match.kind is not MatchKind.FUZZY and any(
        unit.context == key.context for unit in match.units
    )


def _words(text: str) -> Sequence[str]:
    return text.split()

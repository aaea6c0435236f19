"""What the source of a match says otherwise than the text asked for: numbers, measures, "not"."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from pipeline.memory.units import Aspect, Difference, Meaning, Quantity

#: What stood at a place, and what stands there now.
_Pair = tuple[Sequence[Quantity], Sequence[Quantity]]


def find_differences(old: Meaning, new: Meaning) -> tuple[Difference, ...]:
    """In what two texts of one language say something else.

    The order counts: "2 tablets every 4 hours" is not "4 tablets every 2 hours".

    Args:
        old: what was translated says.
        new: what is to be translated says.
    """
    return (
        *_changes(Aspect.NUMBER, old.numbers, new.numbers),
        *_changes(Aspect.MEASURE, old.measures, new.measures),
        *_negations(old.negations, new.negations),
    )


def _changes(
    aspect: Aspect, old: Sequence[Quantity], new: Sequence[Quantity]
) -> Iterator[Difference]:
    if len(old) == len(new):
        # Each has most likely taken the place of the one that stood there.
        pairs: Iterable[_Pair] = zip(zip(old), zip(new), strict=True)
    else:
        pairs = _aligned(old, new)
    for before, after in pairs:
        if [each.value for each in before] != [each.value for each in after]:
            yield Difference(aspect=aspect, old=_texts(before), new=_texts(after))


def _aligned(old: Sequence[Quantity], new: Sequence[Quantity]) -> Iterator[_Pair]:
    values = [each.value for each in old], [each.value for each in new]
    matcher = SequenceMatcher(None, *values, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield old[start:end], new[new_start:new_end]


def _texts(quantities: Sequence[Quantity]) -> str:
    return ", ".join(quantity.text for quantity in quantities)


def _negations(old: int, new: int) -> Iterator[Difference]:
    if old != new:
        yield Difference(aspect=Aspect.NEGATION, old=_times(old), new=_times(new))


def _times(count: int) -> str:
    return "" if not count else "not" if count == 1 else f"not × {count}"

"""What the memory has for a row, said in words: the same in every format.

Whoever reads a suggestion must see three things before taking it over: for which English it was
made, what that says otherwise, and who answers for it.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.exchange.sheet import Suggestion, without_unportable

#: Lines and characters of a cell that suggestions may fill; what has no room is left out.
MOST_LINES, MOST_CHARACTERS = 60, 8_000
_SAME = 100
_LTR, _END = "\u2066", "\u2069"


def describe_origin(suggestion: Suggestion) -> str:
    """Where a suggestion stands and who answers for it, in one line."""
    if suggestion.is_imported:
        who = "imported, signed by nobody here"
    elif suggestion.roles:
        who = f"signed by {', '.join(suggestion.roles)}"
    else:
        who = "nobody needs to sign"
    return f"{suggestion.resource}, {who}{', sample' if suggestion.is_sample else ''}"


def describe_score(suggestion: Suggestion) -> str:
    """How like the sources are: ``same text``, or ``87 of 100``."""
    return "same text" if suggestion.score == _SAME else f"{suggestion.score} of 100"


def list_details(suggestion: Suggestion) -> Iterator[str]:
    """What is to be known of a suggestion beside its target, a line each."""
    yield f"({describe_score(suggestion)}; {describe_origin(suggestion)})"
    if suggestion.score != _SAME:
        yield f"made for: {_one_line(suggestion.source)}"
    for difference in suggestion.differences:
        yield f"careful: {_one_line(difference)}"


def list_differences(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """A warning for each suggestion that says something else, in one line."""
    for suggestion in suggestions:
        if suggestion.differences:
            told = ", ".join(map(_one_line, suggestion.differences))
            yield f"The memory has “{_one_line(suggestion.source)}”: {told}"


def fitting(suggestions: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The first suggestions, as many as have room in a cell."""
    lines = characters = 0
    for number, each in enumerate(suggestions):
        told = (each.target, *list_details(each))
        lines += sum(text.count("\n") + 1 for text in told)
        characters += sum(map(len, told))
        if lines > MOST_LINES or characters > MOST_CHARACTERS:
            return tuple(suggestions[:number])
    return tuple(suggestions)


def render_suggestions(suggestions: Sequence[Suggestion]) -> str:
    """Suggestions as the text of a cell: the target first, then what is to be known of it.

    In a cell that runs from right to left the lines in English keep their order.
    """
    return "\n\n".join(
        "\n".join((each.target, *_isolated(list_details(each), each.target)))
        for each in fitting(suggestions)
    )


def render_comments(suggestions: Sequence[Suggestion]) -> Iterator[str]:
    """Suggestions as comments of a PO file: no line of them has a line end."""
    for each in suggestions:
        yield f"memory: {_one_line(each.target)}"
        yield from (f"memory, {_one_line(line)}" for line in list_details(each))


def _isolated(lines: Iterator[str], target: str) -> Iterator[str]:
    is_rtl = any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in target)
    return (f"{_LTR}{line}{_END}" for line in lines) if is_rtl else lines


def _one_line(text: str) -> str:
    return " ".join(without_unportable(text).split())

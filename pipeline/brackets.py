"""Square brackets that Python-Markdown would look for the ends of, over and over.

For each ``[``, and each ``(`` after a ``]``, it reads on to the bracket that ends it, or to
the end of the block. Some thousand that never end take minutes, and a build waits.
"""

import re

#: How many characters may be read for it in one text: a third of a second. Of 439 files of other
#: projects' documentation the one with the most brackets has an eighteenth of that read.
_PATIENCE = 2_000_000
#: So few brackets cannot take long.
_FEW = 500
_MARK = re.compile(r"\\.|\[|\](\(?)|\)|\n[ \t>]*\n", re.DOTALL)


def find_costly_brackets(text: str) -> int | None:
    """Where brackets that do not end begin to be too many.

    Args:
        text: Markdown.

    Returns:
        The offset of the first of them in their block; None where there are few.
    """
    if text.count("[") + text.count("](") < _FEW:
        return None
    return _find(text)


def _find(text: str) -> int | None:
    cost = square = round_ = at = begun = 0
    for found in _MARK.finditer(text):
        cost += (square + round_) * (found.start() - at)
        if cost > _PATIENCE:
            return begun
        at = found.start()
        mark = found[0]
        if mark == "[":
            begun = begun if square or round_ else at
            square += 1
        elif mark[0] == "]":
            square = max(0, square - 1)
            round_ += len(mark) - 1
        elif mark == ")":
            round_ = max(0, round_ - 1)
        elif mark[0] == "\n":
            square = round_ = 0
    return begun if cost + (square + round_) * (len(text) - at) > _PATIENCE else None

"""Material's style sheet without what no page of ours has: half of what a first visit would move.

Its navigation, search, dialogues and the rest are drawn by rules whose class names begin with
``md-``; ours uses a few of these. A rule goes only where each of its selectors names another one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Names of Material's that templates, or Markdown with attribute lists, may use.
USED = frozenset(
    {"md-button", "md-content", "md-grid", "md-header", "md-icon", "md-main", "md-skip",
     "md-typeset"}
)  # fmt: skip
_NAME = re.compile(r"\.(md-[a-z]+)")
_SETTING = re.compile(r"\[data-md-(?!color-scheme)[^\]]*\]")
#: A name of Material's within a negation says what a page does not have.
_NEGATION = re.compile(r":not\([^()]*\)")


class _Rule(NamedTuple):
    head: str
    body: str


def prune(css: str) -> str:
    """Leave out the rules that no page of ours can meet.

    Args:
        css: a style sheet without comments within its rules, as Material's is.
    """
    return "".join(_prune(rule) for rule in _rules(css))


def _prune(rule: _Rule) -> str:
    if rule.head.startswith("@media"):
        inner = prune(rule.body)
        return f"{rule.head}{{{inner}}}" if inner else ""
    if rule.head.startswith("@"):
        return f"{rule.head}{{{rule.body}}}"
    kept = [selector for selector in _selectors(rule.head) if _may_match(selector)]
    return f"{','.join(kept)}{{{rule.body}}}" if kept else ""


def _may_match(selector: str) -> bool:
    plain = _NEGATION.sub("", selector)
    return USED.issuperset(_NAME.findall(plain)) and not _SETTING.search(plain)


def _selectors(head: str) -> Iterator[str]:
    """The selectors of a list; a comma within brackets parts none."""
    depth = start = 0
    for at, char in enumerate(head):
        depth += (char in "([") - (char in ")]")
        if char == "," and not depth:
            yield head[start:at]
            start = at + 1
    yield head[start:]


def _rules(css: str) -> Iterator[_Rule]:
    """The rules of a sheet, whole, with statements such as ``@charset`` before them."""
    at = 0
    while (opening := css.find("{", at)) >= 0:
        closing = _end(css, opening)
        yield _Rule(css[at:opening], css[opening + 1 : closing])
        at = closing + 1


def _end(css: str, opening: int) -> int:
    """Where the bracket closes that opens there; brackets in quotation marks count for nothing."""
    depth = 0
    for found in re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[{}]").finditer(css, opening):
        depth += (found[0] == "{") - (found[0] == "}")
        if not depth:
            return found.start()
    return len(css)

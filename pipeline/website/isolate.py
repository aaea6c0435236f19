"""Numbers, doses, ranges, phone numbers and addresses kept the right way round.

In right-to-left text the bidirectional algorithm (Unicode Annex 9) shows
``2–3 × 500 mg`` as ``mg 500 × 3–2`` and ``+44 (0)20 7946 0018`` back to front. An
isolate with a direction of its own, ``<bdi dir="ltr">``, is what every renderer obeys.
"""

import re
from collections.abc import Collection

from pipeline.bidi import STAND_INS, find_runs

#: A tag or a comment, as ``re.split`` gives it between the texts.
TAG = re.compile(r"(<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)", re.DOTALL)
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_LEFT_TO_RIGHT = re.compile(r"\sdir\s*=\s*[\"']?ltr\b", re.IGNORECASE)
_TAGGED = re.compile(r"<(abbr|b|em|i|strong)\b[^<>]*>[A-Za-z][A-Za-z&;.'’ ‑-]*</\1>")
#: Elements whose text is not shown, is code, or is isolated already.
_OPAQUE = frozenset({"script", "style", "textarea", "title", "option", "code", "pre", "kbd", "bdi"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"})
_FIRST, _LAST = 0xF0000, 0xFFFFD


def isolate_numbers(html: str) -> str:
    """Wrap what has a direction of its own in ``<bdi dir="ltr">``.

    Wrapped are numbers in Latin digits with their signs, units and the Latin words beside
    them, and addresses of pages and mailboxes. Numbers in the digits of the script are
    wrapped where they are phone numbers or have a Latin unit: a range such as ``۲–۳`` is
    read from the right, and the algorithm does that by itself. Nothing else changes:
    without the added tags the result is the input. Twice is the same as once.

    Args:
        html: a piece of HTML, from a right-to-left page.
    """
    if re.search(rf"[{STAND_INS}]", html):
        return _isolate(html)
    kept: list[str] = []
    masked = _TAGGED.sub(lambda found: _stand_in(found[0], kept), html)
    return re.sub(rf"[{STAND_INS}]", lambda found: kept[ord(found[0]) - _FIRST], _isolate(masked))


def _stand_in(text: str, kept: list[str]) -> str:
    if _FIRST + len(kept) > _LAST:
        return text
    kept.append(text)
    return chr(_FIRST + len(kept) - 1)


def _isolate(html: str) -> str:
    pieces = TAG.split(html)
    opaque: list[str] = []
    before = ""
    for index, piece in enumerate(pieces):
        if index % 2:
            follow(piece, opaque, _OPAQUE, enters_ltr=False)
        elif piece:
            pieces[index] = piece if opaque else _isolate_text(before, piece)
            before = piece[-1]
    return "".join(pieces)


def _isolate_text(before: str, text: str) -> str:
    """Isolate in a text without tags.

    Args:
        before: the last character of the text before it: a number may not begin inside a word.
        text: the text.
    """
    whole, at, parts = before + text, len(before), []
    for run in find_runs(whole, at):
        name = ' class="address"' if run.is_address else ""
        parts += [whole[at : run.start], f'<bdi dir="ltr"{name}>{whole[run.start : run.end]}</bdi>']
        at = run.end
    return "".join([*parts, whole[at:]])


def follow(tag: str, opaque: list[str], names: Collection[str], *, enters_ltr: bool = True) -> None:
    """Keep the names of the open elements, from the first one that is not to be entered.

    Args:
        tag: the tag that comes next.
        opaque: the names so far; empty where a text may be changed.
        names: elements that are not to be entered.
        enters_ltr: whether to enter what says itself that it is read from the left.
    """
    found = _TAG_NAME.match(tag)
    if not found or tag.endswith("/>"):
        return
    name = found[2].lower()
    if found[1]:
        if name in opaque:
            del opaque[len(opaque) - 1 - opaque[::-1].index(name) :]
    elif name not in _VOID and (
        opaque or name in names or (not enters_ltr and _LEFT_TO_RIGHT.search(tag))
    ):
        opaque.append(name)

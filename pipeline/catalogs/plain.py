"""Plain units of a PO file: blocks between blank lines that are read whole.

As we write most of them: comments of ours, one reference, a context if any, msgid and msgstr on
a line each. Whatever else a block holds is read line by line by ``reader``.
"""

import re
from dataclasses import dataclass

from pipeline.catalogs.strings import unescape
from pipeline.model import Unit, UnitKey

#: What may stand in quotes where nothing can be wrong with it.
_BODY = r'"([^"\\\n]*(?:\\["\\nt][^"\\\n]*)*)"'
_PLAIN = re.compile(
    rf"((?:#\. (?!origin: )\S.*\n)*)(?:#: (\S+)\n)?(?:msgctxt {_BODY}\n)?"
    rf"msgid {_BODY}\nmsgstr {_BODY}\n?"
)
#: Ends what a unit says before its target.
_MSGSTR = '\nmsgstr "'
#: What was read up to there, by its text: the catalogs of a resource differ in their targets alone.
_heads: dict[str, "Head"] = {}
#: Some 50 MB.
_MOST_HEADS = 100_000


@dataclass(frozen=True, slots=True)
class Head:
    """What a plain unit says before its target.

    Attributes:
        key: its key.
        unit: the unit without a target, in the line in which it was read first.
        depth: how many lines stand above its msgid.
    """

    key: UnitKey
    unit: Unit
    depth: int


def read_plain(block: str, number: int) -> tuple[Head, str] | None:
    """Read a block between two blank lines.

    Args:
        block: its text, without a line end, or with one.
        number: of the line before it.

    Returns:
        What stands before the target, and the target; None where the block is no plain unit.
    """
    start, _, target = block.partition(_MSGSTR)
    head = _heads.get(start)
    is_bare = target.find('"') == len(target) - 1 and "\\" not in target and "\n" not in target
    if head and target and is_bare:
        return head, target[:-1]
    found = _PLAIN.fullmatch(block)
    if found is None:
        return None
    msgstr = found[5]
    return head or _read_head(start, found, number), unescape(msgstr) if "\\" in msgstr else msgstr


def _read_head(start: str, found: re.Match[str], number: int) -> Head:
    comments, reference, context, msgid, _ = found.groups()
    depth = start.count("\n", 0, found.start(4))
    unit = Unit(
        msgid=unescape(msgid) if "\\" in msgid else msgid,
        context=context and unescape(context),
        extracted_comments=tuple([row[3:].rstrip() for row in comments.split("\n")[:-1]]),
        references=(reference,) if reference else (),
        line=number + 1 + depth,
    )
    head = Head(unit.key, unit, depth)
    if len(_heads) >= _MOST_HEADS:
        _heads.clear()
    _heads[start] = head
    return head

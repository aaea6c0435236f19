"""Plain units of a PO file: blocks between blank lines that are read whole.

As we write most of them: comments of ours, one reference, a context if any, msgid and msgstr on
a line each. Whatever else a block holds is read line by line by ``reader``.
"""

import re
from functools import lru_cache

from pipeline.catalogs.strings import unescape
from pipeline.model import Unit

#: What may stand in quotes where nothing can be wrong with it.
_BODY = r'"([^"\\\n]*(?:\\["\\nt][^"\\\n]*)*)"'
_PLAIN = re.compile(
    rf"((?:#\. (?!origin: )\S.*\n)*)(?:#: (\S+)\n)?(?:msgctxt {_BODY}\n)?"
    rf"msgid {_BODY}\nmsgstr {_BODY}\n?"
)
#: Ends what a unit says before its target.
_MSGSTR = '\nmsgstr "'
#: What a plain unit says before its target: context and msgid, extracted comments, references,
#: how many lines stand above its msgid. A tuple of tuples costs the collector of garbage nothing.
Head = tuple[tuple[str | None, str], tuple[str, ...], tuple[str, ...], int]
#: What was read up to there, by its text: the catalogs of a resource differ in their targets alone.
_heads: dict[str, Head] = {}
#: Some 50 MB.
_MOST_HEADS = 100_000


def read_plain(block: str) -> tuple[Head, str] | None:
    """Read a block between two blank lines.

    Args:
        block: its text, without a line end, or with one.

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
    return head or _read_head(start, found), unescape(msgstr) if "\\" in msgstr else msgstr


def _read_head(start: str, found: re.Match[str]) -> Head:
    comments, reference, context, msgid, _ = found.groups()
    head = (
        (context and unescape(context), unescape(msgid) if "\\" in msgid else msgid),
        tuple([row[3:].rstrip() for row in comments.split("\n")[:-1]]),
        (reference,) if reference else (),
        start.count("\n", 0, found.start(4)),
    )
    if len(_heads) >= _MOST_HEADS:
        _heads.clear()
    _heads[start] = head
    return head


@lru_cache(maxsize=_MOST_HEADS)
def empty_unit(head: Head, line: int) -> Unit:
    """A plain unit without a target.

    Half of all units are not translated, and stand in the same line in each language.
    """
    return plain_unit(head, "", line)


def plain_unit(head: Head, msgstr: str, line: int) -> Unit:
    """A plain unit with a target, and the line of its msgid."""
    (context, msgid), comments, references, _ = head
    return Unit(
        msgid=msgid,
        context=context,
        msgstr=msgstr,
        extracted_comments=comments,
        references=references,
        line=line,
    )

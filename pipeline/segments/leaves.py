"""Blocks without blocks in them: code, tables, headings, rules, definitions of references."""

import re

from pipeline.segments.lines import TAB, Line, detab, loose_detab
from pipeline.segments.tables import read_table
from pipeline.segments.tree import Block, Node, Parser

_HEADING = re.compile(r"(#{1,6})((?:\\.|[^\\#]|#++(?=[^#]))*?)#*$")
_UNDERLINE = re.compile(r"(?:=+|-+) *$")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]]*)\]: *")
_ABBREVIATION = re.compile(r"\*\[([^\\\]]*)\] ?: *")
_REFERENCE = re.compile(r" {0,3}\[([^\[\]]*)\]: *(?:(\S+) *)?")
_REFERENCE_TITLE = re.compile(r""" *(?:(["'])(.*)\1|\((.*)\)) *$""")


def code(_parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """Code by indentation: never text."""
    if not stack[-1][0][0].startswith(" " * TAB):
        return False
    _, rest = detab(stack.pop())
    if parent.last is None or parent.last.tag != "pre":
        parent.add("pre")
    if rest:
        stack.append(rest)
    return True


def table(_parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """A table: a header row, a row of dashes, rows."""
    rows = read_table(stack[-1])
    if rows is None:
        return False
    node = parent.add("table")
    node.data = rows
    stack.pop()
    return True


def heading(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``#`` to ``######``, in any line of a block."""
    block = stack[-1]
    for number, (text, start) in enumerate(block):
        found = _HEADING.match(text) if text.startswith("#") else None
        if not found:
            continue
        stack.pop()
        if number:
            parser.parse_blocks(parent, [block[:number]])
        node = parent.add("h")
        node.level = len(found[1])
        node.text = [(found[2], start + found.start(2))]
        rest = block[number + 1 :]
        if rest:
            is_loose = parser.state[-1] == "looselist"
            stack.append(loose_detab(rest, TAB) if is_loose else rest)
        return True
    return False


def underlined_heading(_parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """The first line of a block, underlined with ``===`` or ``---``."""
    block = stack[-1]
    if len(block) < 2 or not _UNDERLINE.match(block[1][0]):  # noqa: PLR2004 - the two lines of it
        return False
    stack.pop()
    node = parent.add("h")
    node.level = 1 if block[1][0].startswith("=") else 2
    node.text = [block[0]]
    if block[2:]:
        stack.append(block[2:])
    return True


def rule(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``---``, ``***``, ``___`` in any line of a block."""
    block = stack[-1]
    number = next(
        (
            n
            for n, line in enumerate(block)
            if line[0].lstrip(" ")[:1] in _RULES and _is_rule(line[0])
        ),
        None,
    )
    if number is None:
        return False
    stack.pop()
    if number:
        parser.parse_blocks(parent, [block[:number]])
    parent.add("hr")
    if block[number + 1 :]:
        stack.append(block[number + 1 :])
    return True


_RULES = frozenset("-_*")


def _is_rule(text: str) -> bool:
    bare = text.strip(" ")
    mark = bare[:1]
    return (
        mark in {"-", "_", "*"}
        and bare.count(mark) > 2  # noqa: PLR2004 - three make a rule
        and "   " not in bare
        and not text.startswith(" " * TAB)
        and not bare.strip(f"{mark} ")
        and bare.count(mark) + bare.count(" ") == len(bare)
    )


def footnote(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``[^1]: text`` and the indented blocks after it."""
    block = stack[-1]
    number, found = _first(_FOOTNOTE, block)
    if found is None:
        return False
    stack.pop()
    lines = [(block[number][0][found.end() :], block[number][1] + found.end())]
    following = _first(_FOOTNOTE, block[number + 1 :])
    end = len(block) if following[1] is None else number + 1 + following[0]
    lines += loose_detab(block[number + 1 : end], TAB)
    if following[1] is not None:
        stack.append(block[end:])
    else:
        _take_indented(stack, lines)
    if block[:number]:
        parser.parse_blocks(parent, [block[:number]])
    node = parent.add("footnote", hidden=True)
    node.data = found[1]
    parser.state.append("")
    parser.parse_chunk(node, lines)
    parser.state.pop()
    return True


def _take_indented(stack: list[Block], lines: list[Line]) -> None:
    while stack and stack[-1][0][0].startswith(" " * TAB):
        block = stack.pop()
        number, found = _first(_FOOTNOTE, block)
        end = len(block) if found is None else number
        lines.append(("", block[0][1]))
        lines.extend(loose_detab(block[:end], TAB))
        if found is not None:
            stack.append(block[end:])
            return


def _first(pattern: re.Pattern[str], block: Block) -> tuple[int, re.Match[str] | None]:
    for number, (text, _) in enumerate(block):
        found = pattern.match(text) if "[^" in text else None
        if found:
            return number, found
    return 0, None


def abbreviation(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``*[GP]: general practitioner``; the meaning may stand in the next line."""
    block = stack[-1]
    for number, (text, start) in enumerate(block):
        found = _ABBREVIATION.match(text) if text.startswith("*[") else None
        if not found:
            continue
        meaning = (text[found.end() :], start + found.end())
        end = number + 1
        if not meaning[0] and end < len(block):
            meaning, end = block[end], end + 1
        if not meaning[0].strip() or not found[1].strip():
            continue
        node = _cut(parser, parent, stack, number, end, "abbr")
        node.text, node.data = [meaning], found[1].strip()
        return True
    return False


def reference(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``[label]: address "title"``."""
    block = stack[-1]
    for number in range(len(block)):
        found = _read_reference(block, number)
        if found is not None:
            end, label, title = found
            node = _cut(parser, parent, stack, number, end, "reference")
            node.data, node.title = label, title
            return True
    return False


def _read_reference(block: Block, number: int) -> tuple[int, str, Line | None] | None:
    """The line after it, its label and its title."""
    text, start = block[number]
    found = _REFERENCE.match(text) if "]:" in text else None
    if not found:
        return None
    label, end = found[1].strip().lower(), number + 1
    rest = (text[found.end() :], start + found.end())
    if not found[2]:
        if end >= len(block):
            return None
        text, start = block[end]
        address = re.match(r" *\S+ *", text)
        if not address:
            return None
        rest = (text[address.end() :], start + address.end())
        end += 1
    if rest[0].strip():
        title = _REFERENCE_TITLE.match(rest[0])
        return (end, label, _title_of(title, rest[1])) if title else None
    if end < len(block) and (title := _REFERENCE_TITLE.match(block[end][0])):
        return end + 1, label, _title_of(title, block[end][1])
    return end, label, None


def _title_of(found: re.Match[str], start: int) -> Line | None:
    group = 2 if found[1] else 3
    return (found[group], start + found.start(group)) if found[group] else None


def _cut(parser: Parser, parent: Node, stack: list[Block], number: int, end: int, tag: str) -> Node:
    """Take a definition out of a block: what comes before is parsed, what comes after waits."""
    block = stack.pop()
    if block[end:]:
        stack.append(block[end:])
    if any(text.strip() for text, _ in block[:number]):
        parser.parse_blocks(parent, [block[:number]])
    return parent.add(tag, hidden=True)

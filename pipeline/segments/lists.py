"""Lists of all kinds, and what is indented under their items."""

import re

from pipeline.segments.lines import TAB, Line, detab, loose_detab
from pipeline.segments.tree import Block, Node, Parser

_ORDERED = re.compile(r" {0,3}\d+\. +")
_UNORDERED = re.compile(r" {0,3}[*+-] +")
_ITEM = re.compile(r" {0,3}(?:\d+\.|[*+-]) +(?=(.*))")
_INDENTED_ITEM = re.compile(r" {4,7}(?:\d+\.|[*+-]) +")
_DEFINITION = re.compile(r" {0,3}: {1,3}")
_LAZY = re.compile(r" {0,3}[^ :]")
_INDENT = " " * TAB


def items(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``-``, ``*``, ``+`` and ``1.``: items of one block."""
    first = stack[-1][0][0]
    tag = "ol" if _ORDERED.match(first) else "ul" if _UNORDERED.match(first) else ""
    if not tag:
        return False
    parts = _split_items(stack.pop())
    last = parent.last
    if last is not None and last.tag in {"ul", "ol"}:
        _loosen(last)
        parser.parse_in("looselist", last.add("li"), parts.pop(0)[0])
        node = last
    else:
        node = parent if parent.tag in {"ul", "ol"} else parent.add(tag)
    for part, is_nested in parts:
        item = node.last if is_nested and node.last is not None else node.add("li")
        parser.parse_in("list", item, part)
    return True


def _loosen(node: Node) -> None:
    """An empty line came before another item: the item before it holds paragraphs."""
    item = node.last
    if item is None:
        return
    if item.text:
        item.wrap_text(first=True)
    if item.last is not None and item.last.tail:
        tail, item.last.tail = item.last.tail, []
        item.add("p").text = tail


def _split_items(block: Block) -> list[tuple[Block, bool]]:
    """The lines of each item, and whether they are indented under the item before."""
    parts: list[tuple[Block, bool]] = []
    for line in block:
        text, start = line
        found = _ITEM.match(text)
        if found:
            parts.append(([(text[found.end() :], start + found.end())], False))
        elif _INDENTED_ITEM.match(text) and not parts[-1][1]:
            parts.append(([line], True))
        else:
            parts[-1][0].append(line)
    # An item may be indented itself (`-     code`): then it goes under the item before it.
    return [(part, nested or part[0][0].startswith(_INDENT)) for part, nested in parts]


def indented(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """A block indented under a list item."""
    if not stack[-1][0][0].startswith(_INDENT) or parser.state[-1] == "detabbed":
        return False
    last = parent.last.tag if parent.last is not None else ""
    if parent.tag == "li" or last in {"ul", "ol"}:
        _indent_under(parser, parent, stack, {"ul", "ol"}, {"li"})
    elif parent.tag == "dd" or last == "dl":
        _indent_under(parser, parent, stack, {"ul", "ol", "dl"}, {"li", "dd"})
    else:
        return False
    return True


def _indent_under(
    parser: Parser, parent: Node, stack: list[Block], lists: set[str], kinds: set[str]
) -> None:
    block = stack.pop()
    level, sibling = _level(parser, parent, block[0][0], lists, kinds)
    block = loose_detab(block, level * TAB)
    parser.state.append("detabbed")
    if parent.tag in kinds:
        is_list = parent.last is not None and parent.last.tag in lists
        parser.parse_blocks(parent.last if is_list and parent.last else parent, [block])
    elif sibling.tag in kinds:
        parser.parse_blocks(sibling, [block])
    elif sibling.last is not None and sibling.last.tag in kinds:
        if sibling.last.text:
            sibling.last.wrap_text(first=True)
        parser.parse_chunk(sibling.last, block)
    else:
        parser.parse_blocks(sibling.add("dd" if "dd" in kinds else "li"), [block])
    parser.state.pop()


def _level(
    parser: Parser, parent: Node, first: str, lists: set[str], kinds: set[str]
) -> tuple[int, Node]:
    """How many levels of indentation belong to lists that are open, and the innermost."""
    wanted = (len(first) - len(first.lstrip(" "))) // TAB
    level = 1 if parser.state[-1] == "list" else 0
    while wanted > level:
        child = parent.last
        if child is None or (child.tag not in lists and child.tag not in kinds):
            break
        if child.tag in lists:
            level += 1
        parent = child
    return level, parent


def definitions(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``:   definition`` under its terms."""
    block = stack[-1]
    if not any(": " in text for text, _ in block):
        return False
    number, found = next(
        ((n, m) for n, line in enumerate(block) if (m := _DEFINITION.match(line[0]))),
        (0, None),
    )
    if found is None:
        return False
    terms = [line for line in block[:number] if line[0].strip()]
    sibling = parent.last
    if not terms and sibling is None:
        return False
    text, start = block[number]
    content, rest = _definition_lines(block[number + 1 :])
    stack.pop()
    state = "list"
    if not terms and sibling is not None and sibling.tag == "p":
        state = "looselist"
        terms = sibling.text
        parent.remove_last()
        sibling = parent.last
    node = sibling if sibling is not None and sibling.tag == "dl" else parent.add("dl")
    if not terms and node.last is not None and node.last.tag == "dd" and node.last.children:
        state = "looselist"
    for term in terms:
        node.add("dt").text = [term]
    lines = [(text[found.end() :], start + found.end()), *content]
    parser.parse_in(state, node.add("dd"), [line for line in lines if line[0]])
    if rest:
        stack.append(rest)
    return True


def _definition_lines(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    if lines and _LAZY.match(lines[0][0]):
        return lines, []
    return detab(lines)

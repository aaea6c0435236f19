"""Blocks with other blocks in them: boxes, details, tabs, quotations, HTML with Markdown."""

import re

from pipeline.segments.lines import TAB, Line, detab, find_placeholder
from pipeline.segments.tree import Block, Node, Parser

_ADMONITION = re.compile(r'!!! ?([\w\-]+(?>(?: +[\w\-]+)*))(?: +"(.*)")? *$')
_DETAILS = re.compile(
    r'\?\?\?\+? ?(?:([\w\-]+(?>(?: +[\w\-]+)*))?(?: +"(.*)")|([\w\-]+(?>(?: +[\w\-]+)*))) *$'
)
_TAB = re.compile(r'===(?:\+|\+!|!\+|!)? +"(.*)" *$')
_QUOTE = re.compile(r" {0,3}> ?")
_LISTS = frozenset({"ul", "ol", "dl"})
_DIRECTIVE = re.compile(r"(?:#{1,6} *)?::: ?(?P<name>\S.*?) *$")


def boxes(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``!!!``, ``???`` and ``===``: a new one, or more of the one before."""
    block = stack[-1]
    is_indented = block[0][0].startswith(" " * TAB)
    beginnings = [text[:3] for text, _ in block]
    for marker, start in _STARTS:
        for number, beginning in enumerate(beginnings) if marker in beginnings else ():
            if beginning == marker and start(parser, parent, stack, number):
                return True
        if is_indented and _continue(parser, parent, stack, marker):
            return True
    return False


def _start_admonition(parser: Parser, parent: Node, stack: list[Block], number: int) -> bool:
    found = _ADMONITION.match(stack[-1][number][0])
    if not found:
        return False
    block = _parse_before(parser, parent, stack, number)
    node = parent.add("admonition")
    node.classes = tuple(found[1].lower().split())
    if found[2] is None:
        node.data = _shown_type(block[0], node.classes)
    _fill(parser, node, block, stack, _title(block[0], found, 2))
    return True


def _shown_type(line: Line, classes: tuple[str, ...]) -> Line:
    """What is shown where there is no title: the type's name, at the end of the line."""
    return classes[0].capitalize(), line[1] + len(line[0].rstrip(" "))


def _start_details(parser: Parser, parent: Node, stack: list[Block], number: int) -> bool:
    found = _DETAILS.match(stack[-1][number][0])
    if not found:
        return False
    block = _parse_before(parser, parent, stack, number)
    node = parent.add("details")
    node.classes = tuple((found[3] or found[1] or "").lower().split())
    if found[3]:
        node.data = _shown_type(block[0], node.classes)
    _fill(parser, node, block, stack, _title(block[0], found, 2))
    return True


def _start_tab(parser: Parser, parent: Node, stack: list[Block], number: int) -> bool:
    found = _TAB.match(stack[-1][number][0])
    if not found:
        return False
    block = _parse_before(parser, parent, stack, number)
    is_new = parent.last is None or parent.last.tag != "tabs" or "!" in block[0][0].split('"')[0]
    group = parent.add("tabs") if is_new or parent.last is None else parent.last
    _fill(parser, group.add("tab"), block, stack, _title(block[0], found, 1))
    return True


def _title(line: Line, found: re.Match[str], group: int) -> Line | None:
    return (found[group], line[1] + found.start(group)) if found[group] else None


def _parse_before(parser: Parser, parent: Node, stack: list[Block], number: int) -> Block:
    block = stack.pop()
    if number:
        parser.parse_blocks(parent, [block[:number]])
    return block[number:]


def _fill(parser: Parser, node: Node, block: Block, stack: list[Block], title: Line | None) -> None:
    node.title = title
    content, rest = detab(block[1:])
    parser.parse_chunk(node, content)
    if rest:
        stack.append(rest)


_STARTS = (("!!!", _start_admonition), ("???", _start_details), ("===", _start_tab))
_SIBLINGS = {"!!!": "admonition", "???": "details", "===": "tabs"}


def _continue(parser: Parser, parent: Node, stack: list[Block], marker: str) -> bool:
    """More of the box before: its own content, or its last list item's."""
    sibling = parent.last
    if sibling is None or sibling.tag != _SIBLINGS[marker]:
        return False
    if sibling.tag == "tabs" and sibling.last is not None:
        sibling = sibling.last
    first = stack[-1][0][0]
    width = TAB
    while first.startswith(" " * (width + TAB)) and sibling.last is not None:
        items = sibling.last
        if items.tag not in _LISTS or items.last is None:
            break
        sibling = items.last
        width += TAB
    content, rest = detab(stack.pop(), width)
    if sibling.tag in {"li", "dd"} and sibling.text:
        sibling.wrap_text(first=False)
    parser.parse_chunk(sibling, content)
    if rest:
        stack.append(rest)
    return True


def quote(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``>``: what follows in the same block belongs to it, marked or not."""
    block = stack[-1]
    number = next(
        (n for n, line in enumerate(block) if ">" in line[0] and _QUOTE.match(line[0])), None
    )
    if number is None:
        return False
    block = _parse_before(parser, parent, stack, number)
    last = parent.last
    node = last if last is not None and last.tag == "blockquote" else parent.add("blockquote")
    parser.state.append("blockquote")
    parser.parse_chunk(node, [_unquote(line) for line in block])
    parser.state.pop()
    return True


def _unquote(line: Line) -> Line:
    text, start = line
    if text.strip() == ">":
        return "", start
    found = _QUOTE.match(text)
    return (text[found.end() :], start + found.end()) if found else line


def html(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """An HTML element whose content is Markdown (md_in_html)."""
    number = find_placeholder(stack[-1][0][0])
    region = None if number is None else parser.regions[number]
    if region is None or region.kind != "markdown" or not stack[-1][0][0].startswith("\x02"):
        return False
    block = stack.pop()
    node = parent.add("html")
    node.data = region
    if region.state == "block":
        parser.parse_chunk(node, region.lines)
    if len(block) > 1:
        stack.append(block[1:])
    return True


def _find_directive(block: Block) -> int | None:
    for number, (text, _) in enumerate(block):
        if ":::" in text and _DIRECTIVE.match(text):
            return number
    return None


def directive(parser: Parser, parent: Node, stack: list[Block]) -> bool:
    """``::: name`` with indented options: another tool's, kept verbatim."""
    block = stack[-1]
    number = _find_directive(block)
    if number is None:
        return False
    block = _parse_before(parser, parent, stack, number)
    node = parent.add("directive")
    node.text = block[:1]
    _, rest = detab(block[1:])
    if rest:
        stack.append(rest)
    return True

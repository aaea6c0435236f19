"""The tree that the block scanner builds, and the loop that builds it.

The scanner follows Python-Markdown's own algorithm: a text is cut into blocks at empty
lines, and each block is offered to one processor after the other, which may look at the
last child of the parent it is to go under. Nodes hold lines with their offsets instead of
strings, so that nothing has to be printed again.
"""

import re
from collections.abc import Callable
from typing import Any

from pipeline.segments.lines import Line

Block = list[Line]

#: Containers in containers beyond this depth are kept verbatim: nobody writes them.
MAX_DEPTH = 60

#: Looking at a line this often on average is no longer reading but an attack: from there on
#: long blocks are cut into short ones.
_PATIENCE = 30
_SHORT = 32

#: A line that no processor but the paragraph's wants, whatever stands before it.
_MARKED = re.compile(r" {0,3}[!?=#\-_*+>:\[$/|\d\x02\s]")


class Node:
    """An element of the page.

    Attributes:
        tag: its HTML name, or what the scanner calls it.
        classes: its classes, where they matter.
        text: lines directly in it.
        tail: lines after it, in its parent.
        children: nodes in it.
        last: the last child that Python-Markdown sees; definitions are invisible.
        title: line of its quoted title.
        level: a heading's level.
        data: what a processor leaves for the reader of the tree.
    """

    __slots__ = ("children", "classes", "data", "last", "level", "tag", "tail", "text", "title")

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.classes: tuple[str, ...] = ()
        self.text: list[Line] = []
        self.tail: list[Line] = []
        self.children: list[Node] = []
        self.last: Node | None = None
        self.title: Line | None = None
        self.level = 0
        self.data: Any = None

    def add(self, tag: str, *, hidden: bool = False) -> "Node":
        """Append a new child; a hidden one is not seen as a sibling."""
        child = Node(tag)
        self.children.append(child)
        if not hidden:
            self.last = child
        return child

    def remove_last(self) -> None:
        """Take the last visible child out."""
        for at in range(len(self.children) - 1, -1, -1):
            if self.children[at] is self.last:
                del self.children[at]
                break
        visible = [child for child in self.children if child.tag not in _HIDDEN]
        self.last = visible[-1] if visible else None

    def wrap_text(self, *, first: bool) -> None:
        """Put its own text into a paragraph, before its children or after them."""
        paragraph = Node("p")
        paragraph.text, self.text = self.text, []
        self.children.insert(0 if first else len(self.children), paragraph)
        if self.last is None or not first:
            self.last = paragraph


_HIDDEN = frozenset({"footnote", "abbr", "reference", "verbatim"})

Processor = Callable[["Parser", Node, list[Block]], bool]


class Parser:
    """Offers blocks to processors.

    Attributes:
        state: what is being parsed, innermost last: ``list``, ``looselist``, ``detabbed``…
        regions: what the placeholder lines stand for.
    """

    __slots__ = ("_offered", "_processors", "_total", "depth", "regions", "state", "text")

    def __init__(
        self,
        processors: Callable[[frozenset[str]], tuple[Processor, ...]],
        regions: list[Any],
        text: str,
    ) -> None:
        self._processors = processors
        self.regions = regions
        self.text = text
        self.state: list[str] = [""]
        self.depth = 0
        self._total = text.count("\n") + 1000
        self._offered = 0

    def parse_chunk(self, parent: Node, lines: list[Line]) -> None:
        """Parse lines that may hold several blocks."""
        blocks: list[Block] = []
        block: Block = []
        for line in lines:
            if line[0]:
                block.append(line)
            elif block:
                blocks.append(block)
                block = []
        if block:
            blocks.append(block)
        blocks.reverse()
        self.parse_blocks(parent, blocks)

    def parse_blocks(self, parent: Node, stack: list[Block]) -> None:
        """Parse blocks; the next one is the last of the list."""
        self.depth += 1
        while stack:
            block = stack[-1]
            self._offered += len(block)
            if self.depth > MAX_DEPTH:
                stack.clear()
            elif self._offered > _PATIENCE * self._total and len(block) > _SHORT:
                stack.pop()
                cuts = range((len(block) - 1) // _SHORT * _SHORT, -1, -_SHORT)
                stack.extend(block[cut : cut + _SHORT] for cut in cuts)
            elif _is_plain(block):
                self.paragraph(parent, stack.pop())
            else:
                for processor in self._processors(find_marks(block)):
                    if processor(self, parent, stack):
                        break
                else:
                    self.paragraph(parent, stack.pop())
        self.depth -= 1

    def parse_in(self, state: str, parent: Node, block: Block) -> None:
        """Parse one block in a state."""
        self.state.append(state)
        if block:
            self.parse_blocks(parent, [block])
        self.state.pop()

    def paragraph(self, parent: Node, block: Block) -> None:
        """Take a block as running text."""
        if self.state[-1] != "list":
            parent.add("p").text = block
        elif parent.last is not None:
            parent.last.tail.extend(block)
        else:
            parent.text.extend(block)


def _is_plain(block: Block) -> bool:
    if len(block) > 1 and "|" in block[0][0]:
        return False
    for text, _ in block:  # noqa: SIM110 - the hottest loop of all
        if not text[:1].isalpha() and _MARKED.match(text):
            return False
    return True


def find_marks(block: Block) -> frozenset[str]:
    """What the lines of a block begin with, letters left out: few processors want each.

    Returns:
        First characters after any spaces, ``0`` for a digit; a space where the first line
        is indented, ``|`` where it may be a table's.
    """
    marks = set()
    for text, _ in block:
        mark = text[:1]
        if mark == " ":
            mark = text.lstrip(" ")[:1]
        if not mark.isalpha():
            marks.add("0" if mark.isdecimal() else mark)
    first = block[0][0]
    if first.startswith("    "):
        marks.add(" ")
    if "|" in first and len(block) > 1:
        marks.add("|")
    return frozenset(marks)

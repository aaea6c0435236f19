"""Fields of Word: an instruction and what it gave, over runs and even paragraphs."""

import re
from dataclasses import dataclass, field

_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]\S*))?', re.IGNORECASE)
_ANCHOR = re.compile(r'\\l\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
#: Would load something from outside, or run it.
_LOADING = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO", "IMPORT", "EMBED"})
_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})


def parse_link(instruction: str) -> str:
    """Where a ``HYPERLINK`` leads; empty for every other field."""
    found = _LINK.match(instruction)
    if not found:
        return ""
    anchor = _ANCHOR.search(instruction)
    name = (anchor[1] or anchor[2]) if anchor else ""
    address = found[1] or found[2] or ""
    return f"{address}#{name}" if name else address


def first_word(instruction: str) -> str:
    """What kind of field it is."""
    return (instruction.split() or [""])[0].upper()


def is_loading(instruction: str) -> bool:
    """Whether a field would load something from outside of the document."""
    return first_word(instruction) in _LOADING


def is_contents(instruction: str) -> bool:
    """Whether a field is a table of contents or an index."""
    return first_word(instruction) in _CONTENTS


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    has_result: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open where the reader is."""

    _open: list[_Field] = field(default_factory=list)

    def meet(self, kind: str) -> str:
        """A mark of a field: ``begin``, ``separate`` or ``end``.

        Returns:
            The instruction, where it has just become whole; else an empty text.
        """
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].has_result = True
            return self._open[-1].instruction
        elif self._open and kind == "end":
            last = self._open.pop()
            return "" if last.has_result else last.instruction
        return ""

    def instruct(self, text: str) -> None:
        """A piece of an instruction."""
        if self._open and not self._open[-1].has_result:
            self._open[-1].instruction += text

    @property
    def is_hidden(self) -> bool:
        """Whether what stands here is an instruction, or a table of contents."""
        return any(not each.has_result or is_contents(each.instruction) for each in self._open)

    @property
    def is_contents(self) -> bool:
        """Whether this is in a table of contents."""
        return any(is_contents(each.instruction) for each in self._open)

    @property
    def link(self) -> str:
        """Where the text that stands here leads."""
        links = (parse_link(each.instruction) for each in reversed(self._open))
        return next(filter(None, links), "")

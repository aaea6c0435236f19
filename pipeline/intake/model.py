"""A document that others wrote, whatever program it comes from: blocks, and content within them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Mark(StrEnum):
    """How a run of text is marked. Colours, sizes and underlining are none: see ``remarks``."""

    STRONG = "strong"
    EMPHASIS = "em"
    SUPERSCRIPT = "sup"
    SUBSCRIPT = "sub"
    STRUCK = "s"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text that looks the same from its first letter to its last.

    Attributes:
        text: the text.
        marks: how it is marked.
        link: where it leads; ``#name`` is a place in the same document.
        lang: its language where that is not the one around it; empty if not said.
        is_rtl: whether it was set from right to left in a text that is not.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    link: str = ""
    lang: str = ""
    is_rtl: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in a line of text.

    Attributes:
        name: which of the document's pictures.
        alt: what it says to those who cannot see it; empty if nobody wrote it.
        link: where it leads.
    """

    name: str
    alt: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMark:
    """Where a footnote is meant.

    Attributes:
        note: which of the document's notes.
    """

    note: str


Inline = Run | Picture | Break | NoteMark
Content = tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading.

    Attributes:
        level: as its author gave it, from 1; 0 is the title of the whole.
        content: its text.
        anchors: names by which links within the document find it.
    """

    level: int
    content: Content
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, bulleted or numbered; an item holds blocks."""

    is_ordered: bool
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table, and how many columns and rows it goes over."""

    blocks: tuple["Block", ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    Attributes:
        rows: its rows; cells that others go over are left out.
        headers: how many rows at its top are headers.
        place: where it stands, for what is said of it.
    """

    rows: tuple[tuple[Cell, ...], ...]
    headers: int
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation, or a box."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Text whose spaces and lines matter."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Terms and what they mean."""

    terms: tuple[Content, ...]
    meanings: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Blocks in another language, or written in the other direction."""

    blocks: tuple["Block", ...]
    lang: str
    is_rtl: bool


Block = Paragraph | Heading | Listing | Table | Quote | Code | Rule | Definition | Passage
Blocks = tuple[Block, ...]


class Outcome(StrEnum):
    """What became of something that a Markdown page has no place for."""

    LOST = "left out"
    CHANGED = "changed"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a person should know of the way from document to page.

    Attributes:
        outcome: left out, changed, or only worth a look.
        what: what it is about.
        place: where it is in the document.
        remedy: what to do about it.
    """

    outcome: Outcome
    what: str
    place: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as it was read.

    Attributes:
        blocks: its text.
        remarks: what was left out or changed on the way.
        notes: its footnotes and endnotes, by name.
        pictures: the bytes of its pictures, by name.
        title: what the file says of its title, outside of the text.
        lang: the language that it says it is in; empty if it says nothing.
        is_rtl: whether it is written from right to left.
    """

    blocks: Blocks
    remarks: tuple[Remark, ...]
    notes: Mapping[str, Blocks] = field(default_factory=lambda: MappingProxyType({}))
    pictures: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    title: str = ""
    lang: str = ""
    is_rtl: bool = False


def plain_text(content: Iterable[Inline]) -> str:
    """The words of a content, on one line."""
    parts = (
        item.text if isinstance(item, Run) else " " if isinstance(item, Break) else ""
        for item in content
    )
    return " ".join("".join(parts).split())


def block_text(blocks: Iterable[Block]) -> str:
    """The words of blocks, on one line."""
    return " ".join(filter(None, map(_text, blocks)))


def _text(block: Block) -> str:  # noqa: PLR0911 - one kind of block a case
    match block:
        case Paragraph() | Heading():
            return plain_text(block.content)
        case Listing():
            return " ".join(map(block_text, block.items))
        case Table():
            return " ".join(block_text(cell.blocks) for row in block.rows for cell in row)
        case Definition():
            terms = " ".join(map(plain_text, block.terms))
            return f"{terms} {' '.join(map(block_text, block.meanings))}"
        case Quote() | Passage():
            return block_text(block.blocks)
        case Code():
            return " ".join(block.text.split())
        case Rule():
            return ""

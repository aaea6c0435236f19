"""Leaflets that are made, bound into one PDF below a list of contents.

After an edit the parts that did not change are copied out of the book that is there: an index,
kept beside, says where each lies. The same leaflets and contents give the same bytes either way.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import accumulate, count
from typing import Any

from pipeline.pdf.binding.blocks import (
    BOOKMARK,
    CATALOG,
    DOCUMENT,
    HOLDER,
    INFO,
    METADATA,
    OUTLINES,
    PAGES,
    PARENTS,
    TABLE,
    TREE,
    Block,
    Page,
    Setting,
    base_of,
    footer_of,
    make_block,
    span_of,
)
from pipeline.pdf.binding.contents import find_lines, link_to
from pipeline.pdf.binding.numerals import Numerals
from pipeline.pdf.binding.objects import (
    AT,
    FREE,
    IN_STREAM,
    ROW,
    Objects,
    Stream,
    find_reference,
    hold,
    pack,
    read_objects,
    read_rows,
    write_stream,
)

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x93\x96\n"
#: Readers of PDF know no higher numbers of objects (PDFium).
_MOST_NUMBERS = 4 * 1024 * 1024
_DAMAGED = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
_LANGUAGE = re.compile(rb"/Lang \([A-Za-z0-9-]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How much a leaflet takes in a book.

    Attributes:
        pages: how many it has.
        span: how wide the range of its numbers has to be.
    """

    pages: int
    span: int

    @classmethod
    def of(cls, objects: Objects) -> "Measure":
        """Of a leaflet that was read."""
        return cls(pages=len(objects.pages), span=span_of(objects))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A leaflet that is to be in a book.

    Attributes:
        key: the digest of its bytes.
        title: what stands in the contents.
        measure: how much it takes.
        read: gives its bytes.
    """

    key: str
    title: str
    measure: Measure
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is noted of a part: its leaflet, where its piece of the file and its rows begin."""

    key: str
    measure: Measure
    at: int
    length: int
    row: int
    rows: int
    pages: tuple[Page, ...]
    tree: int
    document: int
    parents: int
    bookmark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A book that is there.

    Attributes:
        data: the file.
        width: of each range of numbers.
        parts: its leaflets, as they were noted.
    """

    data: bytes = b""
    width: int = 0
    parts: tuple[_Known, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A book.

    Attributes:
        data: the PDF.
        index: what :func:`read_before` takes beside it.
        fresh: places of the parts, from 0, that were not copied from the one before.
    """

    data: bytes
    index: bytes
    fresh: tuple[int, ...]


def measure(data: bytes) -> Measure:
    """How much a leaflet takes in a book.

    Args:
        data: the PDF.

    Raises:
        ValueError: it is no leaflet as this program makes them.
    """
    return Measure.of(read_objects(data))


def read_measures(index: bytes) -> dict[str, Measure]:
    """How much the leaflets of a book take, by the digest of their bytes.

    Args:
        index: what was noted of the book; where it is damaged, nothing is known.
    """
    with suppress(*_DAMAGED):
        return {part.key: part.measure for part in map(_known, _read_index(index)["parts"])}
    return {}


def read_before(data: bytes, index: bytes, program: str) -> Before:
    """A book that was bound; an empty one if its index is damaged, or that of another file.

    Args:
        data: the PDF.
        index: what was noted of it.
        program: what binds now; what another has bound is not copied.
    """
    with suppress(*_DAMAGED):
        noted = _read_index(index)
        parts = tuple(map(_known, noted["parts"]))
        if (noted["digest"], noted["program"]) == (sha256(data).hexdigest(), program):
            return Before(data=data, width=int(noted["width"]), parts=parts)
    return Before()


def _write_index(noted: Mapping[str, object]) -> bytes:
    """What is noted, below its digest: a wrong number in it would make a wrong book."""
    text = json.dumps(noted).encode()
    return sha256(text).hexdigest().encode() + b"\n" + text


def _read_index(index: bytes) -> dict[str, Any]:
    """What was noted.

    Raises:
        ValueError: it is damaged.
    """
    digest, _, text = index.partition(b"\n")
    if digest != sha256(text).hexdigest().encode():
        raise ValueError("it is damaged")
    return dict(json.loads(text))


def _noted(known: _Known) -> dict[str, object]:
    """What JSON has of a part; :func:`dataclasses.asdict` takes ten times as long."""
    values = _values(known)
    values["measure"] = _values(known.measure)
    values["pages"] = [_values(page) for page in known.pages]
    return values


def _values(of: _Known | Measure | Page) -> dict[str, object]:
    return {name: getattr(of, name) for name in of.__slots__}


def _known(noted: Mapping[str, object]) -> _Known:
    values = dict(noted)
    values["measure"] = Measure(**values["measure"])  # type: ignore[arg-type]
    values["pages"] = tuple(Page(**each) for each in values["pages"])  # type: ignore[attr-defined]
    return _Known(**values)  # type: ignore[arg-type]


def bind(
    contents: bytes, parts: Sequence[Part], numerals: Numerals, before: Before, program: str
) -> Bound:
    """Bind leaflets.

    Args:
        contents: the PDF that comes first; links in it lead to chapters by :func:`link_to`.
        parts: the leaflets, in their order.
        numerals: what draws the page numbers: 1 is the first page after the contents.
        before: the book that is there, or an empty one.
        program: what binds, for the index.

    Raises:
        ValueError: a part is no leaflet as this program makes them, or there are too many.
    """
    first = read_objects(contents)
    width = max(span_of(first), *(part.measure.span for part in parts))
    if (len(parts) + 2) * width > _MOST_NUMBERS:
        longest = max(parts, key=lambda part: part.measure.span)
        raise ValueError(
            f"{len(parts)} leaflets are too many for one file, where “{longest.title}” has"
            f" {longest.measure.pages} pages"
        )
    return _Binder(first, parts, width, numerals, before, program).bind()


@dataclass(eq=False)
class _Binder:
    """A book while it is bound: contents at place 0, then its parts."""

    contents: Objects
    parts: Sequence[Part]
    width: int
    numerals: Numerals
    before: Before
    program: str
    pieces: list[bytes] = field(default_factory=lambda: [_HEAD])
    length: int = len(_HEAD)
    rows: dict[int, bytes] = field(default_factory=dict)
    blocks: dict[int, Block] = field(default_factory=dict)
    begins: dict[int, int] = field(default_factory=dict)
    fresh: list[int] = field(default_factory=list)

    def bind(self) -> Bound:
        """All of it, in the order in which it stands in the file."""
        old_rows = read_rows(self.before.data) if self.before.data else b""
        for place, part in enumerate(self.parts, 1):
            known = self._find_known(place, part)
            block = _copy(known, self.before.data, old_rows) if known else self._make(place, part)
            self.fresh += [] if known else [place - 1]
            self._add(place, block)
        self._add(0, self._make_contents())
        self._add_numbers()
        self._add_frame()
        sections = sorted(self.rows.items())
        data = self._finish(sections)
        return Bound(data=data, index=self._index(data, sections), fresh=tuple(self.fresh))

    # --- Parts ---

    def _find_known(self, place: int, part: Part) -> _Known | None:
        """The same leaflet at the same place of the book before."""
        if self.before.width != self.width or place > len(self.before.parts):
            return None
        known = self.before.parts[place - 1]
        return known if known.key == part.key else None

    def _make(self, place: int, part: Part) -> Block:
        title = text_string(part.title)
        setting = Setting(place=place, width=self.width, title=title, links={})
        data = part.read()
        objects = read_objects(data)
        # By its key it will be copied: another leaflet under it would stay in the book.
        if (sha256(data).hexdigest(), Measure.of(objects)) != (part.key, part.measure):
            raise ValueError("a leaflet is not what it was when it was measured")
        return make_block(objects, setting)

    def _make_contents(self) -> Block:
        """The list of contents, of which each line leads to the first page of a part."""
        links = {}
        for place, part in enumerate(self.parts, 1):
            page = base_of(place, self.width) + self.blocks[place].pages[0].number
            address = b"(%s)" % link_to(place).encode()
            # Who has it read aloud hears the number here: on paper it is no text.
            said = f"{part.title} ({self.numerals.write(self._first_pages[place])})"
            links[address] = b"[%d 0 R /Fit]" % page, text_string(said)
        setting = Setting(place=0, width=self.width, title=b"()", links=links)
        return make_block(self.contents, setting)

    def _add(self, place: int, block: Block) -> None:
        base = base_of(place, self.width)
        self.blocks[place] = block
        self.begins[place] = self._write(block.data)
        bookmark = ROW.pack(IN_STREAM, HOLDER, INFO + place)  # after the frame
        self.rows[base + BOOKMARK] = bookmark + _moved(block.rows, self.begins[place] - block.at)

    # --- What is of the book itself ---

    @cached_property
    def _first_pages(self) -> dict[int, int]:
        """The number of the first page of each part, by its place; asked when all are added."""
        lengths = (len(self.blocks[place].pages) for place in range(1, len(self.parts) + 1))
        return dict(enumerate(accumulate(lengths, initial=1), 1))

    def _add_numbers(self) -> None:
        self._draw(0, self._draw_entries())
        for place in self._places[1:]:
            pages = self.blocks[place].pages
            self._draw(place, map(self.numerals.draw, count(self._first_pages[place]), pages))

    def _draw_entries(self) -> Iterator[bytes]:
        """What is drawn on the pages of the contents: the number of each chapter's first page."""
        lines = find_lines(self.contents)
        numbers = self._first_pages
        if lines.keys() != set(self._places[1:]):
            raise ValueError("the contents are not those of these leaflets")
        for at, page in enumerate(self.blocks[0].pages):
            on_page = ((numbers[place], line) for place, line in lines.items() if line.page == at)
            yield b"\n".join(self.numerals.draw_entry(n, line, page) for n, line in on_page)

    def _draw(self, place: int, drawings: Iterable[bytes]) -> None:
        """Add what is drawn on the pages of a part beside what was set."""
        rows = [
            self._write_stream(footer_of(place, self.width, at), pack(drawn))
            for at, drawn in enumerate(drawings)
        ]
        self.rows[footer_of(place, self.width, len(rows) - 1)] = b"".join(reversed(rows))

    def _add_frame(self) -> None:
        """The objects that all parts hang on, and their bookmarks."""
        contents = self.contents
        metadata = find_reference(contents.catalog, b"Metadata") or 0
        frame = {
            PAGES: self._list_pages(),
            CATALOG: self._catalog(),
            OUTLINES: self._outlines(),
            TREE: b"<</Type /StructTreeRoot/ParentTree %d 0 R/K [%d 0 R]>>" % (PARENTS, DOCUMENT),
            DOCUMENT: b"<</Type /StructElem/S /Document/K [%s]/P %d 0 R>>"
            % (self._refer(lambda block: block.document), TREE),
            PARENTS: b"<</Kids [%s]>>" % self._refer(lambda block: block.parents),
            INFO: contents.find(contents.info),
        }
        held = [
            *frame.items(),
            *((base_of(p, self.width), self._bookmark(p)) for p in self._places),
        ]
        if metadata not in contents.streams:
            raise ValueError("it says nothing of itself")
        rows = [FREE, *(ROW.pack(IN_STREAM, HOLDER, at) for at in range(len(frame)))]
        rows.append(self._write_stream(HOLDER, hold(held)))
        rows.append(self._write_stream(METADATA, contents.streams[metadata]))
        rows.append(ROW.pack(AT, self.length, 0))  # the table itself comes last
        self.rows[0] = b"".join(rows)

    @property
    def _places(self) -> range:
        return range(len(self.blocks))

    def _refer(self, number_of: Callable[[Block], int]) -> bytes:
        """References to an object of each part."""
        places = ((base_of(p, self.width), self.blocks[p]) for p in self._places)
        return b" ".join(b"%d 0 R" % (base + number_of(block)) for base, block in places)

    def _list_pages(self) -> bytes:
        count = sum(len(block.pages) for block in self.blocks.values())
        kids = self._refer(lambda block: block.tree)
        return b"<</Type /Pages/Kids [%s]/Count %d>>" % (kids, count)

    def _catalog(self) -> bytes:
        language = _LANGUAGE.search(self.contents.catalog)
        if language is None:
            raise ValueError("it does not say its language")
        labels = b"<</Nums [0 <</S /r>> %d <</S /D>>]>>" % len(self.blocks[0].pages)
        return (
            b"<</Type /Catalog/Pages %d 0 R/Outlines %d 0 R/PageLabels %s%s/StructTreeRoot %d 0 R"
            b"/ViewerPreferences <</DisplayDocTitle true>>/MarkInfo <</Marked true>>"
            b"/Metadata %d 0 R>>"
        ) % (PAGES, OUTLINES, labels, language[0], TREE, METADATA)

    def _outlines(self) -> bytes:
        first, last = (base_of(p, self.width) + BOOKMARK for p in (0, self._places[-1]))
        said = (len(self.blocks), first, last)
        return b"<</Type /Outlines/Count %d/First %d 0 R/Last %d 0 R>>" % said

    def _bookmark(self, place: int) -> bytes:
        """A part's bookmark with what is above and beside it."""
        said = b"<</Parent %d 0 R" % OUTLINES
        for key, beside in ((b"Prev", place - 1), (b"Next", place + 1)):
            if beside in self.blocks:
                said += b"/%s %d 0 R" % (key, base_of(beside, self.width) + BOOKMARK)
        return said + self.blocks[place].bookmark.removeprefix(b"<<")

    # --- The file ---

    def _write(self, piece: bytes) -> int:
        """Add to the file; gives where that begins."""
        at = self.length
        self.pieces.append(piece)
        self.length += len(piece)
        return at

    def _write_stream(self, number: int, stream: Stream) -> bytes:
        """Add an object with data; gives its row of the cross-reference."""
        return ROW.pack(AT, self._write(write_stream(number, stream)), 0)

    def _finish(self, sections: Sequence[tuple[int, bytes]]) -> bytes:
        """The file with its cross-reference."""
        listed = b" ".join(b"%d %d" % (n, len(rows) // ROW.size) for n, rows in sections)
        head = b"/Type /XRef/Index [%s]/W [1 4 2]/Size %d/Root %d 0 R/Info %d 0 R" % (
            listed,
            base_of(len(self.blocks), self.width),
            CATALOG,
            INFO,
        )
        at = self.length
        rows = b"".join(rows for _, rows in sections)
        # Numbers that go up: zlib finds no more in them when it tries harder, in ten times as long.
        self._write(write_stream(TABLE, pack(rows, head, level=1)))
        self._write(b"startxref\n%d\n%%%%EOF\n" % at)
        return b"".join(self.pieces)

    def _index(self, data: bytes, sections: Sequence[tuple[int, bytes]]) -> bytes:
        """What is noted of the book, so that the next one can be made of it."""
        parts, row = [], 0
        starts = {}
        for number, rows in sections:
            starts[number] = row
            row += len(rows) // ROW.size
        for place, part in enumerate(self.parts, 1):
            block, base = self.blocks[place], base_of(place, self.width)
            known = _Known(
                key=part.key,
                measure=part.measure,
                at=self.begins[place],
                length=len(block.data),
                row=starts[base + BOOKMARK] + 1,
                rows=len(block.rows) // ROW.size,
                pages=block.pages,
                tree=block.tree,
                document=block.document,
                parents=block.parents,
                bookmark=block.bookmark.decode("latin-1"),
            )
            parts.append(_noted(known))
        return _write_index(
            {
                "digest": sha256(data).hexdigest(),
                "program": self.program,
                "width": self.width,
                "parts": parts,
            }
        )


def _copy(known: _Known, data: bytes, rows: bytes) -> Block:
    """A part of a book that is there."""
    begin = known.row * ROW.size
    return Block(
        data=data[known.at : known.at + known.length],
        rows=rows[begin : begin + known.rows * ROW.size],
        at=known.at,
        pages=known.pages,
        tree=known.tree,
        document=known.document,
        parents=known.parents,
        bookmark=known.bookmark.encode("latin-1"),
    )


def _moved(rows: bytes, by: int) -> bytes:
    """Rows of the cross-reference for a piece of the file that lies elsewhere."""
    if by == 0:  # all before the leaflet that changed
        return rows
    changed = bytearray(rows)
    for at in range(0, len(rows), ROW.size):
        if rows[at] == AT:
            _, place, _ = ROW.unpack_from(rows, at)
            ROW.pack_into(changed, at, AT, place + by, 0)
    return bytes(changed)


def text_string(text: str) -> bytes:
    """A text as a string of a PDF (ISO 32000-1, 7.9.2.2)."""
    return b"<feff%s>" % text.encode("utf-16-be").hex().encode()

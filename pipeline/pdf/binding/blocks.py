"""A leaflet as a part of a book: its objects numbered for a place in it, in one piece of the file.

Each part has a range of numbers of the same width, so that a part is the same bytes whatever the
parts before it have become: after an edit all others are copied from the book that is there. What
depends on the others, page numbers on paper and what bookmarks are beside, is not in it; it is
written at the end of the book under numbers that each part leaves free for it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.pdf.binding.objects import (
    AT,
    FREE,
    IN_STREAM,
    ROW,
    STRING,
    Objects,
    find_reference,
    hold,
    reference,
    renumber,
    without_strings,
    write_stream,
)

#: Objects of the book itself, which the parts lead to.
PAGES, CATALOG, OUTLINES, TREE, DOCUMENT, PARENTS, INFO, HOLDER, METADATA, TABLE = range(1, 11)
#: The bookmark of a part, in the range of the part.
BOOKMARK = 0
_MOST_OBJECTS = 0xFFFE
#: The name of a place: what is not ASCII is written in hexadecimal.
_NAME = rb"%s|<[0-9A-Fa-f]*>" % STRING
_DESTINATION = re.compile(rb"(%s) (\[[^\]]*\])" % _NAME, re.DOTALL)
_NAMED = re.compile(rb"/Dest (%s)" % _NAME, re.DOTALL)
#: Names of header cells, and of those that a cell belongs to. No bracket within a string of a PDF
#: stands there as these do.
_ID = re.compile(rb"/ID \(|(?<=/Headers \[)\([^]]*\)(?=\])")
_BOX = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")
#: Outside strings: which entry of the table of parents something has.
_ENTRY = re.compile(rb"%s|/(StructParents?) (\d+)" % STRING, re.DOTALL)
_ENTRIES = re.compile(rb"(\d+) (\[[^\]]*\]|\d+ 0 R)")
#: Outside strings: what stands beside or above a bookmark.
_BESIDE = re.compile(rb"(%s)|/(?:Parent|Prev|Next) \d+ 0 R" % STRING, re.DOTALL)
#: Likewise: how many bookmarks are below one.
_COUNT = re.compile(rb"(%s)|/Count (\d+)" % STRING, re.DOTALL)
_LINK = re.compile(rb"/A <</Type /Action/S /URI/URI (\([^()\\]*\))>>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a part.

    Attributes:
        number: of its object, from the beginning of the part's range.
        width: in points.
        height: in points.
    """

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a book.

    Attributes:
        data: its piece of the file.
        rows: its rows of the cross-reference, from the second number of its range on.
        at: where the piece lies, as the rows have it.
        pages: its pages.
        tree: the number of the list of its pages, from the beginning of its range.
        document: the number of its structure, likewise.
        parents: the number of the table that leads from pages to the structure, likewise.
        bookmark: what its bookmark says, but for what is beside it.
    """

    data: bytes
    rows: bytes
    at: int = 0
    pages: tuple[Page, ...]
    tree: int
    document: int
    parents: int
    bookmark: bytes


def span_of(objects: Objects) -> int:
    """How wide the range of a leaflet's numbers has to be: a power of two.

    Raises:
        ValueError: it has more objects than one stream can hold.
    """
    highest = max([*objects.plain, *objects.streams])
    if highest > _MOST_OBJECTS:
        raise ValueError(f"{highest} objects are too many for a leaflet")
    return 1 << (highest + len(objects.pages) + 1).bit_length()


def base_of(place: int, width: int) -> int:
    """Where the range of a part begins.

    Args:
        place: of the part in the book, from 0.
        width: of each range.
    """
    return (place + 1) * width


def footer_of(place: int, width: int, page: int) -> int:
    """The number of the drawing of a page number: from the end of the range down.

    Args:
        place: of the part in the book, from 0.
        width: of each range.
        page: which of its pages, from 0.
    """
    return base_of(place + 1, width) - 1 - page


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a leaflet goes in a book.

    Attributes:
        place: of the part, from 0.
        width: of each range of numbers.
        title: what its bookmark says where it has none, or several: a string of a PDF.
        links: where links lead that are meant for the book: the destination and what is said of
            it, as they stand in a PDF, by the address of the link as a string of a PDF.
    """

    place: int
    width: int
    title: bytes
    links: Mapping[bytes, tuple[bytes, bytes]]


def make_block(objects: Objects, setting: Setting) -> Block:
    """Number a leaflet anew for its place.

    Args:
        objects: the leaflet's.
        setting: where it goes.

    Raises:
        ValueError: it is no leaflet as this program makes them.
    """
    return _Maker(objects, setting).make()


class _Maker:
    """Makes one block."""

    def __init__(self, objects: Objects, setting: Setting) -> None:
        self._objects, self._setting = objects, setting
        self._base = base_of(setting.place, setting.width)
        catalog = objects.catalog
        self._tree = reference(catalog, b"Pages")
        root = reference(catalog, b"StructTreeRoot")
        self._parents = reference(objects.find(root), b"ParentTree")
        self._document = self._find_document(root)
        self._metadata = find_reference(catalog, b"Metadata")
        outlines = find_reference(catalog, b"Outlines")
        top = self._find_top(outlines)
        self._moved = {root: DOCUMENT}
        above = top or outlines
        if above:
            self._moved[above] = self._base + BOOKMARK
        self._bookmark = self._make_bookmark(top, outlines)
        self._dropped = {objects.root, objects.info, root, outlines, top}
        self._named = dict(_DESTINATION.findall(catalog))
        self._page_of = {number: at for at, number in enumerate(objects.pages)}

    def make(self) -> Block:
        objects = self._objects
        streams = {n: s for n, s in objects.streams.items() if n != self._metadata}
        held = dict(self._plain())
        holder = max([*objects.plain, *objects.streams]) + 1
        rows = {
            number: ROW.pack(IN_STREAM, self._base + holder, index)
            for index, number in enumerate(held)
        }
        streams[holder] = hold((self._base + number, text) for number, text in held.items())
        data = b""
        for number, stream in streams.items():
            rows[number] = ROW.pack(AT, len(data), 0)
            head = self._entries(self._renumber(stream.head))
            data += write_stream(self._base + number, stream.with_head(head))
        return Block(
            data=data,
            rows=b"".join(rows.get(number, FREE) for number in range(1, holder + 1)),
            pages=tuple(self._page(number) for number in objects.pages),
            tree=self._tree,
            document=self._document,
            parents=self._parents,
            bookmark=self._bookmark,
        )

    def _renumber(self, text: bytes) -> bytes:
        return renumber(text, lambda number: self._moved.get(number, self._base + number))

    def _plain(self) -> Iterator[tuple[int, bytes]]:
        """The objects without data as they are in the book."""
        for number, text in self._objects.plain.items():
            if number not in self._dropped:
                yield number, self._changed(number, self._renumber(text))

    def _changed(self, number: int, text: bytes) -> bytes:
        if number == self._tree:
            return text.replace(b"/Type /Pages", b"/Type /Pages/Parent %d 0 R" % PAGES, 1)
        if number == self._parents:
            return self._moved_entries(text)
        if number == self._document:
            return text.replace(b"/S /Document", b"/S /Part", 1)
        if b"/Type /StructElem" in text:
            return self._with_own_ids(text)
        if b"/StructParent" in text:
            text = self._entries(text)
        if number in self._page_of:
            text = self._numbered(text, self._page_of[number])
        if b"/Type /Annot" in text:
            text = _NAMED.sub(self._destination, text)
            text = self._led(text)
        return text

    def _with_own_ids(self, element: bytes) -> bytes:
        """A part of the structure: tables of two leaflets may call their header cells the same."""
        begin = b"(%d:" % self._setting.place
        return _ID.sub(lambda found: found[0].replace(b"(", begin), element)

    def _numbered(self, page: bytes, at: int) -> bytes:
        """A page with the drawing of its number below its own."""
        footer = footer_of(self._setting.place, self._setting.width, at)
        drawn = reference(page, b"Contents")
        both = b"/Contents [%d 0 R %d 0 R]" % (footer, drawn)
        return page.replace(b"/Contents %d 0 R" % drawn, both, 1)

    def _destination(self, found: re.Match[bytes]) -> bytes:
        """Where a link within a leaflet leads: names would meet those of other parts."""
        if found[1] not in self._named:
            raise ValueError(f"a link leads to {found[1].decode('latin-1')}, which is not there")
        return b"/Dest " + self._renumber(self._named[found[1]])

    def _led(self, annotation: bytes) -> bytes:
        """A link that is meant for the book, leading there."""
        found = _LINK.search(annotation)
        if found is None or found[1] not in self._setting.links:
            return annotation
        place, said = self._setting.links[found[1]]
        led = annotation.replace(found[0], b"/Dest " + place, 1)
        return led.replace(b"/Contents " + found[1], b"/Contents " + said, 1)

    def _entry(self, number: int) -> int:
        return self._setting.place * self._setting.width + number

    def _entries(self, text: bytes) -> bytes:
        def change(found: re.Match[bytes]) -> bytes:
            if not found[1]:
                return found[0]
            return b"/%s %d" % (found[1], self._entry(int(found[2])))

        return _ENTRY.sub(change, text)

    def _moved_entries(self, table: bytes) -> bytes:
        """The table that leads from pages to the structure."""
        begin, end = table.find(b"/Nums ["), table.rfind(b"]")
        found = _ENTRIES.findall(table[begin + len(b"/Nums [") : end])
        if begin < 0 or not found:
            raise ValueError("its pages lead to no structure")
        entries = [(self._entry(int(number)), what) for number, what in found]
        limits = b"/Limits [%d %d]" % (entries[0][0], entries[-1][0])
        listed = b" ".join(b"%d %s" % entry for entry in entries)
        return b"<<%s/Nums [%s]>>" % (limits, listed)

    def _find_document(self, root: int) -> int:
        kids = re.search(rb"/K \[(\d+) 0 R\]", self._objects.find(root))
        number = int(kids[1]) if kids else 0
        if b"/S /Document" not in without_strings(self._objects.find(number)):
            raise ValueError("its structure is no document")
        return number

    def _find_top(self, outlines: int | None) -> int | None:
        """The one bookmark that all others are below; None where there is none."""
        if outlines is None:
            return None
        root = self._objects.find(outlines)
        first = find_reference(root, b"First")
        return first if first == find_reference(root, b"Last") else None

    def _make_bookmark(self, top: int | None, outlines: int | None) -> bytes:
        """The bookmark of the part: closed, what is below it is for who wants to see it."""
        if top:
            text = _BESIDE.sub(rb"\1", self._objects.find(top))
            return self._renumber(_closed(text))
        first = self._base + self._objects.pages[0]
        item = b"/Title %s/Dest [%d 0 R /Fit]" % (self._setting.title, first)
        root = self._objects.find(outlines) if outlines else b""
        if find_reference(root, b"First"):
            item += self._renumber(_closed(root)).removeprefix(b"<<").removesuffix(b">>")
        return b"<<%s>>" % item

    def _page(self, number: int) -> Page:
        box = _BOX.search(self._objects.find(number))
        if box is None:
            raise ValueError("a page does not say how large it is")
        return Page(number=number, width=float(box[1]), height=float(box[2]))


def _closed(bookmark: bytes) -> bytes:
    """A bookmark of which what is below it, if anything, is not shown at first."""

    def change(found: re.Match[bytes]) -> bytes:
        below = b"/Count -%s" % found[2] if found[2] and int(found[2]) else b""
        return found[1] or below

    return _COUNT.sub(change, bookmark)

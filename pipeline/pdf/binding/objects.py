"""The objects of a PDF that WeasyPrint wrote: read, numbered anew, written (ISO 32000-1, 7.3, 7.5).

Not any PDF: objects that are no streams lie in object streams, the cross-reference is a stream,
no generation is other than 0, nothing was changed afterwards. What is not like that is refused.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_STREAM = re.compile(rb"(\d+) 0 obj\n(<<.*?>>)\nstream\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)")
_WIDTHS = re.compile(rb"/W \[(\d+) (\d+) (\d+)\]")
_FIRST = re.compile(rb"/First (\d+)")
#: A string; what is not ASCII is written in hexadecimal.
STRING = rb"\((?:[^()\\]|\\.)*\)"
_STRINGS = re.compile(STRING, re.DOTALL)
#: A string, in which nothing is a reference, or a reference.
_REFERENCE = re.compile(STRING + rb"|(?<![\d.])(\d+) 0 R\b", re.DOTALL)
#: A row of the cross-reference of what is written, for files of up to 4 GB: its kind, and where an
#: object is: its place in the file, or the object that holds it and which one in that it is.
ROW = struct.Struct(">BIH")
AT, IN_STREAM = 1, 2
FREE = ROW.pack(0, 0, 0)
_LEVEL = 6
#: Bytes up to which data are few; the window (bits) and memory (level) in which those are packed.
_FEW, _FOR_FEW = 2048, (11, 3)


@dataclass(frozen=True, slots=True)
class Stream:
    """An object with data.

    Attributes:
        head: its dictionary.
        data: as it lies in the file, packed.
    """

    head: bytes
    data: bytes

    def with_head(self, head: bytes) -> "Stream":
        """The same data with another dictionary."""
        return Stream(head, self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects:
    """The objects of a PDF.

    Attributes:
        plain: those without data, by number.
        streams: those with data, by number; what only holds other objects left out.
        root: number of the catalog.
        info: number of what says the title; 0 for none.
    """

    plain: Mapping[int, bytes]
    streams: Mapping[int, Stream]
    root: int
    info: int

    @property
    def catalog(self) -> bytes:
        """The catalog.

        Raises:
            ValueError: there is none.
        """
        return self.find(self.root)

    def find(self, number: int) -> bytes:
        """An object without data.

        Raises:
            ValueError: there is none of this number.
        """
        try:
            return self.plain[number]
        except KeyError:
            raise ValueError(f"object {number} is not there") from None

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the pages, in their order.

        Raises:
            ValueError: they are not listed in one place.
        """
        tree = self.find(reference(self.catalog, b"Pages"))
        kids = re.search(rb"/Kids \[([^\]]*)\]", tree)
        numbers = tuple(map(int, re.findall(rb"(\d+) 0 R", kids[1]))) if kids else ()
        if not numbers or not all(b"/Type /Page/" in self.find(number) for number in numbers):
            raise ValueError("its pages are not in one list")
        return numbers


def reference(text: bytes, key: bytes) -> int:
    """The number that a key of a dictionary leads to.

    Raises:
        ValueError: it leads nowhere.
    """
    number = find_reference(text, key)
    if number is None:
        raise ValueError(f"/{key.decode()} is not there")
    return number


def find_reference(text: bytes, key: bytes) -> int | None:
    """The same; None where it leads nowhere."""
    found = re.search(rb"/%s (\d+) 0 R\b" % key, without_strings(text))
    return int(found[1]) if found else None


def without_strings(text: bytes) -> bytes:
    """An object whose strings are empty: anybody may have written what is in them."""
    return _STRINGS.sub(b"()", text)


def read_objects(data: bytes) -> Objects:
    """Read the objects of a leaflet.

    Args:
        data: the PDF.

    Raises:
        ValueError: it is no PDF as WeasyPrint writes them.
    """
    table = _table_of(data)
    widths = _WIDTHS.search(table.head)
    if widths is None or b"/Index [0 " not in table.head:
        raise ValueError("its table of objects is of another kind")
    rows = _rows(unpack(table), [int(each) for each in widths.groups()])
    plain: dict[int, bytes] = {}
    streams: dict[int, Stream] = {}
    for place in sorted(second for first, second in rows if first == AT):
        number, stream = _stream_at(data, place)
        if b"/Type /ObjStm" in stream.head:
            plain |= _held(stream)
        elif b"/Type /XRef" not in stream.head:
            streams[number] = stream
    return Objects(
        plain=plain,
        streams=streams,
        root=reference(table.head, b"Root"),
        info=find_reference(table.head, b"Info") or 0,
    )


def has_all_of(book: bytes, leaflets: Iterable[bytes]) -> bool:
    """Whether all that leaflets draw, and their fonts, are in a book as they are.

    Args:
        book: a PDF.
        leaflets: others; quick where they are in their order.

    Raises:
        ValueError: a leaflet is no PDF as WeasyPrint writes them.
    """
    at = 0
    for leaflet in leaflets:
        for stream in read_objects(leaflet).streams.values():
            if b"/Type /Metadata" in stream.head:
                continue
            found = book.find(stream.data, at)
            at = found if found >= 0 else book.find(stream.data)
            if at < 0:
                return False
    return True


def read_rows(data: bytes) -> bytes:
    """The cross-reference of a file, unpacked.

    Args:
        data: the PDF.

    Raises:
        ValueError: it is no PDF as this program writes them.
    """
    return unpack(_table_of(data))


def _table_of(data: bytes) -> Stream:
    start = _START.search(data[-64:])
    if start is None:
        raise ValueError("it has no end")
    return _stream_at(data, int(start[1]))[1]


def _rows(table: bytes, widths: list[int]) -> list[tuple[int, int]]:
    kind, place, _ = widths
    size = sum(widths)
    if not size or len(table) % size:
        raise ValueError("its table of objects is cut off")
    return [
        (
            int.from_bytes(table[at : at + kind], "big"),
            int.from_bytes(table[at + kind : at + kind + place], "big"),
        )
        for at in range(0, len(table), size)
    ]


def _stream_at(data: bytes, place: int) -> tuple[int, Stream]:
    head = _STREAM.match(data, place)
    length = _LENGTH.search(head[2]) if head else None
    if head is None or length is None:
        raise ValueError("an object is not where it should be")
    end = head.end() + int(length[1])
    if not data.startswith(b"\nendstream", end):
        raise ValueError("an object is longer or shorter than it says")
    return int(head[1]), Stream(head[2], data[head.end() : end])


def unpack(stream: Stream) -> bytes:
    """The data of an object as it was before it was packed.

    Raises:
        ValueError: it is damaged.
    """
    if b"/Filter /FlateDecode" not in stream.head:
        return stream.data
    try:
        return zlib.decompress(stream.data)
    except zlib.error as error:
        raise ValueError(f"an object cannot be unpacked: {error}") from None


def _held(stream: Stream) -> dict[int, bytes]:
    """The objects in a stream of objects."""
    text, first = unpack(stream), _FIRST.search(stream.head)
    if first is None:
        raise ValueError("a list of objects does not say where they begin")
    begin = int(first[1])
    numbers = [int(each) for each in text[:begin].split()]
    places = [begin + place for place in numbers[1::2]]
    ends = [*places[1:], len(text)]
    return {
        number: text[place:end].strip()
        for number, place, end in zip(numbers[::2], places, ends, strict=True)
    }


def renumber(text: bytes, number_of: Callable[[int], int]) -> bytes:
    """An object whose references lead to other numbers.

    Args:
        text: the object.
        number_of: the new number of each.
    """

    def change(found: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % number_of(int(found[1])) if found[1] else found[0]

    return _REFERENCE.sub(change, text)


def write_stream(number: int, stream: Stream) -> bytes:
    """An object with data as it stands in a file."""
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, stream.head, stream.data)


def pack(data: bytes, head: bytes = b"", level: int = _LEVEL) -> Stream:
    """Data, packed.

    Args:
        data: what goes in.
        head: what its dictionary says beside.
        level: how hard is tried to make it small, of zlib's.
    """
    # Of the hundreds of page numbers each would take longer to make room for than to pack.
    room = _FOR_FEW if len(data) <= _FEW else ()
    packer = zlib.compressobj(level, zlib.DEFLATED, *room)
    packed = packer.compress(data) + packer.flush()
    return Stream(b"<<%s/Filter /FlateDecode/Length %d>>" % (head, len(packed)), packed)


def hold(objects: Iterable[tuple[int, bytes]]) -> Stream:
    """A stream that holds objects without data, in this order."""
    head, body, at = [], [], 0
    for number, text in objects:
        head.append(b"%d %d" % (number, at))
        body.append(text)
        at += len(text) + 1
    first = b" ".join(head) + b"\n"
    said = b"/Type /ObjStm/N %d/First %d" % (len(head), len(first))
    return pack(first + b"\n".join(body), said)

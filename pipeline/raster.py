"""What the bytes of a picture in pixels say: how large it is, and what else is told beside it.

Cameras write into a picture where and when it was taken, with which device, and often a small copy
of it as it was before it was cut. None of that is for the public. The pixels are not touched: parts
of the file are left out (ITU-T T.81 and Exif 2.32, PNG third edition, GIF89a, RFC 9649 for WebP).
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

#: Width and height in pixels.
Size = tuple[int, int]

_PNG = b"\x89PNG\r\n\x1a\n"
_GIF = (b"GIF87a", b"GIF89a")
_JPEG = b"\xff\xd8"
#: Markers of JPEG that begin a frame, with its size (ITU-T T.81, table B.1).
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_END, _SCAN, _COMMENT, _EXIF = 0xD9, 0xDA, 0xFE, 0xE1
#: Marks of an application that say how the pixels are to be shown.
_KEPT_OF_JPEG = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
#: The next marker of a JPEG: no stuffed byte, no restart, no filling.
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")
_TOLD_IN_PNG = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_TOLD_IN_WEBP = frozenset({b"EXIF", b"XMP "})
_KEPT_OF_GIF = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
#: An item of AVIF (ISO 23008-12) that is no picture: Exif, or XMP as `mime`.
_TOLD_IN_AVIF = re.compile(rb"infe(?:\x02.{7}|\x03.{9})(?:Exif|mime)", re.DOTALL)
_EXTENT_OF_AVIF = re.compile(rb"ispe\0{4}(.{4})(.{4})", re.DOTALL)
_ORIENTATION = 0x0112
#: Of the eight ways to lay a picture, those by which width and height change places.
_ON_ITS_SIDE = range(5, 9)


def find_size(data: bytes) -> Size | None:
    """How large a picture is shown, by its own account: PNG, GIF, JPEG, WebP, AVIF.

    Args:
        data: its bytes.

    Returns:
        Width and height; None where it does not say.
    """
    if data.startswith(_PNG):
        size = _number(data, 16, 4), _number(data, 20, 4)
    elif data.startswith(_GIF):
        size = _number(data, 6, 2, "little"), _number(data, 8, 2, "little")
    elif data.startswith(_JPEG):
        size = next(_jpeg_sizes(data), (0, 0))
    elif data[8:12] == b"WEBP":
        size = _webp_size(data)
    else:
        found = _EXTENT_OF_AVIF.findall(data[:8000]) if data[4:8] == b"ftyp" else []
        size = max(((_number(w, 0, 4), _number(h, 0, 4)) for w, h in found), default=(0, 0))
    if not all(size):
        return None
    return size[::-1] if _orientation_of(data) in _ON_ITS_SIDE else size


def tells_more(data: bytes) -> bool:
    """Whether a picture says more than its pixels, and cannot be freed of it: AVIF."""
    return data[4:8] == b"ftyp" and _TOLD_IN_AVIF.search(data) is not None


def strip_metadata(data: bytes) -> bytes:
    """A picture without what is told beside its pixels: place, time, camera, comments.

    Args:
        data: the bytes of a PNG, JPEG, GIF or WebP; anything else is given back as it is.

    Returns:
        The bytes without it; how the picture is to be turned and its colours stay. Twice is once.
    """
    if data.startswith(_PNG):
        return _strip_png(data)
    if data.startswith(_JPEG):
        return _strip_jpeg(data)
    if data.startswith(_GIF):
        return _strip_gif(data)
    return _strip_webp(data) if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else data


def _number(data: bytes, at: int, count: int, order: str = "big") -> int:
    return int.from_bytes(data[at : at + count], "little" if order == "little" else "big")


# --- How it is to be turned ----------------------------------------------------------


def _orientation_of(data: bytes) -> int:
    """1 to 8, as Exif counts; 1 where nothing is said."""
    if data.startswith(_JPEG):
        found = (s.body[6:] for s in _segments(data) if s.marker == _EXIF and s.is_exif)
    elif data.startswith(_PNG):
        found = (body for kind, body in _chunks_of_png(data) if kind == b"eXIf")
    elif data[8:12] == b"WEBP":
        found = (_tiff_of(body) for kind, body in _chunks_of_webp(data) if kind == b"EXIF")
    else:
        return 1
    return next((_orientation(tiff) for tiff in found), 1)


def _tiff_of(exif: bytes) -> bytes:
    return exif.removeprefix(b"Exif\0\0")


def _orientation(tiff: bytes) -> int:
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return 1
    start = _number(tiff, 4, 4, order)
    for at in range(start + 2, start + 2 + 12 * min(_number(tiff, start, 2, order), 200), 12):
        if _number(tiff, at, 2, order) == _ORIENTATION:
            value = _number(tiff, at + 8, 2, order)
            return value if 1 <= value <= 8 else 1  # noqa: PLR2004  Exif's eight
    return 1


def _tiff(orientation: int) -> bytes:
    """Exif that says nothing but how the picture is to be turned."""
    return b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + bytes((0, orientation)) + b"\0" * 6


# --- JPEG ----------------------------------------------------------------------------


class _Segment(NamedTuple):
    marker: int
    body: bytes
    #: Where it begins and where the next one does; pixels that follow a scan are a part of it.
    start: int
    end: int

    @property
    def is_exif(self) -> bool:
        return self.body.startswith(b"Exif\0\0")

    @property
    def is_kept(self) -> bool:
        if start := _KEPT_OF_JPEG.get(self.marker):
            return self.body.startswith(start)
        return self.marker != _COMMENT and not 0xE0 <= self.marker <= 0xEF  # noqa: PLR2004  APPn


def _segments(data: bytes) -> Iterator[_Segment]:
    """The segments up to the picture's end: what a phone appends after it is another one."""
    found = _MARKER.search(data, 2)
    while found and found[1][0] != _END:
        length = max(2, _number(data, found.end(), 2))
        end = found.end() + length
        after = _MARKER.search(data, end)
        body = data[found.end() + 2 : end]
        stop = (after.start() if after else len(data)) if found[1][0] == _SCAN else end
        yield _Segment(found[1][0], body, found.start(), stop)
        found = after


def _jpeg_sizes(data: bytes) -> Iterator[Size]:
    for segment in _segments(data):
        if segment.marker in _FRAMES and len(segment.body) >= 5:  # noqa: PLR2004
            yield _number(segment.body, 3, 2), _number(segment.body, 1, 2)


def _strip_jpeg(data: bytes) -> bytes:
    segments = list(_segments(data))
    if not segments:
        return data
    turned = _orientation_of(data)
    exif = b"Exif\0\0" + _tiff(turned)
    told = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif if turned > 1 else b""
    kept = [data[s.start : s.end] for s in segments if s.is_kept]
    first = 1 if segments[0].is_kept and segments[0].marker == 0xE0 else 0  # noqa: PLR2004  JFIF
    is_whole = data.find(b"\xff\xd9", segments[-1].end) >= 0
    return b"".join((_JPEG, *kept[:first], told, *kept[first:], b"\xff\xd9" if is_whole else b""))


# --- PNG -----------------------------------------------------------------------------


def _chunks_of_png(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        length = _number(data, at, 4)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _strip_png(data: bytes) -> bytes:
    turned = _orientation_of(data)
    made = [_PNG]
    at = len(_PNG)
    while at < len(data):
        kind, end = data[at + 4 : at + 8], at + 12 + _number(data, at, 4)
        if kind == b"IDAT" and turned > 1:
            made.append(_chunk(b"eXIf", _tiff(turned)))
            turned = 1
        if kind not in _TOLD_IN_PNG:
            made.append(data[at:end])
        at = end
        if kind == b"IEND":
            break
    return b"".join(made)


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + check


# --- WebP ----------------------------------------------------------------------------


def _chunks_of_webp(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        length = _number(data, at + 4, 4, "little")
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _webp_size(data: bytes) -> Size:
    for kind, body in _chunks_of_webp(data):
        if kind == b"VP8X":
            return _number(body, 4, 3, "little") + 1, _number(body, 7, 3, "little") + 1
        if kind == b"VP8 ":
            return _number(body, 6, 2, "little") & 0x3FFF, _number(body, 8, 2, "little") & 0x3FFF
        if kind == b"VP8L":
            bits = _number(body, 1, 4, "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return 0, 0


def _strip_webp(data: bytes) -> bytes:
    chunks = list(_chunks_of_webp(data))
    if not any(kind in _TOLD_IN_WEBP for kind, _ in chunks):
        return data
    turned = _orientation_of(data)
    kept = [(kind, body) for kind, body in chunks if kind not in _TOLD_IN_WEBP]
    if turned > 1:
        kept.append((b"EXIF", _tiff(turned)))
    made = b"".join(_webp_chunk(kind, body, is_turned=turned > 1) for kind, body in kept)
    return b"RIFF" + (len(made) + 4).to_bytes(4, "little") + b"WEBP" + made


def _webp_chunk(kind: bytes, body: bytes, *, is_turned: bool) -> bytes:
    if kind == b"VP8X":  # it says which others there are: Exif is 8, XMP 4
        body = bytes((body[0] & ~0x0C | (8 if is_turned else 0),)) + body[1:]
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


# --- GIF -----------------------------------------------------------------------------


def _strip_gif(data: bytes) -> bytes:
    starts = [*_blocks_of_gif(data), len(data)]
    kept = [data[: starts[0]]]
    for start, end in pairwise(starts):
        block = data[start:end]
        is_comment = block.startswith(b"\x21\xfe")
        is_other = block.startswith(b"\x21\xff") and not block[3:].startswith(_KEPT_OF_GIF)
        if not is_comment and not is_other:
            kept.append(block[:1] if block.startswith(b"\x3b") else block)
    return b"".join(kept)


def _blocks_of_gif(data: bytes) -> Iterator[int]:
    """Where each block begins, the last of them the end of the picture."""
    at = 13 + _colours_of_gif(data[10:11])
    while at < len(data):
        yield at
        if data[at] == 0x21:  # noqa: PLR2004  an extension
            at = _after_parts(data, at + 2)
        elif data[at] == 0x2C:  # noqa: PLR2004  an image, with colours of its own
            at = _after_parts(data, at + 11 + _colours_of_gif(data[at + 9 : at + 10]))
        else:
            return


def _colours_of_gif(packed: bytes) -> int:
    return 3 << ((packed[0] & 7) + 1) if packed and packed[0] & 0x80 else 0


def _after_parts(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1

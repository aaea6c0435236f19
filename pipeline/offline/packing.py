"""A ZIP (PKWARE APPNOTE 6.3) of members of which some are compressed already.

Compressing is most of what an archive costs, so that of a page is kept with it. Equal members give
equal bytes, whoever compressed them.
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: Before 1980 a ZIP knows no time.
_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX, _MODE = 3, 0o644 << 16
#: What is compressed already.
_PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".woff", ".woff2")
_VERSION = 20
_UTF8 = 0x800
_RAW = -zlib.MAX_WBITS
_CENTRAL, _END = struct.Struct("<4s4B4HL2L5H2L"), struct.Struct("<4s4H2LH")
#: Above these a ZIP needs other fields (Zip64), which the standard library writes.
_MOST_BYTES, _MOST_MEMBERS = 2**31, 2**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of an archive.

    Attributes:
        data: its bytes in the archive.
        size: of it unpacked.
        checksum: CRC-32 of it unpacked.
        is_packed: its bytes are compressed.
    """

    data: bytes
    size: int
    checksum: int
    is_packed: bool


def pack_member(name: str, data: bytes) -> Member:
    """A file as it stands in an archive.

    Args:
        name: what it is called there.
        data: its bytes.
    """
    is_packed = not name.endswith(_PACKED)
    return Member(
        data=zlib.compress(data, wbits=_RAW) if is_packed else data,
        size=len(data),
        checksum=zlib.crc32(data),
        is_packed=is_packed,
    )


def unpack_member(member: Member) -> bytes:
    """The bytes of a file.

    Raises:
        zlib.error: it is damaged.
    """
    return zlib.decompress(member.data, wbits=_RAW) if member.is_packed else member.data


def render_zip(members: Mapping[str, Member]) -> bytes:
    """An archive.

    Args:
        members: its files, by name.
    """
    if len(members) > _MOST_MEMBERS or sum(len(m.data) for m in members.values()) > _MOST_BYTES:
        return _render_large(members)
    out, central = BytesIO(), []
    for name in sorted(members):
        member, entry = members[name], _entry(name, members[name])
        central.append(_central_row(entry, out.tell()))
        out.write(entry.FileHeader(zip64=False))
        out.write(member.data)
    rows = b"".join(central)
    count, start = len(central), out.tell()
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(rows), start, 0)
    out.write(rows + end)
    return out.getvalue()


def _entry(name: str, member: Member) -> ZipInfo:
    entry = ZipInfo(name, _TIME)
    entry.create_system, entry.external_attr = _UNIX, _MODE
    entry.compress_type = ZIP_DEFLATED if member.is_packed else ZIP_STORED
    entry.file_size, entry.compress_size = member.size, len(member.data)
    entry.CRC = member.checksum
    return entry


def _central_row(entry: ZipInfo, offset: int) -> bytes:
    name = entry.filename.encode()
    flags = 0 if entry.filename.isascii() else _UTF8
    year, month, day, *_ = entry.date_time
    date = (year - 1980) << 9 | month << 5 | day
    fixed = _CENTRAL.pack(
        b"PK\x01\x02",
        _VERSION,
        _UNIX,
        _VERSION,
        0,
        flags,
        entry.compress_type,
        0,
        date,
        entry.CRC,
        entry.compress_size,
        entry.file_size,
        len(name),
        0,
        0,
        0,
        0,
        entry.external_attr,
        offset,
    )
    return fixed + name


def _render_large(members: Mapping[str, Member]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in sorted(members):
            archive.writestr(_entry(name, members[name]), unpack_member(members[name]))
    return out.getvalue()

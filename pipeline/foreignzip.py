"""Archives (zip) that others made → their parts, or why they are not opened.

What comes from outside may be made to fill the memory or the disk. Sizes are looked at before
anything is unpacked, and again while it is; nothing is written, so that a name leads nowhere.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from enum import Enum, auto

#: Most bytes of one part, and of all of them unpacked: a leaflet needs 30 KB, photographs more.
MOST_PART = 16_000_000
MOST_UNPACKED = 50_000_000
MOST_PARTS = 2_000
#: What the old formats of Office begin with, and new ones that have a password.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


class ZipFault(Enum):
    """Why an archive is not opened."""

    DAMAGED = auto()
    PASSWORD = auto()
    TOO_LARGE = auto()
    TOO_MANY = auto()
    TWICE = auto()


class ZipError(Exception):
    """It is no archive that is opened.

    Args:
        fault: why.
        detail: the name of the part, how many there are, or what the library says.
    """

    def __init__(self, fault: ZipFault, detail: str = "") -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail


def unpack(data: bytes, *, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts of an archive, by name.

    Args:
        data: the whole file.
        is_wanted: whether a part of that name is to be read; asked for each, in order.

    Raises:
        ZipError: it is damaged, has a password, or is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpack(archive, is_wanted)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        ValueError,
        OSError,
        zlib.error,
    ) as error:
        raise ZipError(ZipFault.DAMAGED, str(error)) from None
    except RuntimeError:
        raise ZipError(ZipFault.PASSWORD) from None


def _unpack(archive: zipfile.ZipFile, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > MOST_PARTS:
        raise ZipError(ZipFault.TOO_MANY, f"{len(infos):,}")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise ZipError(ZipFault.TOO_LARGE)
    parts: dict[str, bytes] = {}
    rest = MOST_UNPACKED
    for info in infos:
        name = info.filename
        if not is_wanted(name):
            continue
        if name in parts:
            raise ZipError(ZipFault.TWICE, name)
        parts[name] = _read_part(archive, info, min(rest, MOST_PART))
        rest -= len(parts[name])
    return parts


def _read_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """A part's bytes: no more than it says that it has, and no more than are let in."""
    if info.file_size > most:
        raise ZipError(ZipFault.TOO_LARGE)
    with archive.open(info) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ZipError(ZipFault.TOO_LARGE)
    return data

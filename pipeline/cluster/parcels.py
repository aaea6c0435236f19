"""Files on their way: packed, and unpacked into a folder that they cannot leave."""

import os
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from pipeline.cluster.values import Files
from pipeline.errors import ClusterError

#: Bytes of one file unpacked, above which it is refused: a search index of 10,000 pages has 60 MB.
MOST_FILE = 1_000_000_000
_LEVEL = 1


def pack(files: Iterable[tuple[str, bytes]]) -> Files:
    """Files, each made smaller.

    Args:
        files: names and bytes.
    """
    return tuple((name, zlib.compress(data, _LEVEL)) for name, data in files)


def unpack(files: Files) -> Iterable[tuple[str, bytes]]:
    """The files as they were.

    Args:
        files: names and packed bytes.

    Raises:
        ClusterError: a name leads out of a folder, or the bytes are none that were packed.
    """
    for name, data in files:
        _refuse_name(name)
        yield name, _inflate(name, data)


def unpack_into(files: Files, folder: Path) -> None:
    """Write files below a folder, and nowhere else.

    Args:
        files: names and packed bytes.
        folder: where to; made if missing. Nobody else writes to it.

    Raises:
        ClusterError: a name leads out of the folder, or the bytes are none that were packed;
            files that came before it are there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    inside = os.path.realpath(folder)
    for name, data in unpack(files):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.realpath(target).startswith(inside + os.sep):
            raise _unsafe(name)
        target.write_bytes(data)


def _refuse_name(name: str) -> None:
    parts = PurePosixPath(name).parts
    is_plain = bool(parts) and name == "/".join(parts) and not name.startswith("/")
    if not is_plain or ".." in parts or "\\" in name or ":" in name or "\0" in name:
        raise _unsafe(name)


def _unsafe(name: str) -> ClusterError:
    return ClusterError(
        f"A file came with the name {name!r}, which leads out of the build's folder.",
        remedy="Look at the machines of the cluster: one of them does what it should not.",
    )


def _inflate(name: str, data: bytes) -> bytes:
    packed = zlib.decompressobj()
    try:
        made = packed.decompress(data, MOST_FILE)
    except zlib.error:
        made = b""
    if not packed.eof or packed.unused_data:
        raise ClusterError(
            f"The file {name} came damaged, or is larger than {MOST_FILE:,} bytes.",
            remedy="Run the command again; if it happens again, look at the network.",
        )
    return made

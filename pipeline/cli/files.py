"""Reading and writing the single files that `segment` and `assemble` are given."""

import sys
from pathlib import Path

from pipeline.cli.refusals import remedy_of
from pipeline.errors import ContentError
from pipeline.files import write_atomic


def read_bytes(name: str) -> bytes:
    """The content of a file; of standard input where the name is ``-``.

    Raises:
        ContentError: it cannot be read.
    """
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise ContentError(
            f"The file cannot be read: {error.strerror}.",
            remedy="Check the name and its rights.",
            path=Path(name),
        ) from None


def read_text(name: str) -> str:
    """The text of a UTF-8 file, line ends untouched; of standard input for ``-``.

    Raises:
        ContentError: it cannot be read, or is not UTF-8.
    """
    data = read_bytes(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(
            "The file is not UTF-8.",
            remedy="Save it as UTF-8.",
            path=Path(name),
            line=data.count(b"\n", 0, error.start) + 1,
        ) from None


def write_bytes(name: str, data: bytes) -> None:
    """Write a file whole; to standard output where the name is ``-``.

    Raises:
        ContentError: it cannot be written.
    """
    if name == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        write_atomic(Path(name), data)
    except OSError as error:
        raise ContentError(
            f"The file cannot be written: {error.strerror}.",
            remedy=remedy_of(error),
            path=Path(name),
        ) from None

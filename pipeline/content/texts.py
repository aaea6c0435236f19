"""The text of a file that people write: UTF-8, without what deceives its readers."""

import re
import unicodedata
from pathlib import Path

from pipeline.errors import ContentError

#: After these, readers see the digits of 119 as 911; no language needs them.
_TURNING = re.compile(r"[\u202d\u202e]")
_MARK = "\ufeff"


def read_text(path: Path, *, may_have_mark: bool = False, data: bytes | None = None) -> str:
    """Read a file.

    Args:
        path: the file.
        may_have_mark: whether it may begin with a byte order mark, which is kept.
        data: its bytes, where they were read already.

    Raises:
        ContentError: it cannot be read, is not UTF-8, or has a character that it must not have.
    """
    try:
        read = path.read_bytes() if data is None else data
        text = read.decode("utf-8")
    except OSError as error:
        raise _error(
            path, f"The file cannot be read: {error.strerror}.", "Check its rights."
        ) from None
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise _error(path, "The file is not UTF-8.", "Save it as UTF-8.", line) from None
    if text.startswith(_MARK) and not may_have_mark:
        raise _error(
            path,
            "The file begins with a byte order mark.",
            "Save it as “UTF-8”, not as “UTF-8 with BOM”.",
            1,
        )
    if turned := _TURNING.search(text):
        line = text.count("\n", 0, turned.start()) + 1
        name = unicodedata.name(turned[0])
        message = f"A character that nobody sees turns the text round: {name}."
        raise _error(path, message, "Delete the line and type it anew.", line)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise _error(path, "The file has a NUL character.", "Remove it; is this a text file?", line)
    return text


def _error(path: Path, message: str, remedy: str, line: int | None = None) -> ContentError:
    return ContentError(message, remedy=remedy, path=path, line=line)

"""Texts in the quotes of a PO file, and previous msgids where Babel has put them."""

import re

from pipeline.model import UnitKey

_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v",
    "\\": "\\", '"': '"',
}  # fmt: skip
_NUMBER = r"\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}(?![0-9A-Fa-f]))"
_ESCAPE = re.compile(rf"(?P<bytes>(?:{_NUMBER})+)|\\(?P<letter>.)", re.DOTALL)
_STRING = r'"(?:[^"\\]|\\.)*"'
_STRINGS = rf"{_STRING}(?:\n\| {_STRING})*"
_PREVIOUS = re.compile(
    rf"^(?:\| msgctxt (?P<context>{_STRINGS})\n)?\| msgid (?P<msgid>{_STRINGS})$",
    re.MULTILINE | re.DOTALL,
)
#: A text broken off by an editor: at a space, which is gone, or after a hyphen.
_BREAK = re.compile(r"(?<!-)\n")


def unescape(text: str) -> str:
    """The text that stands between two quotation marks.

    Raises:
        ValueError: it has an escape that the format does not have; its argument is that.
    """
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(found: re.Match[str]) -> str:
    if found["bytes"] is None:
        if found["letter"] not in _ESCAPES:
            raise ValueError(found[0])
        return _ESCAPES[found["letter"]]
    numbers = re.findall(_NUMBER, found[0])
    try:
        return bytes(_number(number[1:]) for number in numbers).decode("utf-8")
    except ValueError:
        raise ValueError(found[0]) from None


def _number(digits: str) -> int:
    return int(digits[1:], 16) if digits.startswith("x") else int(digits, 8)


def take_previous(comments: list[str]) -> UnitKey | None:
    """Take a previous key out of a translator's comments, in place.

    Babel reads ``#| msgid "…"`` as a comment and writes it as ``# | msgid "…"``, wrapped.

    Args:
        comments: lines of ``#``.

    Returns:
        The key that the target was made for, or None where no comment says one.
    """
    if not comments:
        return None
    text = "\n".join(comments)
    found = _PREVIOUS.search(text)
    if not found:
        return None
    try:
        context = None if found["context"] is None else _joined(found["context"])
        previous = UnitKey(context, _joined(found["msgid"]))
    except ValueError:
        return None
    before, after = text[: found.start()], text[found.end() + 1 :]
    comments[:] = (before + after).removesuffix("\n").split("\n") if before + after else []
    return previous


def _joined(strings: str) -> str:
    rows = re.findall(_STRING, strings, re.DOTALL)
    whole = "".join(row[1:-1] for row in rows)
    return unescape(_BREAK.sub(" ", whole).replace("\n", ""))


def same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two comments differ only in where an editor has broken their lines."""
    return squeezed(one) == squeezed(other)


def squeezed(comment: tuple[str, ...]) -> str:
    """A comment without white space: editors break lines at spaces, and after hyphens."""
    return "".join("".join(comment).split())

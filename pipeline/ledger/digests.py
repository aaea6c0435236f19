"""Digests: what a sign-off speaks of, as short texts.

A unit's digest changes when its source text, its context, its target text or a picture in it
does, and at nothing else: not when text is moved, reflowed or put in another order.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b

from pipeline.model import UnitKey

#: Bytes of a digest: with 20, nobody makes two texts of one digest (RFC 7693, section 4).
_SIZE = 20


def unit_digest(key: UnitKey, msgstr: str = "", assets: Iterable[str] = ()) -> str:
    """What a sign-off of this unit names.

    Args:
        key: context and source text.
        msgstr: target text; empty for the source side.
        assets: digests of the files that it shows, in any order.

    Returns:
        40 hexadecimal digits.
    """
    head, tail = _frame(key, assets)
    return _digest(head, msgstr, tail)


def unit_digester(key: UnitKey, assets: Iterable[str] = ()) -> Callable[[str], str]:
    """:func:`unit_digest` of one source text in many languages: from a target text to its digest.

    Args:
        key: context and source text.
        assets: digests of the files that it shows, in any order.
    """
    head, tail = _frame(key, assets)

    def digest_of(msgstr: str) -> str:
        return _digest(head, msgstr, tail)

    return digest_of


def _frame(key: UnitKey, assets: Iterable[str]) -> tuple[bytes, bytes]:
    """What stands before and after the target text in the bytes that are digested."""
    context, msgid = key
    # Lengths keep "ab" + "c" apart from "a" + "bc", and the hyphen no context from an empty one.
    before = f"{'-' if context is None else _framed(context)}{len(msgid)}:{msgid}"
    after = "".join(map(_framed, sorted(assets))) if assets else ""
    return before.encode("utf-8", "surrogatepass"), after.encode("utf-8", "surrogatepass")


def _digest(head: bytes, msgstr: str, tail: bytes) -> str:
    target = f"{len(msgstr)}:{msgstr}".encode("utf-8", "surrogatepass")
    return blake2b(head + target + tail, digest_size=_SIZE).hexdigest()


def _framed(text: str) -> str:
    return f"{len(text)}:{text}"


def digest(data: bytes) -> str:
    """BLAKE2b of some bytes, 40 hexadecimal digits."""
    return blake2b(data, digest_size=_SIZE).hexdigest()

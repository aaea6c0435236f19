"""Digests: what a sign-off speaks of, as short texts.

A unit's digest changes when its source text, its context, its target text or a picture in it
does, and at nothing else: not when text is moved, reflowed or put in another order.
"""

from collections.abc import Iterable
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
    context, msgid = key
    # Lengths keep "ab" + "c" apart from "a" + "bc", and the hyphen no context from an empty one.
    head = "-" if context is None else _framed(context)
    text = "".join((head, _framed(msgid), _framed(msgstr), *map(_framed, sorted(assets))))
    return digest(text.encode("utf-8", "surrogatepass"))


def _framed(text: str) -> str:
    return f"{len(text)}:{text}"


def digest(data: bytes) -> str:
    """BLAKE2b of some bytes, 40 hexadecimal digits."""
    return blake2b(data, digest_size=_SIZE).hexdigest()

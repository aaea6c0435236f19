"""Which language a text is in, offline: Google's Compact Language Detector 2, through pycld2.

It knows about 80 languages and 160 with ``pycld2``'s full tables; it is a guess, good on a whole
sentence and bad on three words.
"""

import re
from functools import lru_cache
from typing import NamedTuple

try:
    import pycld2
except ImportError:  # there is no wheel for this machine: see docs/decisions/0002-dependencies.md
    pycld2 = None

_NOISE = re.compile(r"https?://\S+|[<>{}\[\]|*_`#=/\\]+|\d+")
#: The same where there is an address of e-mail: sought for at each letter, so only where one is.
_NOISE_AND_MAIL = re.compile(rf"https?://\S+|\S+@\S+|{_NOISE.pattern}")
_ASCII_WORD = re.compile(r"[A-Za-z][A-Za-z0-9.'&-]*")
#: What the detector cannot read: it refuses a whole text for one of these.
_UNREADABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


class Guess(NamedTuple):
    """What a text seems to be.

    Attributes:
        code: the detector's code (``so``, ``tl``, ``zh-Hant``); ``un`` if it cannot say.
        is_sure: it says that it is sure.
        share: share of the text that seems to be in it, 0 to 1.
    """

    code: str
    is_sure: bool
    share: float


_UNKNOWN = Guess("un", is_sure=False, share=0.0)


@lru_cache(maxsize=4096)
def identify(text: str) -> Guess:
    """Guess the language of a text.

    Addresses, marks and digits are left out; so are Latin words where another script prevails:
    names and acronyms say nothing about the language around them.
    """
    noise = _NOISE_AND_MAIL if "@" in text else _NOISE
    plain = _UNREADABLE.sub(" ", noise.sub(" ", text))
    if not plain.isascii():
        rest, names = _ASCII_WORD.subn(" ", plain)
        letters = sum(map(str.isalpha, rest)) if names else 0
        # Each Latin word has one letter at least.
        if letters > names and letters * 2 > sum(map(str.isalpha, plain)):
            plain = rest
    if pycld2 is None:
        return _UNKNOWN
    try:
        is_sure, _, details = pycld2.detect(plain, isPlainText=True)
    except pycld2.error:
        return _UNKNOWN
    _, code, percent, _ = details[0]
    return Guess(code, is_sure=is_sure, share=percent / 100)

"""The one spelling in which words are looked for, in any script."""

import re
import unicodedata
from functools import lru_cache

#: What a word is made of. ``\w`` leaves out the vowel signs of Indic scripts, which are marks; the
#: joiners of Arabic and Indic scripts are inside of words too. Danda and double danda are not.
WORD = (
    r"\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    r"\u0900-\u0963\u0966-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u1000-\u109f\u1780-\u17d3\u200c\u200d"
)
#: Vowel signs of Arabic script that writers leave out, and the stroke that stretches a word.
_UNWRITTEN = re.compile("[\u0640\u064b-\u0652\u0670]")
_ARABIC = re.compile("[\u0600-\u06ff]")
#: Letters of Arabic script that keyboards confuse.
_SAME = (("\u064a", "\u06cc"), ("\u0649", "\u06cc"), ("\u0643", "\u06a9"), ("\u0629", "\u0647"))
_ALEFS = (("\u0623", "\u0627"), ("\u0625", "\u0627"), ("\u0671", "\u0627"))
#: Apostrophes that stand for one another (Somali ``da'``, Ukrainian ``п'ять``, Italian ``un'``).
_APOSTROPHES = (("\u2019", "'"), ("\u02bc", "'"), ("\u02bb", "'"), ("`", "'"))


def folding(scripts: frozenset[str]) -> dict[str, str]:
    """What signs become in :func:`fold`, for a program of another language that folds too.

    Args:
        scripts: ISO 15924 codes of the scripts of a language.

    Returns:
        Each sign with what stands for it, beside small letters and composed characters.
    """
    told = dict(_APOSTROPHES)
    if "Arab" in scripts:
        unwritten = ("\u0640", *map(chr, range(0x64B, 0x653)), "\u0670")
        told |= dict.fromkeys(unwritten, "") | dict((*_SAME, *_ALEFS)) | {"\u200c": " "}
    return told


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """A text in the one spelling in which words are looked for.

    Small letters, composed characters, one apostrophe; in Arabic script without vowel signs, and
    with one form of the letters that keyboards confuse.
    """
    text = text.lower()
    if text.isascii():
        return text.replace("`", "'")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    for old, new in _APOSTROPHES:
        text = text.replace(old, new)
    if _ARABIC.search(text):
        text = _UNWRITTEN.sub("", text).replace("\u200c", " ")
        for old, new in (*_SAME, *_ALEFS):
            text = text.replace(old, new)
    return text

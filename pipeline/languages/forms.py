"""Words as a table writes them, found in a text of any script.

``laba*`` is every word that begins with ``laba``, ``*maayo`` every word that ends so, ``*dawa*``
every word that has it inside, and ``in ka badan`` is three words in a row. Words of scripts
without spaces are found anywhere.
"""

import re
import unicodedata
from collections.abc import Iterable
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


class Forms:
    """Words and phrases, to be found in a folded text.

    Args:
        forms: as a table writes them, with ``*`` for the rest of a word.
        spaced: the script writes spaces between words.
    """

    __slots__ = ("_pattern", "_spaced", "forms")

    def __init__(self, forms: Iterable[str], *, spaced: bool = True) -> None:
        self.forms = tuple(forms)
        self._spaced = spaced
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds them; made when it is first asked for, as most never are."""
        if self._pattern is None:
            self._pattern = _compile(self.forms, spaced=self._spaced)
        return self._pattern

    def __bool__(self) -> bool:
        return bool(self.forms)

    def find(self, folded: str) -> re.Match[str] | None:
        """The first of them in a folded text, or None."""
        return self.pattern.search(folded)

    def count(self, folded: str) -> int:
        """How often they stand in a folded text."""
        return sum(1 for _ in self.pattern.finditer(folded))


def _compile(forms: tuple[str, ...], *, spaced: bool) -> re.Pattern[str]:
    if not forms:
        return re.compile(r"(?!)")
    # The longest first: an alternation takes the first that fits.
    parts = sorted({_pattern(fold(form), spaced=spaced) for form in forms}, key=len, reverse=True)
    return re.compile("|".join(parts))


def _pattern(form: str, *, spaced: bool) -> str:
    middle = re.escape(form.strip("*")).replace(r"\ ", r"\s+").replace(r"\*", rf"[{WORD}]*")
    if not spaced:
        return middle
    before = "" if form.startswith("*") else rf"(?<![{WORD}])"
    after = "" if form.endswith("*") else rf"(?![{WORD}])"
    return f"{before}{middle}{after}"

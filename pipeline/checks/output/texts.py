"""Texts made alike, so that one is found again in another shape of it."""

import html
import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
#: Categories of signs that part no word: vowels and accents on letters, joiners.
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
#: Scripts that write no spaces: a text of them is compared by pairs of signs.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
#: What Markdown and HTML have in a text that a reader does not see.
_MARKUP = re.compile(
    r"\]\([^)]*\)|\]\[[^\]]*\]|\[\^[^\]]*\]|</?[a-zA-Z][^>]*>|<!--.*?-->|\{[^}]*\}", re.DOTALL
)
#: Signs that are left of it; two words are never parted by them alone.
_EMPHASIS = re.compile(r"\*+|[\[\]`]")


def strip_markup(text: str) -> str:
    """A text of a catalog or resource as a reader sees it, without its markup."""
    return html.unescape(_EMPHASIS.sub("", _MARKUP.sub("", text)))


def decode_text(data: bytes) -> str:
    """A file of a site as text; empty for one that is none.

    Args:
        data: of the file.
    """
    try:
        return "" if b"\0" in data else data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def squeeze(text: str) -> str:
    """The letters and digits of a text alone, in one spelling: no spaces, marks or capitals."""
    return _NOT_LETTERS.sub("", _alike(text))


def words(text: str) -> list[str]:
    """The words of a text in one spelling; of a script without spaces, its pairs of signs."""
    found = []
    for word in _WORD.findall(_without_marks(_alike(text))):
        if _UNSPACED.match(word):
            found += [word[i : i + 2] for i in range(len(word) - 1)]
        else:
            found.append(word)
    return found


def _alike(text: str) -> str:
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _without_marks(text: str) -> str:
    """Marks on letters (vowels of Bengali, of Arabic) part no word."""
    if text.isascii():
        return text
    return "".join(c for c in text if c.isalnum() or unicodedata.category(c) not in _MARKS)

"""Texts as a memory compares them, and the words by which it finds them."""

import re

_WORD = re.compile(r"\w+")
#: Scripts that write no spaces between words: there two signs in a row stand for a word.
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-࿿ក-៿က-႟]")
#: Letters of a word that count: "translate" finds "translation", "fever" finds "fevers".
_STEM = 5


def fold(text: str) -> str:
    """A text without what does not count: capitals, and how much white space there is."""
    return " ".join(text.casefold().split())


def split_words(folded: str) -> set[str]:
    """The words of a folded text, each by its first letters.

    Args:
        folded: what :func:`fold` gave.
    """
    words = {word[:_STEM] for word in _WORD.findall(folded)}
    if not folded.isascii() and _UNSPACED.search(folded):
        for run in _WORD.findall(folded):
            words.update(run[at : at + 2] for at in range(len(run) - 1))
    return words

"""How search writes letters one way: the tables of ``folding.toml``, for one language.

The script of the search page folds both what a page says and what a reader types, by the
tables that :func:`pipeline.website.search.render_index` gives it. What is done here in Python
is done there in JavaScript; a test compares the two over the letters of every language.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
#: Scripts whose letters occur in every language's texts: names, addresses.
_EVERYWHERE = "Latn"
#: What a word is made of once it is folded: letters, marks and digits (Unicode categories).
_OF_WORDS = frozenset("LMN")
_DOUBLED = re.compile(r"([a-zа-я])\1+|([ऄ-ஹ])[्্੍્்]\2")
#: A row of Ethiopic letters has eight places; the sixth is the consonant without a vowel.
_ROW, _BARE = 8, 5
_ETHIOPIC = range(0x1200, 0x1358, _ROW)
#: Rows of labialised letters (ቈ, ኰ), and rows that they are written with otherwise (ቁዋ, ኩዋ).
_LABIALISED = {0x1248: 0x1240, 0x1258: 0x1250, 0x1288: 0x1280, 0x12B0: 0x12A8, 0x12C0: 0x12B8}
_LABIALISED |= {0x1310: 0x1308}
_WA = "ዋ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folding:
    """How words of one language are folded.

    Attributes:
        drop: characters that are left out, as the inside of a class of a regular expression.
        same: letters that are never told apart, each with what it becomes.
        loose: letters that people confuse, each with what it becomes; in folded words.
        prefixes: small words that are written together with the next, folded.
        endings: endings that short words take, folded.
        ends_word: an apostrophe ends a word.
        names: what has several names: groups of folded names, words separated by spaces.
    """

    drop: str
    same: Mapping[str, str]
    loose: Mapping[str, str]
    prefixes: tuple[str, ...]
    endings: tuple[str, ...]
    ends_word: bool
    names: tuple[tuple[str, ...], ...] = ()

    def fold(self, word: str) -> str:
        """A word as it is looked for: small letters without marks, one form of each letter.

        Characters that are no part of words go too.
        """
        apart = unicodedata.normalize("NFKD", word).lower()
        kept = re.sub(f"[{self.drop}]", "", apart)
        one = "".join(self.same.get(letter, letter) for letter in kept)
        return "".join(letter for letter in one if unicodedata.category(letter)[0] in _OF_WORDS)

    def loosen(self, folded: str) -> str:
        """A folded word without what people confuse; doubled letters are one."""
        return _DOUBLED.sub(r"\1\2", _replace(folded, self.loose))

    def with_traditional(self, letters: Iterable[str]) -> "Folding":
        """Where texts have simplified Chinese: readers may type the traditional characters.

        Args:
            letters: the characters of the texts; those that do not occur need no table.
        """
        table = _read_han()
        there = {old: letter for letter in sorted(set(letters)) for old in table.get(letter, "")}
        return replace(self, same={**self.same, **there})


@cache
def load_folding(tag: str, script: str) -> Folding:
    """How words of a language are folded.

    Args:
        tag: its BCP 47 tag.
        script: ISO 15924 code of its script.
    """
    tables = _read_tables()
    keys = tuple(dict.fromkeys((_EVERYWHERE, script, tag)))
    drop = str(tables["drop"])
    same = _digits(tables["digits"]) | _same(tables, keys)
    folding = Folding(
        drop=drop,
        same=same,
        loose=_loose(tables, keys, same),
        prefixes=(),
        endings=(),
        ends_word=tag in tables["apostrophe"]["ends-a-word"].split(),
    )
    return replace(
        folding,
        prefixes=_parts(tables["prefixes"].get(tag, ""), folding),
        endings=_parts(tables["endings"].get(tag, ""), folding),
        names=tuple(_names(tables, tag, folding)),
    )


def _parts(words: str, folding: Folding) -> tuple[str, ...]:
    """Parts of words, the longest first."""
    return tuple(sorted(set(map(folding.fold, words.split())), key=lambda word: (-len(word), word)))


@cache
def _read_tables() -> Mapping[str, Any]:
    text = (_HERE / "folding.toml").read_text("utf-8")
    return tomllib.loads(unicodedata.normalize("NFKD", text))


@cache
def _read_han() -> Mapping[str, str]:
    """Simplified characters, each with the traditional ones."""
    lines = (_HERE / "han.txt").read_text("utf-8").splitlines()
    words = chain.from_iterable(line.split() for line in lines if not line.startswith("#"))
    return {word[0]: word[1:] for word in words}


def _digits(zeros: str) -> dict[str, str]:
    return {chr(ord(zero) + digit): str(digit) for zero in zeros.split() for digit in range(10)}


def _pairs(
    table: Mapping[str, Mapping[str, str]], keys: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for key in keys:
        for new, olds in table.get(key, {}).items():
            for old in olds.split():
                yield old, new


def _rows(table: Mapping[str, str], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each letter of a row with that in the same place of the row that stands for it."""
    for key in keys:
        for pair in table.get(key, "").split():
            for place in range(_ROW):
                yield chr(ord(pair[0]) + place), chr(ord(pair[1]) + place)


def _same(tables: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, str]:
    letters = dict(_pairs(tables["same"], keys))
    rows = {old: letters.get(new, new) for old, new in _rows(tables["rows"], keys)}
    return letters | rows


def _loose(
    tables: Mapping[str, Any], keys: tuple[str, ...], same: Mapping[str, str]
) -> dict[str, str]:
    """What a language says itself stands above what its script says."""
    told = {_replace(old, same): new for old, new in _pairs(tables["loose"], keys)}
    if "Ethi" not in keys:
        return told
    rows = dict(_rows(tables["loose-rows"], keys))
    return {old: chr(_row(rows.get(new, new)) + _BARE) for old, new in _consonants()}


def _consonants() -> Iterator[tuple[str, str]]:
    """Ethiopic letters, each with one of the row of its consonant."""
    for row in _ETHIOPIC:
        base = _LABIALISED.get(row, row)
        for place in range(_ROW):
            yield chr(row + place), chr(base)
    for row in _LABIALISED.values():
        yield chr(row + 1) + _WA, chr(row)


def _row(letter: str) -> int:
    return ord(letter) // _ROW * _ROW


def _names(tables: Mapping[str, Any], tag: str, folding: Folding) -> Iterator[tuple[str, ...]]:
    for group in tables["name"]:
        told = ",".join((group["*"], group.get(tag, "")))
        names = (" ".join(map(folding.fold, name.split())) for name in told.split(","))
        yield tuple(dict.fromkeys(name for name in names if name))


def _replace(text: str, table: Mapping[str, str]) -> str:
    """A text with what a table says, in one pass, the longest first."""
    if not table:
        return text
    found = _pattern(tuple(table))
    return found.sub(lambda match: table[match[0]], text)


@cache
def _pattern(olds: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(olds, key=lambda old: (-len(old), old)))))

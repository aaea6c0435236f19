"""The word lists of ``words/``: TOML → sets, tables and patterns, read once.

Whoever stumbles over a word adds it there; no program has to be changed.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A word that many do not know.

    Attributes:
        name: its first form.
        plain: what to write instead, each a choice.
    """

    name: str
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jargon:
    """The list of such words.

    Attributes:
        entries: entry by form, in small letters.
        pattern: finds any form as whole words, the longest first.
    """

    entries: dict[str, Entry]
    pattern: re.Pattern[str]


@cache
def load_jargon() -> Jargon:
    """The words that many readers do not know, with plain ones."""
    entries: dict[str, Entry] = {}
    for table in _read("jargon.toml").values():
        for forms, plain in table.items():
            names = _forms(forms, ",")
            entry = Entry(name=names[0], plain=_forms(plain, ","))
            entries.update(dict.fromkeys(map(str.lower, names), entry))
    longest = sorted(entries, key=len, reverse=True)
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])"
    return Jargon(entries=entries, pattern=re.compile(pattern, re.IGNORECASE))


@cache
def load_words(name: str) -> frozenset[str]:
    """A list of single English words, such as ``acronyms`` or ``actions``."""
    return frozenset(_text("english.toml", name).split())


@cache
def load_phrases(name: str) -> tuple[str, ...]:
    """A list of English phrases, such as ``speaking``."""
    return _forms(_text("english.toml", name), "|")


@cache
def load_vague_links(locale: str) -> frozenset[str]:
    """Texts of links that do not say where they lead, of a language and of English."""
    tables = _read("english.toml")["links"]
    language = locale.partition("-")[0].lower()
    return frozenset(
        form for tag in {"en", language} for form in _forms(str(tables.get(tag, "")), "|")
    )


def _text(file: str, name: str) -> str:
    return str(_read(file)[name])


def _forms(text: str, separator: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in text.split(separator))
    return tuple(part for part in parts if part)


@cache
def _read(file: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((_FOLDER / file).read_text("utf-8"))

"""A locale's search index: what pages say, by section, and the tables by which letters fold."""

import json
from collections.abc import Collection, Iterable, Mapping

from pipeline.website.search.folding import Folding, load_folding
from pipeline.website.search.sections import Section
from pipeline.website.speech import Speech

_STRINGS = (
    "material.search.result.placeholder",
    "material.search.result.none",
    "material.search.result.one",
    "material.search.result.other",
    "material.search.result.initializer",
)
#: Scripts in which a letter says more, so that fewer make a part of a word: Ethiopic letters are
#: syllables, Arabic script leaves short vowels out. Elsewhere four letters do.
_INDIC = frozenset({"Beng", "Deva", "Gujr", "Guru", "Taml"})
_LETTERS = {"Ethi": 2, "Arab": 3} | dict.fromkeys(_INDIC, 3)
_MOST_LETTERS = 4
#: How long the endings may be in which two forms of a word differ; vowel signs count as letters.
_ENDING, _LONG_ENDING = 3, 6
_CHINESE = frozenset({"Hans", "Hant", "Hani"})


def render_entries(sections: Iterable[Section]) -> str:
    """What a page says as it stands in the index: JSON objects with commas between them.

    Args:
        sections: what it says.
    """
    return ",".join(_render(_entry(section)) for section in sections)


def render_index(speech: Speech, pages: Iterable[str]) -> bytes:
    """The index as JSON, with the strings that the search page says.

    Args:
        speech: the locale's words.
        pages: what each of its pages says, by :func:`render_entries`.
    """
    pages = tuple(filter(None, pages))
    head = {
        "config": {"lang": speech.locale.tag},
        "strings": {key: _string(speech, key) for key in _STRINGS},
        "fold": _fold(speech, pages),
    }
    return f'{_render(head)[:-1]},"docs":[{",".join(pages)}]}}'.encode()


def _render(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _entry(section: Section) -> dict[str, object]:
    entry: dict[str, object] = {
        "location": section.location,
        "title": section.title,
        "text": section.text,
    }
    if section.title_language:
        entry["lang"] = section.title_language
    if section.foreign:
        entry["foreign"] = section.foreign
    return entry


def _fold(speech: Speech, pages: Collection[str]) -> dict[str, object]:
    """The tables as the script wants them: what becomes the same, together."""
    script = speech.locale.script
    folding = load_folding(speech.locale.tag, script)
    if script in _CHINESE:
        folding = folding.with_traditional(set().union(*pages))
    return {
        "drop": folding.drop,
        "same": _grouped(folding.same, ""),
        "loose": _grouped(folding.loose, " "),
        "prefixes": folding.prefixes,
        "endings": folding.endings,
        "ending": _LONG_ENDING if script in _INDIC else _ENDING,
        "part": _LETTERS.get(script, _MOST_LETTERS),
        "ends": folding.ends_word,
        "names": _names(folding),
    }


def _grouped(table: Mapping[str, str], between: str) -> list[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for old, new in table.items():
        groups.setdefault(new, []).append(old)
    return [(new, between.join(olds)) for new, olds in groups.items()]


def _names(folding: Folding) -> list[tuple[str, ...]]:
    return [group for group in folding.names if len(group) > 1]


def _string(speech: Speech, key: str) -> dict[str, str]:
    phrase = speech.phrase(key)
    return {
        "text": phrase.text,
        "lang": phrase.locale,
        "dir": speech.direction(phrase.locale),
    }

"""Checks on characters that readers do not see."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.model import Finding, Segment, Severity, Unit

#: Letters to Unicode, and nothing to the eye: Hangul and Khmer fillers.
_FILLERS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_WORD = re.compile(rf"[^\W_{_FILLERS}]")
#: Unicode Standard Annex 9, table 4: what the explicit formatting characters begin and end.
_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS, _EMBEDDING_END = "\u202a\u202b", "\u202c"
_ISOLATES, _ISOLATE_END = "\u2066\u2067\u2068", "\u2069"
_CONTROL = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_SHOWN = 60


def has_control(text: str) -> bool:
    """Whether a text has an unseen character that could change the order of what is shown."""
    return not text.isascii() and bool(_CONTROL.search(text))


def has_words(text: str) -> bool:
    """Whether a text has anything that can be read: a letter or a digit of any script."""
    return bool(_WORD.search(text))


def check_no_words(segment: Segment, unit: Unit, path: Path, locale: str) -> tuple[Finding, ...]:
    """no-words: a translation has no letter and no digit, and its source has some.

    Spaces, joiners and marks that nobody sees, or dots that stand for work to be done.

    - Source: ``Call 999 now``
    - Wrong: ``…``
    - Right: ``Wac 999 hadda``
    - Source: ``Rest.``
    - Wrong: ``U+200B``, a space that nobody sees
    - Right: ``استرح.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.

    Returns:
        A critical finding, or nothing.
    """
    if _WORD.search(unit.msgstr) or not has_words(segment.msgid):
        return ()
    source = segment.msgid if len(segment.msgid) <= _SHOWN else f"{segment.msgid[: _SHOWN - 1]}…"
    return (
        about_unit(
            "no-words",
            Severity.CRITICAL,
            unit,
            path,
            locale,
            message=f"The translation of “{source}” has no word in it.",
            remedy="Translate it, or leave msgstr empty; until then the source text is shown.",
        ),
    )


def check_hidden_direction(_: Segment, unit: Unit, path: Path, locale: str) -> tuple[Finding, ...]:
    """hidden-direction: an unseen character shows a translation in another order.

    After U+202E the digits 119 are shown as 911. Overrides are never needed; isolates and
    embeddings are, in pairs; marks (U+200E, U+200F) are harmless.

    - Source: ``Call 999 now``
    - Wrong: ``اتصل بالرقم U+2066 999 الآن``, where nothing ends what U+2066 begins
    - Right: ``اتصل بالرقم U+2066 999 U+2069 الآن``
    - Wrong: ``Wac U+202E 119 hadda``
    - Right: ``Wac 999 hadda``

    Args, and what is returned: as for ``check_no_words``; a finding for each such character.
    """
    if not has_control(unit.msgstr):
        return ()
    return tuple(
        about_unit(
            "hidden-direction",
            Severity.CRITICAL,
            unit,
            path,
            locale,
            message=f"The translation has {problem}.",
            remedy="Delete the character, which cannot be seen; type the words around it anew.",
        )
        for problem in find_hidden_direction(unit.msgstr)
    )


def find_hidden_direction(text: str) -> Iterator[str]:
    """What unseen characters do to the order of a text, in words."""
    open_now: list[str] = []
    for found in _CONTROL.finditer(text):
        mark = found[0]
        name = unicodedata.name(mark)
        if mark in _OVERRIDES:
            yield f"a character that turns text round: {name}"
        if mark in _OVERRIDES + _EMBEDDINGS:
            open_now.append(_EMBEDDING_END)
        elif mark in _ISOLATES:
            open_now.append(_ISOLATE_END)
        elif open_now and open_now[-1] == mark:
            open_now.pop()
        else:
            yield f"{name} without its beginning"
    if open_now:
        begun = [found[0] for found in _CONTROL.finditer(text) if found[0] not in "\u202c\u2069"]
        yield f"{unicodedata.name(begun[-1])} without its end"

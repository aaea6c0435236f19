"""Every character has a glyph in a font that was asked for, or the leaflet is not made.

A character without a glyph prints as an empty box; Pango puts a box without a word, or
takes some other font. Both are found here, before anything is laid out, by reading the
fonts' character maps.
"""

import unicodedata
from dataclasses import dataclass

from pipeline.pdf.fonts import SUPPORTING_FAMILIES, FontSet

#: General categories that draw nothing: controls, format characters, separators,
#: and characters nobody could ask a glyph for.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), 0x034F, 0x115F, 0x1160)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """Which fonts a text is set in.

    Attributes:
        names: font families, preferred first.
        missing: characters for which no font has a glyph, in order of appearance.
    """

    names: tuple[str, ...]
    missing: tuple[str, ...]


def choose_families(text: str, preferred: tuple[str, ...], fonts: FontSet) -> Families:
    """Find the fonts that together have a glyph for every character.

    Args:
        text: all the text of a leaflet.
        preferred: the locale's fonts, preferred first.
        fonts: the fonts there are.

    Returns:
        The preferred fonts, the supporting ones, and after them any font that a
        character needs (the name of a language in its own script, say).
    """
    names = list(dict.fromkeys((*preferred, *SUPPORTING_FAMILIES)))
    missing = []
    for character in dict.fromkeys(text):
        if not _is_visible(character) or any(fonts.covers(name, character) for name in names):
            continue
        found = next((name for name in sorted(fonts.files) if fonts.covers(name, character)), None)
        if found is None:
            missing.append(character)
        else:
            names.append(found)
    return Families(names=tuple(names), missing=tuple(missing))


def describe(character: str) -> str:
    """A character as a message names it: ``ღ (U+10E6 GEORGIAN LETTER GHAN)``."""
    name = unicodedata.name(character, "without a name")
    return f"{character} (U+{ord(character):04X} {name})"


def _is_visible(character: str) -> bool:
    is_drawn = unicodedata.category(character) not in _INVISIBLE
    return is_drawn and character not in _VARIATION_SELECTORS

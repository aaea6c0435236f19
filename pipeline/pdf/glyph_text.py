"""Which text a glyph of an Arabic font stands for, read from the font itself.

A PDF says of each glyph which characters it stands for, so that text can be searched,
copied and read aloud. WeasyPrint notes what a glyph stood for the first time; where
Arabic letters are set as a group, the group's whole text goes to one of its glyphs, and
to that glyph wherever it comes again: لكن is read back as للكن. The font knows better:
from its character map and the substitutions that lead from a letter to its forms
(OpenType, GSUB types 1 to 4), each form's own letter follows.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any, cast

from fontTools.ttLib import TTFont

_ARABIC_BIT = 13  # of OS/2.ulUnicodeRange1
_MULTIPLE, _EXTENSION = 2, 7  # GSUB lookup types
_DOTTED_CIRCLE, _FORMS = 0x25CC, 0xFB50
#: Scripts whose letters change places or join when set, so that glyphs do not give the
#: text back: Devanagari to Sinhala, and Myanmar and Khmer.
_JOINED = ((0x0900, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x17FF))
#: A font for other scripts may have a danda.
_A_FEW = 30
_Step = tuple[tuple[str, ...], str]


@lru_cache(maxsize=16)
def glyph_texts(data: bytes) -> Mapping[int, str]:
    """Give the text of each glyph that stands for one text alone.

    Args:
        data: a font file.

    Returns:
        Texts by glyph id; of a font without Arabic that of the dotted circle alone. A glyph
        that is part of several letters (a dot, a letter without its dots) is not in it.
    """
    with TTFont(BytesIO(data), lazy=True) as font:
        ids = font.getReverseGlyphMap()
        if not font["OS/2"].ulUnicodeRange1 >> _ARABIC_BIT & 1:
            circle = font.getBestCmap().get(_DOTTED_CIRCLE)
            return {ids[circle]: chr(_DOTTED_CIRCLE)} if circle else {}
        texts: defaultdict[str, set[str]] = defaultdict(set)
        for code, name in font.getBestCmap().items():
            texts[name].add(_typed(code))
        _spread(texts, list(_steps(font)))
        return {ids[name]: next(iter(of)) for name, of in texts.items() if len(of) == 1}


def _typed(code: int) -> str:
    """What somebody types to get the glyph of a code point."""
    # A form may have a code point of its own, which nobody types (Unicode, FB50 to FEFF).
    return unicodedata.normalize("NFKC", chr(code)) if code >= _FORMS else chr(code)


def _spread(texts: defaultdict[str, set[str]], steps: list[_Step]) -> None:
    """Carry texts from letters to their forms until nothing is added.

    Two rounds past the first reach forms of forms; a glyph with several texts is of no
    use, so it passes on two at most and the number of texts stays small.
    """
    for _round in range(4):
        before = sum(map(len, texts.values()))
        for parts, form in steps:
            if all(len(texts[part]) == 1 for part in parts):
                texts[form].add("".join(next(iter(texts[part])) for part in parts))
            elif len(parts) == 1:
                texts[form] |= set(sorted(texts[parts[0]])[:2])
        if sum(map(len, texts.values())) == before:
            return


def _steps(font: TTFont) -> Iterator[_Step]:
    """Every substitution of the font that leads from glyphs to one glyph."""
    for subtable in substitutions(font):
        match subtable.LookupType:
            case 1:  # single
                yield from (((source,), form) for source, form in subtable.mapping.items())
            case 2:  # multiple: several, or one
                found = subtable.mapping.items()
                yield from (((source,), forms[0]) for source, forms in found if len(forms) == 1)
            case 3:  # alternates
                found = subtable.alternates.items()
                yield from (((source,), form) for source, forms in found for form in forms)
            case 4:  # ligatures
                found = subtable.ligatures.items()
                yield from (
                    ((first, *li.Component), li.LigGlyph) for first, lis in found for li in lis
                )


def substitutions(font: TTFont) -> Iterator[Any]:
    """Give the tables of a font's substitutions, whichever way they are packed."""
    if "GSUB" not in font or font["GSUB"].table.LookupList is None:
        return
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            is_packed = subtable.LookupType == _EXTENSION
            yield subtable.ExtSubTable if is_packed else subtable


def drop_strokes(font: TTFont) -> None:
    """Take out the strokes that a font puts behind a letter to make room for the next.

    A stroke stands for no character: read back, it is a gap that parts a word, or doubles
    the letter before it. Without strokes some letters stand closer together.

    Args:
        font: changed in place.
    """
    for subtable in substitutions(font):
        if subtable.LookupType == _MULTIPLE:
            for source, forms in subtable.mapping.items():
                if len(forms) > 1 and forms[0] == source:
                    subtable.mapping[source] = [source]


@lru_cache(maxsize=64)
def has_joined_letters(data: bytes) -> bool:
    """Whether a font is for a script whose letters change places or join when set.

    Args:
        data: a font file.
    """
    with TTFont(BytesIO(data), lazy=True) as font:
        return sum(map(is_joined, font.getBestCmap())) > _A_FEW


def is_joined(code: int) -> bool:
    """Whether a character is of such a script, by its code point."""
    return any(low <= code <= high for low, high in _JOINED)


class GlyphTexts(dict[int, str]):
    """WeasyPrint's note of what its glyphs stand for, corrected.

    Where the font knows, the font's own text is taken. Otherwise a glyph that has
    stood for one character by itself stands for that one, even if it was part of a group
    before: WeasyPrint asks again as long as the glyph is not ``in`` here.

    Args:
        known: texts by glyph id, from :func:`glyph_texts`.
        filler: the text of a glyph that is part of a group and has none of its own. A PDF has to
            say something of every glyph (PDF/UA-1, ISO 14289-1, 7.21.7).
    """

    def __init__(self, known: Mapping[int, str], *, filler: str = "") -> None:
        super().__init__()
        self._known = known
        self._filler = filler

    def __contains__(self, glyph: object) -> bool:
        if not super().__contains__(glyph):
            return False
        text = super().__getitem__(cast("int", glyph))
        return glyph in self._known or (len(text) == 1 and text != self._filler)

    def __setitem__(self, glyph: int, text: str) -> None:
        text = self._known.get(glyph, text) or self._filler
        if len(text) == 1 or len(text) > len(self.get(glyph, "")):
            super().__setitem__(glyph, text)
        else:
            self.setdefault(glyph, text)

"""Scripts: which letters a text is written in.

By Unicode block, for the scripts of the world's larger languages; ISO 15924 codes.
"""

import re
from functools import lru_cache

_RANGES = {
    "Latn": "A-Za-zªºÀ-ÖØ-öø-ɏ\u1e00-\u1eff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f",
    "Armn": "\u0530-\u058f",
    "Hebr": "\u0590-\u05ff",
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Guru": "\u0a00-\u0a7f",
    "Gujr": "\u0a80-\u0aff",
    "Orya": "\u0b00-\u0b7f",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f",
    "Sinh": "\u0d80-\u0dff",
    "Thai": "\u0e00-\u0e7f",
    "Laoo": "\u0e80-\u0eff",
    "Tibt": "\u0f00-\u0fff",
    "Mymr": "\u1000-\u109f\uaa60-\uaa7f",
    "Geor": "\u10a0-\u10ff",
    "Ethi": "\u1200-\u139f\u2d80-\u2ddf",
    "Khmr": "\u1780-\u17ff",
    "Hang": "\u1100-\u11ff\uac00-\ud7af",
    "Kana": "\u3040-\u30ff",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff",
}
#: Codes of several scripts at once, or of a way of writing one.
_SAME = {"Hans": ("Hani",), "Hant": ("Hani",), "Jpan": ("Hani", "Kana"), "Kore": ("Hang", "Hani")}


@lru_cache(maxsize=256)
def letters_of(scripts: frozenset[str]) -> re.Pattern[str]:
    """What finds runs of letters of some scripts; signs and digits of their blocks are left out."""
    codes = [code for script in scripts for code in _SAME.get(script, (script,))]
    ranges = "".join(_RANGES.get(code, "") for code in codes)
    return re.compile(rf"(?:(?![\d\s،؛؟۔।॥።፡፣፤፥፦፧])[{ranges}])+" if ranges else r"(?!)")


@lru_cache(maxsize=256)
def others_than(scripts: frozenset[str]) -> re.Pattern[str]:
    """What finds a letter that is not of some scripts."""
    codes = [code for script in scripts for code in _SAME.get(script, (script,))]
    ranges = "".join(_RANGES.get(code, "") for code in codes)
    return re.compile(rf"[^\W\d_{ranges}]")


def find_scripts(text: str) -> frozenset[str]:
    """The scripts that a text has letters of."""
    return frozenset(code for code, pattern in _patterns() if pattern.search(text))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, letters_of(frozenset({code}))) for code in _RANGES)

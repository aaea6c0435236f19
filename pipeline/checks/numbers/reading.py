"""The numbers in a text: text → values.

Digits of any script, grouped and with decimals as the language writes them (CLDR, through
:class:`pipeline.languages.Language`), simple fractions, Ethiopic numerals, and a number with a
word behind it that multiplies (``1.5 million``). Numbers in words are found by the language's
own table.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.languages import Language, fold


class Number(NamedTuple):
    """A number that is written in digits.

    Attributes:
        value: what it says.
        values: other readings that are as good: with its multiplier, on the 24-hour clock.
        spelling: its digits, in Latin digits, with one sign for every separator: ``1.500``.
        text: as it stands.
        start: offset in the text.
        end: offset after it.
        is_name: it is part of a name: ``COVID-19``, ``H1N1``. Names come and go in translation.
    """

    value: float
    values: frozenset[float]
    spelling: str
    text: str
    start: int
    end: int
    is_name: bool


_GAP = "\u00a0\u202f\u2009"
_SEPARATORS = ".,'’٫٬،·" + _GAP
#: Digits with separators between them; a space separates only groups of three.
_DIGITS = re.compile(
    rf"[۰-۹]+/[۰-۹]+|\d+(?:[{re.escape(_SEPARATORS)}]\d+|[ ]\d{{3}}(?!\d)(?<=\d\d\d))*"
    r"|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]|[፩-፼]+"
)
_SEPARATOR = re.compile(rf"[{re.escape(_SEPARATORS)} /]")
_ETHIOPIC = {chr(0x1369 + i): i + 1 for i in range(9)} | {
    chr(0x1372 + i): (i + 1) * 10 for i in range(9)
}
_ETHIOPIC_HUNDRED, _ETHIOPIC_MYRIAD = "፻", "፼"
#: ``COVID-19``, ``H1N1``, ``B12``, ``SARS-CoV-2``, ``CD4+``.
_NAME_BEFORE = re.compile(
    r"(?:[A-Za-z]|[A-Z][A-Za-z]*[-‑]|[A-Z]{2,}–|(?:[Cc]o[Vv](?:id)?|covid|sars|mers)[-‑– ])$"
)
_NAME_AFTER = re.compile(r"[A-Za-z]?[-‑]?n?CoV|[A-Z]\d?[-‑]?[A-Z]?\b(?!\.)")
_ENGLISH_CLOCK = re.compile(r"(?:[:.]\d\d)?\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
_HALF_DAY = 12
_POSSIBLE = re.compile(r"[\d½-¾⅐-⅞፩-፼]")


@lru_cache(maxsize=8192)
def read_numbers(text: str, language: Language) -> tuple[Number, ...]:
    """The numbers that a text has in digits, in order."""
    if not _POSSIBLE.search(text):
        return ()
    return tuple(_numbers(text, language))


def _numbers(text: str, language: Language) -> Iterator[Number]:
    for found in _DIGITS.finditer(text):
        for piece, start in _pieces(found):
            digits = _latin(piece)
            value = _value(digits, language)
            end = start + len(piece)
            yield Number(
                value=value,
                values=_readings(value, text, start, end, language),
                spelling=_SEPARATOR.sub(".", digits),
                text=piece,
                start=start,
                end=end,
                is_name=_is_name(text, start, end),
            )


def _pieces(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    """One number, or the parts of what cannot be one: a date ``3.12.2020``, a list ``1,2,3``."""
    text = found[0]
    is_plain = len(text) == 1 or text.isdecimal() or not text[0].isdecimal() or "/" in text
    if is_plain or _is_one(_latin(text)):
        yield text, found.start()
        return
    for part in re.finditer(r"\d+", text):
        yield part[0], found.start() + part.start()


_ONE = re.compile(
    r"\d{1,3}(?:([.,'’٬، \u00a0\u202f\u2009])\d{3})(?:\1\d{3})*(?:[.,٫·]\d+)?"  # 1,234,567.8
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"  # 12,34,567: lakh and crore
    r"|\d+[.,٫·]\d+"  # 57.6
)
#: A day and a year that nobody has put a space between: ``February 18,2020``.
_DAY_AND_YEAR = re.compile(r"[0-3]?\d[.,](?:19|20)\d\d")


def _is_one(spelling: str) -> bool:
    return bool(_ONE.fullmatch(spelling)) and not _DAY_AND_YEAR.fullmatch(spelling)


def _latin(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _value(digits: str, language: Language) -> float:
    if digits.isdecimal():
        return float(digits)
    if digits[0] in _ETHIOPIC or digits[0] in _ETHIOPIC_HUNDRED + _ETHIOPIC_MYRIAD:
        return float(_ethiopic(digits))
    if not digits[0].isdecimal():
        return unicodedata.numeric(digits)
    return _separated(digits, language)


def _separated(digits: str, language: Language) -> float:
    """The value of digits with separators.

    The last sign is the decimal sign if it stands once and is the language's own, or if what
    follows cannot be a group.
    """
    signs = [c for c in digits if not c.isdecimal()]
    if signs == ["/"]:  # Persian decimals
        return float(digits.replace("/", "."))
    last = signs[-1]
    head, _, tail = digits.rpartition(last)
    decimal = "٫" if last == "٫" else language.decimal
    is_group = len(tail) == 3  # noqa: PLR2004 - digits of a group
    if signs.count(last) > 1 or (is_group and last != decimal):
        return float("".join(c for c in digits if c.isdecimal()))
    return float(f"{''.join(c for c in head if c.isdecimal())}.{tail}")


def _ethiopic(text: str) -> int:
    """Ethiopic numerals: ፲፱ is 19, ፪፻ is 200, ፳፻፲፪ is 2012; ፼ is 10,000."""
    total = hundreds = part = 0
    for sign in text:
        if sign == _ETHIOPIC_HUNDRED:
            hundreds += (part or 1) * 100
            part = 0
        elif sign == _ETHIOPIC_MYRIAD:
            total = (total + hundreds + part or 1) * 10_000
            hundreds = part = 0
        else:
            part += _ETHIOPIC[sign]
    return total + hundreds + part


def _readings(
    value: float, text: str, start: int, end: int, language: Language
) -> frozenset[float]:
    readings = {value}
    if "/" in text[start:end]:
        # ۵۷/۶۰ may be decimals, and two numbers.
        readings.update(float(int(part)) for part in text[start:end].split("/"))
    clock = _ENGLISH_CLOCK.match(text, end)
    if clock and value <= _HALF_DAY:
        readings.add(value % _HALF_DAY + (_HALF_DAY if clock["half"] in "pP" else 0))
    if years := _YEARS.search(text, max(0, start - 6), start):
        # 2019–20: the year 2020.
        readings.add(int(years[1]) * 100 + value if value < 100 else value)  # noqa: PLR2004
    if language.numbers and (word := _multiplier(text[end : end + 24], language)):
        readings.add(round(value * word, 6))
    return frozenset(readings)


_YEARS = re.compile(r"(\d\d)\d\d\s?[-‑–/]\s?$")


def _multiplier(after: str, language: Language) -> float:
    """What the word behind a number multiplies it by; 0 if by nothing."""
    folded = fold(after.lstrip(" \u00a0-‑"))
    for word in language.numbers.find(folded):
        is_next = word.start == 0 and word.is_cardinal and word.value >= _LEAST_MULTIPLIER
        return word.value if is_next else 0.0
    return 0.0


_LEAST_MULTIPLIER = 100


def _is_name(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start]
    return bool(_NAME_BEFORE.search(before) or _NAME_AFTER.match(text, end))

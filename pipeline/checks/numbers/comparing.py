"""The check of numbers: what of the source's is missing, what the translation brings in."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.checks.contacts import without_contacts
from pipeline.checks.findings import about_unit
from pipeline.checks.numbers.reading import Number, read_numbers
from pipeline.checks.reading import read
from pipeline.languages import Language
from pipeline.languages.number_words import NumberWord
from pipeline.model import Finding, Segment, Severity, Unit

_RUN = re.compile(r"\d+(?:[.,٫٬]\d+)*|[½-¾⅐-⅞፩-፼]")
#: What such a run begins with: sought for by itself, as most texts have none.
_DIGIT = re.compile(r"[\d½-¾⅐-⅞፩-፼]")
_SEPARATOR = re.compile(r"[,٫٬]")
#: Up to here a language writes numbers as words, which we may not know.
_LARGEST_WORD = 12
_HALF_DAY = 12
_VIRUS = re.compile(r"covid|ncov|corona|cov\b", re.IGNORECASE)
_VIRUS_YEAR = 2019
_VIRUS_NAME = re.compile(
    r"(?:disease|coronavirus|cov|covid)[^.;,0-9]{0,12}2019|2019[\s-]{0,2}(?:novel|n?cov|coronavirus)",
    re.IGNORECASE,
)
#: Coronavirus 2 is SARS-CoV-2, and coronavirus disease 19 is COVID-19.
_VIRUS_NUMBERS = frozenset({2, 19})
_SHORT_NAME = 19
#: Where a number was: ``()``, ``8: h``, ``about %``.
_HOLE = re.compile(r"[(（]\s?[)）]|(?<!\d)\d{1,2}[:：](?![\d\s]*\d)|(?<![\d\s])\s[%٪](?!\s?\d)")
_ABSENT = "The translation has no {what}, which the source has."
_FOREIGN = "The translation has {what}, which the source does not have."
_OTHER = "The translation has {new} where the source has {old}."
_REMEDY = "Compare each number with the source; digits of any script and number words are known."


def check_number_mismatch(
    segment: Segment, unit: Unit, path: Path, locale: str, *, source: Language, target: Language
) -> tuple[Finding, ...]:
    """number-mismatch: a translation has other numbers than its source.

    Numbers are values: digits of any script, separators as the language writes them, number
    words where the language has a table of them. ``57,60`` is ``57.60``, ``٢٠`` is 20,
    ``labaatan`` is 20 in Somali. Numbers in names (COVID-19) may be left out.

    - Source: ``Take 2 tablets.``
    - Wrong: ``Qaado 3 kaniini.``
    - Right: ``Qaado 2 kaniini.``
    - Source: ``Stay at home for 10 days.``
    - Wrong: ``ابقَ في المنزل ١٠٠ أيام.``
    - Right: ``ابقَ في المنزل ١٠ أيام.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        source: the language of the source.
        target: the language of the translation.

    Returns:
        A critical finding where one number stands in another's place, a major one where a
        number is only missing or only added.
    """
    if _have_same_digits(segment.msgid, unit.msgstr):
        missing, foreign = _compare_words(segment.msgid, unit.msgstr, source, target)
    else:
        missing, foreign = _compare(segment.msgid, unit.msgstr, source, target)
    if not missing and not foreign:
        return ()
    if missing and foreign:
        severity, message = Severity.CRITICAL, _OTHER.format(new=_list(foreign), old=_list(missing))
    elif missing:
        severity, message = Severity.MAJOR, _ABSENT.format(what=_list(missing))
    else:
        severity, message = Severity.MAJOR, _FOREIGN.format(what=_list(foreign))
    return (
        about_unit(
            "number-mismatch", severity, unit, path, locale, message=message, remedy=_REMEDY
        ),
    )


def _read(text: str, language: Language) -> tuple[Number, ...]:
    return read_numbers(without_contacts(text), language)


def read_runs(text: str) -> list[str]:
    """The numbers of a text as they stand, with one sign for every separator.

    Fractions and Ethiopic numbers are among them, sign by sign.
    """
    if not _DIGIT.search(text):
        return []
    return [run if run.isdecimal() and run.isascii() else _plain(run) for run in _RUN.findall(text)]


def _plain(run: str) -> str:
    return _SEPARATOR.sub(".", run if run.isascii() else _latin(run))


def _latin(text: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _have_same_digits(msgid: str, msgstr: str) -> bool:
    """Whether both have the same runs of digits: most texts do, and there is no more to see."""
    old, new = read_runs(msgid), read_runs(msgstr)
    return old == new or sorted(old) == sorted(new)


def _compare(
    msgid: str, msgstr: str, source: Language, target: Language
) -> tuple[list[str], list[str]]:
    """Numbers of the source that are missing in the target, and the other way round."""
    old, new = _read(msgid, source), _read(msgstr, target)
    plain = [number for number in new if not number.is_name or number.value in _VIRUS_NUMBERS]
    missing = [number for number in old if not number.is_name and not _has(plain, number)]
    foreign = [number for number in new if not _has(old, number)]
    if (foreign or missing) and (_VIRUS.search(msgid) or _VIRUS.search(msgstr)):
        foreign = [number for number in foreign if number.value != _VIRUS_YEAR]
        if _is_renamed(msgid, old, new):
            missing = [number for number in missing if number.value != _VIRUS_YEAR]
            foreign = [number for number in foreign if number.value != _SHORT_NAME]
    if not missing and not foreign:
        return _compare_words(msgid, msgstr, source, target)
    # What both say in words (“in March”, “two of them”) answers for no number in digits.
    old_words, new_words = _words(msgid, source), _words(msgstr, target)
    if foreign:
        said = (
            frozenset(_tally(old_words) - _tally(new_words, firm=True))
            | _fractions(msgid, source) - _fractions(msgstr, target)
            | _roman(msgid) - _roman(msgstr)
        )
        foreign = [n for n in foreign if not n.values & said and not _is_clock(n, old, msgstr)]
    if missing and not _has_hole(msgid, msgstr):
        said = (
            frozenset(_tally(new_words) - _tally(old_words, firm=True))
            | _fractions(msgstr, target) - _fractions(msgid, source)
            | _roman(msgstr) - _roman(msgid)
        )
        missing = [n for n in missing if not n.values & said and not _is_clock(n, new, msgid)]
    if not target.numbers and not foreign:
        missing = [number for number in missing if number.value > _LARGEST_WORD]
    texts = [n.text for n in missing], [n.text for n in foreign]
    return texts if any(texts) else _compare_words(msgid, msgstr, source, target)


def _compare_words(
    msgid: str, msgstr: str, source: Language, target: Language
) -> tuple[list[str], list[str]]:
    """The same for numbers in words: only where one contradicts another is one sure."""
    if not target.numbers or not source.numbers.may_count(read(msgid).words):
        return [], []
    old, new = _read(msgid, source), _read(msgstr, target)
    said = [word for word in _counting(msgid, old, source) if word.value > 1]
    if not said:
        return [], []
    digits = frozenset().union(*(number.values for number in new))
    answers = _words(msgstr, target)
    known = _values(answers) | digits | _fractions(msgstr, target)
    missing = [word for word in said if word.value not in known and not word.parts <= known]
    if not missing:
        return [], []
    expected = _values(_words(msgid, source)) | _fractions(msgid, source)
    expected |= frozenset().union(*(number.values for number in old))
    foreign = [
        word
        for word in _counting(msgstr, new, target)
        if word.value > 1 and not (word.parts | {word.value}) & expected
    ]
    if not foreign:
        return [], []
    return [f"{word.value:g}" for word in missing], [f"{word.value:g}" for word in foreign]


def _is_renamed(msgid: str, old: Iterable[Number], new: Iterable[Number]) -> bool:
    """Whether “coronavirus disease 2019” has become COVID-19, and the year stood there alone.

    Where the source says “coronavirus disease 2019 (COVID-19)”, one COVID-19 is not one more.
    """
    rest, names = _VIRUS_NAME.subn(" ", msgid)
    if not names or str(_VIRUS_YEAR) in rest:
        return False
    before, after = (sum(n.value == _SHORT_NAME for n in numbers) for numbers in (old, new))
    return after > before


def _has_hole(msgid: str, msgstr: str) -> bool:
    """Whether a number seems to have been taken out of a text: ``()``, ``8: h``, ``about %``."""
    return len(_HOLE.findall(msgstr)) > len(_HOLE.findall(msgid))


def _has(numbers: Iterable[Number], wanted: Number) -> bool:
    return any(
        number.values & wanted.values or number.spelling == wanted.spelling for number in numbers
    )


@lru_cache(maxsize=8192)
def _words(text: str, language: Language) -> tuple[NumberWord, ...]:
    return tuple(language.numbers.find(*read(text)))


def _counting(text: str, numbers: Sequence[Number], language: Language) -> list[NumberWord]:
    """The number words of a text that count by themselves: not the “million” of “2 million”."""
    behind = {number.end + gap for number in numbers for gap in (0, 1)}
    words = _words(text, language)
    return [word for word in words if word.is_cardinal and word.start not in behind]


def _tally(words: Iterable[NumberWord], *, firm: bool = False) -> Counter[float]:
    """How often each value is said, whole or as a part; loose words left out if asked."""
    return Counter(
        value
        for word in words
        if not (firm and word.is_loose)
        for value in word.parts | {word.value}
    )


def _values(words: Iterable[NumberWord]) -> frozenset[float]:
    values: set[float] = set()
    for word in words:
        values.add(word.value)
        values |= word.parts
    return frozenset(values)


def _fractions(text: str, language: Language) -> frozenset[float]:
    found = {hit.value for hit in language.fractions.hits(*read(text))}
    # A half is 50 %, and 0.5.
    return frozenset(found | {round(value * 100, 6) for value in found})


def _roman(text: str) -> frozenset[float]:
    """Centuries and the like: ``siglo XXI``."""
    return frozenset(
        float(sum(_ROMAN_PARTS[part] for part in _ROMAN_PART.findall(word)))
        for word in _CAPITALS.findall(text)
        if _ROMAN.fullmatch(word)
    )


_CAPITALS = re.compile(r"\b[IVX]+(?=(?:e|er|ème)?\b)")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_PART = re.compile(r"IX|IV|X|V|I")
_ROMAN_PARTS = {"X": 10, "IX": 9, "IV": 4, "V": 5, "I": 1}


def _is_clock(number: Number, others: Iterable[Number], text: str) -> bool:
    """Whether it is the same hour on the other clock, 20:00 and 8, or full: the 00 of 8:00."""
    if number.value > 2 * _HALF_DAY:
        return False
    if number.text in _FULL and text[number.start - 1 : number.start] == ":":
        return True
    if not _HOUR.match(text, number.end):
        return False
    hours = {other.value % _HALF_DAY for other in others}
    return number.value % _HALF_DAY in hours


#: What stands behind an hour: its minutes, or a word that says that it is one.
_HOUR = re.compile(
    r"\s?(?:[:：]|\.\d\d\b|h\b|[ap]\.?\s?m\b|uhr\b|o.clock|点|點|時|时|시|দিকে|টা|बजे)", re.IGNORECASE
)
#: Minutes of a full hour, in the digits of any script.
_FULL = frozenset(f"{chr(zero)}{chr(zero)}" for zero in (0x30, 0x660, 0x6F0, 0x966, 0x9E6))


def _list(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(texts))

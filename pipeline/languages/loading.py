"""From a tag to a :class:`Language`: its table, a project's own table, CLDR."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from pipeline.languages.forms import Forms
from pipeline.languages.index import Index, Value
from pipeline.languages.language import Language, Length
from pipeline.languages.number_words import NumberWords
from pipeline.languages.tables import RawTable, read_table

_TABLES = Path(__file__).parent / "tables"
#: Nearest locale that CLDR has, for tags that it does not know.
_CLDR = {"prs": "fa-AF", "fil": "fil", "nb": "no"}
#: Names of CLDR's units for ours.
_CLDR_UNITS = {
    "second": "duration-second",
    "minute": "duration-minute",
    "hour": "duration-hour",
    "day": "duration-day",
    "week": "duration-week",
    "month": "duration-month",
    "year": "duration-year",
    "millimetre": "length-millimeter",
    "centimetre": "length-centimeter",
    "metre": "length-meter",
    "kilometre": "length-kilometer",
    "foot": "length-foot",
    "inch": "length-inch",
    "mile": "length-mile",
    "celsius": "temperature-celsius",
    "fahrenheit": "temperature-fahrenheit",
    "microgram": "mass-microgram",
    "milligram": "mass-milligram",
    "gram": "mass-gram",
    "kilogram": "mass-kilogram",
    "millilitre": "volume-milliliter",
    "litre": "volume-liter",
    "teaspoon": "volume-teaspoon",
    "tablespoon": "volume-tablespoon",
    "cup": "volume-cup",
    "percent": "concentr-percent",
}
#: One letter is too little to know a unit by.
_LEAST = 2
#: What is left of “per day”, and the symbols of inch and mile, which are common words: “in” of
#: English, German and Italian, “mi” of Spanish.
_NO_UNIT = re.compile(r"[{/]|^(?:in|mi)$")
_IDENTIFIED = {"fil": "tl", "prs": "fa", "he": "iw", "jv": "jw", "nb": "no", "nn": "no"}


def table_tags() -> tuple[str, ...]:
    """Tags of the languages that have a table, in alphabetical order."""
    return tuple(sorted(path.stem for path in _TABLES.glob("*.toml")))


def load_language(tag: str, own: Path | None = None) -> Language:
    """What is known of a language.

    Args:
        tag: BCP 47 tag. ``pt-BR`` without a table of its own has that of ``pt``.
        own: a project's table for this language; what it says takes the place of what ours says.

    Raises:
        LanguageError: a table says what cannot be meant.
    """
    return _load(tag) if own is None or not own.exists() else _make(tag, own)


@lru_cache(maxsize=256)
def _load(tag: str) -> Language:
    return _make(tag, None)


def _make(tag: str, own: Path | None) -> Language:
    tables = [read_table(path) for path in (own, _find_table(tag)) if path]
    cldr = _Cldr(tag)
    spaced = next((t.boolean("", "spaced", default=True) for t in _having(tables, "spaced")), True)
    return Language(
        tag=tag,
        name=_text(tables, "", "name") or cldr.name or tag,
        scripts=_strings(tables, "scripts"),
        spaced=spaced,
        decimal=_text(tables, "numbers", "decimal") or cldr.decimal,
        group=_text(tables, "numbers", "group") or cldr.group,
        numbers=NumberWords(
            _numbers(tables, "numbers.words"),
            _numbers(tables, "numbers.also"),
            _numbers(tables, "numbers.loose"),
            joiners=_forms(tables, "numbers", "joiners"),
            spaced=spaced,
        ),
        fractions=_index(_numbers(tables, "numbers.fractions"), spaced=spaced),
        units=_units(tables, cldr, spaced=spaced),
        negators=Forms(_forms(tables, "negation", "words"), spaced=spaced),
        negations_counted=_is_counted(tables),
        negation_exceptions=Forms(_forms(tables, "negation", "exceptions"), spaced=spaced),
        length=_length(tables),
        identified_as=_strings(tables, "identified-as"),
        may_be_called=_IDENTIFIED.get(tag, tag.partition("-")[0]),
        sentence_ends=_text(tables, "punctuation", "sentence-ends") or ".!?。！？।؟۔።",
        question_marks=_text(tables, "punctuation", "question-marks") or "?？؟፧;",
    )


def _find_table(tag: str) -> Path | None:
    """The table of a tag, or of what it is a kind of; BCP 47 lookup (RFC 4647, 3.4)."""
    while tag:
        path = _TABLES / f"{tag}.toml"
        if path.exists():
            return path
        tag = tag.rpartition("-")[0]
    return None


def _is_counted(tables: Iterable[RawTable]) -> bool:
    return any(raw.boolean("negation", "counted", default=False) for raw in tables)


def _having(tables: Iterable[RawTable], key: str) -> Iterator[RawTable]:
    """The tables whose top has a key."""
    return (table for table in tables if key in table.values[""])


def _strings(tables: Iterable[RawTable], key: str) -> frozenset[str]:
    return frozenset(next((table.strings("", key) for table in _having(tables, key)), ()))


def _text(tables: Iterable[RawTable], table: str, key: str) -> str:
    return next((raw.string(table, key) for raw in tables if key in raw.values[table]), "")


def _forms(tables: Iterable[RawTable], table: str, key: str) -> tuple[str, ...]:
    return next((raw.forms(table, key) for raw in tables if key in raw.values[table]), ())


def _numbers(tables: list[RawTable], table: str) -> dict[float, tuple[str, ...]]:
    merged: dict[float, tuple[str, ...]] = {}
    for raw in reversed(tables):
        merged |= raw.by_number(table)
    return merged


def _units(tables: list[RawTable], cldr: "_Cldr", *, spaced: bool) -> Index[str]:
    merged: dict[str, tuple[str, ...]] = {}
    for raw in reversed(tables):
        merged |= {key: raw.forms("units", key) for key in raw.values["units"]}
    for name, forms in cldr.units().items():
        merged[name] = tuple(dict.fromkeys((*merged.get(name, ()), *forms)))
    return _index(merged, spaced=spaced)


def _index(forms: Mapping[Value, Iterable[str]], *, spaced: bool) -> Index[Value]:
    return Index(((form, value) for value, some in forms.items() for form in some), spaced=spaced)


def _length(tables: list[RawTable]) -> Length | None:
    for raw in tables:
        ratio, spread = raw.positive("length", "ratio"), raw.positive("length", "spread")
        if ratio and spread:
            return Length(ratio=ratio, spread=spread)
    return None


class _Cldr:
    """What CLDR says of a language, through Babel; nothing where it does not know it."""

    def __init__(self, tag: str) -> None:
        try:
            self._locale: Locale | None = Locale.parse(_CLDR.get(tag, tag), sep="-")
        except (UnknownLocaleError, ValueError):
            self._locale = None

    @property
    def name(self) -> str:
        return (self._locale.english_name or "") if self._locale else ""

    @property
    def decimal(self) -> str:
        return self._symbol("decimal", ".")

    @property
    def group(self) -> str:
        return self._symbol("group", ",")

    def _symbol(self, name: str, default: str) -> str:
        symbols = self._locale.number_symbols.get("latn", {}) if self._locale else {}
        return str(symbols.get(name, default))

    def units(self) -> dict[str, tuple[str, ...]]:
        """Words and symbols of units, in small letters."""
        if self._locale is None:
            return {}
        patterns = self._locale._data["unit_patterns"]  # noqa: SLF001 - Babel gives no other way
        return {ours: tuple(_words(patterns.get(name, {}))) for ours, name in _CLDR_UNITS.items()}


def _words(patterns: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    for width in ("long", "short"):
        for pattern in patterns.get(width, {}).values():
            if isinstance(pattern, str):
                word = pattern.replace("{0}", "").strip(" \u00a0\u202f\u200f\u200e.")
                if len(word) >= _LEAST and not _NO_UNIT.search(word):
                    yield word.lower()

"""The table of languages, ``locales/locales.toml``."""

import re
from pathlib import Path

from pipeline.config.narrow import Table, read_table
from pipeline.errors import ConfigError
from pipeline.model import Direction, Locale

_KEYS = frozenset(
    {
        "tag",
        "autonym",
        "english_name",
        "direction",
        "script",
        "plural_forms",
        "digits",
        "fonts",
        "people",
        "people_source",
    }
)
#: Language, script and region of BCP 47 (RFC 5646, section 2.1); no extensions or variants.
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_PLURAL_FORMS = re.compile(r"nplurals=[1-6]; plural=[n0-9 ?:()<>=!&|%]+;")


def read_locales(path: Path) -> tuple[Locale, tuple[Locale, ...]]:
    """Read the language table.

    Returns:
        The source locale, and the target locales in the order of the file.

    Raises:
        ConfigError: an entry lacks something, has something unknown or stands twice.
    """
    top = read_table(path)
    top.refuse_unknown(frozenset({"source", "locale"}))
    source = _locale(top.table("source"))
    tables = top.tables("locale")
    locales = tuple(_locale(table) for table in tables)
    seen = {source.tag}
    for table, locale in zip(tables, locales, strict=True):
        if locale.tag in seen:
            raise table.error(f"`{locale.tag}` stands twice.", "Remove one entry.", "tag")
        seen.add(locale.tag)
    return source, locales


def _locale(table: Table) -> Locale:
    table.refuse_unknown(_KEYS)
    return Locale(
        tag=_matching(table, "tag", _TAG, "a BCP 47 tag, such as so, ckb or pt-BR"),
        autonym=table.string("autonym"),
        english_name=table.string("english_name"),
        direction=_direction(table),
        script=_matching(table, "script", _SCRIPT, "an ISO 15924 code, such as Latn"),
        plural_forms=_matching(
            table, "plural_forms", _PLURAL_FORMS, "such as nplurals=2; plural=(n != 1);"
        ),
        digits=table.string("digits"),
        fonts=table.strings("fonts"),
        people=table.optional_count("people"),
        people_source=table.string("people_source"),
    )


def _matching(table: Table, key: str, pattern: re.Pattern[str], wanted: str) -> str:
    value = table.string(key)
    if not pattern.fullmatch(value):
        raise table.error(f"`{value}` cannot be the `{key}` of a locale.", f"Use {wanted}.", key)
    return value


def _direction(table: Table) -> Direction:
    value = table.string("direction")
    try:
        return Direction(value)
    except ValueError:
        raise _wrong_direction(table, value) from None


def _wrong_direction(table: Table, value: str) -> ConfigError:
    return table.error(f"`{value}` is not a direction.", 'Use "ltr" or "rtl".', "direction")

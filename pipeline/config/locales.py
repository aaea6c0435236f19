"""The table of languages, ``locales/locales.toml``."""

import gettext
import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pipeline.config.digits import ZEROS
from pipeline.config.narrow import Table, read_table
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
_PLURAL_FORMS = re.compile(r"nplurals=([1-6]); plural=([n0-9 ?:()<>=!&|%]+);")
#: Numbers that a plural rule is tried with: rules look at the last two digits, seldom at more.
_COUNTS = range(1001)
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Syrc", "Thaa"})


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
    script = _matching(table, "script", _SCRIPT, "an ISO 15924 code, such as Latn")
    return Locale(
        tag=_matching(table, "tag", _TAG, "a BCP 47 tag, such as so, ckb or pt-BR"),
        autonym=_name(table, "autonym"),
        english_name=_name(table, "english_name"),
        direction=_direction(table, script),
        script=script,
        plural_forms=_plural_forms(table),
        digits=_digits(table),
        fonts=table.strings("fonts"),
        people=table.optional_count("people"),
        people_source=table.string("people_source"),
    )


def _matching(table: Table, key: str, pattern: re.Pattern[str], wanted: str) -> str:
    value = table.string(key)
    if not pattern.fullmatch(value):
        raise table.error(f"`{value}` cannot be the `{key}` of a locale.", f"Use {wanted}.", key)
    return value


def _name(table: Table, key: str) -> str:
    name = table.string(key)
    if any(ord(character) < ord(" ") for character in name):
        raise table.error(f"The `{key}` has a line break or the like.", "Use one line.", key)
    return name


def _plural_forms(table: Table) -> str:
    wanted = "such as nplurals=2; plural=(n != 1);"
    value = _matching(table, "plural_forms", _PLURAL_FORMS, wanted)
    forms, rule = value.removeprefix("nplurals=").removesuffix(";").split("; plural=")
    if not _is_plural_rule(rule, int(forms)):
        raise table.error(
            f"`{rule}` does not choose one of {forms} forms for every number.",
            f"Use the rule that gettext has for the language, {wanted}",
            "plural_forms",
        )
    return value


@cache
def _is_plural_rule(rule: str, forms: int) -> bool:
    try:
        choose = gettext.c2py(rule)
        return all(0 <= choose(count) < forms for count in _COUNTS)
    except (ValueError, ArithmeticError, RecursionError):
        return False


def _digits(table: Table) -> str:
    value = table.string("digits")
    if value not in ZEROS:
        near = get_close_matches(value, ZEROS, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else f"Use one of {', '.join(ZEROS)}."
        raise table.error(f"`{value}` is not a numbering system.", hint, "digits")
    return value


def _direction(table: Table, script: str) -> Direction:
    value = table.string("direction")
    try:
        direction = Direction(value)
    except ValueError:
        raise table.error(
            f"`{value}` is not a direction.", 'Use "ltr" or "rtl".', "direction"
        ) from None
    right = Direction.RTL if script in _RIGHT_TO_LEFT else Direction.LTR
    if direction is not right:
        raise table.error(
            f"The script {script} is not written in the direction `{value}`.",
            f'Use "{right}", or correct the script.',
            "direction",
        )
    return direction

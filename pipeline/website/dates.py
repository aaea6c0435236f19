"""Dates as a locale writes them."""

from datetime import date
from functools import lru_cache

from babel import UnknownLocaleError
from babel.dates import format_date as babel_format_date

from pipeline.config import ZEROS
from pipeline.model import Locale

#: Tags that CLDR keeps under another name.
_CLDR_NAMES = {"en": "en_GB", "prs": "fa_AF"}


@lru_cache(maxsize=1 << 12)
def format_date(day: date, locale: Locale) -> str:
    """A date in words of the locale and its digits; in ISO 8601 where CLDR does not know it."""
    name = _CLDR_NAMES.get(locale.tag, locale.tag.replace("-", "_"))
    try:
        text = babel_format_date(day, "long", locale=name)
    except (UnknownLocaleError, ValueError):
        return day.isoformat()
    return convert_digits(text, locale.digits)


def convert_digits(text: str, system: str) -> str:
    """A text with its Latin digits written in a CLDR numbering system."""
    zero = ZEROS.get(system, "0")
    return text.translate({ord("0") + n: chr(ord(zero) + n) for n in range(10)})

"""Texts in the cells of a table that a spreadsheet would take for something else.

A program may take a cell that begins with ``=`` for a formula and run it
(https://owasp.org/www-community/attacks/CSV_Injection), make 7 of 007, and a date of 1/3: such a
text has an apostrophe before it in a file of ours, which is taken off again.
"""

import re

_DANGEROUS = re.compile(
    r"""'*(?:[=+\-@\t\r]       # a formula
    | \d.{0,24}\Z               # a number, a time, a date: 1 March
    | [^\W\d]{3,9}\.?[ ]\d[\d, ]*\Z
    | (?:true|false)\Z)""",
    re.VERBOSE | re.IGNORECASE,
)
#: What a spreadsheet would run, and what it writes where it could not.
_FORMULA = re.compile(r"[=@\t\r]|[+\-](?=\S)|#(?:NAME|REF|VALUE|DIV/0|N/A|NULL|NUM)\b[!?]?")


def guard(text: str) -> str:
    """A text as it is put into a cell."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguard(text: str) -> str:
    """A text as it was before :func:`guard`."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def is_formula(text: str) -> bool:
    """Whether the text of a cell, as it is in the file, is a formula or the failure of one."""
    return bool(_FORMULA.match(text))

"""Phone numbers in a text: which digits a reader dials, in any script, and what a phone dials.

The checks compare the numbers of a translation with those of its source; pages make of them links
that dial. Both read them here, so that neither knows a number that the other does not.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

#: Fewest digits of a number that is known as one by how it is written.
LEAST_DIGITS = 7
#: At least seven digits in groups, in any script: as people write the numbers that they dial.
PHONE = re.compile(
    r"(?<![\w.,٫٬+])(?:\+\s?\d|\(?[0٠۰०০]\d|\(?1?[-‑ ]?\(?\d{3}\)?[-‑]\d{3}[-‑]\d)"
    r"(?:[\s\u00a0\u202f\-‑–().]{0,3}\d){3,13}(?![\d\w])(?![.,]\d)"
)
#: A text without this has no such number.
POSSIBLE_PHONE = re.compile(r"[0٠۰०০(+-]?\d(?:[\s\u00a0\u202f\-‑–().]{0,3}\d){6}")

#: Numbers of the United Kingdom that are known by their digits alone (Ofcom, National Telephone
#: Numbering Plan, Type A access codes): emergencies, NHS, police, power cuts, Samaritans, missing
#: children, relay by text with what it is put before.
SHORT_CODES = frozenset(
    ("999", "112", "111", "101", "105", "119", "159", "116123", "116000", "116111", "116117",
     "18000", "18001111", "18001101", "18000999")
)  # fmt: skip
_SPACE = r"[ \u00a0\u202f]?"
#: What makes of the digits beside it a price, a dose, a range, a date, an hour, a name.
_SIGNS = r"A-Za-zµμ\d_£$€%٪°+×*/=<>≤≥~−–—"
#: A hyphen, but for the one before an ending of another script: ``111-কে`` is 111 in Bengali.
_HYPHEN = r"[‑\-](?![^\W\d_A-Za-z])"
_COUNTED = "人名例个岁天年月日周时分"
_UNIT = r"(?:mg|mcg|µg|μg|g|kg|ml|mL|l|L|cm|mm|km|m|kcal|kJ|mmHg)\b"
_ALONE = re.compile(
    rf"(?<![{_SIGNS}‑\-.,٫٬:])(?<![£$€+×<>≤≥~−–—-] )"
    rf"(?:\d{{3}}{_SPACE}\d{{3}}|1800[01]{_SPACE}\d{{3}}|\d{{5}}|\d{{3}})"
    rf"(?![{_SIGNS}{_COUNTED}@]|[.,:٫٬][\dA-Za-z]"
    rf"|{_SPACE}(?:[%٪°£$€+×*/=−–—]|{_HYPHEN}|{_UNIT}|\d))"
)
#: ``Call 111``, ``NHS 111``, ``dial 18001 111``: what makes of a bare number one to dial.
_SAID = re.compile(
    r"\b(?:call|calls|calling|dial|phone|ring|text|textphone|NHS|contact|use)\b"
    r"(?: (?:to|by|on|with|the|free|number|a|(?-i:[A-Z])\w+)){0,4}"
    rf" (?P<codes>{_ALONE.pattern}(?:,? (?:or|and) {_ALONE.pattern})*)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}([-‑–.])\d{1,2}\1(?:19|20)?\d\d")
#: National numbers have ten digits or eleven with the zero; Childline has eight.
_NATIONAL = re.compile(r"0(?:[1-357]\d{8,9}|8\d{8,9}|8001111|845464\d)")
_INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}")


class Phone(NamedTuple):
    """A number in a text that a reader can dial.

    Attributes:
        start: its offset.
        end: the offset after it.
        number: what a phone dials, in ASCII: ``999``, ``+442079460018`` (RFC 3966).
    """

    start: int
    end: int
    number: str


def read_digits(text: str) -> str:
    """The digits of a number in any script as ASCII, with the sign of an international one."""
    plus = "+" if text.startswith("+") else ""
    return plus + "".join(str(int(c)) for c in text if c.isdecimal())


@lru_cache(maxsize=1024)
def find_codes(text: str) -> frozenset[str]:
    """The short codes that an English text tells its readers to dial: ``Call 111``, ``NHS 111``.

    A bare ``111`` may as well be how many people were ill.
    """
    if not re.search(r"1[01]|999|159", text):
        return frozenset()
    plain = re.sub(r"[*_]|\s+(?=\S)", lambda mark: " " if mark[0].isspace() else "", text)
    said = (code for found in _SAID.finditer(plain) for code in _ALONE.findall(found["codes"]))
    return frozenset(map(read_digits, said)) & SHORT_CODES


def find_phones(text: str, codes: Collection[str] = ()) -> Iterator[Phone]:
    """The numbers of a text that a reader can dial, in order.

    Dates, prices, doses and ranges are none, nor are NHS numbers, which begin with no zero.

    Args:
        text: the text, without tags.
        codes: short codes that are dialled wherever they stand alone in it.
    """
    written = [Phone(m.start(), m.end(), _dialled(m[0])) for m in PHONE.finditer(text)]
    found = [phone for phone in written if phone.number]
    # A part of what looks like one number, and cannot be dialled as one, is no other.
    taken = [(phone.start, phone.end) for phone in written]
    for match in _ALONE.finditer(text) if codes else ():
        number = read_digits(match[0])
        is_free = not any(start < match.end() and match.start() < end for start, end in taken)
        if number in codes and is_free:
            found.append(Phone(match.start(), match.end(), number))
    return iter(sorted(found))


def _dialled(text: str) -> str:
    """What is dialled for a number as it is written; empty where it is none."""
    if _DATE.fullmatch(text.strip()):
        return ""
    if text.startswith("+"):
        # The zero in brackets is dialled within the country alone.
        number = read_digits(re.sub(r"\(\s*[0٠۰०০]\s*\)", "", text))
        return number if _INTERNATIONAL.fullmatch(number) else ""
    number = read_digits(text)
    return number if _NATIONAL.fullmatch(number) else ""

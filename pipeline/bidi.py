"""What has a direction of its own in right-to-left text: numbers, doses, ranges, phones, addresses.

The bidirectional algorithm (Unicode Annex 9) shows ``2–3 × 500 mg`` as ``mg 500 × 3–2`` and
``+44 (0)20 7946 0018`` back to front. Pages and captions isolate the same runs, each in its own
way: found here, so that neither knows a number that the other does not.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DIGITS = r"0-9٠-٩۰-۹"
_SPACE = r"(?:[ \u00a0\u2009\u202f]|&nbsp;|&#160;)"
_NUMBER = rf"[{_DIGITS}]+(?:[.,:٫٬][{_DIGITS}]+)*"
_UNIT = r"(?:°[CF]?|%|٪|[A-Za-zµμ]+(?:/[A-Za-z]+)?)"
#: A hyphen is a minus where it stands at a number and behind a space: "-5 °C".
_MINUS = rf"(?<![^\s(])[-‑](?=[{_DIGITS}])"
_SIGN = rf"(?:(?:[+±~£€$<>≤≥−]|&lt;|&gt;|&pound;){_SPACE}?|{_MINUS})"
_AMOUNT = rf"(?:\({_SIGN}?{_NUMBER}\)|{_SIGN}?{_NUMBER}(?:{_SPACE}?{_UNIT}(?![A-Za-z]))?)"
_JOINT = rf"(?:{_SPACE}?[-‑–—−×*/+=]{_SPACE}?|{_SPACE}|(?<=\)))"
#: May stand for Latin words that have a tag around them, while a text is worked on.
STAND_INS = "\U000f0000-\U000ffffd"
_LATIN = rf"(?:[A-Za-z][A-Za-z&.'’‑-]*(?:&amp;[A-Za-z]+)?|[{STAND_INS}])"
#: Latin words beside a number belong to it: "NHS 111", "A4", "COVID-19".
_RUN = (
    rf"(?:{_LATIN}{_SPACE})*"
    rf"(?:[A-Za-z]+[-‑]?(?=[0-9]))?{_AMOUNT}(?:{_JOINT}{_AMOUNT})*"
    rf"(?:{_SPACE}{_LATIN})*"
)
_URL = r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)\u060c\u061b]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
#: A bare name of a host that begins with a digit: of "111.nhs.uk" the number is no number.
_HOST = (
    r"(?<![A-Za-z0-9.])[0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:uk|org|com|net|gov|int|edu)"
    r"(?![A-Za-z0-9-])(?:/[^\s<>\"]*[^\s<>\".,;:!?)\u060c\u061b])?"
)
_TOKEN = re.compile(
    rf"(?P<url>{_URL}|{_HOST})"
    rf"|(?P<run>(?<![A-Za-z0-9]){_RUN})"
    r"|(?P<entity>&(?:\#\d+|\#[xX][0-9A-Fa-f]+|\w+);)"
)
_PHONE_DIGITS = 7


class Run(NamedTuple):
    """A piece of a text that is read from the left.

    Attributes:
        start: its offset.
        end: the offset after it.
        is_address: it is the address of a page or a mailbox.
    """

    start: int
    end: int
    is_address: bool


def find_runs(text: str, at: int = 0) -> Iterator[Run]:
    """The pieces of a text that have to be isolated where it is read from the right.

    Numbers in Latin digits with their signs, units and the Latin words beside them, and
    addresses. Numbers in the digits of the script are among them where they are phone numbers or
    have a Latin unit: a range such as ``۲–۳`` is read from the right, and the algorithm does that.

    Args:
        text: the text, without tags; character references may stand in it.
        at: where to begin; what stands before may still be the word that a number is a part of.
    """
    for found in _TOKEN.finditer(text, at):
        if found["url"] or (found["run"] and _has_own_direction(found[0])):
            yield Run(found.start(), found.end(), bool(found["url"]))


def _has_own_direction(text: str) -> bool:
    if re.search(rf"[0-9A-Za-z+{STAND_INS}]", text.replace("&nbsp;", " ")):
        return True
    return len(re.findall(rf"[{_DIGITS}]", text)) >= _PHONE_DIGITS

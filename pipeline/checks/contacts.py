"""Phone numbers and addresses: what a reader dials, types or follows."""

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.model import Finding, Segment, Severity, Unit
from pipeline.phones import LEAST_DIGITS, PHONE, POSSIBLE_PHONE, read_digits

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!#-&*-;=?-Z^_a-z~]+|[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|\b(?:[a-z0-9-]+\.)+(?:nhs\.uk|gov\.uk|org\.uk|co\.uk|ac\.uk|org|com|net|gov|int|edu)\b"
    r"(?:/[!#-&*-;=?-Z^_a-z~]*)?",
    re.IGNORECASE | re.ASCII,
)
_TAIL = re.compile(r"[.,;:!?*_'\")\]}]+$")
_DESTINATION = re.compile(r"\]\([^)]*\)")
_NONE: Counter[str] = Counter()
#: A text without any of these has neither an address nor a phone number.
_ADDRESS_SIGNS = ("@", "://", "www.", ".uk", ".org", ".com", ".net", ".gov", ".int", ".edu", "WWW.")
_DIGIT = re.compile(r"\d")
_REMEDY = "Copy it from the source, letter by letter and digit by digit."


def check_contact_mismatch(
    segment: Segment, unit: Unit, path: Path, locale: str
) -> tuple[Finding, ...]:
    """contact-mismatch: a translation has lost or changed a phone number or an address.

    Phone numbers are compared by their digits, in any script; spaces may be elsewhere.

    - Source: ``Call 020 7946 0018 or write to help@example.org.``
    - Wrong: ``Wac 020 7946 0081 ama u qor help@example.org.``
    - Right: ``Wac 020 7946 0018 ama u qor help@example.org.``
    - Wrong: ``اتصل بالرقم ٠٢٠٧٩٤٦٠٠٨١ أو اكتب إلى help@example.org.``
    - Right: ``اتصل بالرقم ٠٢٠ ٧٩٤٦ ٠٠١٨ أو اكتب إلى help@example.org.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.

    Returns:
        Critical findings, one for each.
    """
    old, new = read_contacts(segment.msgid), read_contacts(unit.msgstr)
    if old == new:
        return ()
    lost = [f"has lost {contact}" for contact in old if contact not in new]
    added = [
        f"brings in {contact}, which the source does not have"
        for contact in new
        if contact not in old
    ]
    return tuple(
        about_unit(
            "contact-mismatch",
            Severity.CRITICAL,
            unit,
            path,
            locale,
            message=f"The translation {what}.",
            remedy=_REMEDY,
        )
        for what in (*lost, *added)
    )


@lru_cache(maxsize=8192)
def read_contacts(text: str) -> Counter[str]:
    """The contacts of a text: addresses in small letters, phone numbers as digits."""
    # Where a link leads is looked at with the markup.
    text = _DESTINATION.sub("]", text) if "](" in text else text
    addresses = _addresses(text)
    if not addresses and not _has_phone(text):
        return _NONE
    found = Counter(_address(match[0]) for match in addresses)
    rest = _ADDRESS.sub(" ", text) if found else text
    found.update(read_digits(match[0]) for match in _phones(rest))
    return found


@lru_cache(maxsize=8192)
def without_contacts(text: str) -> str:
    """A text with its contacts blanked, so that their digits are not read as numbers."""
    for match in (*_addresses(text), *_phones(text)):
        text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"
    return text


def _addresses(text: str) -> list[re.Match[str]]:
    if not any(sign in text for sign in _ADDRESS_SIGNS):
        return []
    return list(_ADDRESS.finditer(text))


def _phones(text: str) -> list[re.Match[str]]:
    if not _has_phone(text):
        return []
    return [match for match in PHONE.finditer(text) if _is_phone(match[0])]


def _has_phone(text: str) -> bool:
    """Whether a text may have a phone number; most have no digit at all."""
    return bool(_DIGIT.search(text) and POSSIBLE_PHONE.search(text))


def _address(text: str) -> str:
    return _TAIL.sub("", text).lower().removeprefix("https://").removeprefix("http://").rstrip("/")


def _is_phone(text: str) -> bool:
    return sum(c.isdecimal() for c in text) >= LEAST_DIGITS

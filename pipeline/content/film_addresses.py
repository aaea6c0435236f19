"""Addresses of films on other sites: which are let through, and what a browser does with them.

An address stands in the front matter, on pages, in policies of pages and on paper. So it has one
spelling, which people can read and compare: letters of ASCII, no name that looks like another.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

#: What browsers play at an address, by the ending of its path.
PLAYED = {".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm"}
#: Most signs of an address: it is printed.
_LONGEST = 500
_BEGINS_LIKE_ONE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
#: What may stand in an address (RFC 3986), but for brackets and quotes.
_WRITTEN = re.compile(r"[A-Za-z0-9._~:/?#@!$&(*),;=%+-]*")
#: Two labels or more, the last of letters: no number in any notation is a name (URL standard, 3.5).
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
#: Last labels of names that lead to the reader's own network (RFC 6761, 6762, 8375).
_AT_HOME = frozenset({"localhost", "local", "internal", "lan", "home", "arpa", "test", "invalid"})
_HTTPS = 443


class FilmAddressError(ValueError):
    """An address that no page may lead to.

    Attributes:
        remedy: what to do.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmAddress:
    """Where a film is on another site.

    Attributes:
        address: as pages have it: scheme and host in small letters.
        host: whose site it is, with the port where that is not the usual one.
        media_type: what a browser plays there; empty for a page that is only opened.
    """

    address: str
    host: str
    media_type: str


def is_film_address(text: str) -> bool:
    """Whether a front matter names an address, good or not, and no file."""
    return bool(_BEGINS_LIKE_ONE.match(text))


def parse_film_address(text: str) -> FilmAddress:
    """Read the address of a film.

    Args:
        text: what the front matter has.

    Raises:
        FilmAddressError: a browser would not ask that site, safely, for what people read there.
    """
    _check_signs(text)
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.netloc:
        raise FilmAddressError(
            f"The address of the film is none that can be used: {text}",
            "Begin it with https://, or put the film beside the resource.",
        )
    if "@" in parts.netloc:
        raise FilmAddressError(
            "There is a name or a password in the address of the film.",
            "Take out what stands before the @: everybody will read the address.",
        )
    host = _read_host(parts.netloc.lower(), text)
    rest = text.partition("://")[2][len(parts.netloc) :]
    return FilmAddress(
        address=f"https://{host}{rest}",
        host=host,
        media_type=PLAYED.get(PurePosixPath(parts.path).suffix.lower(), ""),
    )


def _check_signs(text: str) -> None:
    wrong = next((sign for sign in text if not _WRITTEN.fullmatch(sign)), "")
    if wrong:
        raise FilmAddressError(
            f"The address of the film has a sign that stands in none: U+{ord(wrong):04X}.",
            "Copy the address from the browser's address bar; names of sites in other letters "
            "than a to z are not used, because they can look like the name of another.",
        )
    if len(text) > _LONGEST:
        raise FilmAddressError(
            f"The address of the film has more than {_LONGEST} signs.",
            "Use a shorter one: people type it from paper.",
        )


def _read_host(netloc: str, text: str) -> str:
    """Host and port as they stand in an origin."""
    name, colon, port = netloc.partition(":")
    if port in {"", str(_HTTPS)}:
        colon = port = ""
    is_port = not colon or (re.fullmatch(r"[1-9][0-9]{0,4}", port) and int(port) < 1 << 16)
    if not is_port or not _HOST.fullmatch(name) or name.rpartition(".")[2] in _AT_HOME:
        raise FilmAddressError(
            f"The address of the film names no site of the internet: {text}",
            "Use the site's name, such as https://films.example.org/hands.mp4; no number, and "
            "no name of your own network.",
        )
    if any(label.startswith("xn--") for label in name.split(".")):
        raise FilmAddressError(
            f"The name of the film's site is written in other letters: {name}",
            "Use another address: such a name can look like that of another site.",
        )
    return f"{name}{colon}{port}"

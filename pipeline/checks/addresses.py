"""Addresses of links and pictures: what a browser makes of them, however they are written."""

import html
import re
from urllib.parse import unquote

#: Characters that browsers drop from an address (URL standard 4.4), or that nobody sees.
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):")
_SCRIPTS = re.compile(
    r"(?:java|vb|live|ecma)script:|data:(?:text|image|application|audio|video|font)/|file:/"
    r"|(?:blob|jar):https?:"
)
_LINKS = frozenset({"http", "https", "mailto", "tel", "sms"})
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif)[;,]")


def normal_address(address: str) -> str:
    """One spelling for all spellings of an address.

    Character references, backslash escapes and percent signs are resolved, unseen
    characters taken out, the scheme and host written small.
    """
    previous = None
    text = address.strip().removeprefix("<").removesuffix(">")
    for _ in range(4):
        if text == previous:
            break
        previous, text = text, unquote(_ESCAPED.sub(r"\1", html.unescape(text)))
        text = _UNSEEN.sub("", text)
    head, slashes, rest = text.partition("//")
    host, slash, path = rest.partition("/")
    if slashes and (not head or head.endswith(":")):
        return f"{head.lower()}//{host.lower()}{slash}{path}".removesuffix("/")
    scheme = _SCHEME.match(text.lower())
    return text[: scheme.end()].lower() + text[scheme.end() :] if scheme else text


def find_scheme(address: str) -> str | None:
    """The scheme of an address, in small letters; None where it is relative."""
    scheme = _SCHEME.match(normal_address(address).lower())
    return scheme[1] if scheme else None


def has_script_scheme(text: str) -> bool:
    """Whether a text has an address that runs something, in whatever spelling."""
    return bool(_SCRIPTS.search(normal_address(text).lower()))


def is_elsewhere(address: str) -> bool:
    """Whether following an address asks another server."""
    # Browsers read \\ as /.
    text = normal_address(address.replace("\\", "/"))
    return text.startswith("//") or find_scheme(text) is not None


def is_safe_link(address: str) -> bool:
    """Whether a link may lead there: a page, a mail, a phone."""
    scheme = find_scheme(address)
    return (scheme is None or scheme in _LINKS) and not has_script_scheme(address)


def is_safe_picture(address: str) -> bool:
    """Whether a picture, sound or film may come from there: our own files, or data of a picture."""
    text = normal_address(address)
    return not is_elsewhere(address) or bool(_PICTURE.match(text.lower()))

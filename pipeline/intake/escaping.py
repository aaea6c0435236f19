"""Text of others → Markdown that says exactly that text: no letter of it becomes markup.

The signs are those of Python-Markdown and of the extensions that Material for MkDocs users know
(docs/reference/markdown.md). A backslash where Python-Markdown takes one, else a character
reference.
"""

import re
from urllib.parse import quote, urlsplit

from pipeline.intake.remarks import Notebook

#: Markup wherever they stand.
_ANYWHERE = re.compile(r"([\\`*_\[\]{}|])|(<)|(&(?=#?\w+;))")
#: Markup at the beginning of a line: list, heading, quotation, rule, box, fence, term, block.
_AT_START = re.compile(
    r"(?P<number>\d+)(?=\.(?:\s|$))"
    r"|(?P<backslash>[#>]|[-+](?=\s|$|[-+ ]*$))"
    r"|(?P<reference>:(?=\s|$|::)|=(?==|\s*$)|~(?=~~)|!(?=!!)|\?(?=\?\?)|/(?=//)|\$(?=\$))"
)
_CLOSING = re.compile(r"#(?=#*\s*$)")
#: Never seen: controls, marks of byte order, halves of characters. The two that turn the
#: digits of 119 into 911 are refused in every resource; STX and ETX Python-Markdown takes out.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff\u202d\u202e]")
_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


def normalise(text: str) -> str:
    """A text with single spaces, and without characters that nobody sees and that deceive."""
    return _UNSEEN.sub("", _SPACE.sub(" ", text))


def remark_on_signs(text: str, notebook: Notebook) -> None:
    """Say what of a text has no letters: signs that are there in one font alone, hidden turns."""
    if _PRIVATE.search(text):
        notebook.advise(
            "Signs that only a font of the document knows.",
            "Write in words or with a common character what they stand for.",
        )
    if "\u202d" in text or "\u202e" in text:
        notebook.lose(
            "Characters that nobody sees and that turn the text round.",
            "Read the numbers of that paragraph: they may have been shown in another order.",
        )


def escape(text: str) -> str:
    """A text for the middle of a line."""
    return _ANYWHERE.sub(_escaped, text)


def escape_start(line: str) -> str:
    """A line of Markdown whose beginning must not be read as markup of a block.

    Args:
        line: what :func:`escape` gave, or a line that begins with it.
    """
    found = _AT_START.match(line)
    if not found:
        return line
    if found["number"]:
        return f"{found[0]}\\{line[found.end() :]}"
    sign = f"\\{found[0]}" if found["backslash"] else f"&#{ord(found[0])};"
    return f"{sign}{line[found.end() :]}"


def escape_heading(line: str) -> str:
    """A line of Markdown as a heading's text: signs at its end would be taken for its closing."""
    return _CLOSING.sub(r"\\#", line)


def is_usable_link(address: str) -> bool:
    """Whether an address may stand in a resource: of the web, mail or telephone."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme.lower() in {"http", "https"}:
        return bool(parts.netloc)
    return parts.scheme.lower() in _SCHEMES


def escape_address(address: str) -> str:
    """An address for the round brackets of a link."""
    kept = quote(_UNSEEN.sub("", address.strip()), safe="!#$%&'*+,-./:;=?@_~")
    return re.sub(r"&(?=#?\w+;)", "&amp;", kept)


def _escaped(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\{found[1]}"
    return "&lt;" if found[2] else "&amp;"

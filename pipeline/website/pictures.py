"""Pictures that a language has of its own, put in the place of the source's on a rendered page.

In the Markdown their addresses stay those of the source: they stand in texts, in definitions of
references, in HTML. In the rendered page all of them are attributes of two elements.
"""

import html as entities
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

#: Nothing can be matched in two ways, so that a hostile page costs its length.
_TAG = re.compile(r"""<(?:img|source)\b(?>(?:[^<>"']+|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
#: Every attribute, so that nothing inside the value of one is taken for another.
_ATTRIBUTE = re.compile(r"""(\s([^\s=<>"'/]+)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'<>]+)""")


def localise_pictures(page: str, url: str, names: Mapping[str, str]) -> str:
    """A rendered page with a language's own pictures.

    Args:
        page: HTML.
        url: the page's address below the locale, with a slash at its end.
        names: by the path of a picture of the source, the path of the one in its place; both below
            the locale.
    """
    if not names:
        return page

    def address(found: re.Match[str]) -> str:
        name = found[2].lower()
        if name not in {"src", "srcset"}:
            return found[0]
        value = entities.unescape(found[3].strip("\"'"))
        if name == "srcset":
            parts = [part.split() for part in value.split(",") if part.strip()]
            own = ", ".join(" ".join((_own(p[0], url, names), *p[1:])) for p in parts)
        else:
            own = _own(value, url, names)
        return found[0] if own == value else f'{found[1]}"{entities.escape(own)}"'

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(address, tag[0]), page)


def _own(address: str, url: str, names: Mapping[str, str]) -> str:
    """The address of the picture in the place of another; the same where there is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme or parts.netloc or not parts.path:
        return address
    own = names.get(posixpath.normpath(posixpath.join(url, unquote(parts.path))))
    return quote(posixpath.relpath(own, url)) if own else address

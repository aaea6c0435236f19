"""Where an address of a page leads, and how one file of an archive leads to another."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import quote, unquote, urljoin, urlsplit

from lxml import html

#: Attributes that hold one address.
_SINGLE = ("href", "src", "poster")
#: What is safe as a name on every system: letters and digits of any script, and little else.
_SAFE = re.compile(r"[\w][\w.-]*(?:/[\w][\w.-]*)*")


def web_address(path: str) -> str:
    """A page's address below the site's: ``so/covid-19/``."""
    return path.removesuffix("index.html") if path.endswith("index.html") else path


def find_path(address: str, page: str, site: str) -> tuple[str, str] | None:
    """The file of the site that an address leads to, and the part of it; None for another site.

    Args:
        address: what stands in the page.
        page: the page's path below the site's folder.
        site: the site's address, with a slash at its end.
    """
    try:
        whole = urljoin(site + web_address(page), address.strip())
    except ValueError:  # a bracket that is no address
        return None
    if not whole.startswith(site):
        return None
    rest, _, fragment = whole[len(site) :].partition("#")
    path = unquote(rest.partition("?")[0])
    path = path + "index.html" if not path or path.endswith("/") else path
    return path, fragment


def make_absolute(address: str, page: str, site: str) -> str:
    """An address as it leads to the same place from anywhere.

    Args:
        address: what stands in the page; ``#part``, a mail or a phone stays as it is.
        page: the page's path below the site's folder.
        site: the site's address, with a slash at its end.
    """
    address = address.strip()
    try:
        if address.startswith("#") or urlsplit(address).scheme:
            return address
        return urljoin(site + web_address(page), address)
    except ValueError:
        return address


def relative_address(target: str, page: str, fragment: str = "") -> str:
    """The way from one file of an archive to another.

    Args:
        target: path in the archive.
        page: path of the file that the address stands in.
        fragment: the part of the target, as it stands in an address; empty for all of it.
    """
    way = quote(posixpath.relpath(target, posixpath.dirname(page) or "."))
    return f"{way}#{fragment}" if fragment else way


def is_safe_name(path: str) -> bool:
    """Whether a path can be unpacked on every system, and never outside the folder."""
    parts = path.split("/")
    return bool(_SAFE.fullmatch(path)) and not any(part.endswith(".") for part in parts)


def addresses_of(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The attributes of an element that hold one address, with it."""
    for name in _SINGLE:
        if (value := element.get(name)) is not None:
            yield name, str(value)

"""Where an address of a page leads within the site."""

from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the site.

    Attributes:
        path: the file below the site's folder; None where the address leaves the site.
        fragment: the part of the page; empty for all of it.
    """

    path: str | None
    fragment: str = ""


def web_address(path: str) -> str:
    """A page's address below the site's: ``so/covid-19/``."""
    return path.removesuffix("index.html") if path.endswith("index.html") else path


def find_place(address: str, page: str, site: str) -> Place | None:
    """Where an address leads; None where it leads to another site, a mail or a phone.

    Args:
        address: what stands in the page.
        page: the page's path below the site's folder.
        site: the site's address, with a slash at its end.
    """
    address = address.strip()
    try:
        whole = urljoin(site + web_address(page), address)
        if not whole.startswith(site):
            return _outside(address, whole, site)
    except ValueError:  # a bracket that is no address
        return Place(path=None)
    rest, _, fragment = whole[len(site) :].partition("#")
    path = unquote(rest.partition("?")[0])
    path = path + "index.html" if not path or path.endswith("/") else path
    return Place(path=path, fragment=unquote(fragment))


def _outside(address: str, whole: str, site: str) -> Place | None:
    """What leads above the site, of which nobody knows whether it is there; else None."""
    here, there = urlsplit(site), urlsplit(whole)
    is_near = there.scheme in {"http", "https"} and there.netloc == here.netloc
    return Place(path=None) if is_near and not urlsplit(address).netloc else None


def is_relative(address: str) -> bool:
    """Whether where it leads depends on where the page stands."""
    parts = urlsplit(address)
    is_bare = not parts.scheme and not parts.netloc
    return is_bare and bool(parts.path) and not parts.path.startswith("/")

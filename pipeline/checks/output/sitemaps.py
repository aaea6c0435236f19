"""Sitemaps, read back."""

from dataclasses import dataclass

from lxml import etree

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_LINK = "{http://www.w3.org/1999/xhtml}link"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """An address of a sitemap with what it says of other languages."""

    address: str
    alternates: tuple[tuple[str, str], ...]


def read_sitemap(text: str) -> tuple[SitemapEntry, ...] | None:
    """The entries of a sitemap, or of an index of sitemaps; None where it is no XML.

    Args:
        text: the file.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    return tuple(
        SitemapEntry(
            address=entry.findtext(f"{_SITEMAP}loc", ""),
            alternates=tuple((e.get("hreflang", ""), e.get("href", "")) for e in entry.iter(_LINK)),
        )
        for entry in root.iter(f"{_SITEMAP}url", f"{_SITEMAP}sitemap")
    )

"""Sitemaps (sitemaps.org 0.9): one for each locale, and an index of them at the root."""

from collections.abc import Iterable
from html import escape

from pipeline.website.views import View

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def render_sitemap(views: Iterable[View]) -> bytes:
    """The sitemap of a locale: the pages that can be read in it, with their alternates."""
    entries = "".join(_entry(view) for view in views if view.is_indexed and view.canonical)
    return f"{_HEAD}<urlset {_NAMES}>\n{entries}</urlset>\n".encode()


def _entry(view: View) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(href)}"/>'
        for tag, href in view.alternates
    )
    page = view.page
    changed = f"<lastmod>{page.document.metadata.last_checked}</lastmod>" if page else ""
    return f"<url><loc>{escape(view.canonical)}</loc>{changed}{links}</url>\n"


def render_sitemap_index(addresses: Iterable[str]) -> bytes:
    """The index at the root.

    Args:
        addresses: addresses of the sitemaps.
    """
    entries = "".join(f"<sitemap><loc>{escape(where)}</loc></sitemap>\n" for where in addresses)
    return (
        f'{_HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</sitemapindex>\n"
    ).encode()

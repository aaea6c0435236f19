"""What a generator is given: values that know none. ``pipeline.website.generator`` takes them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import Project
from pipeline.model import Locale
from pipeline.website.assets import Asset
from pipeline.website.lazy import Gallery
from pipeline.website.remake import MadePage
from pipeline.website.site import Library
from pipeline.website.speech import Speech
from pipeline.website.views import View

#: What mkdocs-static-i18n accepts as a locale (its ``RE_LOCALE``).
_PLUGIN_LOCALE = re.compile(r"[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
#: What it is told instead; it names a folder in the cache and nothing that is published.
_ALIAS = "xx"

#: MkDocs cannot link above its own root: addresses of other locales carry this until the end.
ELSEWHERE = "elsewhere-in-the-website/"

Scan = Callable[[str], Iterable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One locale's pages with all that they show: what a generator makes a site of.

    Attributes:
        library: the locale's pages, beside what the other locales have.
        speech: what templates call to write a text.
        views: the pages, by address below the locale.
        not_found: the page for a wrong address.
        assets: files that pages share.
        folder: the locale's folder in the tree that MkDocs reads.
        scan: finds what would run in a reader's browser, in rendered HTML.
        built: addresses of the pages to make.
        targets: what links may lead to beside the pages to make: name and address of each.
        gallery: width, height and smaller versions of pictures, by path below the locale.
        made: what is noted of each page, by address; filled as pages are rendered.
        headings: ids and texts of each page's headings, by address; likewise.
    """

    library: Library
    speech: Speech
    views: Mapping[str, View]
    not_found: View
    assets: Mapping[str, Asset]
    folder: str
    scan: Scan
    built: frozenset[str]
    targets: tuple[tuple[str, str], ...]
    gallery: Gallery
    made: dict[str, MadePage] = field(default_factory=dict)
    headings: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the generator.

    Attributes:
        project: the project.
        locale: the locale of the site.
        site_name: its name in that locale.
        docs: the tree of Markdown files.
        out: where the site is written.
        templates: a folder of templates that come before the theme's.
        processes: how many may render its pages.
    """

    project: Project
    locale: Locale
    site_name: str
    docs: Path
    out: Path
    templates: Path
    processes: int = 1

    @property
    def folder(self) -> str:
        """The folder of the locale in the tree: what the i18n plugin calls the language."""
        return self.folder_of(self.locale)

    @staticmethod
    def folder_of(locale: Locale) -> str:
        """What the folder of a locale is called."""
        return locale.tag if _PLUGIN_LOCALE.fullmatch(locale.tag) else _ALIAS

    @property
    def is_source(self) -> bool:
        """Whether it is the site in the source language, which has every page in full."""
        return self.locale.tag == self.project.source.tag

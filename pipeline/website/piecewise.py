"""One locale's website made in parts, anywhere, and put together here.

:func:`make_cutter` gives what cuts it, :func:`build_part` makes a part, :func:`finish_locale` what
is made of all pages. The result is that of :func:`pipeline.website.build_locale`, to the byte.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from pipeline.config import Project
from pipeline.files import remove, write_atomic
from pipeline.model import Locale
from pipeline.website import generator
from pipeline.website.build import Built
from pipeline.website.edition import Run, Scan
from pipeline.website.faults import name_faults
from pipeline.website.making import (
    make_edition,
    make_job,
    make_library,
    make_shelf,
    notes_before,
    targets_of,
    with_notes,
    write_sources,
)
from pipeline.website.parts import Cutter, Part
from pipeline.website.remake import Made, MadePage, find_lost_links
from pipeline.website.scaling import Renditions
from pipeline.website.search import render_index
from pipeline.website.site import LeafletName, LocaleSite, address
from pipeline.website.sitemap import render_sitemap
from pipeline.website.speech import Speech
from pipeline.website.tree import add_pictures, source_uri
from pipeline.website.views import make_lists, make_pages, make_stub


def make_cutter(  # noqa: PLR0913  what a website is made from
    project: Project,
    site: LocaleSite,
    *,
    published: Mapping[str, tuple[str, ...]],
    open_locales: tuple[Locale, ...],
    pictures: Mapping[Path, bytes],
    pdfs: bool,
    without_leaflet: Collection[LeafletName] = (),
    unusable: Collection[str] = (),
    captioned: Mapping[str, tuple[str, ...]] | None = None,
    renditions: Renditions | None = None,
) -> Cutter:
    """What cuts a locale's website into parts that can be made anywhere.

    Args:
        project: as for :func:`build_locale`, as are all others.
        site: likewise.
        published: likewise.
        open_locales: likewise.
        pictures: likewise.
        pdfs: likewise.
        without_leaflet: likewise.
        unusable: likewise.
        captioned: likewise.
        renditions: likewise.
    """
    library = make_library(project, site, published, open_locales, captioned)
    return Cutter(
        shelf=make_shelf(library, pdfs=pdfs, without_leaflet=without_leaflet),
        unusable=frozenset(unusable),
        pictures=pictures,
        renditions=renditions or {},
    )


def build_part(  # noqa: PLR0913  a stage says all that it takes
    project: Project,
    site: LocaleSite,
    part: Part,
    *,
    open_locales: tuple[Locale, ...],
    out: Path,
    work: Path,
    pdfs: bool,
    scan: Scan,
    shared: str = "",
) -> Built:
    """Build a part of a locale's website: its pages alone, as they are in the whole.

    Args:
        project: as for :func:`build_locale`.
        site: the locale with its interface; of its pages those of the part are taken.
        part: what to make.
        open_locales: as for :func:`build_locale`.
        out: likewise; what is not of the part may be in it too, and is not to be taken.
        work: likewise.
        pdfs: likewise.
        scan: likewise.
        shared: likewise.

    Returns:
        What was made, with the notes of its pages, and what could not be.

    Raises:
        WebsiteError: the settings or the theme are at fault, whatever the pages are.
    """
    remove(work)
    site = replace(site, pages=part.pages)
    library = make_library(project, site, part.published, open_locales, part.captioned)
    speech = Speech(locale=site.locale, interface=site.interface, locales=library.locales)
    job = make_job(project, speech, out, work, 1)
    shelf = make_shelf(library, pdfs=pdfs, without_leaflet=part.without_leaflet)
    own = {view.url: view for view in (*part.lists, *make_pages(shelf, part.around))}
    views = own if "" in own else {"": make_stub(library), **own}
    edition = make_edition(
        job,
        library,
        speech,
        views,
        scan=scan,
        built=frozenset(views),
        targets=part.targets,
        pictures=part.pictures,
        renditions=part.renditions,
    )
    write_sources(job, edition, part.pictures, part.renditions)
    faults = name_faults(generator.run(job, edition), views, job.folder)
    if any(fault.costs_page for fault in faults):
        return Built(faults=faults)
    wanted = Made(shared=shared, targets={}, pages=notes_before(own, shared))
    return Built(faults=faults, made=with_notes(wanted, edition), urls=frozenset(own))


def finish_locale(
    cutter: Cutter, *, pages: Mapping[str, MadePage], out: Path, shared: str = ""
) -> Made:
    """Write what is made of all pages of a website, where its parts have been put together.

    Args:
        cutter: what cut it.
        pages: what is noted of the pages of all parts, in the order of these.
        out: folder of the locale, with the pages of all parts.
        shared: as for :func:`build_locale`.

    Returns:
        What is noted of the whole.
    """
    shelf = cutter.shelf
    library, site = shelf.library, shelf.library.site
    speech = Speech(locale=site.locale, interface=site.interface, locales=library.locales)
    add_pictures(cutter.pictures, cutter.renditions, out)
    entries = (page.entries for page in pages.values())
    write_atomic(out / "search" / "search_index.json", render_index(speech, entries))
    views = chain(make_lists(shelf), make_pages(shelf, library.neighbours))
    write_atomic(out / "sitemap.xml", render_sitemap(views))
    own = ((str(page.document.id), address(page)) for page in site.pages)
    targets = targets_of(library, own, frozenset(cutter.unusable))
    return Made(shared=shared, targets=targets, pages=pages)


def find_unjudged(
    cutter: Cutter, parts: Sequence[Mapping[str, MadePage]]
) -> tuple[frozenset[str], frozenset[str]]:
    """Links to a part of a page that is not there, where the page is in another part.

    A generator sees only those within a part. Only the source site can judge them.

    Args:
        cutter: what cut the website.
        parts: what is noted of the pages of each part.

    Returns:
        The resources with such links, by ``topic/slug``; and all to which they lead.
    """
    library = cutter.shelf.library
    if library.site.locale.tag != library.project.source.tag:
        return frozenset(), frozenset()
    folder = Run.folder_of(library.site.locale)
    part_of = {url: number for number, pages in enumerate(parts) for url in pages}
    pages = {url: page for each in parts for url, page in each.items()}
    url_of = {source_uri(folder, url): url for url in pages}
    uri_of = {url: uri for uri, url in url_of.items()}
    lost = {
        url for url, uri in find_lost_links(pages, uri_of) if part_of[url] != part_of[url_of[uri]]
    }
    beside = {url_of[uri] for url in lost for uri, _ in pages[url].links if uri in url_of}
    return _names(lost), _names(beside)


def _names(urls: Iterable[str]) -> frozenset[str]:
    return frozenset(url.rstrip("/") for url in urls)

"""One locale's website made in parts, anywhere, and put together here.

:class:`Cutter` cuts it, :func:`build_part` makes a part, :func:`finish_locale` what
is made of all pages. The result is that of :func:`pipeline.website.build_locale`, to the byte.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from pipeline.files import remove, write_atomic
from pipeline.website import generator
from pipeline.website.build import Built
from pipeline.website.edition import Run, Scan
from pipeline.website.entries import make_shelf
from pipeline.website.faults import name_faults
from pipeline.website.making import (
    make_edition,
    make_job,
    make_speech,
    notes_before,
    targets_of,
    with_notes,
    write_sources,
)
from pipeline.website.parts import Cutter, Part
from pipeline.website.remake import Made, MadePage, find_lost_links
from pipeline.website.search import render_index
from pipeline.website.site import Manuscript, address
from pipeline.website.sitemap import render_sitemap
from pipeline.website.tree import add_pictures, source_uri
from pipeline.website.views import make_lists, make_pages, make_stub


def build_part(manuscript: Manuscript, part: Part, *, out: Path, work: Path, scan: Scan) -> Built:
    """Build a part of a locale's website: its pages alone, as they are in the whole.

    Args:
        manuscript: what the whole is made from; what a part has itself is taken from that.
        part: what to make.
        out: folder of the locale; what is not of the part may be in it too, and is not to be
            taken.
        work: folder for what is only needed while building; emptied first.
        scan: finds what would run in a reader's browser in the HTML of a page's body.

    Returns:
        What was made, with the notes of its pages, and what could not be.

    Raises:
        WebsiteError: the settings or the theme are at fault, whatever the pages are.
    """
    remove(work)
    manuscript = part.taken_from(manuscript)
    job, shelf = make_job(manuscript, out, work), make_shelf(manuscript)
    own = {view.url: view for view in (*part.lists, *make_pages(shelf, part.around))}
    views = own if "" in own else {"": make_stub(shelf.library), **own}
    edition = make_edition(
        manuscript,
        shelf.library,
        views,
        scan=scan,
        built=frozenset(views),
        targets=part.targets,
    )
    write_sources(job, edition, manuscript)
    faults = name_faults(generator.run(job, edition), views, job.folder)
    if any(fault.costs_page for fault in faults):
        return Built(faults=faults)
    made = with_notes(notes_before(manuscript, own, {}), edition)
    return Built(faults=faults, made=made, urls=frozenset(own))


def finish_locale(cutter: Cutter, *, pages: Mapping[str, MadePage], out: Path) -> Made:
    """Write what is made of all pages of a website, where its parts have been put together.

    Args:
        cutter: what cut it.
        pages: what is noted of the pages of all parts, in the order of these.
        out: folder of the locale, with the pages of all parts.

    Returns:
        What is noted of the whole.
    """
    manuscript, shelf, library = cutter.manuscript, cutter.shelf, cutter.shelf.library
    add_pictures(manuscript.pictures, manuscript.renditions, out)
    entries = (page.entries for page in pages.values())
    write_atomic(out / "search" / "search_index.json", render_index(make_speech(library), entries))
    views = chain(make_lists(shelf), make_pages(shelf, library.neighbours))
    write_atomic(out / "sitemap.xml", render_sitemap(views))
    own = ((str(page.document.id), address(page)) for page in library.site.pages)
    targets = targets_of(manuscript, own)
    return Made(shared=manuscript.made_from, targets=targets, pages=pages)


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

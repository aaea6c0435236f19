"""One locale's website, from values to files: the whole story is :func:`build_locale`."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.files import remove, write_atomic
from pipeline.website import generator
from pipeline.website.edition import Edition, Run, Scan
from pipeline.website.entries import make_shelf
from pipeline.website.faults import Fault, find_clashes, name_faults
from pipeline.website.making import (
    make_edition,
    make_job,
    notes_before,
    targets_of,
    with_notes,
    write_sources,
)
from pipeline.website.parts import find_targets_elsewhere
from pipeline.website.remake import Difference, Made, compare, find_lost_anchors, merge
from pipeline.website.search import render_index
from pipeline.website.site import Library, Manuscript
from pipeline.website.sitemap import render_sitemap
from pipeline.website.tree import source_uri
from pipeline.website.views import View, make_views


def find_difference(manuscript: Manuscript, earlier: Made) -> Difference | None:
    """Which pages of a locale would be made. Nothing is written.

    Args:
        manuscript: what its website would be made from.
        earlier: what is noted of it as it is.

    Returns:
        The addresses; None for all of them.
    """
    views = make_views(make_shelf(manuscript))
    return compare(earlier, _wanted(manuscript, views), views)


@dataclass(frozen=True, kw_only=True)
class Built:
    """What came of a locale's website.

    Attributes:
        faults: what could not be made.
        made: what is noted of it; None where it is not finished.
        urls: addresses of the pages that were made now.
        gone: addresses of pages that are no more.
    """

    faults: tuple[Fault, ...] = ()
    made: Made | None = None
    urls: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


def build_locale(
    manuscript: Manuscript,
    *,
    out: Path,
    work: Path,
    scan: Scan,
    processes: int = 1,
    earlier: Made | None = None,
    begin: Callable[[Built], object] = lambda _: None,
) -> Built:
    """Build one locale's website. Safe to run in a process of its own.

    Args:
        manuscript: what it is made from.
        out: folder of the locale in the website; emptied first.
        work: folder for what is only needed while building; emptied first.
        scan: finds what would run in a reader's browser in the HTML of a page's body.
        processes: how many may render its pages.
        earlier: what is noted of the locale's website as it is; only pages that differ are made
            then, or none at all where it cannot be told which these are.
        begin: told what will be made, before it is: where nothing goes wrong, that comes of it.

    Returns:
        What was made and what could not be. Where a fault costs a page, the tree is not
        finished: build again without that page.

    Raises:
        WebsiteError: the settings or the theme are at fault, whatever the pages are.
    """
    remove(work)
    job, shelf = make_job(manuscript, out, work, processes), make_shelf(manuscript)
    library, views = shelf.library, make_views(shelf)
    if clashes := find_clashes(views, job.folder):
        return Built(faults=clashes)
    wanted = _wanted(manuscript, views)
    difference = compare(earlier, wanted, views) if earlier else None
    if earlier and difference is None:
        return Built()
    gone = difference.gone if difference else frozenset()
    to_make = _with_home(difference.stale) if difference else _built(views, manuscript.only)
    edition = make_edition(
        manuscript,
        library,
        views,
        scan=scan,
        built=to_make,
        targets=_targets(library, views.keys() - to_make, manuscript.unusable),
    )
    built = Built(made=wanted, urls=edition.built, gone=gone)
    begin(built)
    write_sources(job, edition, manuscript)
    return _make(job, edition, built, earlier)


def _targets(
    library: Library, beside: Collection[str], unusable: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """What links may lead to beside the pages to make: the others, and what is elsewhere."""
    yield from ((url, url) for url in sorted(beside))
    yield from find_targets_elsewhere(library, unusable)


def _make(job: Run, edition: Edition, built: Built, earlier: Made | None) -> Built:
    """Make the pages, and what is made of all of them."""
    said = generator.run(job, edition) if edition.built else ()
    faults = name_faults(said, edition.views, job.folder)
    if any(fault.costs_page for fault in faults):
        return Built(faults=faults)
    return _finish(job, edition, replace(built, faults=faults), earlier)


def _finish(job: Run, edition: Edition, built: Built, earlier: Made | None) -> Built:
    """Write what is made of all pages: the search index and the sitemap."""
    wanted = built.made
    if wanted is None:
        return built
    made = merge(earlier, wanted, edition.made) if earlier else with_notes(wanted, edition)
    if earlier and _has_lost_anchors(job, made):
        return Built()
    pages = (made.pages[url] for url in edition.views if url in made.pages)
    entries = (page.entries for page in pages)
    write_atomic(job.out / "search" / "search_index.json", render_index(edition.speech, entries))
    write_atomic(job.out / "sitemap.xml", render_sitemap(edition.views.values()))
    return replace(built, made=made)


def _with_home(stale: frozenset[str]) -> frozenset[str]:
    """The pages to make: MkDocs wants to see the one that its navigation names."""
    return stale | {""} if stale else stale


def _built(views: Mapping[str, View], only: tuple[str, ...]) -> frozenset[str]:
    """Addresses of the pages to make: lists, and the resources that are asked for."""
    names = frozenset(only)
    return frozenset(
        url
        for url, view in views.items()
        if view.page is None or not names or str(view.page.document.id) in names
    )


def _wanted(manuscript: Manuscript, views: Mapping[str, View]) -> Made:
    """What is noted of the website before it is made."""
    own = ((str(view.page.document.id), url) for url, view in views.items() if view.page)
    return notes_before(manuscript, views, targets_of(manuscript, own))


def _has_lost_anchors(job: Run, made: Made) -> bool:
    # A page that is not yet there has no headings: only the source site can judge anchors.
    uris = {url: source_uri(job.folder, url) for url in made.pages}
    return job.is_source and find_lost_anchors(made, uris)

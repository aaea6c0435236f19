"""One locale's website, from values to files: the whole story is :func:`build_locale`."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import Project
from pipeline.files import remove, write_atomic
from pipeline.model import Locale
from pipeline.website import generator
from pipeline.website.edition import Edition, Run, Scan
from pipeline.website.faults import Fault, find_clashes, name_faults
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
from pipeline.website.parts import find_targets_elsewhere
from pipeline.website.remake import (
    Difference,
    Made,
    compare,
    find_lost_anchors,
    merge,
)
from pipeline.website.scaling import Renditions
from pipeline.website.search import render_index
from pipeline.website.site import LeafletName, Library, LocaleSite
from pipeline.website.sitemap import render_sitemap
from pipeline.website.speech import Speech
from pipeline.website.tree import source_uri
from pipeline.website.views import (
    View,
    make_views,
)


def find_difference(  # noqa: PLR0913  what a page is made from
    project: Project,
    site: LocaleSite,
    *,
    published: Mapping[str, tuple[str, ...]],
    open_locales: tuple[Locale, ...],
    pdfs: bool,
    unusable: Collection[str],
    captioned: Mapping[str, tuple[str, ...]],
    shared: str,
    earlier: Made,
) -> Difference | None:
    """Which pages of a locale would be made. Nothing is written.

    Args:
        project: as for :func:`build_locale`.
        site: likewise.
        published: likewise.
        open_locales: likewise.
        pdfs: likewise.
        unusable: likewise.
        captioned: likewise.
        shared: likewise.
        earlier: likewise.

    Returns:
        The addresses; None for all of them.
    """
    library = make_library(project, site, published, open_locales, captioned)
    views = make_views(make_shelf(library, pdfs=pdfs))
    return compare(earlier, _wanted(library, views, frozenset(unusable), shared), views)


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


def build_locale(  # noqa: PLR0913  a stage says all that it takes
    project: Project,
    site: LocaleSite,
    *,
    published: Mapping[str, tuple[str, ...]],
    open_locales: tuple[Locale, ...],
    pictures: Mapping[Path, bytes],
    out: Path,
    work: Path,
    pdfs: bool,
    scan: Scan,
    only: Collection[str] = (),
    without_leaflet: Collection[LeafletName] = (),
    unusable: Collection[str] = (),
    captioned: Mapping[str, tuple[str, ...]] | None = None,
    renditions: Renditions | None = None,
    processes: int = 1,
    shared: str = "",
    earlier: Made | None = None,
) -> Built:
    """Build one locale's website. Safe to run in a process of its own.

    Args:
        project: the project.
        site: the locale with its interface and its pages.
        published: tags of the locales in which each resource can be read, by ``topic/slug``.
        open_locales: the locales that the public sees.
        pictures: what pages show, made safe: bytes by path below the folder of resources.
        out: folder of the locale in the website; emptied first.
        work: folder for what is only needed while building; emptied first.
        pdfs: whether leaflets will stand beside the pages, so that pages link to them.
        scan: finds what would run in a reader's browser in the HTML of a page's body.
        only: the resources to build, by ``topic/slug``; empty for all. Lists and links are
            those of the whole site.
        without_leaflet: leaflets that could not be made, by ``topic/slug`` and form.
        unusable: resources that are there and cannot be used, by ``topic/slug``: a link to
            one leads to its topic, so that its fault is not that of the page with the link.
        captioned: tags of the locales in which a resource's video has captions, by
            ``topic/slug``.
        renditions: smaller versions of pictures, by the paths of these.
        processes: how many may render its pages.
        shared: digest of what all pages are made from; empty for a tree that nothing is noted of.
        earlier: what is noted of the locale's website as it is; only pages that differ are made
            then, or none at all where it cannot be told which these are.

    Returns:
        What was made and what could not be. Where a fault costs a page, the tree is not
        finished: build again without that page.

    Raises:
        WebsiteError: the settings or the theme are at fault, whatever the pages are.
    """
    remove(work)
    library = make_library(project, site, published, open_locales, captioned)
    speech = Speech(locale=site.locale, interface=site.interface, locales=library.locales)
    job = make_job(project, speech, out, work, processes)
    views = make_views(make_shelf(library, pdfs=pdfs, without_leaflet=without_leaflet))
    if clashes := find_clashes(views, job.folder):
        return Built(faults=clashes)
    wanted = _wanted(library, views, frozenset(unusable), shared)
    difference = compare(earlier, wanted, views) if earlier else None
    if earlier and difference is None:
        return Built()
    gone = difference.gone if difference else frozenset()
    to_make = _with_home(difference.stale) if difference else _built(views, frozenset(only))
    edition = make_edition(
        job,
        library,
        speech,
        views,
        scan=scan,
        built=to_make,
        targets=_targets(library, views.keys() - to_make, frozenset(unusable)),
        pictures=pictures,
        renditions=renditions or {},
    )
    write_sources(job, edition, pictures, renditions or {})
    return _make(job, edition, Built(made=wanted, urls=edition.built, gone=gone), earlier)


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


def _built(views: Mapping[str, View], only: frozenset[str]) -> frozenset[str]:
    """Addresses of the pages to make: lists, and the resources that are asked for."""
    return frozenset(
        url
        for url, view in views.items()
        if view.page is None or not only or str(view.page.document.id) in only
    )


def _wanted(
    library: Library, views: Mapping[str, View], unusable: frozenset[str], shared: str
) -> Made:
    """What is noted of the website before it is made."""
    own = [(str(view.page.document.id), url) for url, view in views.items() if view.page]
    return Made(
        shared=shared, targets=targets_of(library, own, unusable), pages=notes_before(views, shared)
    )


def _has_lost_anchors(job: Run, made: Made) -> bool:
    # A page that is not yet there has no headings: only the source site can judge anchors.
    uris = {url: source_uri(job.folder, url) for url in made.pages}
    return job.is_source and find_lost_anchors(made, uris)

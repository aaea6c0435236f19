"""One locale's website, from values to files: the whole story is :func:`build_locale`."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.config import Project
from pipeline.files import remove, write_atomic
from pipeline.model import Locale
from pipeline.website import generator
from pipeline.website.assets import read_assets
from pipeline.website.edition import Edition, Run, Scan
from pipeline.website.entries import Shelf
from pipeline.website.faults import Fault, find_clashes, name_faults
from pipeline.website.lazy import make_gallery
from pipeline.website.parts import Cutter, Part, find_targets_elsewhere
from pipeline.website.remake import (
    Difference,
    Made,
    MadePage,
    compare,
    digest_of_view,
    find_lost_anchors,
    find_lost_links,
    find_targets,
    merge,
)
from pipeline.website.scaling import Renditions
from pipeline.website.search import render_index
from pipeline.website.site import LeafletName, Library, LocaleSite, address
from pipeline.website.sitemap import render_sitemap
from pipeline.website.speech import Speech, render_language_partial
from pipeline.website.tree import add_pictures, source_uri, write_pictures
from pipeline.website.views import (
    View,
    make_lists,
    make_not_found,
    make_pages,
    make_stub,
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
    library = _library(project, site, published, open_locales, captioned)
    views = make_views(_shelf(library, pdfs=pdfs))
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
    library = _library(project, site, published, open_locales, captioned or {})
    speech = Speech(locale=site.locale, interface=site.interface, locales=library.locales)
    job = _job(project, speech, out, work, processes)
    views = make_views(_shelf(library, pdfs=pdfs, without_leaflet=without_leaflet))
    if clashes := find_clashes(views, job.folder):
        return Built(faults=clashes)
    wanted = _wanted(library, views, frozenset(unusable), shared)
    difference = compare(earlier, wanted, views) if earlier else None
    if earlier and difference is None:
        return Built()
    gone = difference.gone if difference else frozenset()
    to_make = _with_home(difference.stale) if difference else _built(views, frozenset(only))
    edition = Edition(
        library=library,
        speech=speech,
        views=views,
        not_found=make_not_found(library, urlsplit(project.site_url).path or "/"),
        assets=read_assets(project),
        folder=job.folder,
        scan=scan,
        built=to_make,
        targets=(
            *((url, url) for url in views if url not in to_make),
            *find_targets_elsewhere(library, frozenset(unusable)),
        ),
        gallery=make_gallery(pictures, renditions or {}),
    )
    _write_sources(job, edition, pictures, renditions or {})
    return _make(job, edition, Built(made=wanted, urls=edition.built, gone=gone), earlier)


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
    library = _library(project, site, published, open_locales, captioned or {})
    return Cutter(
        shelf=_shelf(library, pdfs=pdfs, without_leaflet=without_leaflet),
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
    library = _library(project, site, part.published, open_locales, part.captioned)
    speech = Speech(locale=site.locale, interface=site.interface, locales=library.locales)
    job = _job(project, speech, out, work, 1)
    shelf = _shelf(library, pdfs=pdfs, without_leaflet=part.without_leaflet)
    own = {view.url: view for view in (*part.lists, *make_pages(shelf, part.around))}
    views = own if "" in own else {"": make_stub(library), **own}
    edition = Edition(
        library=library,
        speech=speech,
        views=views,
        not_found=make_not_found(library, urlsplit(project.site_url).path or "/"),
        assets=read_assets(project),
        folder=job.folder,
        scan=scan,
        built=frozenset(views),
        targets=part.targets,
        gallery=make_gallery(part.pictures, part.renditions),
    )
    _write_sources(job, edition, part.pictures, part.renditions)
    faults = name_faults(generator.run(job, edition), views, job.folder)
    if any(fault.costs_page for fault in faults):
        return Built(faults=faults)
    wanted = Made(shared=shared, targets={}, pages=_before(own, shared))
    return Built(faults=faults, made=_noted(wanted, edition), urls=frozenset(own))


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
    sections = (section for page in pages.values() for section in page.sections)
    write_atomic(out / "search" / "search_index.json", render_index(speech, sections))
    views = chain(make_lists(shelf), make_pages(shelf, library.neighbours))
    write_atomic(out / "sitemap.xml", render_sitemap(views))
    own = ((str(page.document.id), address(page)) for page in site.pages)
    targets = _targets(library, own, frozenset(cutter.unusable))
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


def _shelf(library: Library, *, pdfs: bool, without_leaflet: Collection[LeafletName] = ()) -> Shelf:
    return Shelf(library=library, pdfs=pdfs, without_leaflet=frozenset(without_leaflet))


def _library(
    project: Project,
    site: LocaleSite,
    published: Mapping[str, tuple[str, ...]],
    open_locales: tuple[Locale, ...],
    captioned: Mapping[str, tuple[str, ...]],
) -> Library:
    return Library(
        project=project,
        site=site,
        published=published,
        open_locales=open_locales,
        captioned=captioned,
    )


def _write_sources(
    job: Run, edition: Edition, pictures: Mapping[Path, bytes], renditions: Renditions
) -> None:
    """Write what the generator reads from the disk, where there is something for it to make."""
    if edition.built:
        write_pictures(pictures, renditions, job.docs / job.folder)
        _write_language(job.templates, edition.speech)


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
    made = merge(earlier, wanted, edition.made) if earlier else _noted(wanted, edition)
    if earlier and _has_lost_anchors(job, made):
        return Built()
    pages = (made.pages[url] for url in edition.views if url in made.pages)
    sections = (section for page in pages for section in page.sections)
    write_atomic(job.out / "search" / "search_index.json", render_index(edition.speech, sections))
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
        shared=shared, targets=_targets(library, own, unusable), pages=_before(views, shared)
    )


def _targets(
    library: Library, own: Iterable[tuple[str, str]], unusable: frozenset[str]
) -> dict[str, str]:
    own = tuple(own)
    return find_targets(own, set(library.published) - {name for name, _ in own}, unusable)


def _before(views: Mapping[str, View], shared: str) -> dict[str, MadePage]:
    """What is noted of pages before they are made."""
    return {
        url: MadePage(digest=digest_of_view(view) if shared else "") for url, view in views.items()
    }


def _noted(wanted: Made, edition: Edition) -> Made:
    """What is noted of a website all of whose pages were made, or those that were asked for."""
    pages = {
        url: replace(edition.made[url], digest=page.digest)
        for url, page in wanted.pages.items()
        if url in edition.made
    }
    return replace(wanted, pages=pages)


def _has_lost_anchors(job: Run, made: Made) -> bool:
    # A page that is not yet there has no headings: only the source site can judge anchors.
    uris = {url: source_uri(job.folder, url) for url in made.pages}
    return job.is_source and find_lost_anchors(made, uris)


def _job(project: Project, speech: Speech, out: Path, work: Path, processes: int) -> Run:
    return Run(
        project=project,
        locale=speech.locale,
        site_name=speech.phrase("site-name").text,
        docs=work / "docs",
        out=out,
        templates=work / "templates",
        processes=processes,
    )


def _write_language(templates: Path, speech: Speech) -> None:
    path = templates / "partials" / "languages" / f"{speech.locale.tag}.html"
    write_atomic(path, render_language_partial(speech).encode())

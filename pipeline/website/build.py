"""One locale's website, from values to files: the whole story is :func:`build_locale`."""

from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.config import Project
from pipeline.files import remove, write_atomic
from pipeline.model import Locale
from pipeline.website import generator
from pipeline.website.assets import read_assets
from pipeline.website.edition import Edition, Run, Scan
from pipeline.website.faults import Fault, find_clashes, name_faults
from pipeline.website.lazy import make_gallery
from pipeline.website.scaling import Renditions
from pipeline.website.search import render_index
from pipeline.website.site import LeafletName, Library, LocaleSite
from pipeline.website.sitemap import render_sitemap
from pipeline.website.speech import Speech, render_language_partial
from pipeline.website.tree import write_pictures
from pipeline.website.views import make_not_found, make_views


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
) -> tuple[Fault, ...]:
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

    Returns:
        What could not be made. Where a fault costs a page, the tree is not finished: build
        again without that page.

    Raises:
        WebsiteError: the settings or the theme are at fault, whatever the pages are.
    """
    remove(work)
    library = Library(
        project=project,
        site=site,
        published=published,
        open_locales=open_locales,
        captioned=captioned or {},
    )
    speech = Speech(locale=site.locale, interface=site.interface, locales=library.locales)
    job = _job(project, speech, out, work, processes)
    views = make_views(library, pdfs=pdfs, without_leaflet=frozenset(without_leaflet))
    if clashes := find_clashes(views, job.folder):
        return clashes
    edition = Edition(
        library=library,
        speech=speech,
        views=views,
        not_found=make_not_found(library, urlsplit(project.site_url).path or "/"),
        assets=read_assets(project.theme_dir),
        folder=job.folder,
        scan=scan,
        only=frozenset(only),
        unusable=frozenset(unusable),
        gallery=make_gallery(pictures, renditions or {}),
    )
    write_pictures(pictures, renditions or {}, job.docs / job.folder)
    _write_language(job.templates, speech)
    faults = name_faults(generator.run(job, edition), views, job.folder)
    if any(fault.costs_page for fault in faults):
        return faults
    write_atomic(out / "search" / "search_index.json", render_index(speech, edition.sections))
    write_atomic(out / "sitemap.xml", render_sitemap(edition.views.values()))
    return faults


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

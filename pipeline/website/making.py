"""What a locale's website and each of its parts are made with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.config import Project
from pipeline.files import write_atomic
from pipeline.model import Locale
from pipeline.website.assets import read_assets
from pipeline.website.edition import Edition, Run, Scan
from pipeline.website.entries import Shelf
from pipeline.website.lazy import make_gallery
from pipeline.website.remake import Made, MadePage, digest_of_view, find_targets
from pipeline.website.scaling import Renditions
from pipeline.website.site import LeafletName, Library, LocaleSite
from pipeline.website.speech import Speech, render_language_partial
from pipeline.website.tree import write_pictures
from pipeline.website.views import View, make_not_found


def make_library(
    project: Project,
    site: LocaleSite,
    published: Mapping[str, tuple[str, ...]],
    open_locales: tuple[Locale, ...],
    captioned: Mapping[str, tuple[str, ...]] | None,
) -> Library:
    """A locale's pages beside what the others have; the values are those of :class:`Library`."""
    return Library(
        project=project,
        site=site,
        published=published,
        open_locales=open_locales,
        captioned=captioned or {},
    )


def make_shelf(
    library: Library, *, pdfs: bool, without_leaflet: Collection[LeafletName] = ()
) -> Shelf:
    """What a locale has of each resource."""
    return Shelf(library=library, pdfs=pdfs, without_leaflet=frozenset(without_leaflet))


def make_job(project: Project, speech: Speech, out: Path, work: Path, processes: int) -> Run:
    """One run of the generator, which works in ``work`` and writes to ``out``."""
    return Run(
        project=project,
        locale=speech.locale,
        site_name=speech.phrase("site-name").text,
        docs=work / "docs",
        out=out,
        templates=work / "templates",
        processes=processes,
    )


def make_edition(  # noqa: PLR0913  what a generator is given
    job: Run,
    library: Library,
    speech: Speech,
    views: Mapping[str, View],
    *,
    scan: Scan,
    built: frozenset[str],
    targets: Iterable[tuple[str, str]],
    pictures: Mapping[Path, bytes],
    renditions: Renditions,
) -> Edition:
    """What a generator makes a site of; the values are those of :class:`Edition`."""
    return Edition(
        library=library,
        speech=speech,
        views=views,
        not_found=make_not_found(library, urlsplit(job.project.site_url).path or "/"),
        assets=read_assets(job.project),
        folder=job.folder,
        scan=scan,
        built=built,
        targets=tuple(targets),
        gallery=make_gallery(pictures, renditions),
    )


def write_sources(
    job: Run, edition: Edition, pictures: Mapping[Path, bytes], renditions: Renditions
) -> None:
    """Write what the generator reads from the disk, where there is something for it to make."""
    if edition.built:
        write_pictures(pictures, renditions, job.docs / job.folder)
        _write_language(job.templates, edition.speech)


def with_notes(wanted: Made, edition: Edition) -> Made:
    """What is noted of a website all of whose pages were made, or those that were asked for."""
    pages = {
        url: replace(edition.made[url], digest=page.digest)
        for url, page in wanted.pages.items()
        if url in edition.made
    }
    return replace(wanted, pages=pages)


def notes_before(views: Mapping[str, View], shared: str) -> dict[str, MadePage]:
    """What is noted of pages before they are made."""
    return {
        url: MadePage(digest=digest_of_view(view) if shared else "") for url, view in views.items()
    }


def targets_of(
    library: Library, own: Iterable[tuple[str, str]], unusable: frozenset[str]
) -> dict[str, str]:
    """Where a link to each resource leads.

    Args:
        library: the locale's pages.
        own: names and addresses of those that it has.
        unusable: names of those that cannot be used.
    """
    own = tuple(own)
    return find_targets(own, set(library.published) - {name for name, _ in own}, unusable)


def _write_language(templates: Path, speech: Speech) -> None:
    path = templates / "partials" / "languages" / f"{speech.locale.tag}.html"
    write_atomic(path, render_language_partial(speech).encode())

"""What a locale's website and each of its parts are made with."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.files import write_atomic
from pipeline.website.assets import read_assets
from pipeline.website.edition import Edition, Run, Scan
from pipeline.website.lazy import make_gallery
from pipeline.website.remake import Made, MadePage, digest_of_view, find_targets
from pipeline.website.site import Library, Manuscript
from pipeline.website.speech import Speech, render_language_partial
from pipeline.website.tree import write_pictures
from pipeline.website.views import View, make_not_found


def make_speech(library: Library) -> Speech:
    """What templates of a locale call to write a text."""
    site = library.site
    return Speech(locale=site.locale, interface=site.interface, locales=library.locales)


def make_job(manuscript: Manuscript, out: Path, work: Path, processes: int = 1) -> Run:
    """One run of the generator, which works in ``work`` and writes to ``out``."""
    return Run(
        project=manuscript.project,
        locale=manuscript.site.locale,
        site_name=manuscript.site.interface["site-name"].text,
        docs=work / "docs",
        out=out,
        templates=work / "templates",
        processes=processes,
    )


def make_edition(
    manuscript: Manuscript,
    library: Library,
    views: Mapping[str, View],
    *,
    scan: Scan,
    built: frozenset[str],
    targets: Iterable[tuple[str, str]],
) -> Edition:
    """What a generator makes a site of; the values are those of :class:`Edition`."""
    project = manuscript.project
    return Edition(
        library=library,
        speech=make_speech(library),
        views=views,
        not_found=make_not_found(library, urlsplit(project.site_url).path or "/"),
        assets=read_assets(project),
        folder=Run.folder_of(manuscript.site.locale),
        scan=scan,
        built=built,
        targets=tuple(targets),
        gallery=make_gallery(manuscript.pictures, manuscript.renditions),
    )


def write_sources(job: Run, edition: Edition, manuscript: Manuscript) -> None:
    """Write what the generator reads from the disk, where there is something for it to make."""
    if edition.built:
        write_pictures(manuscript.pictures, manuscript.renditions, job.docs / job.folder)
        _write_language(job.templates, edition.speech)


def with_notes(wanted: Made, edition: Edition) -> Made:
    """What is noted of a website all of whose pages were made, or those that were asked for."""
    pages = {
        url: replace(edition.made[url], digest=page.digest)
        for url, page in wanted.pages.items()
        if url in edition.made
    }
    return replace(wanted, pages=pages)


def notes_before(
    manuscript: Manuscript, views: Mapping[str, View], targets: Mapping[str, str]
) -> Made:
    """What is noted of a website, or of some of its pages, before they are made."""
    shared = manuscript.made_from
    pages = {
        url: MadePage(digest=digest_of_view(view) if shared else "") for url, view in views.items()
    }
    return Made(shared=shared, targets=targets, pages=pages)


def targets_of(manuscript: Manuscript, own: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Where a link to each resource leads.

    Args:
        manuscript: what the website is made from.
        own: names and addresses of the resources that the locale has.
    """
    own = tuple(own)
    elsewhere = set(manuscript.published) - {name for name, _ in own}
    return find_targets(own, elsewhere, manuscript.unusable)


def _write_language(templates: Path, speech: Speech) -> None:
    path = templates / "partials" / "languages" / f"{speech.locale.tag}.html"
    write_atomic(path, render_language_partial(speech).encode())

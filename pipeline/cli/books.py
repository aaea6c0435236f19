"""A topic, or all of a language, as one leaflet with contents: which, and what goes into each."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.cli.leaflets import Changed, Leaflets, Lost, page_address, run_jobs
from pipeline.cli.plan import Wish
from pipeline.cli.survey import Edition, Survey
from pipeline.errors import PdfError
from pipeline.model import LeafletVariant, LocalisedPage, Phrase
from pipeline.pdf import Chapter, LeafletJob
from pipeline.website import book_path, book_topics_of

_STANDARD, _BOOK = LeafletVariant.STANDARD, LeafletVariant.BOOK


def make_books(
    shown: Survey,
    trees: Mapping[str, Path],
    wish: Wish,
    lost: Mapping[Lost, PdfError],
    changed: Changed,
) -> Leaflets:
    """Make the books that the settings ask for, of what is published.

    A build of some resources makes none: see :mod:`pipeline.cli.partial`.

    Args:
        shown: the project as it is published.
        trees: where the pages of each planned locale are, by tag.
        wish: what to build.
        lost: leaflets that could not be made: their pages are in no book.
        changed: whose pages were made; books without these are as they were.
    """
    if wish.resources or not wish.with_pdfs:
        return Leaflets(failed={})
    places = [
        (edition, topic, trees[edition.locale.tag])
        for edition in shown.open_editions
        if edition.locale.tag in trees
        for topic in book_topics_of(
            shown.project, (name.partition("/")[0] for name in edition.facts.published)
        )
    ]
    jobs = {
        (edition.locale.tag, topic, _BOOK): _job(shown, edition, topic, tree, lost)
        for edition, topic, tree in places
        if _is_changed(changed.get(edition.locale.tag, frozenset()), topic)
    }
    report = run_jobs("Making books", list(jobs.values()), shown.project, wish)
    place_of = {job.pdf_path: place for place, job in jobs.items()}
    failed = {place_of[job.pdf_path]: error for job, error in report.failed}
    return Leaflets(made=len(places) - len(failed), rendered=report.rendered, failed=failed)


def _is_changed(names: frozenset[str] | None, topic: str) -> bool:
    """Whether one of the pages of a book was made, or is no more."""
    if names is None or not topic:
        return names is None or bool(names)
    return any(name.startswith(f"{topic}/") for name in names)


def _job(
    shown: Survey, edition: Edition, topic: str, tree: Path, lost: Mapping[Lost, PdfError]
) -> LeafletJob:
    project, tag = shown.project, edition.locale.tag
    pages = tuple(
        page
        for page in _in_order(shown, edition, topic)
        if (tag, str(page.document.id), _STANDARD) not in lost
    )
    name = f"topic-{topic}" if topic else "site-name"
    english = shown.source.interface[name]
    checked = max((page.document.metadata.last_checked for page in pages), default="")
    return LeafletJob(
        page_path=tree / topic / "index.html",
        pdf_path=tree / book_path(tag, topic),
        site_root=tree,
        theme_dir=project.theme_dir,
        locale=edition.locale,
        title=edition.interface[name],
        english_title=english.text,
        address=f"{project.site_url}{tag}/{topic}/" if topic else f"{project.site_url}{tag}/",
        version=str(checked),
        interface=edition.interface,
        demonstration=project.demonstration,
        variant=_BOOK,
        chapters=tuple(
            Chapter(
                page_path=tree / page.document.topic / page.document.slug / "index.html",
                title=Phrase(page.title.text, page.title.locale),
                address=page_address(project, tag, page.document),
            )
            for page in pages
        ),
    )


def _in_order(shown: Survey, edition: Edition, topic: str) -> Iterator[LocalisedPage]:
    """The pages of a book, topic by topic as readers see them."""
    for each in (topic,) if topic else shown.project.topics:
        for page in edition.pages:
            if page.is_published and page.document.topic == each:
                yield page

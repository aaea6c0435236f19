"""The leaflets of a topic, or of all of a language, bound as one: which, and in what order.

They are bound as they stand beside their pages, not set again: below a list of contents, with page
numbers. So a book says what its leaflets say, and an edit costs it the leaflet that changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.cli.leaflets import BoundBook, Changed, Leaflets, Lost, cache_of, run_jobs
from pipeline.cli.plan import Wish
from pipeline.cli.survey import Edition, Survey
from pipeline.cli.workers import run_all
from pipeline.config import Project
from pipeline.errors import PdfError
from pipeline.files import make_folder, remove
from pipeline.model import LeafletVariant, LocalisedPage, Phrase
from pipeline.pdf import (
    Binding,
    BookJob,
    LeafletJob,
    Measured,
    Press,
    bind_book,
    measure_book,
)
from pipeline.website import book_path, book_topics_of, leaflet_name

#: A book: of which language, and its topic; empty for all of the language.
_Place = tuple[Edition, str]
_STANDARD, _BOOK = LeafletVariant.STANDARD, LeafletVariant.BOOK


def make_books(
    shown: Survey,
    trees: Mapping[str, Path],
    wish: Wish,
    lost: Mapping[Lost, PdfError],
    changed: Changed,
    press: Press | None = None,
) -> Leaflets:
    """Make the books that the settings ask for, of what is published.

    A build of some resources makes none: see :mod:`pipeline.cli.partial`.

    Args:
        shown: the project as it is published.
        trees: where the pages of each planned locale are, by tag.
        wish: what to build.
        lost: leaflets that could not be made: their pages are in no book.
        changed: whose pages were made; books without these are as they were.
        press: processes that are ready for a few leaflets.
    """
    if not _are_wanted(wish):
        return Leaflets(failed={})
    places = _find_places(shown, trees)
    books = [_book(*place, shown, trees, lost) for place in _changed(places, changed)]
    bound, failed = _make(books, wish, press) if books else ([], {})
    for book in books:
        if book.place in failed:
            remove(book.job.pdf_path)
    _forget_others(shown, [tag for tag in trees if changed.get(tag) != frozenset()], places)
    return Leaflets(
        made=len(places) - len(failed),
        rendered=sum(book.is_new for book in bound),
        failed=failed,
        books=tuple(bound),
    )


def contents_of_books(
    shown: Survey, trees: Mapping[str, Path], wish: Wish, changed: Changed
) -> list[LeafletJob]:
    """The contents of the books that :func:`make_books` is going to make, if no leaflet fails.

    They are the longest of all that an edit has set, and list nothing but titles: no leaflet has
    to be there.

    Args:
        shown: the project as it is published.
        trees: where the pages of each planned locale are, by tag.
        wish: what to build.
        changed: whose pages were made.
    """
    if not _are_wanted(wish):
        return []
    places = list(_changed(_find_places(shown, trees), changed))
    if places:
        make_folder(kept_for_books(shown.project))
    return [_book(*place, shown, trees, {}).contents for place in places]


def kept_for_books(project: Project) -> Path:
    """The folder of what is kept for books: their contents, and what is noted of them."""
    return cache_of(project) / "books"


def _are_wanted(wish: Wish) -> bool:
    return wish.with_pdfs and not wish.resources


def _find_places(shown: Survey, trees: Mapping[str, Path]) -> list[_Place]:
    """The books that the settings ask for."""
    return [
        (edition, topic)
        for edition in shown.open_editions
        if edition.locale.tag in trees
        for topic in book_topics_of(
            shown.project, (name.partition("/")[0] for name in edition.facts.published)
        )
    ]


def _forget_others(shown: Survey, tags: Iterable[str], places: Iterable[_Place]) -> None:
    """Take out of the cache what was kept for books that nobody asks for any more."""
    wanted = {(edition.locale.tag, book_path(edition.locale.tag, t)) for edition, t in places}
    for tag in tags:
        folder = kept_for_books(shown.project) / tag
        for path in folder.rglob("*.*"):
            if (tag, path.relative_to(folder).with_suffix(".pdf").as_posix()) not in wanted:
                remove(path)


@dataclass(frozen=True, kw_only=True)
class _Book:
    """A book to be made.

    Attributes:
        shown: the project as it is published.
        edition: its language.
        topic: its topic; empty where it is of all of the language.
        tree: where the language's pages are.
        pages: those whose leaflets are in it, in their order.
    """

    shown: Survey
    edition: Edition
    topic: str
    tree: Path
    pages: tuple[LocalisedPage, ...]

    @property
    def place(self) -> Lost:
        """Where it belongs, as it is told what could not be made."""
        return self.edition.locale.tag, self.topic, _BOOK

    @cached_property
    def job(self) -> BookJob:
        """What it is bound of."""
        project, tag = self.shown.project, self.edition.locale.tag
        path, cache = book_path(tag, self.topic), cache_of(project)
        return BookJob(
            pdf_path=self.tree / path,
            contents_path=kept_for_books(project) / tag / path,
            leaflets=tuple(
                self.tree / str(page.document.id) / leaflet_name(page.document, _STANDARD)
                for page in self.pages
            ),
            titles=tuple(page.title.text for page in self.pages),
            before_path=project.site_dir / tag / path,
            index_path=(kept_for_books(project) / tag / path).with_suffix(".json"),
            locale=self.edition.locale,
            theme_dir=project.theme_dir,
            cache_dir=cache,
        )

    @property
    def contents(self) -> LeafletJob:
        """What its list of contents is made from."""
        project, tag = self.shown.project, self.edition.locale.tag
        name = f"topic-{self.topic}" if self.topic else "site-name"
        checked = max((page.document.metadata.last_checked for page in self.pages), default="")
        home = f"{project.site_url}{tag}/"
        return LeafletJob(
            page_path=self.tree / self.topic / "index.html",
            pdf_path=self.job.contents_path,
            site_root=self.tree,
            theme_dir=project.theme_dir,
            locale=self.edition.locale,
            title=self.edition.interface[name],
            english_title=self.shown.source.interface[name].text,
            address=f"{home}{self.topic}/" if self.topic else home,
            version=str(checked),
            interface=self.edition.interface,
            demonstration=project.demonstration,
            variant=_BOOK,
            chapters=tuple(Phrase(page.title.text, page.title.locale) for page in self.pages),
        )


def _book(
    edition: Edition,
    topic: str,
    shown: Survey,
    trees: Mapping[str, Path],
    lost: Mapping[Lost, PdfError],
) -> _Book:
    tree = trees[edition.locale.tag]
    pages = tuple(
        page
        for page in _in_order(shown, edition, topic)
        if (edition.locale.tag, str(page.document.id), _STANDARD) not in lost
    )
    return _Book(shown=shown, edition=edition, topic=topic, tree=tree, pages=pages)


def _in_order(shown: Survey, edition: Edition, topic: str) -> Iterator[LocalisedPage]:
    """The pages of a book, topic by topic as readers see them."""
    for each in (topic,) if topic else shown.project.topics:
        for page in edition.pages:
            if page.is_published and page.document.topic == each:
                yield page


def _changed(places: Iterable[_Place], changed: Changed) -> Iterator[_Place]:
    """Those of which one of the pages was made, or is no more."""
    for edition, topic in places:
        names = changed.get(edition.locale.tag, frozenset())
        if names is None or any(not topic or name.startswith(f"{topic}/") for name in names):
            yield edition, topic


def _make(
    books: list[_Book], wish: Wish, press: Press | None
) -> tuple[list[BoundBook], dict[Lost, PdfError]]:
    """Make books; gives those that were bound, and why others were not."""
    failed: dict[Lost, PdfError] = {}
    measured: dict[Lost, Measured] = {}
    place_of = {book.job: book.place for book in books}
    for job, found in run_all(
        "Measuring books", measure_book, place_of, name=_name_of, workers=wish.workers
    ):
        if isinstance(found, PdfError):
            failed[place_of[job]] = found
        else:
            measured[place_of[job]] = found
    failed |= _make_contents([book for book in books if book.place in measured], wish, press)
    tasks = [(job, measured[place]) for job, place in place_of.items() if place not in failed]
    bound = []
    for (job, _), done in run_all(
        "Binding books", _bind, tasks, name=lambda task: _name_of(task[0]), workers=wish.workers
    ):
        if isinstance(done, PdfError):
            failed[place_of[job]] = done
            continue
        book = BoundBook(
            path=job.pdf_path,
            contents=job.contents_path,
            fresh=tuple(job.leaflets[at] for at in done.fresh),
            is_new=done.is_new,
        )
        bound.append(book)
    return bound, failed


def _make_contents(books: list[_Book], wish: Wish, press: Press | None) -> dict[Lost, PdfError]:
    """Make what comes first in books, if it is not there; gives why it cannot be made of some."""
    if not books:
        return {}
    jobs = [book.contents for book in books]
    report = run_jobs("Making contents of books", jobs, books[0].shown.project, wish, press)
    place_of = {book.job.contents_path: book.place for book in books}
    return {place_of[job.pdf_path]: error for job, error in report.failed}


def _bind(task: tuple[BookJob, Measured]) -> Binding | PdfError:
    return bind_book(*task)


def _name_of(job: BookJob) -> str:
    return job.pdf_path.name

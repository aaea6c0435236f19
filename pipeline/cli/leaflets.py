"""The leaflets of what is published, each made from its page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from pipeline.cli.blame import blame_leaflet
from pipeline.cli.console import progress
from pipeline.cli.plan import Stage, Wish
from pipeline.cli.survey import Edition, Survey
from pipeline.config import Project
from pipeline.errors import PdfError
from pipeline.files import remove
from pipeline.model import Document, LeafletVariant, LocalisedPage
from pipeline.pdf import (
    Beside,
    Campaign,
    LeafletJob,
    PdfFacts,
    Press,
    Report,
    begin_press,
    prune_leaflets,
    read_book,
    read_facts,
    render_all,
)
from pipeline.processes import in_background
from pipeline.website import card_heading, leaflet_name

#: Trees that differ, or books, up to which an edit is likely and few leaflets.
_FEW = 3
#: Leaflets that are read beside what comes after them: by themselves, and of few books those that
#: moved to another place, which are a whole topic where a page has become public.
_FEW_LEAFLETS, _FEW_IN_BOOKS = 16, 600
#: A leaflet that could not be made: locale, ``topic/slug`` (of a book its topic), form.
Lost = tuple[str, str, LeafletVariant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflets:
    """What came of the leaflets.

    Attributes:
        made: how many stand beside their pages.
        rendered: how many of them were rendered; the others were in the cache.
        failed: why a leaflet could not be made, by locale, ``topic/slug`` and form.
        remarks: what a translator should look at.
        few: where those are that may be others than before; empty where they are many.
        books: those that were bound.
    """

    made: int = 0
    rendered: int = 0
    failed: Mapping[Lost, PdfError]
    remarks: tuple[str, ...] = ()
    few: tuple[Path, ...] = ()
    books: tuple["BoundBook", ...] = ()

    def with_books(self, books: "Leaflets") -> "Leaflets":
        """These and the books that are made of them."""
        return replace(
            self,
            made=self.made + books.made,
            rendered=self.rendered + books.rendered,
            failed={**self.failed, **books.failed},
            books=books.books,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundBook:
    """A book that was bound.

    Attributes:
        path: the book.
        contents: the PDF of what comes first in it.
        fresh: leaflets in it that are not in the book that was there.
        is_new: whether it is another than that.
    """

    path: Path
    contents: Path
    fresh: tuple[Path, ...]
    is_new: bool


#: Resources whose pages were made, or are no more, by the tag of their locale; None for all.
Changed = Mapping[str, frozenset[str] | None]


def make_leaflets(
    shown: Survey,
    trees: Mapping[str, Path],
    wish: Wish,
    changed: Changed,
    press: Press | None = None,
    beside: Sequence[LeafletJob] = (),
) -> Leaflets:
    """Make the leaflets of the pages that can be read.

    Args:
        shown: the project as it is published.
        trees: where the pages of each planned locale are, by tag.
        wish: what to build.
        changed: whose pages were made; the leaflets of all others are as they were.
        press: processes that are ready for a few leaflets.
        beside: what is set with them for others, who will find it in the cache and count it.

    Raises:
        MachineError: a font package or a system library is missing.
    """
    if not wish.with_pdfs:
        return Leaflets(failed={})
    todo = [
        (page, make_job(shown, edition, page, trees, variant))
        for edition in shown.open_editions
        if edition.locale.tag in trees
        if _is_concerned(edition, changed, shown.project)
        for page in edition.pages
        if page.is_published and wish.covers(edition.locale.tag, str(page.document.id))
        for variant in page.leaflets
        if _is_to_make(shown.project, edition.locale.tag, str(page.document.id), variant, changed)
    ]
    jobs = [job for _, job in todo]
    report = run_jobs("Making leaflets", [*jobs, *beside], shown.project, wish, press)
    page_of = {job.pdf_path: page for page, job in todo}
    failed = {}
    for job, error in report.failed:
        if job.pdf_path not in page_of:
            continue
        page = page_of[job.pdf_path]
        blamed = blame_leaflet(error, shown.project, page.document, page.locale)
        failed[page.locale, str(page.document.id), job.variant] = blamed
    left = 0 if wish.resources else _count(shown, trees) - len(jobs)
    return Leaflets(
        made=left + len(jobs) - len(failed),
        rendered=sum(job.pdf_path in page_of for job in report.made),
        failed=failed,
        remarks=report.warnings,
        few=tuple(job.pdf_path for job in jobs) if len(jobs) <= _FEW_LEAFLETS else (),
    )


class FactsAhead:
    """What new leaflets say, for the look through the site: read beside what comes next.

    Args:
        leaflets: what was made; where they are many, nothing is read.
    """

    def __init__(self, leaflets: Leaflets) -> None:
        # Read here: soon the trees change places, and another file has the name.
        paths = (path for path in leaflets.few if path.suffix == ".pdf" and path.is_file())
        self._there = [path.read_bytes() for path in paths]
        books = [book for book in leaflets.books if book.is_new]
        is_few = len(books) <= _FEW and sum(len(b.fresh) for b in books) <= _FEW_IN_BOOKS
        self._books = list(map(_BookAhead.read, books)) if is_few else []
        self._result: Callable[[], dict[str, PdfFacts]] | None = None

    def begin(self) -> None:
        """Begin to read them in a process of its own."""
        work = partial(_read_all, self._there, self._books)
        self._result = in_background(work) if self._there or self._books else None

    def find(self) -> Mapping[str, PdfFacts]:
        """What they say, by the digest of their bytes; to be called once."""
        return self._result() if self._result else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _BookAhead:
    """The bytes of a book that was bound, and of what is new in it."""

    data: bytes
    contents: bytes
    fresh: tuple[bytes, ...]

    @classmethod
    def read(cls, book: BoundBook) -> "_BookAhead":
        data, contents, *fresh = (
            path.read_bytes() for path in (book.path, book.contents, *book.fresh)
        )
        return cls(data=data, contents=contents, fresh=tuple(fresh))


def _read_all(there: Iterable[bytes], books: Iterable[_BookAhead]) -> dict[str, PdfFacts]:
    read = {
        data: read_book(data, book.contents, book.fresh) for book in books if (data := book.data)
    }
    read |= {data: read_facts(data) for data in there}
    return {sha256(data).hexdigest(): facts for data, facts in read.items()}


def _count(shown: Survey, trees: Mapping[str, Path]) -> int:
    editions = (each for each in shown.open_editions if each.locale.tag in trees)
    return sum(edition.facts.leaflets for edition in editions)


def _is_concerned(edition: Edition, changed: Changed, project: Project) -> bool:
    """Whether a leaflet of a language may have changed."""
    tag, source = edition.locale.tag, project.source.tag
    return (
        changed.get(tag, frozenset()) != frozenset()
        or changed.get(source, frozenset()) != frozenset()
    )


def _is_to_make(
    project: Project, tag: str, name: str, variant: LeafletVariant, changed: Changed
) -> bool:
    """Whether a leaflet may be another one: its page was made, or the one beside it."""
    sides = [tag, project.source.tag] if variant is LeafletVariant.BILINGUAL else [tag]
    made = [changed.get(side, frozenset()) for side in sides]
    return any(names is None or name in names for names in made)


def begin_leaflets(
    press: Press,
    stages: Sequence[Stage],
    wish: Wish,
    find_ahead: Callable[[], Sequence[LeafletJob]],
) -> None:
    """Have processes ready for leaflets, where a few will have to be made.

    Args:
        press: the processes.
        stages: the trees that are not current.
        wish: what to build.
        find_ahead: gives what can be set before the pages are there.
    """
    is_few = 0 < len(stages) <= _FEW and all(stage.built_digest for stage in stages)
    if wish.with_pdfs and is_few and not wish.machines:
        project = stages[0].project
        folders = {"cache_dir": cache_of(project), "theme_dir": project.theme_dir}
        begin_press(press, **folders, ahead=find_ahead())


def cache_of(project: Project) -> Path:
    """The folder that leaflets and what they are made with are kept in."""
    return project.cache_dir / "pdf"


def forget_leaflets(project: Project, wish: Wish) -> None:
    """Take out of the cache, once a day, what is not in the site and nobody asked for in a month.

    Args:
        project: the project, when all is published.
        wish: what was built.
    """
    if wish.with_pdfs:
        prune_leaflets(cache_of(project), project.site_dir)


def run_jobs(
    title: str,
    jobs: list[LeafletJob],
    project: Project,
    wish: Wish,
    press: Press | None = None,
) -> Report:
    """Make leaflets, with a progress bar.

    Args:
        title: what is being done.
        jobs: what to make.
        project: the project.
        wish: what to build.
        press: processes that are ready.
    """
    with progress(title, len(jobs)) as advance:
        try:
            return render_all(
                jobs,
                workers=wish.workers,
                cache_dir=cache_of(project),
                on_done=lambda job: advance(job.pdf_path.name),
                elsewhere=wish.machines.render if wish.machines else None,
                press=press,
            )
        except PdfError as error:
            # A font of the project's own that cannot be read: no leaflet, but every page.
            for job in jobs:
                remove(job.pdf_path)
            return Report(made=(), cached=0, failed=tuple((job, error) for job in jobs))


def make_job(
    shown: Survey,
    edition: Edition,
    page: LocalisedPage,
    trees: Mapping[str, Path],
    variant: LeafletVariant,
) -> LeafletJob:
    """What a leaflet is made from.

    Args:
        shown: the project as it is published.
        edition: the locale.
        page: its page.
        trees: where the pages of each locale are, by tag; of a bilingual leaflet also those of the
            source language.
        variant: the form of the leaflet.
    """
    project, document, tag = shown.project, page.document, edition.locale.tag
    folder = trees[tag] / document.topic / document.slug
    beside = None
    if variant is LeafletVariant.BILINGUAL:
        source = project.source
        other = trees.get(source.tag, project.site_dir / source.tag)
        beside = Beside(
            page_path=other / document.topic / document.slug / "index.html",
            locale=source,
            address=page_address(project, source.tag, document),
        )
    return LeafletJob(
        page_path=folder / "index.html",
        pdf_path=folder / leaflet_name(document, variant),
        site_root=trees[tag],
        theme_dir=project.theme_dir,
        locale=edition.locale,
        title=page.title,
        english_title=document.metadata.title,
        address=page_address(project, tag, document),
        version=str(document.metadata.last_checked),
        interface=edition.interface,
        demonstration=project.demonstration,
        variant=variant,
        beside=beside,
        campaign=campaign_of(edition, page) if variant.is_campaign else None,
    )


def campaign_of(edition: Edition, page: LocalisedPage) -> Campaign:
    """What a poster or a card says: of the front matter what is in the reader's language.

    Args:
        edition: the locale.
        page: its page.
    """
    tag = edition.locale.tag
    return Campaign(
        heading=card_heading(page, edition.locale, edition.interface),
        summary=page.summary if page.summary.locale == tag else None,
        details=tuple((name, said) for name, said in page.details if said.locale == tag),
    )


def page_address(project: Project, tag: str, document: Document) -> str:
    """The address of a page on the public site, with a slash at its end."""
    return f"{project.site_url}{tag}/{document.topic}/{document.slug}/"

"""A topic as one book: contents with page numbers, then its leaflets as they are."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from pipeline.checks.output.leaflets import recovered_share
from pipeline.errors import PdfError
from pipeline.model import LeafletVariant, Phrase
from pipeline.pdf import (
    Binding,
    BookJob,
    bind_book,
    measure_book,
    read_book,
    read_facts,
    render_leaflet,
)

PAGES = {
    "so": {"call": ("Wac 999", "Guriga joog."), "rest": ("Naso", "5 maalmood.")},
    "ar": {"call": ("اتصل بالرقم 999", "ابقَ في المنزل."), "rest": ("الراحة", "5 أيام.")},
}
STYLE = Path(__file__).parents[2] / "theme/print-book.css"


@pytest.fixture
def make_book(make_job, cache_dir, tmp_path):
    """A book of two pages, measured, its contents set."""

    def make(tag):
        jobs = [
            make_job(f"<p>{advice}</p>", tag=tag, slug=slug, heading=title)
            for slug, (title, advice) in PAGES[tag].items()
        ]
        for job in jobs:
            job.pdf_path.write_bytes(render_leaflet(job, cache_dir=cache_dir))
        first = jobs[0]
        (first.theme_dir / STYLE.name).write_bytes(STYLE.read_bytes())
        titles = tuple(title for title, _ in PAGES[tag].values())
        book = BookJob(
            pdf_path=tmp_path / "new/covid-19-book.pdf",
            contents_path=tmp_path / "contents.pdf",
            leaflets=tuple(job.pdf_path for job in jobs),
            titles=titles,
            before_path=tmp_path / "new/covid-19-book.pdf",
            index_path=tmp_path / "index.json",
            locale=first.locale,
            theme_dir=first.theme_dir,
            cache_dir=cache_dir,
        )
        measured = measure_book(book)
        assert [taken.pages for _, taken in measured] == [1, 1]
        chapters = tuple(Phrase(title, tag) for title in titles)
        contents = replace(first, variant=LeafletVariant.BOOK, chapters=chapters)
        book.contents_path.write_bytes(render_leaflet(contents, cache_dir=cache_dir))
        return book

    return make


@pytest.mark.parametrize(("tag", "said"), [("so", "Naso (2)"), ("ar", "الراحة (2)")])
def test_a_book_has_contents_and_every_word(make_book, tag, said):
    book = make_book(tag)
    assert bind_book(book, measure_book(book)).fresh == (0, 1)
    facts, reader = read_facts(book.pdf_path.read_bytes()), PdfReader(book.pdf_path)
    assert len(reader.pages) == 3
    assert (facts.language, facts.is_tagged, facts.missing_glyphs) == (tag, True, 0)
    written = " ".join(text for page in PAGES[tag].values() for text in page)
    assert recovered_share(written, facts.text) == 1.0
    # The drawn page number is said with its link.
    assert [ref.get_object()["/Contents"] for ref in reader.pages[0]["/Annots"]][-1] == said


def test_a_theme_of_before_books_were_bound_will_do(make_job, cache_dir):
    first = make_job("<p>Naso.</p>", tag="so")
    (first.theme_dir / STYLE.name).write_text(
        '.leaflet-contents a::after { content: leader(".") " " target-counter(attr(href), page) }'
    )
    chapters = (Phrase("Wac 999", "so"),)
    job = replace(first, variant=LeafletVariant.BOOK, chapters=chapters)
    said = read_facts(render_leaflet(job, cache_dir=cache_dir)).text
    assert "\nWac 999\n" in said
    assert ".\n.\n" not in said


def test_after_an_edit_only_what_changed_is_bound_anew(make_book):
    book = make_book("so")
    bind_book(book, measure_book(book))
    once = book.pdf_path.read_bytes()
    assert bind_book(book, measure_book(book)) == Binding(fresh=(), is_new=False)
    assert book.pdf_path.read_bytes() == once
    # What an edit leaves of it: the second leaflet is that of the first page.
    book.leaflets[1].write_bytes(book.leaflets[0].read_bytes())
    assert bind_book(book, measure_book(book)) == Binding(fresh=(1,), is_new=True)
    edited = book.pdf_path.read_bytes()
    book.index_path.unlink()
    assert bind_book(book, measure_book(book)).fresh == (0, 1)
    assert book.pdf_path.read_bytes() == edited
    # Where nothing can be noted, all is bound each time.
    book.index_path.unlink()
    book.index_path.mkdir()
    assert bind_book(book, measure_book(book)).fresh == (0, 1)
    assert book.pdf_path.read_bytes() == edited


def test_what_is_read_of_a_book_is_what_is_new_in_it(make_book):
    book = make_book("so")
    bind_book(book, measure_book(book))
    data, contents = book.pdf_path.read_bytes(), book.contents_path.read_bytes()
    call, rest = (path.read_bytes() for path in book.leaflets)
    facts = read_book(data, contents, [rest])
    assert facts.text == f"{read_facts(contents).text}\n{read_facts(rest).text}"
    assert (facts.title, facts.language, facts.is_tagged) == (read_facts(data).title, "so", True)
    assert facts.fault == ""
    # A book without one of its leaflets is told.
    other = replace(book, leaflets=book.leaflets[:1] * 2)
    bind_book(other, measure_book(other))
    facts = read_book(other.pdf_path.read_bytes(), contents, [call, rest])
    assert facts.fault == "a leaflet is not in it as it should be"
    assert read_book(data, contents, [b"%PDF-1.7"]).fault
    # One that others can read, and that nobody can compare, is told too.
    other = BytesIO()
    PdfWriter(clone_from=book.leaflets[0]).write(other)
    assert read_facts(other.getvalue()).fault == ""
    told = read_book(data, contents, [other.getvalue()]).fault
    assert told == "a leaflet is not in it as it should be"


def test_why_a_book_cannot_be_bound_is_told_with_the_file(make_book):
    book = make_book("so")
    measured = measure_book(book)
    book.leaflets[1].write_bytes(b"%PDF-1.7 cut off")
    error = measure_book(book)
    assert isinstance(error, PdfError)
    assert error.path == book.leaflets[1]
    assert str(error.message) == "A book cannot be bound of this: it has no end."
    error = bind_book(book, measured)
    assert isinstance(error, PdfError)
    assert not book.pdf_path.exists()
    book.leaflets[1].unlink()
    assert "No such file" in measure_book(book).message
    none = measure_book(replace(book, leaflets=(), titles=()))
    assert none.message == "A book cannot be bound of this: none of its leaflets could be made."

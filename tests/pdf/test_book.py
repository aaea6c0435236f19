"""A topic as one book: contents, chapters, bookmarks; links and pictures lead where they did."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader

from pipeline.checks.output.leaflets import recovered_share
from pipeline.model import LeafletVariant, Phrase
from pipeline.pdf import Chapter, read_facts, render_leaflet
from pipeline.pdf.leaflet import compose_book

PAGES = {
    "so": ("Wac 999", "Naso", "Guriga joog 5 maalmood."),
    "ar": ("اتصل بالرقم 999", "الراحة", "ابقَ في المنزل 5 أيام."),
}


@pytest.fixture
def make_book(make_job):
    """A book of two pages with the same ids, each with a picture of its own folder."""

    def make(tag):
        call, rest, advice = PAGES[tag]
        content = f'<h2 id="a">{advice}</h2><p><a href="#a">{advice}</a></p>'
        content += '<p><img src="images/dot.svg" alt="dot"></p>'
        jobs = [
            make_job(content, tag=tag, slug=slug, heading=title)
            for slug, title in (("call", call), ("rest", rest))
        ]
        book = jobs[0]
        style = Path(__file__).parents[2] / "theme/print-book.css"
        (book.theme_dir / style.name).write_bytes(style.read_bytes())
        chapters = tuple(
            Chapter(page_path=job.page_path, title=Phrase("x", tag), address=job.address)
            for job in jobs
        )
        page = book.site_root / "covid-19/index.html"
        return replace(book, page_path=page, variant=LeafletVariant.BOOK, chapters=chapters)

    return make


@pytest.mark.parametrize("tag", PAGES)
def test_a_book_has_contents_and_bookmarks_and_every_word(make_book, cache_dir, tag):
    data = render_leaflet(make_book(tag), cache_dir=cache_dir)
    reader = PdfReader(BytesIO(data))
    call, rest, advice = PAGES[tag]
    assert len(reader.pages) == 3
    titles = [each.title for each in reader.outline if not isinstance(each, list)]
    assert titles == ["Rest at home", call, rest]
    facts = read_facts(data)
    assert (facts.language, facts.is_tagged, facts.missing_glyphs) == (tag, True, 0)
    assert recovered_share(f"{call} {rest} {advice}", facts.text) == 1.0
    # The contents lead to the second and the third page, and say so.
    first = reader.pages[0]
    inner = [r.get_object() for r in first["/Annots"] if "/Dest" in r.get_object()]
    assert [link["/Dest"] for link in inner] == ["c1", "c2"]


def test_ids_of_chapters_are_kept_apart_and_pictures_found(make_book):
    job = make_book("so")
    leaflet = compose_book([each.page_path.read_bytes() for each in job.chapters], job)
    root = html.document_fromstring(leaflet.html)
    assert root.xpath("//main//@id") == ["c1", "c1-a", "c2", "c2-a"]
    assert root.xpath("//main//a/@href") == ["#c1", "#c2", "#c1-a", "#c2-a"]
    assert root.xpath("//main//img/@src") == ["call/images/dot.svg", "rest/images/dot.svg"]
    assert all(path.is_file() for path in leaflet.pictures)

"""A build of one resource into the site that is there: no link on any page leads nowhere."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

PART = ("build", "--jobs", "1", "--resource", "covid-19/fever")
STYLES = "theme/assets/css/site.css"


def dead_links(site: Path) -> list[tuple[str, str]]:
    """Each address of a page, or of what it loads, that no file answers for."""
    return sorted(
        (page.relative_to(site).as_posix(), address)
        for page in site.rglob("*.html")
        for element in html.fromstring(page.read_bytes()).iter("a", "link", "script", "img")
        for address in (element.get("href"), element.get("src"))
        if address and not _is_answered(site, page, address)
    )  # fmt: skip


def _is_answered(site: Path, page: Path, address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return True
    path = unquote(parts.path)
    found = site / path[1:] if path.startswith("/") else page.parent / path
    return (found / "index.html" if found.is_dir() else found).is_file()


def write_resource(place, slug: str) -> Path:
    path = place.resource.parent / f"{slug}.md"
    text = place.resource.read_text("utf-8").replace("title: Fever", f"title: {slug.title()}")
    path.write_text(text, "utf-8")
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def library(place, pipeline):
    write_resource(place, "cough")
    pipeline("sync")
    return place


def put_book(site: Path, name: str) -> Path:
    """A book and the link to it, as theme/site/topic.html and home.html have it."""
    book = site / name
    book.write_bytes(b"%PDF: Drink water often.")
    link = f'<p><a href="{book.name}" type="application/pdf">All in one PDF</a></p>\n</main>'
    edit(book.parent / "index.html", "</main>", link)
    return book


def test_books_of_an_older_text_go_with_the_links_to_them(library, pipeline):
    # Books themselves take seconds to make; that the links of real ones go is shown in
    # tests/e2e/test_leaflets.py.
    place, site = library, library.root / "site"
    edit(place.root / "pipeline.toml", "books = []", 'books = ["topic", "language"]')
    assert pipeline("build", "--jobs", "1", "--no-pdf").code == 0
    books = [put_book(site, f"en/{name}") for name in ("covid-19/covid-19-book.pdf", "en-book.pdf")]
    # Nothing has changed: the books stay.
    assert pipeline(*PART, "--no-pdf").code == 0
    assert all(book.is_file() for book in books)
    assert 'href="covid-19-book.pdf"' in (site / "en/covid-19/index.html").read_text("utf-8")
    edit(place.resource, "Drink water often.", "Drink a glass each hour.")
    edit(place.root / STYLES, ":root {", "p { margin: 0 }\n:root {")
    assert pipeline(*PART, "--no-pdf").code == 0
    assert "Drink a glass each hour." in (site / "en/covid-19/fever/index.html").read_text("utf-8")
    assert not any(book.exists() for book in books)
    for page in ("en/index.html", "en/covid-19/index.html"):
        assert "All in one PDF" not in (site / page).read_text("utf-8")
    assert dead_links(site) == []


def test_a_page_has_neighbours_that_are_there(library, pipeline):
    place, site = library, library.root / "site"
    told = "The site has no en/index.html yet, to which pages would lead: all resources are built."
    assert told in pipeline(*PART, "--no-pdf").err
    assert dead_links(site) == []
    write_resource(place, "flu")
    pipeline("sync")
    assert "The site has no en/covid-19/flu/index.html yet" in pipeline(*PART, "--no-pdf").err
    assert (site / "en/covid-19/flu/index.html").is_file()
    assert dead_links(site) == []
    # What is new and asked for has a place; nothing else is made.
    write_resource(place, "rash")
    pipeline("sync")
    ran = pipeline(*PART, "--no-pdf", "--resource", "covid-19/rash")
    assert "all resources are built" not in ran.err
    assert dead_links(site) == []


def test_pages_of_other_languages_keep_the_styles_that_they_were_made_with(library, pipeline):
    site, whole = library.root / "site", ("build", "--jobs", "1", "--no-pdf")
    assert pipeline(*whole).code == 0
    edit(library.root / STYLES, ":root {", "p { margin: 0 }\n:root {")
    assert pipeline(*whole, "--locale", "so").code == 0
    assert len(list((site / "assets/css").glob("site.*.css"))) == 2
    assert dead_links(site) == []
    assert pipeline(*whole).code == 0
    assert len(list((site / "assets/css").glob("site.*.css"))) == 1

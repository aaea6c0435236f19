"""A build of one resource into the site that is there: no link on any page leads nowhere."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

PART = ("build", "--jobs", "1", "--resource", "covid-19/fever")
BOOK, BOOK_OF_ALL = "site/en/covid-19/covid-19-book.pdf", "site/en/en-book.pdf"


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


@pytest.mark.usefixtures("fonts")
def test_books_of_an_older_text_go_with_the_links_to_them(library, pipeline):
    place, site = library, library.root / "site"
    edit(place.root / "pipeline.toml", "books = []", 'books = ["topic", "language"]')
    assert pipeline("build", "--jobs", "1").code == 0
    # Nothing has changed: the books stay.
    assert pipeline(*PART).code == 0
    books = [place.root / BOOK, place.root / BOOK_OF_ALL]
    assert all(book.is_file() for book in books)
    assert 'href="covid-19-book.pdf"' in (site / "en/covid-19/index.html").read_text("utf-8")
    edit(place.resource, "Drink water often.", "Drink a glass each hour.")
    assert pipeline(*PART, "--no-pdf").code == 0
    assert "Drink a glass each hour." in (site / "en/covid-19/fever/index.html").read_text("utf-8")
    assert not any(book.exists() for book in books)
    for page in ("en/index.html", "en/covid-19/index.html"):
        assert "book" not in (site / page).read_text("utf-8")
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
    ran = pipeline(
        "build", "--no-pdf", "--resource", "covid-19/rash", "--resource", "covid-19/fever"
    )
    assert "all resources are built" not in ran.err
    assert dead_links(site) == []


@pytest.mark.parametrize("part", [PART, ("build", "--jobs", "1", "--locale", "so")])
def test_pages_that_stay_keep_the_styles_that_they_were_made_with(library, pipeline, part):
    site, sheet = library.root / "site", library.root / "theme/assets/css/site.css"
    assert pipeline("build", "--jobs", "1", "--no-pdf").code == 0
    edit(sheet, ":root {", "p { margin: 0 }\n:root {")
    assert pipeline(*part, "--no-pdf").code == 0
    assert len(list((site / "assets/css").glob("site.*.css"))) == 2
    assert dead_links(site) == []
    assert pipeline("build", "--jobs", "1", "--no-pdf").code == 0
    assert len(list((site / "assets/css").glob("site.*.css"))) == 1

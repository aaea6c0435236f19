"""What is wrong with pages is told page by page, all of it in one run."""

import pytest

from pipeline.errors import WebsiteError
from pipeline.model import PageState
from pipeline.website import LocaleSite, Manuscript, build_locale


@pytest.fixture
def faults_of(workshop):
    """Build pages in a language and give back what was wrong."""

    def build(tag, pages, scan=lambda _: ()):
        return build_locale(
            Manuscript(
                project=workshop.project,
                site=LocaleSite(
                    locale=workshop.project.locale(tag) if tag != "en" else workshop.project.source,
                    interface=workshop.interface(tag),
                    pages=tuple(pages),
                ),
                published={str(page.document.id): ("en", tag) for page in pages},
                open_locales=workshop.locales(("so", "ar")),
                pdfs=True,
            ),
            out=workshop.folder / "site",
            work=workshop.folder / "work",
            scan=scan,
        ).faults

    return build


def scan(html):
    if "eval" in html:
        return ["a script"]
    if "stumble" in html:
        raise ValueError("cannot read this")
    return []


def test_every_page_with_a_fault_is_named_in_one_run(workshop, faults_of):
    texts = ["Nabad.", "[x](gone.md)", "eval", "stumble", "[y](gone.md) [z](lost.md)"]
    pages = [
        workshop.page(workshop.document(f"covid-19/page-{n}", f"Page {n}"), "so", text)
        for n, text in enumerate(texts)
    ]
    faults = faults_of("so", pages, scan)
    assert [fault.name for fault in faults] == [f"covid-19/page-{n}" for n in (1, 2, 3, 4)]
    assert all(fault.costs_page for fault in faults)
    messages = [fault.error.message for fault in faults]
    assert "the target 'covid-19/gone.md' is not found" in messages[0]
    assert messages[1] == "The page would run something in the reader's browser: a script"
    assert messages[2] == "Error reading page 'covid-19/page-3.md': cannot read this (so)."
    assert "gone.md" in messages[3]


def test_a_link_to_a_part_that_is_not_there_costs_no_page(workshop, faults_of):
    document = workshop.document("covid-19/rest", "Rest")
    page = workshop.page(document, "en", "[x](#nowhere)", state=PageState.SOURCE)
    (fault,) = faults_of("en", [page])
    assert (fault.name, fault.costs_page) == ("covid-19/rest", False)
    assert (workshop.folder / "site/covid-19/rest/index.html").is_file()
    assert (workshop.folder / "site/sitemap.xml").is_file()


def test_a_template_that_cannot_be_read_is_no_fault_of_a_page(workshop, faults_of):
    template = workshop.project.theme_dir / "site/resource.html"
    text = template.read_text("utf-8")
    page = workshop.page(workshop.document("covid-19/rest", "Rest"), "so", "Nabad.")
    try:
        template.write_text("{% if %}", "utf-8")
        with pytest.raises(WebsiteError, match="The theme cannot be used"):
            faults_of("so", [page])
        template.unlink()
        with pytest.raises(WebsiteError, match=r"site/resource\.html"):
            faults_of("so", [page])
    finally:
        template.write_text(text, "utf-8")


def test_a_page_that_cannot_be_shown_in_the_source_language_is_a_plain_short_page(workshop):
    document = workshop.document("covid-19/rest", "Rest")
    built = workshop.build(
        "en", [workshop.not_yet(document, "en")], published={"covid-19/rest": ()}
    )
    root = built.root("covid-19/rest")
    assert root.xpath("string(//h1)") == "Rest"
    assert "This page cannot be shown at the moment." in root.xpath("string(//article)")
    assert "call 999" in root.xpath("string(//article)")
    assert root.xpath("//link[@rel='alternate']") == []
    assert root.xpath("//article//a[contains(@href, '/en/')]") == []

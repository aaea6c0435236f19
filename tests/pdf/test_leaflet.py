"""The cover and the footer."""

import pytest
from lxml import html

from pipeline.errors import PdfError
from pipeline.model import Phrase
from pipeline.pdf.leaflet import compose


def composed(job) -> html.HtmlElement:
    return html.document_fromstring(compose(job.page_path.read_bytes(), job).html.decode())


def by_class(root: html.HtmlElement, name: str) -> html.HtmlElement:
    [found] = root.xpath(f".//*[@class='{name}']")
    return found


def test_the_cover_says_in_two_languages_what_the_leaflet_is(make_job):
    job = make_job("<p>استرح.</p>", tag="ar", title="الراحة في المنزل", heading="الراحة في المنزل")
    root = composed(job)
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert root.find(".//title").text == "الراحة في المنزل (Rest at home, Arabic)"
    assert root.find(".//h1").text == "الراحة في المنزل"
    assert by_class(root, "leaflet-english").text == "Rest at home"
    assert by_class(root, "leaflet-language").text_content() == "Arabic · العربية"


def test_an_english_leaflet_says_its_title_once(make_job):
    root = composed(make_job("<p>Sleep.</p>", title="Rest at home"))
    assert root.find(".//title").text == "Rest at home"
    assert not root.xpath(".//*[@class='leaflet-english']")
    assert by_class(root, "leaflet-language").text_content() == "English"


def test_the_cover_shows_the_address_to_the_camera_and_to_the_eye(make_job):
    job = make_job("<p>Sleep.</p>")
    address = by_class(composed(job), "leaflet-address")
    assert address.find("img").get("alt") == job.address
    assert address.find("img").get("src").startswith("data:image/svg+xml;base64,")
    assert by_class(address, "leaflet-url").text_content() == job.address


def test_the_version_changes_with_a_word(make_job):
    def version(content):
        return by_class(composed(make_job(content)), "leaflet-version").text_content()

    assert version("<p>5 days</p>") != version("<p>10 days</p>")
    assert version("<p>5 days</p>") == version("<p>5 days</p>")
    assert version("<p>5 days</p>").startswith("Last checked: 2026-11-24 · Version: 2026-11-24.")


def test_the_footer_counts_pages_in_the_reader_s_words_and_isolates_the_numbers(make_job):
    job = make_job(
        "<p>স</p>", tag="bn",
        interface={"pdf-page": Phrase(text="{pages} পৃষ্ঠার {page}", locale="bn")},
    )  # fmt: skip
    line = by_class(composed(job), "leaflet-page")
    assert html.tostring(line, encoding="unicode").strip() == (
        '<p class="leaflet-page"><bdi dir="ltr" class="leaflet-counter-pages"></bdi> পৃষ্ঠার '
        '<bdi dir="ltr" class="leaflet-counter-page"></bdi></p>'
    )


def test_a_demonstration_says_so_on_the_cover_and_in_the_footer(make_job):
    notice = "Tani waa tusaale."
    job = make_job(
        "<p>Naso.</p>", tag="so",
        interface={"notice-demonstration": Phrase(text=notice, locale="so")},
    )  # fmt: skip
    root = composed(job)
    assert by_class(root, "leaflet-demonstration").text == notice
    assert by_class(root, "leaflet-footer-notice").text == notice
    real = composed(make_job("<p>Naso.</p>", tag="so", demonstration=False))
    assert notice not in real.text_content()


def test_a_string_that_is_not_translated_says_its_own_language(make_job):
    notice = by_class(composed(make_job("<p>Naso.</p>", tag="so")), "leaflet-demonstration")
    assert (notice.get("lang"), notice.get("dir")) == ("en", "ltr")


def test_a_leaflet_without_a_title_is_refused(make_job):
    with pytest.raises(PdfError, match="no title"):
        composed(make_job("<p>Sleep.</p>", title=" "))

"""What a page says to who shows a link to it, and its posters and pictures to share."""

from dataclasses import replace

import pytest

from pipeline.model import LeafletVariant, Phrase

CARD, A4, A3, PICTURE = (
    LeafletVariant.CARD,
    LeafletVariant.POSTER_A4,
    LeafletVariant.POSTER_A3,
    LeafletVariant.PICTURE_CARD,
)
URL = "covid-19/when-to-get-help"
STRINGS = {"poster": "Boodh (PDF)", "picture-card": "Sawir la wadaago", "ages": "Da'da"}


@pytest.fixture
def build(workshop):
    """The Somali page with all that a campaign needs."""

    def make(title="Goorta la waco", strings=STRINGS, **options):
        document = workshop.document("covid-19/when-to-get-help", "When to get help")
        page = replace(
            workshop.page(document, "so", "Qoraal.", title=title),
            leaflets=(LeafletVariant.STANDARD, A4, A3, PICTURE, CARD),
            details=(("ages", Phrase("3 ilaa 11", "so")), ("materials", Phrase("Paper", "en"))),
        )
        return workshop.build("so", [page], strings=strings, **options)

    return make


def said(root) -> dict[str, str]:
    found = root.xpath("//head/meta[starts-with(@property, 'og:image') or @name='twitter:card']")
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in found}


def test_a_page_names_its_card_with_the_whole_address_its_size_and_its_text(build, workshop):
    assert said(build().root(URL)) == {
        "og:image": f"{workshop.project.site_url}so/{URL}/when-to-get-help-card.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Goorta la waco",
        "twitter:card": "summary_large_image",
    }


@pytest.mark.parametrize(
    ("strings", "alt"),
    [
        ({"topic-covid-19": "COVID-19 (so)", "site-name": "Caafimaad"}, "COVID-19 (so)"),
        ({"site-name": "Caafimaad"}, "Caafimaad"),
        ({}, "Soomaali"),
    ],
)
def test_a_title_in_another_language_is_on_no_card(build, strings, alt):
    assert said(build(title="", strings=strings).root(URL))["og:image:alt"] == alt


def test_a_card_that_could_not_be_made_is_not_named(build):
    assert said(build(without_leaflet={(URL, CARD)}).root(URL)) == {}
    assert said(build(pdfs=False).root(URL)) == {}


def test_posters_stand_among_the_forms_and_the_picture_beside_what_is_shared(build):
    root = build().root(URL)
    ways = root.xpath("//details[contains(@class, 'ways')]//a")
    assert [(a.get("href"), a.text_content()) for a in ways] == [
        ("when-to-get-help-poster-a4.pdf", "Boodh (PDF) · A4"),
        ("when-to-get-help-poster-a3.pdf", "Boodh (PDF) · A3"),
    ]
    (picture,) = root.xpath("//div[@class='keeping']//a[@type='image/png']")
    assert picture.get("href") == "when-to-get-help-picture-card.png"
    assert picture.text_content() == "Sawir la wadaago"


def test_what_an_activity_needs_is_said_where_it_is_in_the_readers_language(build):
    facts = build().root(URL).xpath("//footer[@class='facts']//div")
    shown = {div.xpath("string(dt)"): div.xpath("string(dd)") for div in facts}
    assert shown["Da'da"] == "3 ilaa 11"
    assert "Paper" not in shown.values()

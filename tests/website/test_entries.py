"""Lists say in which forms each resource is there."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model import Captions, LeafletVariant, Video

SOMALI = {"format-page": "Bogga shabakadda", "format-pdf": "PDF", "format-video": "Muuqaal"}


@pytest.fixture
def build(workshop):
    """Build a leaflet, a film and one that is not there yet."""
    fever = workshop.document("covid-19/fever", "Fever")
    hands = replace(
        workshop.document("covid-19/hands", "Wash your hands"),
        video=Video(
            file="covid-19/hands.webm",
            media_type="video/webm",
            digest="d",
            captions=Captions(path=Path("hands.en.vtt"), text="WEBVTT\n"),
        ),
    )
    other = workshop.document("covid-19/long-covid", "Long COVID")

    def build_all(**options):
        pages = [
            workshop.page(fever, "so", "Wac 999.", title="Qandho"),
            workshop.page(hands, "so", "Dhaq gacmahaaga.", title="Dhaq gacmahaaga"),
            workshop.not_yet(other, "so"),
        ]
        return workshop.build("so", pages, strings=SOMALI, **options)

    return build_all


def listed(root):
    return {
        entry.findtext("a") or entry.xpath("string(a)"): entry.xpath("string(p[@class='formats'])")
        for entry in root.xpath("//ul[@class='entries']/li")
    }


def test_each_resource_is_listed_with_what_there_is(build):
    site = build()
    assert (
        listed(site.root(""))
        == listed(site.root("covid-19/"))
        == {
            "Qandho": "Bogga shabakadda · PDF",
            "Dhaq gacmahaaga": "Bogga shabakadda · PDF · Muuqaal",
            "Long COVID": "",
        }
    )


def test_a_leaflet_that_is_not_there_is_not_listed(build):
    site = build(without_leaflet={("covid-19/fever", LeafletVariant.STANDARD)})
    assert listed(site.root(""))["Qandho"] == "Bogga shabakadda"
    assert listed(build(pdfs=False).root(""))["Dhaq gacmahaaga"] == "Bogga shabakadda · Muuqaal"

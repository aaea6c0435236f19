"""Which forms of its leaflet a page has."""

import dataclasses
from datetime import date

import pytest

from pipeline.assemble import choose_variants, source_page
from pipeline.content import find_body, parse_metadata
from pipeline.model import (
    Direction,
    Document,
    Locale,
    LocalisedPage,
    Metadata,
    PageState,
    Phrase,
)
from pipeline.segments import split

TEXT = """\
---
title: Rainy day
summary: Things to do indoors.
audience: Parents
risk: activity
urgency: routine
owner: Health team
sources:
  - title: NHS
    url: https://www.nhs.uk/
    checked: 2026-11-20
last_checked: 2026-11-20
review_by: 2027-05-20
---

!!! warning critical "Keep your child safe"
    Never leave a child alone near water.

## Sheet 1: Bingo {.sheet}

Find a leaf.
"""
CAMPAIGN = ["poster-a4", "poster-a3", "picture-card"]
ENGLISH = Locale(
    tag="en", autonym="English", english_name="English", direction=Direction.LTR, script="Latn",
    plural_forms="", digits="latn", fonts=(), people=None, people_source="",
)  # fmt: skip


def forms(text: str, tmp_path, *, state: PageState, title_locale: str = "en") -> list[str]:
    path = tmp_path / "x.md"
    reading = parse_metadata(text, path=path, topic="parents", tags=(), today=date(2026, 11, 24))
    assert isinstance(reading.metadata, Metadata), reading.errors
    document = Document(topic="parents", slug="x", path=path, text=text, metadata=reading.metadata)
    page: LocalisedPage = source_page(document, locale=ENGLISH, body_start=find_body(text))
    title = Phrase(page.title.text, title_locale)
    page = dataclasses.replace(page, state=state, title=title)
    return [str(variant) for variant in choose_variants(page, split(text))]


@pytest.mark.parametrize(
    ("change", "state", "wanted"),
    [
        # posters and a picture to share are for activities
        (("", ""), PageState.SOURCE, ["standard", "large-print", "sheets", *CAMPAIGN, "card"]),
        (
            ("", ""),
            PageState.LIVE,
            ["standard", "large-print", "bilingual", "sheets", *CAMPAIGN, "card"],
        ),
        (
            ("risk: activity", "risk: general"),
            PageState.SOURCE,
            ["standard", "large-print", "sheets", "card"],
        ),
        (
            ("risk: activity", "risk: clinical"),
            PageState.LIVE_WITH_GAPS,
            ["standard", "large-print", "bilingual", "key-facts", "sheets", "card"],
        ),
        # the page itself is the key facts, and nothing stands beside the rest
        (
            ("risk: activity", "risk: clinical"),
            PageState.KEY_FACTS,
            ["standard", "large-print", "sheets", "card"],
        ),
        (
            ("{.sheet}", ""),
            PageState.SOURCE,
            ["standard", "large-print", *CAMPAIGN, "card"],
        ),
        (("owner:", "leaflets: []\nowner:"), PageState.LIVE, ["standard"]),
        (
            ("owner:", "leaflets: [booklet, bilingual, key-facts]\nowner:"),
            PageState.SOURCE,
            ["standard", "key-facts", "booklet", "card"],
        ),
        (
            ("owner:", "leaflets: [poster-a3]\nowner:"),
            PageState.SOURCE,
            ["standard", "poster-a3", "card"],
        ),
        (("", ""), PageState.NOT_YET, []),
        (("", ""), PageState.WITHDRAWN, []),
    ],
)
def test_forms_by_kind_of_resource_and_by_wish(tmp_path, change, state, wanted):
    assert forms(TEXT.replace(*change), tmp_path, state=state) == wanted


def test_without_a_title_in_the_readers_language_there_is_a_card_and_no_poster(tmp_path):
    found = forms(TEXT, tmp_path, state=PageState.LIVE, title_locale="so")
    assert found == ["standard", "large-print", "bilingual", "sheets", "card"]

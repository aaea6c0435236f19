"""What messengers show beside a link to a page."""

from dataclasses import replace

import pytest

from pipeline.checks.output import Picture, PublishedFile, is_campaign_picture
from pipeline.checks.output.cards import check_share_card
from pipeline.checks.output.publication import check_unapproved_page, check_unpublished_text
from pipeline.model import LeafletVariant, PageState

from .conftest import ADDRESS, TITLES, complete, digest

PAGE = "ar/covid-19/fever/index.html"
CARD = "ar/covid-19/fever/fever-card.png"
HEAD = f"""<head>
<meta property="og:image" content="{ADDRESS}{CARD}">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="{TITLES["ar"]}">
<meta name="twitter:card" content="summary_large_image">"""


@pytest.fixture
def carded(site):
    """The site with a card of its Arabic page."""

    def make(old="", new="", *, width=1200, text="", size=20_000):
        html = site.pages[PAGE].replace("<head>", HEAD.replace(old, new), 1)
        made = complete(replace(site, pages={**site.pages, PAGE: html}))
        file = PublishedFile(path=CARD, digest="1", variant=LeafletVariant.CARD)
        page = PublishedFile(path=PAGE, digest=digest(html))
        return replace(
            made,
            entries=tuple(
                replace(e, pictures=(file,), page=page) if e.locale == "ar" else e
                for e in made.entries
            ),
            sizes={**made.sizes, CARD: size},
            digests={**made.digests, CARD: "1"},
            pictures={CARD: Picture(width=width, height=630, text=f"{TITLES['ar']}\n{text}")},
        )

    return make


def test_a_card_as_it_should_be_has_no_finding(carded):
    for check in (check_share_card, check_unapproved_page, check_unpublished_text):
        assert check(carded()) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (ADDRESS + CARD, "fever-card.png", "names “fever-card.png” as its card, not ar/covid-19/"),
        (
            f"{ADDRESS}ar/",
            f"{ADDRESS}so/",
            "so/covid-19/fever/fever-card.png” as its card, not ar/",
        ),
        ("1200", "600", "does not say how large its card is"),
        (TITLES["ar"], "Fever", "The text of its card is “Fever”"),
        (TITLES["ar"], "", "The text of its card is “”"),
        ("summary_large_image", "summary", "does not ask for a large card"),
    ],
)
def test_what_a_page_says_wrongly_of_its_card_is_told(carded, old, new, told):
    (finding,) = check_share_card(carded(old, new))
    assert (str(finding.severity), str(finding.path)) == ("major", f"site/{PAGE}")
    assert told in finding.message


def test_a_card_of_another_size_and_one_too_heavy_are_told(carded):
    (finding,) = check_share_card(carded(width=600))
    assert finding.message == "This picture has 600 × 630 dots, and should have 1200 × 630."
    (finding,) = check_share_card(carded(size=300_001))
    assert finding.message == "Messengers show no picture above 300 kB."


def test_a_notice_that_names_a_card_is_critical_and_a_card_without_its_page_too(carded):
    site = carded()
    entries = tuple(
        replace(e, state="not-yet", pictures=(), leaflets=()) if e.locale == "ar" else e
        for e in site.entries
    )
    states = {**site.expected, ("ar", "covid-19/fever"): PageState.NOT_YET}
    down = replace(site, entries=entries, expected=states)
    (finding,) = check_share_card(down)
    assert finding.severity == "critical"
    strangers = [f.message for f in check_unapproved_page(down) if str(f.path).endswith(CARD)]
    assert strangers == ["The manifest does not know this file: it is of an older build."]


def test_a_text_that_nobody_may_read_is_found_in_a_card_and_in_what_a_page_says_of_it(carded):
    secret = carded().secrets[0]
    site = carded(text=secret.text)
    site = replace(site, secrets=(replace(secret, locale="ar"),))
    (finding,) = check_unpublished_text(site)
    assert str(finding.path) == f"site/{CARD}"
    site = carded(TITLES["ar"], secret.text)
    site = replace(site, secrets=(replace(secret, locale="ar"),))
    (finding,) = check_unpublished_text(site)
    assert str(finding.path) == f"site/{PAGE}"


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        (CARD, True),
        ("so/parents/rain/rain-picture-card.png", True),
        ("so/parents/rain/images/id-card.png", False),
        ("so/parents/rain/wind-card.png", False),
    ],
)
def test_which_pictures_are_cards(path, is_one):
    assert is_campaign_picture(path) is is_one

"""The site that ships, as readers meet it."""

import re

import pytest
from lxml import html

from pipeline.website.fonts import FONTS

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 844}
HELP = "covid-19/when-to-get-help/"


@pytest.mark.parametrize(
    ("tag", "direction", "title"),
    [
        ("en", "ltr", "When to get help with COVID-19"),
        ("so", "ltr", None),
        ("ar", "rtl", None),
        ("bn", "ltr", None),
        ("ti", "ltr", None),
        ("zh", "ltr", None),
    ],
)
def test_a_page_says_its_language_and_direction(visit, tag, direction, title):
    page = visit(f"{tag}/{HELP}")
    html = page.locator("html")
    assert html.get_attribute("lang") == tag
    assert html.get_attribute("dir") == direction
    heading = page.locator("h1").inner_text()
    assert heading == title if title else not re.search(r"When to get help", heading)
    # What the reader sees first is in the reader's language, not English under its name.
    if tag != "en":
        assert page.locator("h1 [lang=en], h1[lang=en]").count() == 0


def test_every_language_of_the_table_works_in_the_public_lang(built, visit):
    tags = [entry["locale"] for entry in built.manifest()["locales"] if entry["open"]]
    assert len(tags) == 25
    for tag in ("ckb", "prs", "fil", "zh", "ps"):
        page = visit(f"{tag}/")
        assert page.locator("html").get_attribute("lang") == tag


def test_the_switcher_stays_on_the_page_and_names_languages_in_themselves(visit):
    page = visit(f"en/{HELP}")
    page.locator("details.languages summary").click()
    somali = page.get_by_role("link", name="Soomaali")
    assert somali.get_attribute("lang") == "so"
    assert page.get_by_role("link", name="العربية").get_attribute("dir") == "rtl"
    somali.click()
    page.wait_for_url(f"**/so/{HELP}")
    assert page.locator("html").get_attribute("lang") == "so"


def test_alternates_list_only_pages_that_exist_in_that_language(built, visit):
    page = visit(f"en/{HELP}")
    links = page.locator("link[rel=alternate][hreflang]")
    listed = {link.get_attribute("hreflang") for link in links.all()} - {"x-default"}
    live = {
        entry["locale"]
        for entry in built.manifest()["resources"]
        if entry["resource"] == HELP.rstrip("/") and entry["state"] not in {"not-yet", "closed"}
    }
    assert listed == live
    assert {"en", "so", "ar", "bn", "pl"} <= listed
    assert "ckb" not in listed


def test_a_missing_page_says_so_in_the_readers_language(visit):
    page = visit("so/covid-19/long-covid/")
    assert page.locator("html").get_attribute("lang") == "so"
    assert page.locator("h1").inner_text() == "Boggani weli diyaar kuma aha luqaddaada."
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert page.locator("link[rel=alternate][hreflang]").count() == 0
    assert page.get_by_text("I speak Somali. Please can I have an interpreter?").is_visible()
    page.locator("article a[hreflang=en]").first.click()
    page.wait_for_url("**/en/covid-19/long-covid/")


@pytest.mark.parametrize("tag", ["en", "so", "ar", "bn", "ti", "zh", "prs", "ckb"])
def test_every_page_says_that_it_is_a_demonstration(visit, tag):
    page = visit(f"{tag}/{HELP}", viewport=PHONE)
    assert page.locator("[role=note]").first.is_visible()


@pytest.mark.parametrize("tag", ["en", "so", "ar", "bn", "ti", "zh", "ckb"])
def test_nothing_overflows_a_phone(visit, tag):
    for path in (f"{tag}/", f"{tag}/covid-19/", f"{tag}/{HELP}"):
        page = visit(path, viewport=PHONE)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], path


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("text", ["a sentence that goes on " * 6, "w" * 60])
def test_a_long_label_or_cell_does_not_widen_the_page(visit, tag, text):
    page = visit(f"{tag}/{HELP}", viewport=PHONE)
    page.evaluate(
        """text => document.querySelector(".body").insertAdjacentHTML("beforeend", `
            <div class="tabbed-set tabbed-alternate"><input type="radio" id="t">
              <div class="tabbed-labels"><label for="t">${text}</label></div></div>
            <table><tr><td>${text}</td><td>${text}</td></tr></table>`)""",
        text,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("tag", ["zh", "bn", "ti", "ta", "ckb"])
def test_a_font_for_the_script_is_there_for_devices_without_one(visit, tag):
    page = visit(f"{tag}/{HELP}", viewport=PHONE)
    family = f"Spare {page.locator('[data-script]').first.get_attribute('data-script')}"
    states = page.evaluate(
        """async family => {
            const faces = [...document.fonts].filter(face => face.family.includes(family));
            await Promise.all(faces.map(face => face.load()));
            return faces.map(face => face.status);
        }""",
        family,
    )
    assert states == ["loaded"]


@pytest.mark.parametrize("name", ["index.html", "404.html"])
def test_what_stands_above_all_languages_in_chinese_needs_the_small_font_only(built, name):
    (link,) = html.parse(built.site / name).xpath("//ul[@class='gateway']//a[@hreflang='zh']")
    (small,) = (font for font in FONTS if font.family == "Spare Name")
    text = link.text_content() + (link.get("data-suggest") or "")
    assert [char for char in text if f"U+{ord(char):X}" not in small.ranges.split(", ")] == []


@pytest.mark.parametrize("tag", ["zh", "bn", "ti", "ta", "gu", "pa", "ne", "am"])
def test_no_letter_is_shown_as_a_box(visit, tag):
    page = visit(f"{tag}/{HELP}", viewport=PHONE)
    page.evaluate("document.fonts.ready.then(() => true)")
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    for place in ("h1", ".bar__name", ".demonstration p", "summary"):
        node = tools.send("DOM.querySelector", {"nodeId": root, "selector": place})["nodeId"]
        used = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        # Where no font has a letter, Chromium draws the box of this one.
        assert {font["familyName"] for font in used} != {"DejaVu Sans"}, place


def test_phone_numbers_read_the_right_way_round_in_arabic(visit):
    page = visit(f"ar/{HELP}")
    numbers = page.locator("article bdi[dir=ltr]").all_inner_texts()
    assert "999" in numbers


def test_the_gateway_suggests_and_does_not_force(visit):
    page = visit("", locale="so-GB")
    suggestion = page.locator("#suggestion a")
    suggestion.wait_for()
    assert suggestion.get_attribute("href").endswith("so/")
    assert suggestion.get_attribute("lang") == "so"
    assert page.url.rstrip("/").count("/") == 2  # still the root


def test_a_reader_of_another_language_is_offered_it_on_the_english_page(visit):
    page = visit(f"en/{HELP}", locale="so-GB", viewport=PHONE)
    offer = page.locator(".offer a")
    offer.wait_for()
    assert offer.inner_text() == "Boggan ku akhri af Soomaali"
    assert offer.get_attribute("lang") == "so"
    offer.click()
    page.wait_for_url(f"**/so/{HELP}")
    # What was chosen holds, whatever the browser is set to; the gateway knows it too.
    page.goto(page.url.replace(f"so/{HELP}", ""))
    assert page.locator("#suggestion a").first.get_attribute("hreflang") == "so"
    assert page.context.cookies() == []


def test_an_offer_that_is_put_away_does_not_come_again(visit):
    page = visit(f"en/{HELP}", locale="ar")
    page.locator(".offer").get_by_role("button", name="لا، شكرًا").click()
    assert page.locator(".offer").count() == 0
    assert page.evaluate("document.activeElement.id") == "site-content"
    page.goto(page.url, wait_until="networkidle")
    assert page.locator(".offer").count() == 0


@pytest.mark.parametrize(
    ("path", "locale"),
    [("en/covid-19/long-covid/", "so"), (f"en/{HELP}", "en-GB"), (f"ar/{HELP}", "so")],
)
def test_what_cannot_be_read_or_is_being_read_is_not_offered(visit, path, locale):
    page = visit(path, locale=locale)
    page.wait_for_load_state("networkidle")
    assert page.locator(".offer").count() == 0


@pytest.mark.parametrize("tag", ["en", "ar", "ti"])
def test_a_visit_is_light(built, browser, visits, tag):
    context = browser.new_context(viewport=PHONE)
    first = visits.visit(context, f"{built.address}{tag}/{HELP}")
    later = visits.visit(context, f"{built.address}{tag}/covid-19/long-covid/")
    context.close()
    assert first.text <= 45
    assert first.requests <= 8
    assert later.text <= 12
    assert first.missing == later.missing == ()


def test_the_gateway_works_without_scripts(visit):
    page = visit("", java_script_enabled=False)
    page.get_by_role("link", name="Soomaali").click()
    page.wait_for_url("**/so/")


@pytest.mark.parametrize(
    ("tag", "title"), [("so", "Boggaas ma heli karno"), ("pl", "Nie możemy znaleźć tej strony")]
)
def test_a_wrong_address_is_told_in_the_readers_language(visit, tag, title):
    page = visit(f"{tag}/404.html")
    assert page.locator("html").get_attribute("lang") == tag
    assert page.locator("h1").inner_text() == title


@pytest.mark.parametrize("tag", ["en", "so", "ar", "bn", "ti", "zh"])
def test_no_request_fails(built, browser, tag):
    page = browser.new_page()
    failed = []
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    page.goto(f"{built.address}{tag}/{HELP}", wait_until="networkidle")
    page.close()
    assert failed == []


def test_anchors_of_the_source_survive_translation(visit):
    english = visit(f"en/{HELP}")
    ids = [h.get_attribute("id") for h in english.locator("article h2[id]").all()]
    somali = visit(f"so/{HELP}")
    assert [h.get_attribute("id") for h in somali.locator("article h2[id]").all()] == ids
    assert "how-to-call-999" in ids

"""Each kind of page as readers with different eyes, hands and devices meet it.

A sample of what ``scripts/walk_pages.py`` does with every page, width and scheme (`make walk`).
"""

import pytest

pytestmark = pytest.mark.e2e

PHONE, DESK = 360, 1280
LEAFLET = "covid-19/when-to-get-help/"
FILM = "covid-19/wash-your-hands/"
GAPS = "covid-19/look-after-yourself-at-home/"
#: Every kind of page and script, each width and scheme several times.
PAGES = [
    ("", PHONE, "dark"),
    (f"so/{LEAFLET}", PHONE, "dark"),
    (f"so/{FILM}", DESK, "light"),
    ("ar/", DESK, "dark"),
    (f"ar/{LEAFLET}", PHONE, "light"),
    ("bn/covid-19/", PHONE, "dark"),
    ("bn/search/?q=111", DESK, "light"),
    (f"ti/{LEAFLET}", DESK, "dark"),
    (f"ur/{GAPS}", PHONE, "dark"),  # the key facts alone
    ("ur/404.html", DESK, "light"),
    ("zh/covid-19/long-covid/", DESK, "dark"),
    (f"fr/{GAPS}", PHONE, "light"),  # with parts in English
]


@pytest.mark.parametrize(("path", "width", "scheme"), PAGES)
def test_axe_finds_nothing_and_a_page_obeys_its_own_policy(
    built, browser, walk, path, width, scheme
):
    size = {"width": width, "height": 800}
    page = walk.open_page(browser, built.address + path, viewport=size, color_scheme=scheme)
    found = walk.find_faults(page)
    page.context.close()
    assert found == []


@pytest.mark.parametrize("path", ["bn/", f"ar/{LEAFLET}", f"ti/{LEAFLET}", f"fr/{GAPS}"])
def test_wide_spacing_and_400_percent_cut_nothing_off(built, browser, walk, path):
    size = {"width": PHONE, "height": 800}
    page = walk.open_page(browser, built.address + path, viewport=size)
    found = walk.find_cut_texts(page)
    page.context.close()
    assert found == []


@pytest.mark.parametrize(("path", "width"), [(f"ar/{LEAFLET}", PHONE), (f"so/{FILM}", DESK)])
def test_tab_reaches_all_in_the_order_of_reading_with_a_frame_and_gets_out(
    built, browser, walk, path, width
):
    size = {"width": width, "height": 800}
    page = walk.open_page(browser, built.address + path, viewport=size)
    stops = list(walk.list_stops(page))
    page.context.close()
    assert walk.find_lost_stops(stops) == []
    assert [stop["name"].split()[0] for stop in stops[:1]] == ["#site-content"]
    assert len(stops) > 15


def test_the_keyboard_skips_to_the_text_and_opens_what_opens(visit):
    page = visit(f"ar/{LEAFLET}")
    page.keyboard.press("Tab")
    assert page.locator(".md-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    # Past the bar, its menus and its search, at the first link of the text.
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.locator(".languages > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.languages__menu') !== null")

"""Badges: words, escaping, contrast, and the command that writes them."""

import re
from xml.etree import ElementTree as ET

import pytest

from pipeline.cli.badges import Badge, make_badge, render_badge
from pipeline.model import Coverage, Direction, Locale, PageState
from pipeline.status import LanguageState, ResourceState, TranslationState

SVG = "{http://www.w3.org/2000/svg}"
COVERAGE = Coverage(
    segments=1,
    segments_translated=1,
    words=3,
    words_translated=3,
    critical=0,
    critical_translated=0,
)


def row(*states: TranslationState, name: str = "Somali", notices: tuple[str, ...] = ()):
    locale = Locale(
        tag="so",
        autonym="Soomaali",
        english_name=name,
        direction=Direction.LTR,
        script="Latn",
        plural_forms="",
        digits="latn",
        fonts=(),
        people=14_685,
        people_source="Census 2021",
    )
    readable = {TranslationState.LIVE, TranslationState.STALE, TranslationState.OVERDUE}
    cells = tuple(
        ResourceState(
            resource=f"covid-19/page-{number}",
            locale="so",
            state=state,
            coverage=COVERAGE,
            is_sample=False,
            is_urgent=False,
            page=PageState.LIVE if state in readable else PageState.NOT_YET,
        )
        for number, state in enumerate(states)
    )
    return LanguageState(locale=locale, missing_notices=notices, resources=cells)


def texts(svg: str) -> list[str]:
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


LIVE, STALE, MISSING = TranslationState.LIVE, TranslationState.STALE, TranslationState.MISSING


@pytest.mark.parametrize(
    ("state", "value"),
    [
        (row(LIVE, LIVE, STALE, *[MISSING] * 9), "3 of 12 · 1 stale"),
        (row(LIVE, LIVE), "2 of 2"),
        (row(MISSING), "0 of 1"),
        (row(), "0 of 0"),
        (row(TranslationState.DAMAGED, TranslationState.OVERDUE), "1 of 2 · 1 damaged · 1 overdue"),
        (row(MISSING, notices=("notice-not-yet",)), "0 of 1 · not open"),
    ],
)
def test_a_badge_says_how_many_can_be_read_and_what_is_wrong(state, value):
    assert texts(render_badge(make_badge(state))) == ["Somali", value]


def test_a_badge_tells_the_same_in_a_sentence():
    root = ET.fromstring(render_badge(make_badge(row(LIVE, STALE))))  # noqa: S314
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Somali: 2 of 2 · 1 stale"
    assert root.find(f"{SVG}desc").text == "Of 2 resources 2 can be read in Somali, 1 stale."


def test_no_name_becomes_markup():
    name = "</text><script>alert(1)</script>&\"'\x07\u202e"
    svg = render_badge(make_badge(row(LIVE, name=name)))
    assert "<script" not in svg
    assert texts(svg)[0] == "</text><script>alert(1)</script>&\"'"


@pytest.mark.parametrize("states", [(LIVE,), (LIVE, MISSING), (MISSING,), (STALE,)])
def test_white_letters_can_be_read_on_every_ground(states):
    for colour in (make_badge(row(*states)).colour, "#333333"):
        assert contrast_with_white(colour) > 6


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2, contrast ratio."""
    parts = [int(part, 16) / 255 for part in re.findall("..", colour[1:])]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (light + 0.05)


def test_the_words_fit_in_their_fields(browser):
    badge = Badge(
        label="Central Kurdish (Sorani)",
        value="12 of 12 · 12 withdrawn · samples",
        colour="#a30000",
        meaning="",
    )
    page = browser.new_page()
    page.set_content(render_badge(badge))
    boxes = page.eval_on_selector_all(
        "text", "all => all.map(t => [t.getBBox().x, t.getBBox().width])"
    )
    width = page.eval_on_selector("svg", "svg => svg.width.baseVal.value")
    page.close()
    (left, first), (middle, second) = boxes
    assert left + first <= middle - 13
    assert middle + second <= width - 6


# --- the command -----------------------------------------------------------------


def test_the_badge_of_a_language_goes_to_standard_output(place, pipeline):
    pipeline("sync")
    place.translate({"Stay at home for 5 days.": "Guriga joog 5 maalmood."})
    ran = pipeline("badge", "--locale", "so")
    assert ran.code == 0
    assert texts(ran.out) == ["Somali", "0 of 1"]


def test_the_badge_of_a_language_goes_into_a_file(place, pipeline):
    ran = pipeline("badge", "--locale", "ar", "--output", "new/badge.svg")
    assert (ran.code, ran.out) == (0, "")
    assert texts((place.root / "new/badge.svg").read_text("utf-8")) == ["Arabic", "0 of 1"]


def test_badges_of_all_languages_go_into_a_folder(place, pipeline):
    assert pipeline("badge", "--all", "badges").code == 0
    found = {path.name: path.read_text("utf-8") for path in (place.root / "badges").iterdir()}
    assert sorted(found) == ["ar.svg", "ckb.svg", "so.svg"]
    assert texts(found["ckb.svg"])[0] == "Central Kurdish (Sorani)"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say --locale TAG for one language, or --all DIR for every one."),
        (("--locale", "so", "--all", "b"), "Say --locale TAG for one language"),
        (("--all", "b", "--output", "x.svg"), "--output goes with --locale"),
        (("--locale", "en"), "is the source language"),
    ],
)
@pytest.mark.usefixtures("place")
def test_what_makes_no_sense_is_refused(pipeline, arguments, said):
    ran = pipeline("badge", *arguments)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.usefixtures("place")
def test_an_unknown_language_is_refused(pipeline):
    ran = pipeline("badge", "--locale", "xx")
    assert ran.code != 0
    assert "xx" in ran.err
    assert "Traceback" not in ran.err

"""The dashboard: what it says, to whom it is readable, and that nothing in it can run."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from pipeline.cli.dashboard import Report, render_page
from pipeline.cli.dashboard.history import draw_history
from pipeline.cli.dashboard.looks import LOOKS
from pipeline.ledger import format_time
from pipeline.ledger.writing import append
from pipeline.model import Coverage, Direction, Locale, PageState
from pipeline.status import (
    Clock,
    LanguageState,
    Lateness,
    ResourceState,
    Round,
    Tally,
    TranslationState,
    Wait,
)
from pipeline.workflow import Event, EventKind, Role

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
S = TranslationState
PAGES = {
    S.LIVE: PageState.LIVE,
    S.GAPS: PageState.LIVE_WITH_GAPS,
    S.STALE: PageState.LIVE_WITH_GAPS,
    S.OVERDUE: PageState.LIVE,
    S.KEY_FACTS: PageState.KEY_FACTS,
    S.WITHDRAWN: PageState.WITHDRAWN,
}
COVERAGE = Coverage(
    segments=0,
    segments_translated=0,
    words=0,
    words_translated=0,
    critical=0,
    critical_translated=0,
)


def ago(**span: float) -> str:
    return format_time(NOW - timedelta(**span))


def locale(tag: str, english: str, autonym: str, people: int | None = None) -> Locale:
    return Locale(
        tag=tag,
        autonym=autonym,
        english_name=english,
        direction=Direction.RTL if tag in {"ar", "prs"} else Direction.LTR,
        script="Arab" if tag in {"ar", "prs"} else "Latn",
        plural_forms="",
        digits="latn",
        fonts=(),
        people=people,
        people_source=f"Census 2021, TS024: {english}" if people else "No census asks for it.",
    )


ENGLISH = locale("en", "English", "English")
SOMALI = locale("so", "Somali", "Soomaali", 14_685)
ARABIC = locale("ar", "Arabic", "العربية", 41_338)
DARI = locale("prs", "Dari", "دری")


def cell(resource: str, tag: str, state: TranslationState, **more: object) -> ResourceState:
    values = {
        "resource": resource,
        "locale": tag,
        "state": state,
        "coverage": COVERAGE,
        "is_sample": False,
        "is_urgent": False,
        "page": PAGES.get(state, PageState.NOT_YET),
        "words": Tally(total=120, translated=40, signed=20),
    }
    return ResourceState(**(values | more))


def waited(tag: str) -> ResourceState:
    """Urgent, approved four days ago, with the reviser for 1 d 20 h."""
    return cell(
        "covid-19/fever",
        tag,
        S.IN_REVIEW,
        is_urgent=True,
        waits=(Wait(role=Role.REVISER, since=ago(days=1, hours=20), segments=3, words=30),),
        clock=Clock(rounds=(Round(approved=ago(days=4), words=120),), approved=ago(days=4)),
        lateness=Lateness(due=ago(days=1), is_late=True),
    )


def lived(tag: str) -> ResourceState:
    """Published 50 hours after its approval, and a change of it 6 hours after."""
    rounds = (
        Round(approved=ago(days=30), live=ago(days=30, hours=-50), is_recorded=True, words=120),
        Round(
            approved=ago(days=9),
            live=ago(days=9, hours=-6),
            is_recorded=True,
            is_change=True,
            words=9,
        ),
        # Signed, and nothing recorded: no part of the history.
        Round(approved=ago(days=2), live=ago(days=1), is_change=True, words=5),
    )
    clock = Clock(rounds=rounds, approved=ago(days=2))
    return cell("covid-19/long-covid", tag, S.LIVE, clock=clock)


def report(*rows: LanguageState, **more: object) -> Report:
    values: dict[str, object] = {
        "languages": rows,
        "source": ENGLISH,
        "now": NOW,
        "titles": {"covid-19/fever": "Fever", "covid-19/long-covid": "Long COVID"},
        "topics": {"covid-19": "COVID-19"},
        "site": "https://health.example.org/",
    }
    return Report(**(values | more))


def language(locale: Locale, *cells: ResourceState) -> LanguageState:
    return LanguageState(locale=locale, missing_notices=(), resources=cells)


def small() -> Report:
    """Two languages, every state, a clock and a history."""
    states = [cell(f"states/{state}", "ar", state) for state in S]
    stale = cell("states/two", "ar", S.STALE, stale=2, stale_critical=1, is_sample=True)
    titles = {"covid-19/fever": "Fever", "covid-19/long-covid": "Long COVID"}
    titles |= {each.resource: f"A page that is {each.state}" for each in states}
    return report(
        language(SOMALI, waited("so"), lived("so")),
        language(ARABIC, lived("ar"), *states, stale),
        LanguageState(
            locale=DARI,
            missing_notices=("notice-not-yet",),
            resources=(cell("covid-19/fever", "prs", S.MISSING),),
        ),
        titles=titles | {"states/two": "Two sentences have changed"},
        topics={"covid-19": "COVID-19", "states": "States"},
        is_demonstration=True,
        problems=1,
    )


TAGS = (
    *("gu", "ro", "pa", "pl", "ta", "pt", "it", "es", "fr", "ur", "fa", "zh"),
    *("so", "ne", "fil", "ps", "bn", "sq", "ckb", "uk", "ti", "am", "prs", "ar"),
)


def large(resources: int = 1000) -> Report:
    """A library of which half is missing and late everywhere."""
    topics = {f"topic-{number}": f"Topic {number}" for number in range(10)}
    names = [f"topic-{number % 10}/page-{number}" for number in range(resources)]
    rows = []
    for number, tag in enumerate(TAGS):
        cells = [
            cell(
                name,
                tag,
                S.MISSING if position % 2 else S.STALE,
                waits=(Wait(role=Role.TRANSLATOR, segments=60, words=600),),
                clock=Clock(rounds=(Round(approved=ago(days=40)),), approved=ago(days=40)),
                lateness=Lateness(due=ago(days=30), is_late=True, is_alarming=True),
            )
            for position, name in enumerate(names)
        ]
        rows.append(language(locale(tag, f"Language {number}", tag, 1000 + number), *cells))
    return report(*rows, titles={name: f"Title of {name}" for name in names}, topics=topics)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("dashboard")
    (made / "small.html").write_bytes(render_page(small()))
    (made / "large.html").write_bytes(render_page(large()))
    (made / "empty.html").write_bytes(render_page(report()))
    return made


@pytest.fixture
def opened(tab_for: Callable[..., Page], folder: Path) -> Callable[..., Page]:
    def open_page(name: str, *, width: int = 1280, scheme: str = "light", **more: object) -> Page:
        page = tab_for(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        page.goto((folder / name).as_uri())
        return page

    return open_page


def read(html: bytes) -> str:
    """The page's text, tags left out, white space folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html.decode()))


# --- what it says ----------------------------------------------------------------


def test_the_clock_says_who_waits_for_whom():
    text = read(render_page(small()))
    assert (
        "Somali Soomaali · Fever · 4 d · waiting 1 d 20 h for a reviser · due 2026-11-23 late"
        in text
    )
    assert "reviser: 1 task, 30 words, the first of them waiting for 1 d 20 h" in text


def test_the_queue_shows_every_factor_and_the_source_of_the_figure():
    text = read(render_page(small()))
    assert (
        "Fever · Somali Soomaali · for a reviser late 14,685 people × 3 urgent × 1.00 critical "
        "÷ 30 words = 1,468.5; 3 segments, 0 words critical; waiting since 2026-11-22. "
        "People: Census 2021, TS024: Somali. covid-19/fever" in text
    )


def test_the_head_says_when_it_was_made_and_that_it_is_a_demonstration():
    text = read(render_page(small()))
    assert "as of 2026-11-24 13:00 UTC" in text
    assert "This is a demonstration." in text
    assert "1 file could not be used." in text
    assert "This is a demonstration." not in read(render_page(report()))


def test_every_language_says_how_far_it_is():
    text = read(render_page(small()))
    assert "Somali Soomaali so 1 of 2 can be read · 1 in review · 1 late" in text
    assert "Dari دری prs 0 of 1 can be read · not open" in text
    assert (
        "not counted (No census asks for it). Not open to the public: 1 of its notices is" in text
    )
    assert "Two sentences have changed · stale · sample" in text
    assert "2 segments changed, 1 of them critical" in text


def test_a_page_of_nothing_says_so():
    text = read(render_page(report()))
    for words in (
        "There is nothing to translate yet.",
        "Nothing: nobody is waited for.",
        "Nobody is waited for.",
        "No clock runs: there is no approved text that people still wait for.",
        "There is no history yet: no ledger tells when something went live.",
    ):
        assert words in text


def test_a_resource_that_is_not_wanted_leaves_its_field_blank():
    text = read(render_page(report(language(SOMALI, waited("so")), language(ARABIC, lived("ar")))))
    assert text.count("not wanted") == 3  # two fields, and the legend


def test_every_state_has_a_mark_a_word_and_a_style_of_its_own():
    assert set(LOOKS) == set(S)
    assert len({look.mark for look in LOOKS.values()}) == len(S)
    style = (Path(render_page.__code__.co_filename).parent / "page.css").read_text("utf-8")
    grounds = [re.search(rf"^\.{state} \{{(.*)\}}$", style, re.MULTILINE)[1] for state in S]
    assert len(set(grounds)) == len(S)


# --- history ---------------------------------------------------------------------


def test_the_history_counts_what_the_ledger_recorded_alone():
    chart = draw_history(small())
    assert [(line.locale.tag, line.shortest, line.half, line.longest) for line in chart.lines] == [
        ("so", "6 h", "1 d 4 h", "2 d 2 h"),
        ("ar", "6 h", "1 d 4 h", "2 d 2 h"),
    ]
    assert [day for day, _ in chart.ticks] == [0, 1, 2, 3]
    assert chart.total == 4


def test_the_table_says_what_the_chart_shows(opened):
    page = opened("small.html")
    rows = page.eval_on_selector_all(
        "#history tbody tr", "rows => rows.map(row => [...row.cells].map(c => c.innerText))"
    )
    assert rows == [
        ["Somali Soomaali", "2", "1 d 4 h", "6 h", "2 d 2 h"],
        ["Arabic العربية", "2", "1 d 4 h", "6 h", "2 d 2 h"],
    ]
    assert page.locator("#history .chart circle.first").count() == 2
    assert page.locator("#history .chart rect.change").count() == 2


@given(st.floats(min_value=0.001, max_value=200_000))  # nearly 550 years
def test_an_axis_has_few_ticks_and_ends_beyond_all(days):
    clock = Clock(
        rounds=(Round(approved=ago(days=days), live=format_time(NOW), is_recorded=True),),
        approved=ago(days=days),
    )
    chart = draw_history(report(language(SOMALI, cell("a/b", "so", S.LIVE, clock=clock))))
    assert 2 <= len(chart.ticks) <= 8
    assert chart.ticks[-1][0] >= days * 0.999
    assert all(0 <= float(place[:-1]) <= 100 for place, _ in chart.lines[0].dots)


# --- safety ----------------------------------------------------------------------

EVIL = "</title><script>document.title='run'</script><img src=x onerror=alert(1)> \u202e\" ' &"


def evil() -> Report:
    somali = replace(SOMALI, english_name=EVIL, autonym=EVIL, people_source=EVIL)
    return report(
        language(somali, waited("so"), lived("so")),
        titles={"covid-19/fever": EVIL, "covid-19/long-covid": EVIL},
        topics={"covid-19": EVIL},
        site=EVIL,
    )


def test_no_text_becomes_markup(browser, tmp_path):
    (tmp_path / "evil.html").write_bytes(render_page(evil()))
    page = browser.new_page()
    page.goto((tmp_path / "evil.html").as_uri())
    assert page.title() == "Translation status · 2026-11-24 13:00 UTC"
    assert page.locator("script, img, iframe, object, embed, form").count() == 0
    assert page.locator("#matrix tbody th bdi").nth(1).inner_text().startswith("</title><script>")
    page.close()


def test_the_page_may_load_nothing_and_run_nothing(opened):
    html = render_page(small()).decode()
    style = re.search(r"<style>(.*)</style>", html, re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r'<script|style="|\son\w+=|(src|href)="(?!#)', html)
    page = opened("small.html")
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    assert asked == [page.url]
    assert said == []
    assert page.eval_on_selector("h1", "h1 => getComputedStyle(h1).lineHeight") != "normal"


def test_a_large_library_makes_a_page_that_a_phone_can_load(folder):
    assert (folder / "large.html").stat().st_size < 2_000_000
    text = read((folder / "large.html").read_bytes())
    assert "100/100100 of 100 can be read: 100 stale!" in text
    assert "0/1000 of 100 can be read: 100 missing!" in text
    assert "960 more are not named here: pipeline status --locale gu lists all." in text
    assert "And 23,960 more." in text


# --- for everybody ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["small.html", "large.html", "empty.html"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened, scheme, width, name):
    page = opened(name, width=width, scheme=scheme)
    page.eval_on_selector_all("details", "all => all.slice(0, 6).forEach(d => { d.open = true })")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_marks_and_patterns_stay(opened, scheme):
    page = opened("small.html", width=1280, scheme=scheme, forced_colors="active")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    looks = page.eval_on_selector_all(
        ".swatch",
        "all => all.map(each => { const look = getComputedStyle(each);"
        " return [look.color, look.backgroundColor, look.backgroundImage] })",
    )
    assert {(ink, ground) for ink, ground, _ in looks} == {("rgb(0, 0, 0)", "rgb(255, 255, 255)")}
    # Of twelve states live and missing have no pattern; each other has one of its own.
    assert len({pattern for _, _, pattern in looks} - {"none"}) == 10


def test_a_cell_is_named_in_full_for_those_who_cannot_see_it(opened):
    page = opened("small.html")
    table = page.get_by_role("table", name="Resources and languages")
    row = table.get_by_role("row", name="Two sentences have changed")
    assert row.get_by_role("rowheader").inner_text() == "Two sentences have changed"
    fields = row.get_by_role("cell").all_inner_texts()
    assert fields[0] == "not wanted"
    row.get_by_role("link", name="stale, 2 changed, 1 of them critical, sample", exact=True).click()
    entry = page.locator("#ar--states--two")
    assert entry.is_visible()  # the part that it is in has opened
    headers = table.locator("thead th")
    assert headers.nth(1).get_attribute("scope") == "col"
    assert table.locator("tbody th[scope=row]").count() == 15


def test_autonyms_are_in_their_language_and_direction(opened):
    page = opened("small.html")
    name = page.locator("#ar summary bdi")
    assert (name.get_attribute("lang"), name.get_attribute("dir")) == ("ar", "rtl")
    assert name.inner_text() == "العربية"


def test_a_phone_gets_a_list_a_language_in_place_of_a_wide_table(opened):
    page = opened("small.html", width=390)
    assert not page.locator("#matrix table").is_visible()
    page.get_by_role("link", name="Language by language").click()
    page.locator("#so > summary").click()
    assert "waiting 1 d 20 h for a reviser" in page.locator("#so--covid-19--fever").inner_text()


def test_the_first_column_stays_while_a_wide_table_is_moved(opened):
    page = opened("large.html", width=800)
    page.eval_on_selector("#matrix .scroll", "box => { box.scrollLeft = 600 }")
    header = page.locator("#matrix tbody th[scope=row]").first
    assert header.bounding_box()["x"] == pytest.approx(20, abs=2)


def test_all_that_is_needed_is_printed(opened, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    page = opened("small.html")
    page.pdf(path=tmp_path / "status.pdf", prefer_css_page_size=True)
    pages = pypdf.PdfReader(tmp_path / "status.pdf").pages
    width, height = pages[0].mediabox.width, pages[0].mediabox.height
    assert width > height
    assert len(pages) < 8
    text = " ".join(page.extract_text() for page in pages)
    assert "What to do next" in text
    assert "reviser" in text


# --- the command -----------------------------------------------------------------


def test_the_dashboard_of_a_project_goes_into_a_file(place, pipeline):
    pipeline("sync")
    place.translate(
        {
            "Fever": "Qandho",
            "What to do when you are too hot.": "Waxa la sameeyo marka aad aad u kulushahay.",
            "Drink water often.": "Biyo cab marar badan.",
            "Call 999 now": "Wac 999 hadda",
            "Call 999 if you cannot breathe.": "Wac 999 haddii aadan neefsan karin.",
        }
    )
    ran = pipeline("status", "--format", "html", "--output", "out/status.html")
    assert (ran.code, ran.out) == (0, "")
    text = read((place.root / "out/status.html").read_bytes())
    assert "1 resource in 3 languages" in text
    assert "Somali Soomaali so 0 of 1 can be read · 1 key facts only" in text
    assert "Arabic العربية ar 0 of 1 can be read" in text


def test_the_history_begins_with_what_a_ledger_says(place, pipeline):
    pipeline("sync")
    append(
        place.catalog.with_name("fever.ledger.jsonl"),
        Event(
            time="2026-11-04T14:00:00Z",
            event=EventKind.LIVE,
            handle="pipeline",
            locale="so",
            approved="2026-11-02T12:00:00Z",
            words=21,
            state=str(PageState.LIVE),
        ),
    )
    text = read(pipeline("status", "--format", "html").out.encode())
    assert "Time to language, by language" in text
    assert (
        "2026-11-04 · Somali Soomaali · Fever · 2 d 2 h after the approval of 2026-11-02 "
        "· first published, 21 words" in text
    )


def test_the_dashboard_of_one_language_goes_to_standard_output(place, pipeline):
    place.resource.write_text(
        place.resource.read_text("utf-8").replace("title: Fever", "title: <b>Fever & cold</b>"),
        "utf-8",
    )
    ran = pipeline("status", "--format", "html", "--locale", "ar")
    assert ran.out.startswith("<!doctype html>")
    assert "&lt;b&gt;Fever &amp; cold&lt;/b&gt;" in ran.out
    assert "Soomaali" not in ran.out


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--output", "x.html"), "--output goes with all formats but table"),
        (("--format", "html", "--since", "HEAD"), "--since goes with the formats table"),
    ],
)
def test_what_makes_no_sense_is_refused(pipeline, arguments, said):
    ran = pipeline("status", *arguments)
    assert ran.code == 2
    assert said in ran.err

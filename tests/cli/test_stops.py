"""What readers see of a page that is stopped, overdue or there in part: real pages and leaflets."""

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.catalogs import read_catalog
from pipeline.config import load_project
from pipeline.ledger import append, format_time
from pipeline.workflow import Event, EventKind
from tests.cli.conftest import SOMALI


def page_of(place, tag: str) -> str:
    return (place.root / f"site/{tag}/covid-19/fever/index.html").read_text("utf-8")


def text_of(place, tag: str, id_: str) -> str:
    """A string of the theme in a language, as its catalog has it."""
    catalog = read_catalog(place.root / f"locales/{tag}/interface.po")
    return next(unit.msgstr for unit in catalog.units if unit.context == id_)


def stop(place, tag: str) -> None:
    event = Event(
        time=format_time(datetime.now(UTC)),
        event=EventKind.WITHDRAWN,
        handle="hodan",
        locale=tag,
        note="The dose was wrong.",
    )
    append(load_project(place.root).ledger_path(tag, "covid-19", "fever"), event)


@pytest.fixture
def build(place, pipeline):
    """Build the site; what the page of a language says then."""

    def run(*arguments: str) -> None:
        ran = pipeline("build", "--jobs", "1", *(arguments or ("--no-pdf",)))
        assert ran.code == 0, ran.err

    pipeline("sync")
    place.translate(SOMALI)
    return run


def found_by_machines(place) -> list[str]:
    """Languages in whose sitemap the page is."""
    found = []
    for sitemap in sorted(place.root.glob("site/*/sitemap.xml")):
        tag = sitemap.parent.name
        if re.search(rf"<loc>[^<]*/{tag}/covid-19/fever/</loc>", sitemap.read_text("utf-8")):
            found.append(tag)
    return found


def search_of(place, tag: str) -> str:
    folder = place.root / "site" / tag
    return "".join(path.read_text("utf-8") for path in folder.rglob("*search*.json"))


def test_a_page_before_anything_stops_it(place, build):
    build()
    assert found_by_machines(place) == ["en", "so"]
    assert 'hreflang="so"' in page_of(place, "en")
    assert "Biyo badan" in search_of(place, "so")


def test_a_translation_that_is_taken_down(place, build):
    stop(place, "so")
    build()
    page = page_of(place, "so")
    assert f"<h1>{text_of(place, 'so', 'notice-withdrawn')}</h1>" in page
    assert '<p class="lead" lang="en" dir="ltr">Fever</p>' in page
    assert "Biyo badan" not in page
    assert text_of(place, "so", "notice-read-english") in page  # the English is as good as ever
    assert found_by_machines(place) == ["en"]
    assert '<link rel="alternate" hreflang="so"' not in page_of(place, "en")
    assert "Biyo badan" not in search_of(place, "so")
    # Why is told to the team: a reader is told that the page is down.
    assert "The dose was wrong" not in page


def test_english_that_is_taken_down_takes_all_with_it(place, build):
    stop(place, "en")
    build()
    assert "taken down while its advice is being checked" in page_of(place, "en")
    assert "Drink water often." not in page_of(place, "en")
    somali = page_of(place, "so")
    assert f"<h1>{text_of(place, 'so', 'notice-withdrawn')}</h1>" in somali
    assert text_of(place, "so", "notice-read-english") not in somali
    assert "Biyo badan" not in somali
    assert found_by_machines(place) == []
    assert "Drink water" not in search_of(place, "en")


def test_clinical_advice_past_its_day_says_so_and_after_the_grace_is_taken_down(place, build):
    text = place.resource.read_text("utf-8")
    for days, is_shown in ((3, True), (40, False)):
        day = datetime.now(UTC).date() - timedelta(days=days)
        dated = text.replace("2026-11-20", f"{day - timedelta(days=90)}")
        place.resource.write_text(dated.replace("2099-05-20", str(day)), "utf-8")
        build()
        for tag, advice in (("en", "Drink water often."), ("so", "Biyo badan cab.")):
            page = page_of(place, tag)
            assert (advice in page) is is_shown
            assert ("notice--overdue" in page) is is_shown
    assert text_of(place, "so", "notice-withdrawn") in page_of(place, "so")


ARABIC = {
    "Fever": "الحمى",
    "Call 999 now": "اتصل بالرقم 999 الآن",
    "Call [999](tel:999) if you cannot breathe.[^1]": "اتصل بالرقم "
    "[999](tel:999) إذا لم تستطع التنفس.[^1]",
    "A call costs nothing.": "المكالمة مجانية.",
}


@pytest.fixture
def key_facts(place, pipeline):
    """The leaflet in Arabic, of which only the critical part is translated."""
    text = place.resource.read_text("utf-8")
    text = text.replace("Call 999 if you", "Call [999](tel:999) if you")
    text = text.replace("breathe.", "breathe.[^1]") + "\n[^1]: A call costs nothing.\n"
    place.resource.write_text(text, "utf-8")
    pipeline("sync")
    place.translate(ARABIC, tag="ar")
    ran = pipeline("build", "--jobs", "1", "--locale", "ar", "--locale", "en")
    assert ran.code == 0, ran.err
    return place


@pytest.mark.usefixtures("fonts")
def test_the_key_facts_in_arabic_as_a_page(key_facts):
    page = page_of(key_facts, "ar")
    assert '<html class="no-js" lang="ar" dir="rtl"' in page
    notice = text_of(key_facts, "ar", "notice-key-facts")
    assert f'<p class="notice notice--key-facts">{notice}</p>' in page
    # The summary is not translated: no English stands before the little that there is.
    opening = page.partition("<article")[2].partition("</header>")[0]
    assert "What to do when you are too hot." not in opening
    assert '<a href="tel:999"><bdi dir="ltr">999</bdi></a>' in page
    note = page.partition('<li id="fn:1">')[2].partition("</li>")[0]
    assert "المكالمة مجانية." in note
    assert "Stay at home" not in page
    assert "Drink water" not in page
    assert text_of(key_facts, "ar", "link-english") in page
    manifest = json.loads((key_facts.root / "site/manifest.json").read_text("utf-8"))
    (entry,) = [e for e in manifest["resources"] if e["locale"] == "ar"]
    assert entry["state"] == "key-facts"


@pytest.mark.usefixtures("fonts")
def test_the_key_facts_in_arabic_as_a_leaflet(key_facts):
    leaflet = key_facts.root / "site/ar/covid-19/fever/fever.pdf"
    shown = subprocess.run(["pdftotext", leaflet, "-"], capture_output=True, check=True)
    marks = dict.fromkeys(range(0x202A, 0x202F))
    words = " ".join(shown.stdout.decode().translate(marks).split())
    # pdftotext moves full stops of Arabic about: a sentence is looked for without its end.
    first = text_of(key_facts, "ar", "notice-key-facts").partition(".")[0]
    assert first in words
    assert "إذا لم تستطع التنفس" in words
    assert "المكالمة مجانية" in words
    assert "Stay at home" not in words

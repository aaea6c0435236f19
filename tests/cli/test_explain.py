"""`build --explain` says of each page why it is as it is; each state has a leaflet here."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from pipeline.cli.units import digest_maker
from pipeline.config import load_project
from pipeline.content import read_documents
from pipeline.ledger import append, format_time
from pipeline.segments import split
from pipeline.workflow import Event, EventKind, Role, SignOff
from tests.cli.conftest import SOMALI

CRITICAL = {en: so for en, so in SOMALI.items() if "999" in en or en == "Fever"}
MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d UTC \([^)]*\)"


@pytest.fixture
def explain(place, pipeline):
    """What is said of the leaflet in a language, without the times."""

    def ask(tag: str = "so", code: int = 0) -> str:
        ran = pipeline("build", "--explain", "--locale", tag)
        assert ran.code == code, ran.err
        assert not (place.root / "site").exists()
        return re.sub(MOMENT, "THEN", ran.out)

    return ask


@pytest.fixture
def somali(place, pipeline):
    """The leaflet, translated and signed."""
    pipeline("sync")
    place.translate(SOMALI)
    return place


def settings(place, old: str, new: str) -> None:
    path = place.root / "pipeline.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def edit(place, old: str, new: str) -> None:
    text = place.resource.read_text("utf-8")
    assert old in text
    place.resource.write_text(text.replace(old, new), "utf-8")


def stop(place, tag: str = "so", note: str = "The dose was wrong.") -> None:
    event = Event(
        time=format_time(datetime.now(UTC)),
        event=EventKind.WITHDRAWN,
        handle="hodan",
        locale=tag,
        note=note,
    )
    append(load_project(place.root).ledger_path(tag, "covid-19", "fever"), event)


@pytest.mark.usefixtures("somali")
def test_a_page_that_is_live(explain):
    assert explain() == (
        "Somali (so)\n  covid-19/fever: live\n    the page is shown, all of it in Somali\n"
    )


def test_a_page_that_nobody_has_translated(explain):
    assert explain() == (
        "Somali (so)\n"
        "  covid-19/fever: missing\n"
        "    a notice stands in its place: none of its words may be shown\n"
        "    waiting for a translator (7 segments)\n"
    )


def test_english_that_nobody_has_approved(somali, explain):
    settings(somali, "[workflow.clinical]\nsource = []\n", "")
    why = "the source text waits for an author and a clinician (7 of 7 segments)"
    for tag, state in (("en", "not approved"), ("so", "ready")):
        assert explain(tag).partition("\n")[2] == (
            f"  covid-19/fever: {state}\n"
            f"    a notice stands in its place: {why}\n"
            "    waiting for an author to approve the source (7 segments)\n"
        )


def test_since_when_the_clinician_is_waited_for(somali, explain):
    settings(somali, "[workflow.clinical]\nsource = []\n", "")
    document = read_documents(load_project(somali.root)).documents[0]
    segments = split(document.text)
    digest_of = digest_maker(document, segments, {})
    line = SignOff(
        time=format_time(datetime.now(UTC) - timedelta(hours=3)),
        role=Role.AUTHOR,
        handle="sara",
        locale="en",
        units=tuple(sorted({digest_of(segment.key, "") for segment in segments})),
    )
    append(load_project(somali.root).ledger_path("en", "covid-19", "fever"), line)
    assert "waiting for a clinician to approve the source (7 segments, since THEN)" in explain("en")


def test_a_translation_that_somebody_has_stopped(somali, explain):
    stop(somali)
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert explain() == (
        "Somali (so)\n"
        "  covid-19/fever: withdrawn\n"
        "    it is taken down, a notice stands in its place: "
        f"withdrawn by hodan on {today}: The dose was wrong.\n"
    )
    assert ": source\n" in explain("en")


def test_english_that_somebody_has_stopped(somali, explain):
    stop(somali, "en")
    assert "covid-19/fever: withdrawn\n    it is taken down" in explain("en")
    assert "covid-19/fever: withdrawn\n    it is taken down" in explain("so")


def review_by(place, day: date) -> None:
    edit(place, "last_checked: 2026-11-20", f"last_checked: {day - timedelta(days=100)}")
    edit(place, "checked: 2026-11-20", f"checked: {day - timedelta(days=100)}")
    edit(place, "review_by: 2099-05-20", f"review_by: {day}")


def test_clinical_advice_past_its_day_within_the_grace(somali, explain):
    day = datetime.now(UTC).date() - timedelta(days=3)
    review_by(somali, day)
    last = day + timedelta(days=30)
    assert explain() == (
        "Somali (so)\n"
        "  covid-19/fever: overdue\n"
        "    the page is shown, all of it in Somali\n"
        f"    it was to be checked again by {day}, and says so; after {last} it will be withdrawn\n"
    )
    assert "covid-19/fever: overdue\n    the page is shown\n" in explain("en")


def test_clinical_advice_past_the_grace(somali, explain):
    day = datetime.now(UTC).date() - timedelta(days=31)
    review_by(somali, day)
    for tag in ("en", "so"):
        assert (
            "covid-19/fever: withdrawn\n    it is taken down, a notice stands in its place: "
            f"clinical advice that was to be checked again by {day}\n"
        ) in explain(tag)


def test_key_facts(place, pipeline, explain):
    pipeline("sync")
    place.translate(CRITICAL)
    assert explain() == (
        "Somali (so)\n"
        "  covid-19/fever: key-facts\n"
        "    its key facts alone are shown: 10 of 28 words (36%) may be shown, "
        "and the whole page needs 80%\n"
        "    held back, in segments: 4 not translated\n"
        "    waiting for a translator (4 segments)\n"
    )


def test_gaps(place, pipeline, explain):
    pipeline("sync")
    settings(place, "0.8", "0.5")
    place.translate({en: so for en, so in SOMALI.items() if en != "Drink water often."})
    assert explain() == (
        "Somali (so)\n"
        "  covid-19/fever: live-with-gaps\n"
        "    the page is shown, 25 of 28 words (89%) in Somali, the rest in English\n"
        "    held back, in segments: 1 not translated\n"
        "    waiting for a translator (1 segment)\n"
    )


def test_critical_advice_that_is_not_translated(place, pipeline, explain):
    pipeline("sync")
    place.translate({en: so for en, so in SOMALI.items() if "cannot" not in en})
    said = explain()
    assert "in its place: 1 of 2 critical segments may not be shown (22 of 28 words" in said


def test_critical_advice_that_has_changed(somali, pipeline, explain):
    edit(somali, "cannot", "can not")
    pipeline("sync")
    said = explain()
    assert "covid-19/fever: stale\n" in said
    assert "held back, in segments: 1 the source has changed since it was translated\n" in said
    assert (
        "1 segment has changed in the English since, 1 of them critical: "
        "the present English stands there\n"
    ) in said
    assert "waiting for a translator (1 segment)\n" in said


def test_a_translation_that_a_reviser_has_not_seen(place, pipeline, explain):
    pipeline("sync")
    place.translate(SOMALI)
    ledger = load_project(place.root).ledger_path("so", "covid-19", "fever")
    lines = ledger.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line).get("role") == "translator"]
    ledger.write_text("".join(kept), "utf-8")
    said = explain()
    assert "covid-19/fever: translated\n" in said
    assert "held back, in segments: 7 not signed by every role that is needed\n" in said
    assert "waiting for a reviser (7 segments, since THEN)\n" in said
    assert "still to look, after publication: a community reader (7 segments, since THEN)" in said


def test_samples_in_a_real_publication(somali, explain):
    text = somali.catalog.read_text("utf-8")
    somali.catalog.write_text(text.replace('msgstr ""\n', 'msgstr ""\n"X-Sample: yes\\n"\n', 1))
    settings(somali, "demonstration = true", "demonstration = false")
    said = explain()
    assert "7 a sample, and this project is no demonstration" in said
    assert "its catalog is marked as a sample, and this project is no demonstration\n" in said


def test_a_ledger_that_is_in_doubt(somali, explain):
    ledger = load_project(somali.root).ledger_path("so", "covid-19", "fever")
    ledger.write_text(ledger.read_text("utf-8") + '{"schema": 99}\n', "utf-8")
    said = explain(code=11)
    assert "its files: locales/so/covid-19/fever.ledger.jsonl:" in said
    assert "No sign-off of this ledger counts." in said
    assert "7 not signed by every role that is needed" in said


def test_a_catalog_that_cannot_be_read(somali, explain):
    somali.catalog.write_text(somali.catalog.read_text("utf-8") + "\n<<<<<<< HEAD\n", "utf-8")
    said = explain(code=11)
    assert "covid-19/fever: damaged\n    a notice stands in its place: its catalog cannot" in said
    assert "its files: locales/so/covid-19/fever.po:" in said


def test_a_language_that_is_closed(somali, explain):
    (somali.root / "locales/so/interface.po").unlink()
    said = explain()
    assert "nothing is shown: the language is closed, " in said
    assert "(locales/so/interface.po)\n    once it is open: the page is shown, all of it" in said


@pytest.mark.usefixtures("somali")
def test_only_what_was_asked_for(pipeline):
    ran = pipeline("build", "--explain", "--resource", "covid-19/fever")
    names = [line.split(" (")[0] for line in ran.out.splitlines() if not line.startswith(" ")]
    assert sorted(names) == ["Arabic", "Central Kurdish", "English", "Somali"]
    assert pipeline("build", "--explain", "--resource", "covid-19/none").code == 4
    assert pipeline("build", "--explain", "--locale", "xx").code == 3
    assert "\x1b[" not in ran.out

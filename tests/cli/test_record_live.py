"""`pipeline build --record`: what is public from now on, and what is not any more."""

import json

import pytest

from tests.cli.conftest import SOMALI

FEVER = "covid-19/fever"
BUILD = ("build", "--no-pdf", "--jobs", "1", "--record")
WITHDRAWAL = ("--handle", "dr.ali", "--note", "Wrong number.")


@pytest.fixture(autouse=True)
def live(place, pipeline):
    """A leaflet that Somali speakers can read."""
    pipeline("sync")
    place.translate(SOMALI)
    return place


def events_of(place, tag: str = "so") -> list[dict]:
    path = place.root / f"locales/{tag}/covid-19/fever.ledger.jsonl"
    lines = map(json.loads, path.read_text("utf-8").splitlines() if path.exists() else ())
    return [line for line in lines if line.get("event") in {"live", "taken-down"}]


def edit(path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_goes_live_is_recorded_once(live, pipeline):
    assert "Recorded in the ledgers: 1 event." in pipeline(*BUILD).out
    assert "Recorded in the ledgers: 0 events." in pipeline(*BUILD).out
    (event,) = events_of(live)
    assert (event["event"], event["handle"], event["state"]) == ("live", "pipeline", "live")
    # Nothing is live in Arabic: there is no ledger, and no folder for one is made.
    assert events_of(live, "ar") == []


def test_a_build_without_record_writes_nothing(live, pipeline):
    ran = pipeline("build", "--no-pdf", "--jobs", "1")
    assert (ran.code, events_of(live)) == (0, [])
    assert "Recorded" not in ran.out


def test_what_is_taken_down_and_comes_back_is_recorded(live, pipeline):
    pipeline(*BUILD)
    pipeline("ledger", "withdraw", FEVER, "--locale", "so", *WITHDRAWAL)
    assert "Recorded in the ledgers: 1 event." in pipeline(*BUILD).out
    assert "Recorded in the ledgers: 0 events." in pipeline(*BUILD).out
    pipeline("ledger", "restore", FEVER, "--locale", "so", *WITHDRAWAL)
    assert "Recorded in the ledgers: 1 event." in pipeline(*BUILD).out
    events = events_of(live)
    assert [event["event"] for event in events] == ["live", "taken-down", "live"]
    assert "Wrong number." in events[1]["note"]


def test_what_is_withdrawn_in_every_language_is_taken_down_in_each(live, pipeline):
    pipeline(*BUILD)
    pipeline("ledger", "withdraw", FEVER, *WITHDRAWAL)
    pipeline(*BUILD)
    assert [event["event"] for event in events_of(live)] == ["live", "taken-down"]


@pytest.mark.parametrize("part", [("--locale", "ar"), ("--resource", "covid-19/cough")])
def test_a_build_of_a_part_records_that_part_alone(live, pipeline, part):
    other = live.resource.read_text("utf-8").replace("title: Fever", "title: Cough")
    (live.resource.parent / "cough.md").write_text(other, "utf-8")
    pipeline("sync")
    pipeline("build", "--no-pdf", "--jobs", "1")
    ran = pipeline(*BUILD, *part)
    assert (ran.code, events_of(live)) == (0, [])
    assert "Recorded in the ledgers: 0 events." in ran.out
    assert "Recorded in the ledgers: 1 event." in pipeline(*BUILD, "--locale", "so").out


def test_a_page_that_could_not_be_made_is_recorded_neither_way(live, pipeline):
    # The link leads nowhere: a notice stands in the place of the page.
    edit(live.resource, "Drink water often.", "Drink [water](gone.md) often.")
    pipeline("sync")
    ran = pipeline(*BUILD)
    assert (ran.code, events_of(live)) == (7, [])
    # Nor is it taken down: the next build may make it again.
    edit(live.resource, "Drink [water](gone.md) often.", "Drink water often.")
    pipeline("sync")
    assert pipeline(*BUILD).code == 0
    edit(live.resource, "Drink water often.", "Drink [water](gone.md) often.")
    assert pipeline(*BUILD).code == 7
    assert [event["event"] for event in events_of(live)] == ["live"]


def test_a_language_that_is_closed_is_taken_down(live, pipeline):
    pipeline(*BUILD)
    interface = live.root / "locales/so/interface.po"
    kept = interface.read_text("utf-8")
    interface.write_text('msgid ""\nmsgstr "Language: so\\n"\n', "utf-8")
    pipeline(*BUILD)
    assert not (live.root / "site/so").exists()
    assert events_of(live)[-1]["note"] == "The language is not open to the public."
    assert "Recorded in the ledgers: 0 events." in pipeline(*BUILD).out
    interface.write_text(kept, "utf-8")
    pipeline(*BUILD)
    assert [event["event"] for event in events_of(live)] == ["live", "taken-down", "live"]


def test_nothing_is_added_to_a_ledger_that_nobody_can_trust(live, pipeline):
    path = live.root / "locales/so/covid-19/fever.ledger.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write('{"v":1,"kind":"event","event":"revo\n')
    before = path.read_bytes()
    assert pipeline(*BUILD).code == 11
    assert path.read_bytes() == before


def test_a_ledger_that_cannot_be_written_to_is_named(live, pipeline):
    # Appending to a link is refused: it could lead out of the project. The page is public.
    path = live.root / "locales/so/covid-19/fever.ledger.jsonl"
    other = live.root / "elsewhere.jsonl"
    path.rename(other)
    path.symlink_to(other)
    ran = pipeline(*BUILD)
    assert ran.code == 11
    assert "fever.ledger.jsonl" in ran.err
    assert "Recorded in the ledgers: 0 events." in ran.out

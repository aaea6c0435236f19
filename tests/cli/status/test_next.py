"""`pipeline next`: the queue, with every factor of the score."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.cli.console import out
from pipeline.cli.next_command import print_tasks, render_tasks
from pipeline.status import rank_tasks
from pipeline.workflow import Role

REFERENCE = Path(__file__).parents[3] / "docs/reference"
NOW = datetime(2026, 11, 12, 12, tzinfo=UTC)


@pytest.fixture
def queue(states, capfdbinary):
    """The queue at noon on 12 November, as a table without the padding."""

    def run(*, limit: int = 0, **wanted) -> list[str]:
        found = states.survey()
        tasks = rank_tasks(
            (edition.state for edition in found.editions),
            found.project.workflow.weights,
            source=found.project.source,
            **wanted,
        )
        shown = tasks[:limit] if limit else tasks
        capfdbinary.readouterr()
        print_tasks(found.project, shown, total=len(tasks), now=NOW)
        said = capfdbinary.readouterr().out.decode("utf-8")
        return [" ".join(line.split()) for line in said.splitlines()]

    return run


WEIGHTS = (
    "Score: people × urgency × criticality ÷ words. Urgency: 3 for urgent, 1 for routine. "
    "Criticality: 1 + 2 × the critical share of the words."
)


def test_the_most_people_and_the_most_urgent_first(queue):
    assert queue(limit=3) == [
        "# Do Resource Language People Urgency Criticality Words Score Waiting",
        # 41,338 × 3 × (1 + 2 × 9/28) ÷ 28
        "1 translate covid-19/missing Arabic 41,338 ×3 ×1.64 (32%) ÷28 7276.3 10 d 3 h, late",
        "2 translate covid-19/stale Somali 14,685 ×1 ×3.00 (100%) ÷8 5506.9 3 d 3 h",
        "3 translate covid-19/gaps Somali 14,685 ×1 ×1.00 (0%) ÷5 2937.0 10 d 3 h",
        "29 more: --limit 0 shows all.",
        WEIGHTS,
        "People, Arabic: Census 2021, TS024: Arabic.",
        "People, Somali: Census 2021, TS024: Somali.",
    ]


def test_one_role_in_one_language(queue):
    assert queue(role=Role.REVISER, tag="so") == [
        "# Do Resource Language People Urgency Criticality Words Score Waiting",
        "1 revise covid-19/in-review Somali 14,685 ×1 ×1.64 (32%) ÷28 861.6 9 d 3 h",
        "2 revise covid-19/translated Somali 14,685 ×1 ×1.64 (32%) ÷28 861.6 9 d 3 h",
        WEIGHTS,
        "People, Somali: Census 2021, TS024: Somali.",
    ]


def test_a_language_that_nobody_counted(queue):
    said = queue(role=Role.TRANSLATOR, tag="prs", limit=1)
    assert said[1] == (
        "1 translate covid-19/missing Dari 1,000? ×3 ×1.64 (32%) ÷28 176.0 10 d 3 h, late"
    )
    assert said[-1] == (
        "People, Dari: Not counted apart in Census 2021, TS024: speakers are within Persian or "
        "Farsi and other groups; taken as 1,000 by weights.uncounted_people."
    )


def test_the_source_text_is_one_task_for_all_who_wait(queue, states, pipeline):
    assert queue(role=Role.CLINICIAN) == ["Nothing to do: nobody is waited for."]
    states.edit("live", "Drink plenty of water.", "Drink a lot of water.")
    states.approve("live", "2026-11-10T08:00:00Z", "")
    said = queue(role=Role.CLINICIAN)
    # 14,685 + 41,338 and 1,000 for Dari
    assert said[1] == (
        "1 check as clinician covid-19/live English (source) 57,023? ×1 ×1.00 (0%) ÷5 "
        "11404.6 2 d 4 h"
    )
    assert said[-1] == (
        "People, English (source): covid-19/live: the sum of 3 languages that wait for it."
    )
    ran = pipeline("next", "--locale", "ar")
    assert "English (source)" not in ran.out
    assert (
        "1 resources wait for the English to be approved first: `pipeline next --locale en`."
        in ran.err
    )


def test_a_narrow_screen_still_has_every_factor(queue, monkeypatch):
    monkeypatch.setattr(out, "width", 80)
    assert queue(limit=1)[:3] == [
        "1. translate covid-19/missing, Arabic",
        "7276.3 = 41,338 people × 3 × 1.64 (32% critical) ÷ 28 words",
        "10 d 3 h, late",
    ]
    monkeypatch.setattr(out, "width", 30)
    assert queue(tag="prs", limit=1)[:6] == [
        "1. translate covid-19/missing,",
        "Dari",
        "176.0 = 1,000? people × 3 ×",
        "1.64 (32% critical) ÷ 28",
        "words",
        "10 d 3 h, late",
    ]


def test_json_has_every_factor(states):
    found = states.survey()
    tasks = rank_tasks(
        (edition.state for edition in found.editions),
        found.project.workflow.weights,
        source=found.project.source,
    )
    data = json.loads(render_tasks(found.project, tasks[:1], total=len(tasks), now=NOW))
    assert data == {
        "version": 1,
        "now": "2026-11-12T12:00:00Z",
        "weights": {"urgent": 3.0, "critical": 2.0, "uncounted_people": 1000},
        "total": 32,
        "drafting": False,
        "tasks": [
            {
                "rank": 1,
                "score": pytest.approx(41338 * 3 * (1 + 2 * 9 / 28) / 28),
                "resource": "covid-19/missing",
                "locale": "ar",
                "role": "translator",
                "since": "2026-11-02T09:00:00Z",
                "seconds": 10 * 86400 + 3 * 3600,
                "people": 41338,
                "people_source": "Census 2021, TS024: Arabic",
                "people_counted": True,
                "urgency": 3.0,
                "criticality": pytest.approx(1 + 2 * 9 / 28),
                "segments": 6,
                "words": 28,
                "critical_words": 9,
                "critical_share": pytest.approx(9 / 28),
                "drafted": 0,
                "drafted_words": 0,
                "owed": False,
                "late": True,
                "model": None,
            }
        ],
    }


def test_every_key_is_documented():
    words = (REFERENCE / "status.md").read_text("utf-8").partition("## `pipeline next`")[2]
    for key in (
        "rank",
        "score",
        "people_counted",
        "critical_share",
        "total",
        "owed",
        "late",
        "drafted",
        "model",
    ):
        assert f"`{key}`" in words


@pytest.mark.usefixtures("states")
def test_from_the_command_line(pipeline):
    assert json.loads(pipeline("next", "--format", "json", "--limit", "2").out)["total"] == 32
    assert len(json.loads(pipeline("next", "--format", "json", "--limit", "0").out)["tasks"]) == 32
    assert pipeline("next", "--role", "baker").code == 2
    assert pipeline("next", "--locale", "xx").code == 3
    ran = pipeline("next", "--role", "publisher")
    assert (ran.code, ran.out) == (0, "Nothing to do: nobody is waited for.\n")

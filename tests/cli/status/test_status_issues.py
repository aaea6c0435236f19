"""`pipeline status --format issues`: what an issue of each language should say."""

import json
from datetime import UTC, datetime

import pytest

from pipeline.cli.status_issues import render_issues

JANUARY = datetime(2027, 1, 11, 12, tzinfo=UTC)


def issues(team, *tags, **more):
    report = team.report(*tags, **more)
    found = json.loads(render_issues(report, is_complete=not tags))
    return {issue["locale"]: issue for issue in found["issues"]}


def rows(body):
    """The table of an issue, a tuple a row."""
    lines = [line for line in body.splitlines() if line.startswith("| `")]
    return [tuple(field.strip() for field in line.strip("|").split("|")) for line in lines]


def test_an_issue_says_what_is_missing_for_whom_and_who_is_waited_for(states):
    issue = issues(states, "so")["so"]
    assert issue["title"] == "Somali (so): missing or late"
    assert issue["open"]
    head, _, rest = issue["body"].partition("\n\n")
    assert head == (
        "<!-- translation-status:so -->\n"
        "**Somali** (Soomaali; 14,685 people): 9 of 12 resources cannot be read, 1 is late."
    )
    assert rest.startswith(
        "| Resource | State | Waiting for | To be read by |\n|---|---|---|---|\n"
    )
    translator = "a translator (28 words, since 2026-11-02)"
    reviser = "a reviser (28 words, since 2026-11-03)"
    two = f"{reviser}<br>a community reader (28 words, since 2026-11-03)"
    due = "2026-11-16"
    assert rows(rest) == [
        ("`covid-19/missing`", "nothing is translated", translator, "2026-11-05, **late**"),
        (
            "`covid-19/stale`",
            "out of date: 1 stale, 1 critical",
            "a translator (8 words, since 2026-11-09)",
            "2026-11-23",
        ),
        ("`covid-19/drafting`", "4 of 28 words translated", translator, due),
        ("`covid-19/in-review`", "in review", reviser, due),
        ("`covid-19/ready`", "nothing is translated", translator, due),
        ("`covid-19/translated`", "translated, nobody has reviewed it", two, due),
        (
            "`covid-19/key-facts`",
            "only its key facts can be read",
            "a translator (19 words, since 2026-11-02)",
            due,
        ),
        ("`covid-19/damaged`", "its file is damaged", "somebody to mend its file", due),
        ("`covid-19/withdrawn`", "withdrawn", "nobody", ""),
    ]
    assert "\n\nAlso not whole: `covid-19/gaps`, `covid-19/overdue`.\n\nDetails: " in rest


def test_the_same_state_gives_the_same_text_on_another_day(states):
    """Otherwise each run would edit every issue."""
    a, b = (
        issues(states, "so", now=datetime(2026, 11, day, 12, tzinfo=UTC))["so"] for day in (12, 13)
    )
    assert a == b


def test_what_has_waited_for_more_than_a_month_stands_first_and_says_so(states):
    body = issues(states, "so", now=JANUARY)["so"]["body"]
    first, *_, last = rows(body)
    assert first[0] == "`covid-19/stale`"
    assert first[3] == "2026-11-23, **alarm**"
    assert last[0] == "`covid-19/withdrawn`"


def test_a_language_whose_notices_are_missing_says_that_nothing_is_published(states):
    body = issues(states, "prs")["prs"]["body"]
    assert "(دری; nobody has counted its speakers): 12 of 12 resources cannot be read" in body
    assert "**The language is not open**: " in body
    assert "of its notices are not translated (`locales/prs/interface.po`)" in body


def test_nothing_missing_closes_the_issue(team):
    team.write("live")
    team.sync()
    team.translate("live")
    team.review("live")
    assert issues(team, "so")["so"] == {
        "locale": "so",
        "marker": "<!-- translation-status:so -->",
        "title": "Somali (so): missing or late",
        "open": False,
        "body": "<!-- translation-status:so -->\n"
        "**Somali** (Soomaali; 14,685 people): All can be read.\n\n"
        "Details: `pipeline status --locale so`; what to do first: `pipeline next --locale so`. "
        "This text is kept up to date by a workflow, which closes the issue when nothing is "
        "missing; comments stay.",
    }


def test_what_has_a_gap_and_is_in_time_opens_no_issue(team):
    team.write("gaps")
    team.sync()
    team.translate("gaps", without=["Signs that need a doctor."])
    team.review("gaps")
    issue = issues(team, "so")["so"]
    assert not issue["open"]
    assert "Also not whole: `covid-19/gaps`." in issue["body"]


def test_critical_advice_that_is_out_of_date_opens_one_at_once(team):
    team.write("stale")
    team.sync()
    team.translate("stale")
    team.review("stale")
    assert not issues(team, "so")["so"]["open"]
    team.edit("stale", "Call 999 if you cannot breathe.", "Call 999 if it is hard to breathe.")
    team.approve("stale", "2026-11-12T08:00:00Z", "2026-11-12T09:00:00Z")
    issue = issues(team, "so")["so"]
    assert issue["open"]
    assert "| `covid-19/stale` | out of date: 1 stale, 1 critical |" in issue["body"]


def test_text_that_waits_for_its_approval_says_so(team):
    team.write("new")
    team.edit("new", "Drink plenty of water.", "Drink a lot of water.")
    (row,) = rows(issues(team, "so")["so"]["body"])
    assert row == (
        "`covid-19/new`",
        "withdrawn",
        "an author of the source text (5 words)<br>a translator (24 words, since 2026-11-02)",
        "2026-11-16",
    )


def test_a_file_that_cannot_be_used_closes_nothing(team, pipeline):
    """Its resource is missing from the matrix, so that a language may only seem to lack nothing."""
    team.write("live")
    team.sync()
    team.translate("live")
    team.review("live")
    team.write("broken")
    path = team.root / "content/covid-19/broken.md"
    path.write_text(path.read_text("utf-8").replace("risk: clinical", "risk: some"), "utf-8")
    ran = pipeline("status", "--format", "issues")
    assert ran.code == 11
    found = json.loads(ran.out)
    assert not found["complete"]
    assert [issue["locale"] for issue in found["issues"]] == ["ar", "prs"]
    assert (
        "**1 resource could not be read in English: not told here.**" in found["issues"][0]["body"]
    )


def test_a_name_is_text_whatever_is_in_it(team):
    path = team.root / "locales/locales.toml"
    table = path.read_text("utf-8")
    assert 'english_name = "Somali"' in table
    path.write_text(table.replace('"Somali"', '"Somali @all #1 <!-- x -->"'), "utf-8")
    team.write("new")
    body = issues(team, "so")["so"]["body"]
    assert "**Somali &#64;all &#35;1 &#60;&#33;-- x --&#62;**" in body


def test_a_long_list_is_cut(team):
    for number in range(103):
        team.write(f"leaflet-{number}")
    body = issues(team, "so")["so"]["body"]
    assert body.count("| `covid-19/") == 100
    assert "… and 3 more." in body
    assert len(body) < 65_536


@pytest.mark.usefixtures("states")
def test_from_the_command_line(pipeline):
    whole = json.loads(pipeline("status", "--format", "issues").out)
    assert (whole["version"], whole["label"], whole["complete"]) == (1, "translation-status", True)
    assert {issue["locale"] for issue in whole["issues"]} == {"so", "ar", "prs"}
    part = json.loads(pipeline("status", "--format", "issues", "--locale", "so").out)
    assert not part["complete"]
    assert [issue["locale"] for issue in part["issues"]] == ["so"]


def test_of_a_part_of_the_resources_no_issue_can_tell(pipeline, team):
    team.write("new")
    ran = pipeline("status", "--format", "issues", "--resource", "covid-19/new")
    assert ran.code == 2
    assert "An issue tells of all resources of its language" in ran.err

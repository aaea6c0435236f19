"""`pipeline status` as people read it, with a leaflet in every state."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.cli.columns import Column, fit
from pipeline.cli.console import out
from pipeline.cli.status_table import MARKS, print_table
from pipeline.status import TranslationState

REFERENCE = Path(__file__).parents[3] / "docs/reference/status.md"


@pytest.fixture
def printed(capfdbinary):
    def run(report, *, with_resources: bool = False) -> str:
        capfdbinary.readouterr()
        print_table(report, with_resources=with_resources)
        lines = capfdbinary.readouterr().out.decode("utf-8").splitlines()
        return "\n".join(line.rstrip() for line in lines)

    return run


def test_every_state_has_a_mark_of_its_own():
    assert set(MARKS) == set(TranslationState)
    assert len({mark for mark, _ in MARKS.values()}) == len(TranslationState)


def test_the_matrix_shows_every_state_and_what_is_late(states, printed):
    assert (
        printed(states.report()) == """\
3 of 3 languages lack resources; 56,023 people speak them in the area served.
Language  Tag       People  Missing  Stale  Late  Gaps  Live  Resources                 Note
Arabic    ar        41,338       12            1     0     0  · · · · · · ·'· · · · ·
Somali    so        14,685        9      1     1     1     1  ! ½ ◐ ◔ k ● ·'◷ · ≠ ○ ×   1 damaged
Dari      prs  not counted       12            1     0     0  · · · · · · ·'· ◉ · · ·   """
        """not open: 13 notices missing
! damaged  · missing  ½ drafting  ○ translated  ◔ in-review  ◉ ready  × withdrawn  ◷ overdue  """
        """≠ stale  k key-facts  ◐ live-with-gaps  ● live  ' late  " late by much
Resources, from the left: covid-19/damaged, covid-19/drafting, covid-19/gaps, """
        """covid-19/in-review, covid-19/key-facts, covid-19/live, covid-19/missing, """
        """covid-19/overdue, covid-19/ready, covid-19/stale, covid-19/translated, covid-19/withdrawn
People: aged 3 and over by main language, Census 2021 (TS024), the area served."""
    )


def test_a_language_is_told_resource_by_resource(states, printed):
    told = printed(states.report("so"), with_resources=True)
    rows = dict.fromkeys(line for line in told.partition("Soomaali\n")[2].splitlines())
    assert [" ".join(row.split()) for row in rows] == [
        "! covid-19/damaged damaged 0 of 28 words 10 d 3 h · waiting 10 d 3 h for a translator",
        "½ covid-19/drafting drafting 4 of 28 words 10 d 3 h · waiting 10 d 3 h for a translator",
        (
            "◐ covid-19/gaps live-with-gaps 23 of 28 words "
            "signed after 3 d · waiting 10 d 3 h for a translator"
        ),
        "◔ covid-19/in-review in-review 28 of 28 words 10 d 3 h · waiting 9 d 3 h for a reviser",
        "k covid-19/key-facts key-facts 9 of 28 words 10 d 3 h · waiting 10 d 3 h for a translator",
        "● covid-19/live live 28 of 28 words live after 3 d 1 h",
        "·' covid-19/missing missing 0 of 28 words 10 d 3 h · waiting 10 d 3 h for a translator",
        "◷ covid-19/overdue overdue 28 of 28 words live after 3 d 1 h",
        "· covid-19/ready missing 0 of 28 words 10 d 3 h · waiting 10 d 3 h for a translator",
        (
            "≠ covid-19/stale stale 22 of 30 words 1 stale, 1 critical "
            "3 d 3 h · waiting 3 d 3 h for a translator"
        ),
        (
            "○ covid-19/translated translated 28 of 28 words "
            "10 d 3 h · waiting 9 d 3 h for a reviser and a community reader"
        ),
        "× covid-19/withdrawn withdrawn 28 of 28 words live after 3 d 1 h",
    ]


def test_the_reference_shows_what_is_printed(states, printed):
    reference = REFERENCE.read_text("utf-8").splitlines()
    rows = printed(states.report("so"), with_resources=True).partition("Soomaali\n")[2].splitlines()
    assert [row for row in rows if "covid-19/ready" not in row and row not in reference] == []


def test_one_resource_in_each_language(states, printed):
    told = printed(states.report(resources=["covid-19/ready"]), with_resources=True)
    assert "Dari · دری\n◉  covid-19/ready  ready  28 of 28 words  10 d 3 h" in told
    assert "covid-19/live" not in told


def test_a_month_later_it_alarms(states, printed):
    told = printed(states.report("so", now=datetime(2026, 12, 14, 12, tzinfo=UTC)))
    # Past its day and the days of grace, what nobody has checked is withdrawn.
    assert '!"½"◐ ◔"k"● ·"× ·"≠"○"×' in told
    assert "1 damaged, 8 alarming" in told


@pytest.mark.parametrize("width", [40, 50, 79, 100])
def test_a_narrow_screen_is_not_overrun(states, printed, monkeypatch, width):
    monkeypatch.setattr(out, "width", width)
    table, _, resources = printed(states.report("so"), with_resources=True).partition("Soomaali")
    lines = [*table.splitlines()[1:3], *resources.splitlines()[1:]]
    assert max(map(len, lines)) <= width
    assert "Somali    so" in table
    assert "waiting 3 d 3 h for a translator" in resources
    assert width == 100 or "No room for: Note" in table


def test_what_matters_least_is_left_out_first_and_named():
    columns = [
        Column(title="Language", cells=["Somali"]),
        Column(title="People", cells=["14,685"], rank=1, is_number=True),
        Column(title="Stale", cells=[""], rank=2),
        Column(
            title="Note", cells=["[red]not open: 13 notices missing[/]"], rank=3, is_folded=True
        ),
    ]
    assert [c.title for c in fit(columns, 80)[0]] == ["Language", "People", "Note"]
    assert [c.title for c in fit(columns, 41)[0]] == ["Language", "People"]
    assert fit(columns, 41)[1] == ("Note",)
    assert [c.title for c in fit(columns, 5)[0]] == ["Language"]


@pytest.mark.usefixtures("team")
def test_a_project_without_resources_says_nothing_untrue(pipeline):
    ran = pipeline("status")
    assert ran.code == 0
    assert "Every resource can be read in every language." in ran.out
    assert pipeline("status", "--locale", "so").code == 0


def test_a_resource_that_cannot_be_read_is_never_taken_for_one_that_is_there(team, pipeline):
    team.write("live")
    path = team.root / "content/covid-19/live.md"
    path.write_text(path.read_text("utf-8").replace("risk: clinical", "risk: some"), "utf-8")
    ran = pipeline("status", "--fail-on", "missing")
    assert ran.code == 11
    assert "1 resource could not be read in English: not told here." in ran.out
    assert "Every resource" not in ran.out
    assert json.loads(pipeline("status", "--format", "json").out)["unread"] == 1
    team.write("new")
    ran = pipeline("status", "--format", "markdown", "--fail-on", "missing")
    assert ran.code == 10
    assert ran.out.startswith(
        "1 resource could not be read in English: not told here. 3 of 3 languages lack resources; "
    )


def test_a_resource_that_is_not_there_is_refused(team, pipeline):
    team.write("live")
    ran = pipeline("status", "--resource", "covid-19/nowhere")
    assert ran.code == 4
    assert "There is no usable resource `covid-19/nowhere`." in ran.err
    assert pipeline("status", "--resource", "covid-19/live").code == 0
    assert pipeline("status", "--locale", "xx").code == 3


def test_names_are_shown_as_they_are_written(states, pipeline):
    table = states.root / "locales/locales.toml"
    text = table.read_text("utf-8").replace('"Somali"', '"Somali [/] [red]"')
    table.write_text(text, "utf-8")
    for command in (["status", "--locale", "so"], ["next"]):
        ran = pipeline(*command)
        assert ran.code == 0
        assert "Somali [/] [red]" in ran.out

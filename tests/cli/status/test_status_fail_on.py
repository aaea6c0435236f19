"""`pipeline status --fail-on` and `--format junit`: for what runs without anybody watching."""

from datetime import UTC, datetime

import pytest
from lxml import etree

from pipeline.cli.status_command import is_failed
from pipeline.cli.status_junit import render_junit
from pipeline.cli.status_report import CONDITIONS, find_closed, find_failures

JANUARY = datetime(2027, 1, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("condition", "slugs"),
    [
        ("missing", {"missing", "ready"}),
        ("drafting", {"drafting"}),
        ("stale", {"stale"}),
        ("critical", {"missing", "stale"}),
        ("late", {"missing"}),
        ("alarm", set()),
        ("gaps", {"gaps"}),
        ("damaged", {"damaged"}),
        ("overdue", {"overdue"}),
        ("withdrawn", {"withdrawn"}),
        ("closed", set()),
    ],
)
def test_which_leaflets_fail(states, condition, slugs):
    report = states.report("so")
    (somali,) = report.languages
    failed = {c.resource for c in somali.resources if any(find_failures(c, {condition}))}
    assert failed == {f"covid-19/{slug}" for slug in slugs}
    assert is_failed(report, frozenset({condition})) == bool(slugs)


def test_all_conditions_are_tried():
    mark = test_which_leaflets_fail.pytestmark[0]
    assert {name for name, _ in mark.args[1]} == set(CONDITIONS)


def test_an_overdue_leaflet_can_be_stale_too(states):
    """Its state says overdue, which is worse; the condition is met all the same."""
    states.edit("overdue", "Drink plenty of water.", "Drink a lot of water.")
    states.approve("overdue", "2026-11-11T08:00:00Z", "2026-11-11T09:00:00Z")
    cell = states.cell("overdue")
    assert cell.state == "overdue"
    (failure,) = find_failures(cell, {"stale"})
    assert failure.message == "the source has changed: 1 stale"


def test_of_key_facts_only_a_critical_sentence_is_stale(states):
    states.edit("key-facts", "Drink plenty of water.", "Drink a lot of water.")
    states.approve("key-facts", "2026-11-11T08:00:00Z", "2026-11-11T09:00:00Z")
    assert not list(find_failures(states.cell("key-facts"), {"stale", "critical"}))


def test_a_month_later_all_that_is_missing_is_alarming(states):
    assert any(find_failures(states.cell("missing", now=JANUARY), {"alarm"}))
    (failure,) = find_failures(states.cell("drafting", now=JANUARY), {"critical"})
    assert failure.message == "critical segments: 0 stale, 2 missing"


def test_a_closed_language_says_what_is_missing(states):
    (dari,) = states.report("prs").languages
    (failure,) = find_closed(dari, {"closed"})
    assert failure.message.startswith("the language is not open; missing: notice-")
    assert is_failed(states.report("prs"), frozenset({"closed"}))


@pytest.mark.usefixtures("states")
def test_the_exit_code(pipeline):
    assert pipeline("status", "--fail-on", "withdrawn").code == 10
    assert pipeline("status", "--fail-on", " damaged , closed").code == 10
    assert pipeline("status", "--fail-on", "closed", "--locale", "so").code == 0
    assert pipeline("status", "--fail-on", "").code == 0
    ran = pipeline("status", "--fail-on", "stale,rotten")
    assert ran.code == 2
    assert "rotten: use missing, drafting, stale, critical, late" in ran.err


def test_junit_has_a_case_for_each_cell(states):
    report = states.report("so")
    root = etree.fromstring(render_junit(report, {"stale", "critical", "closed"}).encode())
    (suite,) = root
    assert dict(suite.attrib) == {
        "name": "so",
        "tests": "13",
        "failures": "2",
        "errors": "0",
        "skipped": "0",
    }
    (case,) = suite.xpath("testcase[@name='covid-19/stale']")
    assert case.get("classname") == "so"
    assert [(item.tag, dict(item.attrib)) for item in case.iter("failure")] == [
        (
            "failure",
            {
                "type": "stale,critical",
                "message": "the source has changed: 1 stale, 1 critical; "
                "critical segments: 1 stale, 0 missing",
            },
        )
    ]
    assert case.findtext("system-out") == (
        "stale · covid-19/stale · 3 d 3 h · waiting 3 d 3 h for a translator"
    )
    assert suite.xpath("testcase[@name='covid-19/live']/failure") == []


def test_junit_fails_nothing_unless_it_is_asked_to(states):
    root = etree.fromstring(render_junit(states.report(), ()).encode())
    assert len(root) == 3
    assert root.xpath("//failure") == []


@pytest.mark.usefixtures("states")
def test_junit_from_the_command_line(pipeline):
    ran = pipeline("status", "--format", "junit", "--fail-on", "closed", "--locale", "prs")
    assert ran.code == 10
    (case,) = etree.fromstring(ran.out.encode()).xpath("//testcase[failure]")
    assert (case.get("classname"), case.get("name")) == ("prs", "open")

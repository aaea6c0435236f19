"""One report in its forms, each as its readers take it."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from pipeline.qa.report import (
    render_findings,
    render_html,
    render_json,
    render_junit,
    render_markdown,
    render_sarif,
)
from pipeline.qa.report.as_sarif import SCHEMA


def test_the_findings_alone(report):
    assert json.loads(render_findings(report))["findings"][0] == {
        "check": "number-mismatch",
        "severity": "critical",
        "locale": "ar",
        "file": "locales/ar/covid-19/stay home.po",
        "line": 12,
        "msgctxt": "on a card",
        "msgid": "Stay at home for 10 days & <rest>.",
        "message": "The translation has ١٠٠ where … has 10.",
        "remedy": "Compare it with the source.",
    }
    assert set(json.loads(render_findings(report))) == {"version", "findings"}


def test_json_has_answers_and_waivers_too(report):
    data = json.loads(render_json(report))
    assert (data["version"], data["demonstration"]) == (1, False)
    assert [(each["id"][:3], each["waived"]) for each in data["findings"]] == [
        ("ccc", False),
        ("aaa", True),
        ("ddd", False),
    ]
    reviser = next(each for each in data["answers"] if each["item"] == "second-person")
    assert (reviser["verdict"], reviser["who"]) == ("waiting", "reviser")
    assert reviser["waits"] == [{"who": "reviser", "texts": 3, "may_follow": False}]
    assert data["waivers"] == [
        {
            "resource": "covid-19/stay",
            "locale": "ar",
            "finding": "a" * 40,
            "message": "The translation ends early.",
            "state": "counts",
            "reason": "The rest stands in the picture.",
            "handle": "dr.ali",
            "time": "2026-11-20T09:00:00Z",
            "until": "2026-12-24",
        }
    ]


#: What version 2.1.0 of the schema asks of the parts that we write: type, keys that must be there.
SHAPE = {
    "": {"version", "runs"},
    "runs[]": {"tool"},
    "runs[].tool.driver": {"name"},
    "runs[].tool.driver.rules[]": {"id"},
    "runs[].results[]": {"message"},
    "runs[].results[].message": {"text"},
}


def parts(value, place=""):
    """Every object of a JSON text, by where it stands."""
    if isinstance(value, dict):
        yield place, value
        for key, child in value.items():
            yield from parts(child, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for child in value:
            yield from parts(child, f"{place}[]")


def test_sarif_has_the_shape_of_2_1_0(report):
    log = json.loads(render_sarif(report))
    assert (log["version"], log["$schema"]) == ("2.1.0", SCHEMA)
    found = list(parts(log))
    for place, needed in SHAPE.items():
        some = [value for where, value in found if where == place]
        assert some, place
        assert all(needed <= value.keys() for value in some), place
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        (where,) = result["locations"]
        place = where["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert re.fullmatch(r"[\w./%-]+", place["artifactLocation"]["uri"])


def test_sarif_suppresses_what_is_waived_with_the_reason(report):
    wrong, short, space = json.loads(render_sarif(report))["runs"][0]["results"]
    assert [each["level"] for each in (wrong, short, space)] == ["error", "error", "note"]
    assert short["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "The rest stands in the picture.",
        }
    ]
    assert "suppressions" not in wrong
    uri = wrong["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "locales/ar/covid-19/stay%20home.po"


def test_junit_fails_skips_and_passes(report):
    (suite,) = ET.fromstring(render_junit(report))  # noqa: S314 - our own text
    assert suite.get("name") == "covid-19/stay ar"
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("19", "1", "6")
    cases = {case.get("name"): case for case in suite}
    assert cases["numbers"].find("failure").get("type") == "number-mismatch"
    assert "stay home.po:12: critical: The translation has ١٠٠" in (
        cases["numbers"].find("failure").text
    )
    assert cases["second-person"].find("skipped").get("message") == (
        "waiting for reviser (3 texts)"
    )
    assert "Waived until 2026-12-24" in cases["complete"].find("system-out").text
    assert len(cases["contacts"]) == 0


def test_markdown_lists_findings_and_waivers(report):
    lines = render_markdown(report).split("\n")
    assert lines[0].startswith("**Quality assurance.** 10 passed")
    assert (
        "| covid-19/stay | ar | 12 | 1 | reviser (3 texts), community-reader (1 text), "
        "may follow publication |"
    ) in lines
    assert (
        "- **critical** locales/ar/covid-19/stay home.po:12 (ar): The translation has ١٠٠ where "
        "… has 10. Compare it with the source. (number-mismatch · `cccccccccccc`)"
    ) in lines
    assert lines[-1] == (
        "- covid-19/stay (ar), until 2026-12-24, dr.ali: The rest stands in the picture. "
        "The translation ends early. — counts"
    )


def test_html_needs_nothing_but_itself_and_lets_no_text_become_markup(report):
    page = render_html(report).decode()
    assert "<script" not in page
    assert "&lt;rest&gt;" in page
    assert "default-src &#39;none&#39;" in page
    assert re.findall(r'(?:src|href)="(?!https?://|#)[^"]*"', page) == []
    assert not re.search(r"<(?:link|img|iframe|form)\b|@import|url\(", page)
    assert "The rest stands in the picture." in page


def test_of_many_resources_only_those_that_failed_are_open(report):
    (failed,) = report.accounts
    answers = tuple(each for each in failed.answers if not each.noted)
    waiting = replace(failed, resource="covid-19/rest", answers=answers)
    page = render_html(replace(report, accounts=(waiting, failed))).decode()
    assert '<details id="a1">' in page
    assert '<details id="a2" open>' in page
    assert '<a href="#a2">covid-19/stay</a>' in page


@pytest.mark.e2e
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(report, browser, tmp_path, width):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    path = tmp_path / "qa.html"
    other = replace(report.accounts[0], resource="covid-19/rest")
    path.write_bytes(render_html(replace(report, accounts=(*report.accounts, other))))
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [path.as_uri()]
    context.close()

"""All checks of the output: a site without fault, and what holds of every check."""

import inspect
import re

import pytest

from pipeline.checks.output import OUTPUT_CHECKS, check_output


def test_a_site_without_fault_has_no_finding(site):
    assert check_output(site) == ()


@pytest.mark.parametrize("check", OUTPUT_CHECKS, ids=lambda check: check.__name__)
def test_a_check_says_its_id_and_shows_what_is_wrong_and_what_is_right_in_two_scripts(check):
    text = inspect.getdoc(check)
    assert text.startswith(check.__name__.removeprefix("check_").replace("_", "-") + ": ")
    wrong, right = text.count("- Wrong: "), text.count("- Right: ")
    assert wrong == right == text.count("- Source: ") >= 2
    assert re.search(r"[^\x00-\u024f“”…−–□]", text), "one example is in another script than Latin"


def test_findings_come_check_by_check(broken):
    site = broken("so/covid-19/fever/index.html", 'lang="so" dir="ltr"', 'lang="en" dir="ltr"')
    assert [finding.check for finding in check_output(site)] == ["unapproved-page", "page-language"]

"""A report as SARIF 2.1.0 (OASIS), for tools that show findings beside the lines of files."""

import json
from collections.abc import Iterable
from urllib.parse import quote

from pipeline import __version__
from pipeline.model import Severity
from pipeline.qa.report.values import Account, Noted, Report

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
#: Both hold a text back; advice does not.
_LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "note"}


def render_sarif(report: Report) -> str:
    """The findings; what is waived is suppressed, with the reason."""
    noted = list(report.noted())
    rules = {each.finding.check: number for number, each in enumerate(_one_a_check(noted))}
    driver = {
        "name": "pipeline qa",
        "semanticVersion": __version__,
        "rules": [_rule(each, report) for each in _one_a_check(noted)],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, account, each, rules) for account, each in noted],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _one_a_check(noted: Iterable[tuple[Account, Noted]]) -> list[Noted]:
    found: dict[str, Noted] = {}
    for _, each in noted:
        found.setdefault(each.finding.check, each)
    return list(found.values())


def _rule(noted: Noted, report: Report) -> dict[str, object]:
    check = noted.finding.check
    answers = (answer for account in report.accounts for answer in account.answers)
    item = next(answer.item for answer in answers if noted in answer.noted)
    return {
        "id": check,
        "shortDescription": {"text": item.question},
        "fullDescription": {"text": f"{item.question} After: {item.standard}."},
        "helpUri": item.address,
        "help": {"text": noted.finding.remedy},
    }


def _result(
    report: Report, account: Account, noted: Noted, rules: dict[str, int]
) -> dict[str, object]:
    finding = noted.finding
    place: dict[str, object] = {"artifactLocation": {"uri": quote(report.file_of(finding))}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    result: dict[str, object] = {
        "ruleId": finding.check,
        "ruleIndex": rules[finding.check],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.remedy}"},
        "locations": [{"physicalLocation": place}],
        "properties": {
            "severity": str(finding.severity),
            "locale": finding.locale or account.locale,
            "resource": account.resource,
            "msgctxt": finding.context,
            "msgid": finding.msgid,
        },
    }
    if noted.id:
        result["partialFingerprints"] = {"findingId/v1": noted.id}
    if noted.waiver:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": noted.waiver.note}
        ]
    return result

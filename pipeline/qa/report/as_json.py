"""A report as JSON, version 1; documented in ``docs/reference/qa.md``."""

import json
from collections.abc import Mapping

from pipeline.qa.report.values import Account, Answer, ListedWaiver, Noted, Report

VERSION = 1


def render_findings(report: Report) -> str:
    """The findings alone: what is said of a file that is no part of a project."""
    findings = [_finding(report, account, noted) for account, noted in report.noted()]
    return _text({"version": VERSION, "findings": findings})


def render_json(report: Report) -> str:
    """The whole report: findings, answers and waivers."""
    return _text(
        {
            "version": VERSION,
            "demonstration": report.is_demonstration,
            "findings": [
                _finding(report, account, noted)
                | {
                    "id": noted.id or None,
                    "resource": account.resource,
                    "waived": noted.waiver is not None,
                }
                for account, noted in report.noted()
            ],
            "answers": [
                _answer(account, answer)
                for account in report.accounts
                for answer in account.answers
            ],
            "waivers": [_waiver(listed) for listed in report.waivers],
        }
    )


def _text(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=1)


def _finding(report: Report, account: Account, noted: Noted) -> dict[str, object]:
    finding = noted.finding
    return {
        "check": finding.check,
        "severity": str(finding.severity),
        "locale": finding.locale or account.locale,
        "file": report.file_of(finding),
        "line": finding.line,
        "msgctxt": finding.context,
        "msgid": finding.msgid,
        "message": finding.message,
        "remedy": finding.remedy,
    }


def _answer(account: Account, answer: Answer) -> dict[str, object]:
    return {
        "resource": account.resource,
        "locale": account.locale,
        "item": answer.item.id,
        "question": answer.item.question,
        "who": str(answer.item.role) if answer.item.role else "machine",
        "verdict": str(answer.verdict),
        "waits": [
            {"who": wait.who, "texts": wait.texts, "may_follow": wait.may_follow}
            for wait in answer.waits
        ],
        "findings": len(answer.noted),
        "remedy": answer.remedy,
    }


def _waiver(listed: ListedWaiver) -> dict[str, object]:
    waiver, finding = listed.listed.waiver, listed.listed.finding
    return {
        "resource": listed.resource,
        "locale": listed.locale,
        "finding": waiver.finding,
        "message": finding.message if finding else None,
        "state": listed.listed.state.name.lower(),
        "reason": waiver.note,
        "handle": waiver.handle,
        "time": waiver.time,
        "until": str(waiver.until),
    }

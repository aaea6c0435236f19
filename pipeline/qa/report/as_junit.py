"""A report as JUnit's XML: a suite a resource and language, a case a question."""

import re
from html import escape

from pipeline.qa.report.values import Account, Answer, Report, Verdict

#: Characters that XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report) -> str:
    """A question that failed is a failure, one that somebody has still to answer is skipped."""
    suites = [line for account in report.accounts for line in _suite(report, account)]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<testsuites name="pipeline qa">',
            *suites,
            "</testsuites>",
        ]
    )


def _suite(report: Report, account: Account) -> list[str]:
    name = f"{account.resource} {account.locale}"
    counts = account.counts
    numbers = (
        f'tests="{len(account.answers)}" failures="{counts[Verdict.FAILED]}" errors="0" '
        f'skipped="{counts[Verdict.WAITING]}"'
    )
    return [
        f'  <testsuite name="{_text(name)}" {numbers}>',
        *(line for answer in account.answers for line in _case(report, account, answer)),
        "  </testsuite>",
    ]


def _case(report: Report, account: Account, answer: Answer) -> list[str]:
    place = f"{account.locale}.{account.resource}"
    lines = [f'    <testcase classname="{_text(place)}" name="{_text(answer.item.id)}">']
    told = [
        f"{report.file_of(noted.finding)}:{noted.finding.line or 1}: {noted.finding.severity}: "
        f"{noted.finding.message} {noted.finding.remedy}"
        + (f" Waived until {noted.waiver.until}: {noted.waiver.note}" if noted.waiver else "")
        for noted in answer.noted
    ]
    if answer.verdict is Verdict.FAILED:
        kinds = ",".join(dict.fromkeys(noted.finding.check for noted in answer.noted))
        message = _text(answer.item.question)
        lines.append(f'      <failure type="{_text(kinds)}" message="{message}">')
        lines += [f"{_text(line)}" for line in told]
        lines.append("      </failure>")
    elif answer.verdict is Verdict.WAITING:
        waits = ", ".join(map(str, answer.waits))
        lines.append(f'      <skipped message="{_text(f"waiting for {waits}")}"/>')
    elif told:
        lines.append(f"      <system-out>{_text(chr(10).join(told))}</system-out>")
    return [*lines, "    </testcase>"]


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))

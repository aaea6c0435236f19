"""A report as Markdown, for a comment on a pull request."""

import re
from collections.abc import Iterator

from pipeline.qa.report.values import SHOWN, Account, Noted, Report, Verdict

#: More than these a comment does not list: the hosts cut it at 65,536 characters.
_MOST = 150
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
#: Texts are others': nothing in them may move the cursor or turn the line round unseen.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def render_markdown(report: Report) -> str:
    """A table of resources and languages, the findings, the waivers."""
    lines = [f"**Quality assurance.** {report.headline}", "", *_table(report)]
    findings = [(account, noted) for account, noted in report.noted() if noted.waiver is None]
    if findings:
        lines += ["", "### Findings", ""]
        lines += [_finding(report, account, noted) for account, noted in findings[:_MOST]]
        if len(findings) > _MOST:
            lines.append(f"- … and {len(findings) - _MOST} more")
    if report.waivers:
        lines += ["", "### Waivers", "", *_waivers(report)]
    return "\n".join(lines)


def _table(report: Report) -> Iterator[str]:
    yield "| Resource | Language | Passed | Failed | Waiting for |"
    yield "|---|---|--:|--:|---|"
    for account in report.accounts:
        counts = account.counts
        passed = sum(counts[each] for each in (Verdict.PASSED, Verdict.ADVICE, Verdict.WAIVED))
        yield (
            f"| {_text(account.resource)} | {_text(account.locale)} | {passed} | "
            f"{counts[Verdict.FAILED]} | {_text(', '.join(map(str, account.waits)))} |"
        )


def _finding(report: Report, account: Account, noted: Noted) -> str:
    finding = noted.finding
    place = f"{report.file_of(finding)}:{finding.line or 1}"
    name = f" · `{noted.id[:SHOWN]}`" if noted.id else ""
    return (
        f"- **{finding.severity}** {_text(place)} ({_text(account.locale)}): "
        f"{_text(finding.message)} {_text(finding.remedy)} ({finding.check}{name})"
    )


def _waivers(report: Report) -> Iterator[str]:
    for each in report.waivers:
        yield f"- {_text(each.resource)} ({each.locale}), {_text(str(each))}"


def _text(text: str) -> str:
    shown = _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
    return _SPECIAL.sub(r"\\\1", shown)

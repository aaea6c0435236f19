"""The report of `pipeline qa` in a terminal or a pipe."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from pipeline.cli.console import out
from pipeline.cli.review_screen import safe
from pipeline.model import Severity
from pipeline.qa.report import Account, ListedWaiver, Noted, Report, Verdict

_STYLES = {
    Verdict.PASSED: "green",
    Verdict.ADVICE: "yellow",
    Verdict.WAIVED: "yellow",
    Verdict.WAITING: "yellow",
    Verdict.FAILED: "bold red",
}
_SEVERITIES = {Severity.CRITICAL: "bold red", Severity.MAJOR: "red", Severity.MINOR: "yellow"}
_SHOWN = 12
#: In a pipe nothing is cut and nothing wrapped.
_PIPE = 1000
_DONE = (Verdict.PASSED, Verdict.ADVICE, Verdict.WAIVED)


def print_report(report: Report) -> None:
    """Print a report: question by question where there is one resource, else a row for each."""
    if len(report.accounts) == 1:
        _print_account(report.accounts[0])
    elif report.accounts:
        _print_accounts(report)
    for account, noted in report.noted():
        for line in _finding(report, account, noted):
            out.print(line)
    for waiver in report.waivers:
        out.print(_waiver(waiver))
    out.print(Text(report.headline))


def _print_account(account: Account) -> None:
    out.print(Text(f"{safe(account.resource)} · {account.locale}", "bold"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Answer", "Question", "Who", "Waiting for", "What to do"):
        table.add_column(title, no_wrap=not out.is_terminal)
    for answer in account.answers:
        who = str(answer.item.role) if answer.item.role else "machine"
        remedy = "" if answer.noted else answer.remedy
        table.add_row(
            Text(answer.verdict, _STYLES[answer.verdict]),
            Text(f"{safe(answer.item.question)} ({answer.item.id})"),
            Text(who),
            Text(", ".join(map(str, answer.waits))),
            Text(remedy),
        )
    out.print(table, width=None if out.is_terminal else _PIPE)


def _print_accounts(report: Report) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Resource", "Language", "Passed", "Failed", "Waiting for"):
        is_number = title in {"Passed", "Failed"}
        table.add_column(
            title, justify="right" if is_number else "left", no_wrap=not out.is_terminal
        )
    for account in report.accounts:
        counts = account.counts
        failed = counts[Verdict.FAILED]
        table.add_row(
            Text(safe(account.resource)),
            Text(account.locale),
            Text(str(sum(counts[verdict] for verdict in _DONE))),
            Text(str(failed), "bold red" if failed else ""),
            Text(", ".join(map(str, account.waits))),
        )
    out.print(table, width=None if out.is_terminal else _PIPE)


def _finding(report: Report, account: Account, noted: Noted) -> Iterator[Text]:
    finding = noted.finding
    place = report.file_of(finding) + (f":{finding.line}" if finding.line else "")
    name = f" {noted.id[:_SHOWN]}" if noted.id else ""
    head = Text.assemble((str(finding.severity), _SEVERITIES[finding.severity]))
    if noted.waiver:
        head = Text(f"{finding.severity}, waived until {noted.waiver.until}", "yellow")
    head.append(f": {safe(place)}: {account.locale}: {safe(finding.message)} ")
    head.append(f"({finding.check}{name})", "dim")
    yield head
    yield Text.assemble(("  → ", "dim"), safe(finding.remedy))


def _waiver(each: ListedWaiver) -> Text:
    name = each.listed.waiver.finding[:_SHOWN]
    return Text(f"waiver: {safe(each.resource)}: {each.locale}: {name} {safe(str(each))}")

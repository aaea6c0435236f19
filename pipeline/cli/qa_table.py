"""The report of `pipeline qa` in a terminal or a pipe."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
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
    rows = []
    for answer in account.answers:
        who = str(answer.item.role) if answer.item.role else "machine"
        rows.append(
            (
                Text(answer.verdict, _STYLES[answer.verdict]),
                Text(f"{safe(answer.item.question)} ({answer.item.id})"),
                Text(who),
                Text(", ".join(map(str, answer.waits))),
                Text("" if answer.noted else answer.remedy),
            )
        )
    _print_table(("Verdict", "Question", "Who", "Waiting for", "What to do"), rows)


def _print_accounts(report: Report) -> None:
    rows = []
    for account in report.accounts:
        counts = account.counts
        failed = counts[Verdict.FAILED]
        rows.append(
            (
                Text(safe(account.resource)),
                Text(account.locale),
                Text(str(sum(counts[verdict] for verdict in _DONE))),
                Text(str(failed), "bold red" if failed else ""),
                Text(", ".join(map(str, account.waits))),
            )
        )
    _print_table(("Resource", "Language", "Passed", "Failed", "Waiting for"), rows)


def _print_table(heads: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
    """Columns that fit the screen; in a pipe nothing is cut and nothing wrapped."""
    if out.is_terminal:
        table = Table(*heads, box=None, pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*row)
        out.print(table)
        return
    plain = [list(heads), *([cell.plain for cell in row] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*plain, strict=True)]
    for cells in plain:
        line = "  ".join(
            cell + " " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True)
        )
        out.print(Text(line.rstrip()), soft_wrap=True)


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

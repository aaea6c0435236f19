"""A report as one page of HTML."""

from pathlib import Path

from pipeline.onepage import render_page
from pipeline.qa.report.values import SHOWN, Report, Verdict


def render_html(report: Report) -> bytes:
    """The report as a page."""
    return render_page(Path(__file__).parent, report=report, verdicts=Verdict, shown=SHOWN)

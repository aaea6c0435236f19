"""A report as one page of HTML."""

from pathlib import Path

from pipeline.exchange.report.values import Report
from pipeline.onepage import render_page


def render_html(report: Report) -> bytes:
    """The report as a page."""
    return render_page(Path(__file__).parent, report=report)

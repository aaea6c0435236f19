"""What became of translators' files → a report that can be mailed back to them.

In: what was taken, row by row, and what the checks say of it. Out: lines for a terminal,
Markdown, or one page of HTML without scripts.
"""

from pipeline.exchange.report.as_html import render_html
from pipeline.exchange.report.as_markdown import render_markdown
from pipeline.exchange.report.values import Item, Notice, Report, Section, make_section

__all__ = [
    "Item",
    "Notice",
    "Report",
    "Section",
    "make_section",
    "render_html",
    "render_markdown",
]

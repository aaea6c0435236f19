"""What is passed, what failed and who is waited for: the checklist answered, in six forms.

``values`` is a report, ``answering`` makes its answers out of findings and sign-offs; each
``as_…`` renders it. The table of the terminal is made in ``cli``.
"""

from pipeline.qa.report.answering import OTHER, Facts, answer
from pipeline.qa.report.as_html import render_html
from pipeline.qa.report.as_json import render_findings, render_json
from pipeline.qa.report.as_junit import render_junit
from pipeline.qa.report.as_markdown import render_markdown
from pipeline.qa.report.as_sarif import render_sarif
from pipeline.qa.report.values import (
    Account,
    Answer,
    ListedWaiver,
    Noted,
    Report,
    Verdict,
    WaitsFor,
)

__all__ = [
    "OTHER",
    "Account",
    "Answer",
    "Facts",
    "ListedWaiver",
    "Noted",
    "Report",
    "Verdict",
    "WaitsFor",
    "answer",
    "render_findings",
    "render_html",
    "render_json",
    "render_junit",
    "render_markdown",
    "render_sarif",
]

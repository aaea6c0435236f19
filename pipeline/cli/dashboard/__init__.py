"""The state of all languages as one page that needs nothing but itself.

``looks`` says how a state looks, ``report`` puts together what is shown, ``matrix``,
``work`` and ``history`` lay its parts out, ``page`` writes the HTML.
"""

from pipeline.cli.dashboard.page import render_page
from pipeline.cli.dashboard.report import Report, read_report

__all__ = ["Report", "read_report", "render_page"]

"""The state of all languages as one page that needs nothing but itself.

``looks`` says how a state looks, ``report`` takes what is shown out of a survey, ``matrix``,
``work`` and ``history`` lay its parts out, ``page`` writes the HTML.
"""

from pipeline.cli.dashboard.page import render_page
from pipeline.cli.dashboard.report import Report, make_report

__all__ = ["Report", "make_report", "render_page"]

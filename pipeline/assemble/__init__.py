"""Segments and accepted units → localised Markdown and captions."""

from pipeline.assemble.coverage import Accepted, Rules, count_words, measure, weigh
from pipeline.assemble.page import localise, missing_page, source_page, withdraw
from pipeline.assemble.variants import choose_variants

__all__ = [
    "Accepted",
    "Rules",
    "choose_variants",
    "count_words",
    "localise",
    "measure",
    "missing_page",
    "source_page",
    "weigh",
    "withdraw",
]

"""Segments and accepted units → localised Markdown."""

from pipeline.assemble.page import (
    Accepted,
    Rules,
    count_words,
    localise,
    measure,
    missing_page,
    source_page,
    weigh,
    withdraw,
)

__all__ = [
    "Accepted",
    "Rules",
    "count_words",
    "localise",
    "measure",
    "missing_page",
    "source_page",
    "weigh",
    "withdraw",
]

"""Segments and accepted units → localised Markdown."""

from pipeline.assemble.page import (
    Rules,
    count_words,
    localise,
    measure,
    missing_page,
    source_page,
    weigh,
)

__all__ = ["Rules", "count_words", "localise", "measure", "missing_page", "source_page", "weigh"]

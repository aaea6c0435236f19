"""Checks of a resource in its source language: is it plain, complete and safe to act on?

In: a file's text with its segments (:func:`read_page`). Out: findings, in the order of the lines.
``fields``, ``marks`` and ``prose`` read a text, ``syllables`` and ``wordlists`` know English,
``readability``, ``style``, ``acronyms``, ``structure``, ``message`` and ``origin`` judge. What
was made for English alone is not run on other languages; :func:`not_run` says so.

Advice (minor) is about style. A finding is major only where a reader would come to harm, or where
a standard demands what is missing.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from pipeline.checks.plain.acronyms import check_unexplained_acronym
from pipeline.checks.plain.message import (
    check_call_to_action,
    check_interpreter_line,
    check_main_message_first,
    check_when_to_get_help,
)
from pipeline.checks.plain.origin import check_review_dates, check_sources_present
from pipeline.checks.plain.page import Page, read_page
from pipeline.checks.plain.readability import (
    Readability,
    check_long_sentence,
    check_reading_age,
    check_sentence_length,
    check_smog,
    measure,
)
from pipeline.checks.plain.structure import check_alt_text, check_heading_order, check_link_text
from pipeline.checks.plain.style import (
    check_jargon,
    check_long_paragraph,
    check_passive_voice,
)
from pipeline.model import Finding

__all__ = [
    "ENGLISH_CHECKS",
    "Page",
    "Readability",
    "check_alt_text",
    "check_call_to_action",
    "check_heading_order",
    "check_interpreter_line",
    "check_jargon",
    "check_link_text",
    "check_long_paragraph",
    "check_long_sentence",
    "check_main_message_first",
    "check_page",
    "check_passive_voice",
    "check_reading_age",
    "check_review_dates",
    "check_sentence_length",
    "check_smog",
    "check_sources_present",
    "check_unexplained_acronym",
    "check_when_to_get_help",
    "measure",
    "not_run",
    "read_page",
]

_Check = Callable[[Page], tuple[Finding, ...]]

_ENGLISH: tuple[_Check, ...] = (
    check_reading_age,
    check_smog,
    check_sentence_length,
    check_long_sentence,
    check_passive_voice,
    check_jargon,
    check_main_message_first,
    check_call_to_action,
    check_interpreter_line,
)
_ANY: tuple[_Check, ...] = (
    check_long_paragraph,
    check_unexplained_acronym,
    check_heading_order,
    check_link_text,
    check_alt_text,
    check_when_to_get_help,
    check_sources_present,
)
#: Ids of the checks that were made for English, and are not run on other languages.
ENGLISH_CHECKS = tuple(
    check.__name__.removeprefix("check_").replace("_", "-") for check in _ENGLISH
)


def check_page(page: Page, *, today: date) -> tuple[Finding, ...]:
    """All that the checks of this room see on a resource, in the order of its lines.

    Args:
        page: the resource.
        today: what past and future are measured from.
    """
    checks: list[_Check] = [*_ANY, partial(check_review_dates, today=today)]
    if page.is_english:
        checks = [*_ENGLISH, *checks]
    findings = [finding for check in checks for finding in check(page)]
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))


def not_run(page: Page) -> tuple[str, ...]:
    """Ids of the checks that say nothing about a page because it is not in English."""
    return () if page.is_english else ENGLISH_CHECKS

"""Checks: pure functions from a source, a unit or a page to findings.

A check's id is kebab-case and matches its function and its section in
``docs/reference/checks.md``: ``foreign-markup``, ``check_foreign_markup``.

``breakage`` and ``markup`` look at a translation, ``source`` looks at a resource,
``rendered`` at the HTML of a page. ``features``, ``tags`` and ``addresses`` serve them.
"""

from collections.abc import Callable
from functools import partial

from pipeline.checks.breakage import FindProblem, check_broken_page
from pipeline.checks.characters import (
    check_hidden_direction,
    check_no_words,
    find_hidden_direction,
    has_words,
)
from pipeline.checks.markup import check_foreign_markup, check_markup_mismatch
from pipeline.checks.rendered import ActiveContent, find_active_content
from pipeline.checks.source import check_active_content
from pipeline.model import Finding

__all__ = [
    "ActiveContent",
    "check_active_content",
    "check_broken_page",
    "check_foreign_markup",
    "check_hidden_direction",
    "check_markup_mismatch",
    "check_no_words",
    "find_active_content",
    "find_hidden_direction",
    "has_words",
    "unit_checks",
]


def unit_checks(find_problem: FindProblem) -> tuple[Callable[..., tuple[Finding, ...]], ...]:
    """The checks on a translation: each takes segment, unit, path and locale.

    Args:
        find_problem: says why a target would break its page: ``segments.find_problem``,
            given from outside because checks know no Markdown blocks.
    """
    breakage = partial(check_broken_page, find_problem=find_problem)
    return (
        breakage,
        check_no_words,
        check_hidden_direction,
        check_foreign_markup,
        check_markup_mismatch,
    )

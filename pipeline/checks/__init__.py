"""Checks: pure functions from a source, a unit or a page to findings.

A check's id is kebab-case and matches its function and its section in
``docs/reference/checks.md``: ``foreign-markup``, ``check_foreign_markup``.

``markup`` compares a translation with its source, ``source`` looks at a resource,
``rendered`` at the HTML of a page. ``features``, ``tags`` and ``addresses`` serve them.
"""

from collections.abc import Callable

from pipeline.checks.markup import check_foreign_markup, check_markup_mismatch
from pipeline.checks.rendered import ActiveContent, find_active_content
from pipeline.checks.source import check_active_content
from pipeline.model import Finding

__all__ = [
    "ActiveContent",
    "check_active_content",
    "check_foreign_markup",
    "check_markup_mismatch",
    "find_active_content",
    "unit_checks",
]


def unit_checks() -> tuple[Callable[..., tuple[Finding, ...]], ...]:
    """The checks on a translation: each takes segment, unit, path and locale."""
    return (check_foreign_markup, check_markup_mismatch)

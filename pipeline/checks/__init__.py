"""Checks: pure functions from a source, a unit, a file or a page to findings.

A check's id is kebab-case and matches its function and its page in the docs:
``foreign-markup``, ``check_foreign_markup``.

Of a translation, ``breakage``, ``markup``, ``characters``, ``numbers``, ``units``, ``contacts``,
``language``, ``lengths``, ``negation``, ``terms`` and ``keyboard`` look at one unit, and ``rows``
at all of a file. ``source`` looks at a resource, ``rendered`` at the HTML of a page. ``features``,
``tags``, ``addresses``, ``alignment`` and ``endings`` serve them.
"""

from pipeline.checks.breakage import FindProblem, check_broken_page
from pipeline.checks.characters import (
    check_hidden_direction,
    check_no_words,
    find_hidden_direction,
    has_words,
)
from pipeline.checks.contacts import check_contact_mismatch
from pipeline.checks.keyboard import (
    check_invisible_characters,
    check_legacy_encoding,
    check_punctuation,
    check_script_mixed,
    check_whitespace,
)
from pipeline.checks.language import check_untranslated, check_wrong_language
from pipeline.checks.lengths import check_length_outlier, check_truncated
from pipeline.checks.markup import check_foreign_markup, check_markup_mismatch
from pipeline.checks.negation import check_negation_missing
from pipeline.checks.numbers import check_number_mismatch
from pipeline.checks.rendered import ActiveContent, find_active_content
from pipeline.checks.rows import check_duplicate_target, check_misaligned
from pipeline.checks.running import (
    Languages,
    UnitChecker,
    check_catalog,
    document_checks,
    find_by_unit,
    language_checks,
    markup_checks,
    without_consequences,
)
from pipeline.checks.source import check_active_content
from pipeline.checks.terms import check_glossary
from pipeline.checks.units import check_unit_mismatch

__all__ = [
    "ActiveContent",
    "FindProblem",
    "Languages",
    "UnitChecker",
    "check_active_content",
    "check_broken_page",
    "check_catalog",
    "check_contact_mismatch",
    "check_duplicate_target",
    "check_foreign_markup",
    "check_glossary",
    "check_hidden_direction",
    "check_invisible_characters",
    "check_legacy_encoding",
    "check_length_outlier",
    "check_markup_mismatch",
    "check_misaligned",
    "check_negation_missing",
    "check_no_words",
    "check_number_mismatch",
    "check_punctuation",
    "check_script_mixed",
    "check_truncated",
    "check_unit_mismatch",
    "check_untranslated",
    "check_whitespace",
    "check_wrong_language",
    "document_checks",
    "find_active_content",
    "find_by_unit",
    "find_hidden_direction",
    "has_words",
    "language_checks",
    "markup_checks",
    "without_consequences",
]

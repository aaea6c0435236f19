"""Which checks are run on a translation, and in which order.

Markup first, as every page depends on it; then what a reader could come to harm by; then advice.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pipeline.checks.breakage import FindProblem, check_broken_page
from pipeline.checks.characters import check_hidden_direction, check_no_words
from pipeline.checks.contacts import check_contact_mismatch
from pipeline.checks.keyboard import (
    check_invisible_characters,
    check_legacy_encoding,
    check_punctuation,
    check_script_mixed,
    check_whitespace,
)
from pipeline.checks.language import check_untranslated, check_wrong_language, find_own_words
from pipeline.checks.lengths import check_length_outlier, check_truncated
from pipeline.checks.markup import check_foreign_markup, check_markup_mismatch
from pipeline.checks.negation import check_negation_missing
from pipeline.checks.numbers import check_number_mismatch
from pipeline.checks.rows import check_duplicate_target, check_misaligned
from pipeline.checks.terms import check_glossary
from pipeline.checks.units import check_unit_mismatch
from pipeline.glossary import Glossary
from pipeline.languages import Language
from pipeline.model import Finding, Segment, Unit

UnitCheck = Callable[[Segment, Unit, Path, str], Iterable[Finding]]
DocumentCheck = Callable[[Sequence[tuple[Segment, Unit]], Path, str], Iterable[Finding]]
#: Where one of these is found, the others only say what follows from it.
_SAY_ALL = ("no-words", "untranslated", "legacy-encoding", "wrong-language", "misaligned")
_FOLLOWS = frozenset(
    {"length-outlier", "truncated", "negation-missing", "glossary", "punctuation", "script-mixed"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """What the checks know of the two languages.

    Attributes:
        source: the language of the sources.
        target: the language of the translations.
        glossary: the target language's terms.
    """

    source: Language
    target: Language
    glossary: Glossary = field(default_factory=Glossary)


def unit_checks(
    find_problem: FindProblem,
    languages: Languages | None = None,
    *,
    own_words: frozenset[str] = frozenset(),
) -> tuple[UnitCheck, ...]:
    """The checks on a translation: each takes segment, unit, path and locale.

    Args:
        find_problem: says why a target would break its page: ``segments.find_problem``,
            given from outside because checks know no Markdown blocks.
        languages: the two languages; without them only those checks that need to know neither.
        own_words: what ``find_own_words`` has found in the file, if it was asked.
    """
    checks: tuple[UnitCheck, ...] = (
        partial(check_broken_page, find_problem=find_problem),
        check_no_words,
        check_hidden_direction,
        check_foreign_markup,
        check_markup_mismatch,
    )
    return (*checks, *_language_checks(languages, own_words)) if languages else checks


def _language_checks(languages: Languages, own_words: frozenset[str]) -> tuple[UnitCheck, ...]:
    source, target = languages.source, languages.target
    both = partial(partial, source=source, target=target)
    checks: tuple[UnitCheck, ...] = (
        both(check_untranslated),
        check_legacy_encoding,
        both(check_wrong_language, own_words=own_words),
        check_contact_mismatch,
        both(check_number_mismatch),
        both(check_unit_mismatch),
        both(check_negation_missing),
        partial(check_truncated, target=target),
        partial(check_length_outlier, target=target),
        check_script_mixed,
        partial(check_invisible_characters, target=target),
        check_punctuation,
        check_whitespace,
    )
    if languages.glossary:
        terms = partial(check_glossary, target=target, glossary=languages.glossary)
        checks = (*checks, terms)
    return checks


def document_checks(languages: Languages) -> tuple[DocumentCheck, ...]:
    """The checks on all translations of a file: each takes pairs, path and locale.

    Args:
        languages: the two languages.
    """
    source, target = languages.source, languages.target
    return (
        partial(check_misaligned, source=source, target=target),
        partial(check_duplicate_target, target=target),
    )


def check_catalog(
    pairs: Sequence[tuple[Segment, Unit]],
    path: Path,
    locale: str,
    *,
    find_problem: FindProblem,
    languages: Languages,
) -> tuple[Finding, ...]:
    """All that the checks say of a file, in the order of its units.

    Args:
        pairs: segments with their units; those without a target are passed over.
        path: the file, for the findings.
        locale: its tag, for the findings.
        find_problem: see ``unit_checks``.
        languages: the two languages.
    """
    pairs = [pair for pair in pairs if pair[1].msgstr]
    own_words = find_own_words([unit.msgstr for _, unit in pairs], languages.target)
    rules = unit_checks(find_problem, languages, own_words=own_words)
    found: dict[int, list[Finding]] = {id(unit): [] for _, unit in pairs}
    for segment, unit in pairs:
        found[id(unit)] += (f for rule in rules for f in rule(segment, unit, path, locale))
    by_place = {(unit.line, unit.msgid): id(unit) for _, unit in pairs}
    for check in document_checks(languages):
        for finding in check(pairs, path, locale):
            found[by_place[finding.line or 0, finding.msgid or ""]].append(finding)
    return tuple(finding for _, unit in pairs for finding in without_consequences(found[id(unit)]))


def without_consequences(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of one unit, without those that only follow from another.

    A text in another language is too long, has no negation and no term of the glossary; one
    message is enough.
    """
    ids = {finding.check for finding in findings}
    has_cause = any(check in ids for check in _SAY_ALL)
    seen = set()
    for finding in findings:
        if not (has_cause and finding.check in _FOLLOWS) and finding not in seen:
            seen.add(finding)
            yield finding

"""Which checks are run on a translation, and in which order.

Markup first, as every page depends on it; then what a reader could come to harm by; then advice.

A library has a million units, and in nearly all of them nothing is wrong. So a check is asked only
where its finding is possible at all: what that depends on is known of the source once for all
languages, and of the target by a glance. The tests hold that nothing else changes by it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pipeline.checks.breakage import FindProblem, check_broken_page
from pipeline.checks.captions import check_caption_fit
from pipeline.checks.characters import (
    check_hidden_direction,
    check_no_words,
    has_control,
    has_words,
)
from pipeline.checks.contacts import check_contact_mismatch
from pipeline.checks.endings import find_cut_texts
from pipeline.checks.features import has_markup
from pipeline.checks.glance import (
    SourceGlance,
    has_contact_sign,
    has_unusual_sign,
    is_likely_copy,
    is_plainly_typed,
    look_at_source,
)
from pipeline.checks.keyboard import (
    check_invisible_characters,
    check_legacy_encoding,
    check_punctuation,
    check_script_mixed,
    check_whitespace,
)
from pipeline.checks.language import (
    check_untranslated,
    check_wrong_language,
    find_own_words,
    is_own,
    split_raw,
)
from pipeline.checks.lengths import (
    check_length_outlier,
    check_truncated,
    is_usual_length,
    read_length,
)
from pipeline.checks.markup import check_foreign_markup, check_markup_mismatch
from pipeline.checks.negation import check_negation_missing
from pipeline.checks.numbers import check_number_mismatch, read_runs
from pipeline.checks.rows import check_duplicate_target, check_misaligned
from pipeline.checks.terms import check_glossary
from pipeline.checks.units import check_unit_mismatch
from pipeline.glossary import Glossary
from pipeline.languages import Language
from pipeline.model import Finding, Segment, Unit, UnitKey

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


def markup_checks(find_problem: FindProblem) -> tuple[UnitCheck, ...]:
    """The checks that need to know no language: each takes segment, unit, path and locale.

    Args:
        find_problem: says why a target would break its page: ``segments.find_problem``,
            given from outside because checks know no Markdown blocks.
    """
    return (
        partial(check_broken_page, find_problem=find_problem),
        check_no_words,
        check_hidden_direction,
        check_foreign_markup,
        check_markup_mismatch,
    )


def language_checks(
    languages: Languages,
    *,
    own_words: frozenset[str] = frozenset(),
    cut: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[UnitCheck, ...]:
    """The checks that look at what a translation says.

    Args:
        languages: the two languages.
        own_words: what ``find_own_words`` has found in the file, if it was asked.
        cut: likewise, what ``find_cut_texts`` has found.
    """
    source, target = languages.source, languages.target
    both = partial(partial, source=source, target=target)
    return (
        both(check_untranslated),
        check_legacy_encoding,
        both(check_wrong_language, own_words=own_words),
        check_contact_mismatch,
        both(check_number_mismatch),
        both(check_unit_mismatch),
        both(check_negation_missing),
        partial(check_truncated, target=target, cut=cut),
        partial(check_length_outlier, target=target, cut=cut),
        partial(check_caption_fit, scripts=target.scripts),
        check_script_mixed,
        partial(check_invisible_characters, target=target),
        check_punctuation,
        check_whitespace,
        partial(check_glossary, target=target, glossary=languages.glossary),
    )


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


class UnitChecker:
    """All checks on the units of one file.

    Args:
        path: the file, for the findings.
        locale: its tag, for the findings.
        find_problem: see :func:`markup_checks`.
        languages: the two languages; None for the checks that need to know neither.
        own_words: what ``find_own_words`` has found in the file.
        cut: what ``find_cut_texts`` has found in it.
    """

    def __init__(
        self,
        path: Path,
        locale: str,
        *,
        find_problem: FindProblem,
        languages: Languages | None = None,
        own_words: frozenset[str] = frozenset(),
        cut: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._path = path
        self._locale = locale
        self._find_problem = find_problem
        self._markup = markup_checks(find_problem)
        self._languages = languages
        self._own_words = own_words
        self._cut = cut
        if languages:
            checks = language_checks(languages, own_words=own_words, cut=cut)
            (
                self._untranslated,
                self._encoding,
                self._language,
                self._contacts,
                self._numbers,
                self._units,
                self._negation,
                self._truncated,
                self._length,
                self._caption,
                *self._typing,
                self._glossary,
            ) = checks

    def find(self, segment: Segment, unit: Unit) -> list[Finding]:
        """What the checks say of a unit that has a target."""
        languages, checks = self._languages, self._markup
        if languages:
            glance = look_at_source(segment.msgid, languages.source)
            checks = (
                *self._of_markup(segment, glance, unit.msgstr),
                *self._of_words(segment.msgid, glance, unit.msgstr, languages),
                *((self._caption,) if segment.is_cue else ()),
            )
        found: list[Finding] = []
        for check in checks:
            # Nearly always it is quiet.
            if said := check(segment, unit, self._path, self._locale):
                found += said
        return found

    def _of_markup(
        self, segment: Segment, glance: SourceGlance, target: str
    ) -> Iterator[UnitCheck]:
        """The checks of markup that may find something, in their order."""
        broken, no_words, hidden, foreign, mismatch = self._markup
        if self._find_problem(segment, target) is not None:
            yield broken
        if not has_words(target):
            yield no_words
        if has_control(target):
            yield hidden
        if has_markup(target):
            yield foreign
        if glance.has_markup or segment.protected or "**" in target:
            yield mismatch

    def _of_words(
        self, source: str, glance: SourceGlance, target: str, languages: Languages
    ) -> Iterator[UnitCheck]:
        """The checks of language that may find something, in their order."""
        words = split_raw(target)
        is_unusual = has_unusual_sign(target)
        if is_likely_copy(glance, words):
            yield self._untranslated
        if is_unusual or "??" in target:
            yield self._encoding
        if not (self._own_words and is_own(words, self._own_words)):
            yield self._language
        yield from self._of_facts(glance, target)
        is_usual = is_usual_length(glance.length, read_length(target), languages.target)
        if not is_usual or (source, target) in self._cut:
            yield self._truncated
            yield self._length
        if is_unusual or not is_plainly_typed(glance, target):
            yield from self._typing
        if languages.glossary:
            yield self._glossary

    def _of_facts(self, glance: SourceGlance, target: str) -> Iterator[UnitCheck]:
        runs = read_runs(target)
        if glance.has_contacts or has_contact_sign(target, runs):
            yield self._contacts
        if glance.counts or glance.runs != runs:
            yield self._numbers
        if glance.has_measures:
            yield self._units
        if glance.is_negated:
            yield self._negation


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
        find_problem: see :func:`markup_checks`.
        languages: the two languages.
    """
    pairs = [pair for pair in pairs if pair[1].msgstr]
    units = [((segment,), unit) for segment, unit in pairs]
    found = find_by_unit(units, path, locale, find_problem=find_problem, languages=languages)
    return tuple(finding for findings in found for finding in findings)


def find_by_unit(
    units: Sequence[tuple[Sequence[Segment], Unit]],
    path: Path,
    locale: str,
    *,
    find_problem: FindProblem,
    languages: Languages,
) -> list[tuple[Finding, ...]]:
    """What the checks say of each unit of a file.

    Args:
        units: the units, which all have a target, each with the places in which its source
            stands: what fits a paragraph need not fit a cell.
        path: the file, for the findings.
        locale: its tag, for the findings.
        find_problem: see :func:`markup_checks`.
        languages: the two languages.
    """
    own_words = find_own_words([unit.msgstr for _, unit in units], languages.target)
    rows = [(segments[0].msgid, unit.msgstr) for segments, unit in units]
    checker = UnitChecker(
        path,
        locale,
        find_problem=find_problem,
        languages=languages,
        own_words=own_words,
        cut=find_cut_texts(rows, languages.target),
    )
    found = [
        [finding for segment in segments for finding in checker.find(segment, unit)]
        for segments, unit in units
    ]
    pairs = [(segments[0], unit) for segments, unit in units]
    places = {(unit.line or None, unit.key): at for at, (_, unit) in enumerate(pairs)}
    for check in document_checks(languages):
        for finding in check(pairs, path, locale):
            key = UnitKey(finding.context, finding.msgid or "")
            found[places[finding.line, key]].append(finding)
    return [tuple(without_consequences(findings)) if findings else () for findings in found]


def without_consequences(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of one unit, without those that only follow from another.

    A text in another language is too long, has no negation and no term of the glossary; one
    message is enough.
    """
    ids = {finding.check for finding in findings}
    has_cause = any(check in ids for check in _SAY_ALL)
    for finding in dict.fromkeys(findings):
        if not (has_cause and finding.check in _FOLLOWS):
            yield finding

"""Terms: what the language's glossary says they are called."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.glossary import Glossary, Term, TermStatus, find_targets
from pipeline.languages import Language
from pipeline.model import Finding, Segment, Severity, Unit


def check_glossary(
    segment: Segment, unit: Unit, path: Path, locale: str, *, target: Language, glossary: Glossary
) -> tuple[Finding, ...]:
    """glossary: a term is called what the glossary forbids, or not what it prefers.

    A forbidden term is a finding, and so is a name that was translated and must not be. A
    preferred term that is missing is advice only: professional translators use the glossary's
    form in a third to a half of cases, and are right. Terms are found in the forms of their words,
    in the source and in the translation; what is forbidden only in forms that can hardly be of
    another word.

    - Source: ``Wear a face mask.``, where the glossary forbids ``waji gashi``
    - Wrong: ``Xiro waji gashi.``
    - Right: ``Xiro maaskaro.``
    - Source: ``Call NHS 111.``, where ``NHS`` is not to be translated
    - Wrong: ``اتصل بخدمة الصحة الوطنية على 111.``
    - Right: ``اتصل بـ NHS على الرقم 111.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        target: the language of the translation.
        glossary: the language's terms.

    Returns:
        Major findings for what is forbidden, minor ones for what is preferred.
    """
    return tuple(
        about_unit(
            "glossary",
            severity,
            unit,
            path,
            locale,
            message=message,
            remedy="See the language's glossary; if it is wrong, have it corrected.",
        )
        for terms in glossary.find(segment.msgid).values()
        for severity, message in _faults(terms, unit.msgstr, target)
    )


def _faults(terms: tuple[Term, ...], text: str, target: Language) -> Iterator[tuple[Severity, str]]:
    there = find_targets(terms, text, target)
    good = [term for term in terms if term.status is not TermStatus.FORBIDDEN]
    for term in there:
        if term.status is TermStatus.FORBIDDEN:
            better = f"; say “{good[0].target}”" if good else ""
            yield Severity.MAJOR, f"“{term.source}” must not be called “{term.target}”{better}."
    is_called = any(term.status is not TermStatus.FORBIDDEN for term in there)
    kept = [term for term in terms if term.status is TermStatus.DO_NOT_TRANSLATE]
    if kept and not any(term in there for term in kept):
        yield Severity.MAJOR, f"“{kept[0].source}” is to stay “{kept[0].target}”."
    preferred = [term for term in terms if term.status is TermStatus.PREFERRED]
    if preferred and not is_called:
        yield Severity.MINOR, f"“{preferred[0].source}” is usually called “{preferred[0].target}”."

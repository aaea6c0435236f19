"""Whether a translation is in the language that it should be in."""

import re
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.languages import Language, fold
from pipeline.languages.identify import identify
from pipeline.languages.scripts import letters_of
from pipeline.model import Finding, Segment, Severity, Unit

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")
#: Fewer letters than this are too few for a script, and for an identifier of languages.
_LEAST_SCRIPT, _LEAST_LETTERS = 4, 20
_OWN_SHARE = 0.5
#: Of a text as much must be in the other language.
_SURE_SHARE = 0.7
#: As many words in a row, and as much of the source, are a part that nobody has translated.
_LEAST_RUN, _RUN_SHARE = 6, 0.4
#: Elements that are no words for the reader of a page.
_MARKUP = re.compile(r"https?://\S+|\]\([^)]*\)|\{[^{}]*\}|<[^<>]*>|`[^`]*`|\S+@\S+")


def check_untranslated(
    segment: Segment, unit: Unit, path: Path, locale: str, *, source: Language, target: Language
) -> tuple[Finding, ...]:
    """untranslated: a translation is its source, or has a long piece of it.

    Names, codes and addresses may stay. Capitals and marks make no difference.

    - Source: ``Wash your hands often.``
    - Wrong: ``Wash your hands often``
    - Right: ``Gacmahaaga had iyo jeer dhaq.``
    - Right: ``اغسل يديك كثيرًا.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        source: the language of the source.
        target: the language of the translation.

    Returns:
        A critical finding for a copy; a major one for a piece.
    """
    if target.tag.partition("-")[0] == source.tag.partition("-")[0]:
        return ()
    text = unit.msgstr
    if not text.strip():
        return ()
    words = [fold(word) for word in _WORD.findall(_MARKUP.sub(" ", text))]
    there = [fold(word) for word in _WORD.findall(_MARKUP.sub(" ", segment.msgid))]
    if words == there and _SMALL_WORD.search(_MARKUP.sub(" ", segment.msgid)):
        return (_left(unit, path, locale, Severity.CRITICAL, "is a copy of its source"),)
    run = _longest_run(there, words) if len(there) >= _LEAST_RUN else []
    if len(run) >= max(_LEAST_RUN, _RUN_SHARE * len(there)):
        what = f"still has “{' '.join(run[:8])}{' …' if len(run) > 8 else ''}”"  # noqa: PLR2004
        return (_left(unit, path, locale, Severity.MAJOR, f"{what} from its source"),)
    return ()


def _left(unit: Unit, path: Path, locale: str, severity: Severity, what: str) -> Finding:
    return about_unit(
        "untranslated",
        severity,
        unit,
        path,
        locale,
        message=f"The translation {what}.",
        remedy="Translate it, or leave msgstr empty; until then the source text is shown.",
    )


def _longest_run(source: list[str], target: list[str]) -> list[str]:
    """The longest row of words that both have; most texts have no word in common."""
    common = set(source) & set(target)
    if len(common) < _LEAST_RUN:
        return []
    places: dict[str, list[int]] = {}
    for at, word in enumerate(source):
        places.setdefault(word, []).append(at)
    best, end, lengths = 0, 0, {}
    for word in target:
        now = {}
        for at in places.get(word, ()):
            now[at] = lengths.get(at - 1, 0) + 1
            if now[at] > best:
                best, end = now[at], at + 1
        lengths = now
    return source[end - best : end]


def check_wrong_language(
    segment: Segment, unit: Unit, path: Path, locale: str, *, source: Language, target: Language
) -> tuple[Finding, ...]:
    """wrong-language: a translation is in another language, or in another script.

    The script is looked at first, then a detector of languages (CLD2) that works offline. Its
    word blocks only for languages in which it has been tried on good text.

    - Source: ``Stay at home if you feel ill.``
    - Wrong, in a Somali catalog: ``Kaa nyumbani ikiwa unajisikia mgonjwa.``
    - Right: ``Guriga joog haddii aad xanuunsanayso.``
    - Wrong, in an Arabic catalog: ``اگر احساس بیماری می‌کنید در خانه بمانید.``
    - Right: ``ابقَ في المنزل إذا شعرت بالمرض.``

    Args, and what is returned: as for ``check_untranslated``; a critical finding, or a minor one
    where the detector has not been tried.
    """
    if target.tag.partition("-")[0] == source.tag.partition("-")[0]:
        return ()
    text = _MARKUP.sub(" ", unit.msgstr)
    letters = len(_LETTER.findall(text))
    if letters < _LEAST_SCRIPT or not _SMALL_WORD.search(segment.msgid):
        return ()
    if target.scripts:
        own = len(letters_of(target.scripts).findall(text))
        if own < letters * _OWN_SHARE and _is_foreign(text, segment.msgid, own):
            script = " or ".join(sorted(target.scripts))
            return (
                _wrong(
                    unit, path, locale, f"is not written in the script of {target.name} ({script})"
                ),
            )
    if letters < _LEAST_LETTERS:
        return ()
    guess = identify(text)
    accepted = target.identified_as or {target.may_be_called}
    if not guess.is_sure or guess.code in accepted or guess.share < _SURE_SHARE:
        return ()
    severity = Severity.CRITICAL if target.identified_as else Severity.MINOR
    return (
        _wrong(
            unit, path, locale, f"seems to be in another language ({guess.code})", severity=severity
        ),
    )


def _is_foreign(text: str, source: str, own: int) -> bool:
    """Whether the letters of another script are more than names that were carried over."""
    if own == 0:
        return True
    carried = {word.lower() for word in _WORD.findall(source)}
    return any(word.lower() not in carried for word in _SMALL_WORD.findall(text))


def _wrong(
    unit: Unit, path: Path, locale: str, what: str, *, severity: Severity = Severity.CRITICAL
) -> Finding:
    return about_unit(
        "wrong-language",
        severity,
        unit,
        path,
        locale,
        message=f"The translation {what}.",
        remedy="Check that the text belongs into this catalog.",
    )

"""Lengths: a translation that is far too short or too long, or that stops in the middle."""

import math
import re
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.languages import Language, Length
from pipeline.model import Finding, Segment, Severity, Unit

#: What is not read: addresses, tags, attribute lists.
_UNREAD = re.compile(r"\]\([^)]*\)|\{:?[^{}]*\}|<[^<>]*>|https?://\S+")
#: Closing marks that may stand behind the end of a sentence.
_CLOSING = "\"'”’»)]}*_ \u200e\u200f\u2069›」』）】"
_ENDS = tuple(".!?…:;؛،。！？：；।॥؟۔።፧፡᠁။")
#: A comma that ends items of lists, and the marks of the source for which it may stand.
_COMMA, _LISTED = "،", tuple(";:…")
#: What is shorter is not judged, or not so that it blocks.
LEAST_LENGTH, _LEAST_TO_BLOCK = 12, 40
#: Standard deviations: a finding from here on.
_SHORT, _LONG = -3.4, 4.6
#: A text that is shorter than usual by so many spreads, and has no end, was cut; at least and at
#: most by these shares of its usual length.
_CUT_SPREADS, _CUT_LEAST, _CUT_MOST = 1.9, 0.6, 0.78
_VARIES = 60
_ADVICE = 2.8
#: Usual where nobody has measured a language, by the script it is written in.
_BY_SCRIPT = {
    "Hans": 0.32,
    "Hant": 0.3,
    "Hani": 0.32,
    "Jpan": 0.5,
    "Kore": 0.55,
    "Ethi": 0.65,
    "Arab": 0.9,
    "Hebr": 0.8,
}
_DEFAULT_SPREAD = 0.22


def check_length_outlier(
    segment: Segment,
    unit: Unit,
    path: Path,
    locale: str,
    *,
    target: Language,
    cut: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Finding, ...]:
    """length-outlier: a translation is far longer or shorter than others of its kind.

    Compared with how long good translations into this language are. Much too long or too short
    often means that the text belongs to another source.

    - Source: ``Wash your hands.``
    - Wrong: ``Haddii aad qandho leedahay ama aad qufacayso, guriga joog oo wac takhtarkaaga.``
    - Right: ``Gacmahaaga dhaq.``
    - Wrong: ``إذا كنت تعاني من الحمى أو السعال فابق في المنزل واتصل بطبيبك على الفور اليوم.``
    - Right: ``اغسل يديك.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        target: the language of the translation.
        cut: what ``find_cut_texts`` has found in the file, if it was asked.

    Returns:
        A major finding far out, a minor one on the way there.
    """
    surprise = surprise_of(segment.msgid, unit.msgstr, target)
    if surprise is None or abs(surprise) < _ADVICE:
        return ()
    if (segment.msgid, unit.msgstr) in cut or _is_cut(segment.msgid, unit.msgstr, target):
        return ()
    is_far = not _SHORT < surprise < _LONG and len(segment.msgid) >= _LEAST_TO_BLOCK
    severity = Severity.MAJOR if is_far else Severity.MINOR
    long = "longer" if surprise > 0 else "shorter"
    return (
        about_unit(
            "length-outlier",
            severity,
            unit,
            path,
            locale,
            message=f"The translation is much {long} than translations of such a text are.",
            remedy="Check that it belongs to this source, and that nothing is missing or added.",
        ),
    )


def check_truncated(
    segment: Segment,
    unit: Unit,
    path: Path,
    locale: str,
    *,
    target: Language,
    cut: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Finding, ...]:
    """truncated: a translation stops before its end.

    It is short, and has no end of a sentence where its source has one. A file of 30 rows and more
    shows how its texts end: then a text is also found that is somewhat short and stops with a word
    with which no other stops.

    - Source: ``Stay at home if you have a high temperature or feel too ill to work.``
    - Wrong: ``Guriga joog haddii aad``
    - Right: ``Guriga joog haddii aad qandho sare leedahay ama aad shaqo u xanuunsan tahay.``
    - Wrong: ``ابقَ في المنزل إذا كانت``
    - Right: ``ابقَ في المنزل إذا كانت حرارتك مرتفعة أو كنت مريضًا جدًا ولا يمكنك العمل.``

    Args, and what is returned: as for ``check_length_outlier``; a major finding.
    """
    if surprise_of(segment.msgid, unit.msgstr, target) is None:
        return ()
    if (segment.msgid, unit.msgstr) not in cut and not _is_cut(segment.msgid, unit.msgstr, target):
        return ()
    return (
        about_unit(
            "truncated",
            Severity.MAJOR,
            unit,
            path,
            locale,
            message="The translation seems to stop before its end.",
            remedy="Complete it; if it is complete, end it with the mark that ends a sentence.",
        ),
    )


def is_usual_length(old: int, new: int, language: Language) -> bool:
    """Whether nothing can be said against a target's length: quick, and never wrongly yes.

    Args:
        old: length of the source, as :func:`read_length` gives it.
        new: the target's.
        language: the target's language.
    """
    if old < LEAST_LENGTH or not new:
        return True
    length = language.length or _guess(language)
    return new >= old * _shortest(length, old) and abs(length.surprise(old, new)) < _ADVICE


def surprise_of(source: str, target: str, language: Language) -> float | None:
    """By how many standard deviations a target is longer than usual; None if too short to say."""
    old, new = read_length(source), read_length(target)
    if old < LEAST_LENGTH or not new:
        return None
    return (language.length or _guess(language)).surprise(old, new)


def read_length(text: str) -> int:
    """How many characters of a text are read: addresses, tags and attribute lists are not."""
    if "](" in text or "{" in text or "<" in text or "://" in text:
        text = _UNREAD.sub("", text)
    return len(text.strip())


def _guess(language: Language) -> Length:
    ratios = [_BY_SCRIPT[script] for script in language.scripts if script in _BY_SCRIPT]
    return Length(ratio=min(ratios, default=1.1), spread=_DEFAULT_SPREAD)


def _is_cut(source: str, target: str, language: Language) -> bool:
    return _is_short(source, target, language) and lacks_end(source, target)


def _is_short(source: str, target: str, language: Language) -> bool:
    old = read_length(source)
    return read_length(target) < old * _shortest(language.length or _guess(language), old)


def _shortest(length: Length, old: int) -> float:
    """Share of its source's length below which a text without an end was cut."""
    # Short texts vary more.
    share = math.exp(-_CUT_SPREADS * length.spread * math.sqrt(1 + _VARIES / max(1, old)))
    return length.ratio * min(_CUT_MOST, max(_CUT_LEAST, share))


def has_end(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return text.rstrip(_CLOSING).endswith(_ENDS)


def lacks_end(source: str, target: str) -> bool:
    """Whether a target does not end as a sentence does, and its source does.

    A comma ends an item of a list, and no sentence.
    """
    if not has_end(source):
        return False
    if not has_end(target):
        return True
    is_comma = target.rstrip(_CLOSING).endswith(_COMMA)
    return is_comma and not source.rstrip(_CLOSING).endswith(_LISTED)

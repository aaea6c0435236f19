"""Whether a translation is in the language that it should be in."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.checks.reading import read
from pipeline.languages import Language
from pipeline.languages.identify import identify
from pipeline.languages.scripts import letters_of, others_than
from pipeline.model import Finding, Segment, Severity, Unit

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")
#: Fewer letters than this are too few for a script, and for an identifier of languages.
_LEAST_SCRIPT, _LEAST_LETTERS = 4, 20
_BEGINNING = 40
_OWN_SHARE = 0.5
#: Of a text as much must be in the other language.
_SURE_SHARE = 0.7
#: A file of fewer rows has too few words that come back; of a file's rows as many must have a word
#: for it to be the language's own, and as much of the file must be in its language.
_LEAST_FILE, _LEAST_OFTEN, _OFTEN, _OWN_FILE = 60, 4, 0.015, 0.94
_LEAST_WORDS = 5
_DOUBT_SHARE = 0.3
_MARKS = ".,;:!?()[]\"'„“”«»"
#: As many words in a row, and as much of the source, are a part that nobody has translated.
_LEAST_RUN, _RUN_SHARE = 6, 0.5
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
    - Wrong: ``WASH YOUR HANDS often!``
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
    source_words, target_words = read(segment.msgid).words, read(text).words
    # Most texts have no more than names in common.
    if len(source_words & target_words) < min(_LEAST_RUN, len(source_words)):
        return ()
    words, there = _plain_words(text), _plain_words(segment.msgid)
    if words == there and _SMALL_WORD.search(_without_markup(segment.msgid)):
        return (_left(unit, path, locale, Severity.CRITICAL, "is a copy of its source"),)
    run = _longest_run(there, words) if len(there) >= _LEAST_RUN else []
    if len(run) >= max(_LEAST_RUN, _RUN_SHARE * len(there)):
        what = f"still has “{' '.join(run[:8])}{' …' if len(run) > 8 else ''}”"  # noqa: PLR2004
        return (_left(unit, path, locale, Severity.MAJOR, f"{what} from its source"),)
    return ()


def _plain_words(text: str) -> list[str]:
    return _WORD.findall(read(_without_markup(text)).folded)


def _without_markup(text: str) -> str:
    return _MARKUP.sub(" ", text) if any(sign in text for sign in "<[{`@/") else text


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
    best = end = 0
    lengths: dict[int, int] = {}
    for word in target:
        now: dict[int, int] = {}
        for at in places.get(word, ()):
            now[at] = lengths.get(at - 1, 0) + 1
            if now[at] > best:
                best, end = now[at], at + 1
        lengths = now
    return source[end - best : end]


def check_wrong_language(
    segment: Segment,
    unit: Unit,
    path: Path,
    locale: str,
    *,
    source: Language,
    target: Language,
    own_words: frozenset[str] = frozenset(),
) -> tuple[Finding, ...]:
    """wrong-language: a translation is in another language, or in another script.

    The script is looked at first, then a detector of languages (CLD2) that works offline. Its
    word blocks only for languages in which it has been tried on good text.

    - Source: ``Stay at home if you feel ill.``
    - Wrong, in a Somali catalog: ``Kaa nyumbani ikiwa unajisikia mgonjwa.``
    - Right: ``Guriga joog haddii aad xanuunsanayso.``
    - Wrong, in an Arabic catalog: ``اگر احساس بیماری می‌کنید در خانه بمانید.``
    - Right: ``ابقَ في المنزل إذا شعرت بالمرض.``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.
        source: the language of the source.
        target: the language of the translation.
        own_words: what ``find_own_words`` has found in the file, if it was asked.

    Returns:
        A critical finding, or a minor one where the detector has not been tried.
    """
    if target.tag.partition("-")[0] == source.tag.partition("-")[0]:
        return ()
    words = split_raw(unit.msgstr) if own_words else frozenset()
    if is_own(words, own_words) or not _SMALL_WORD.search(segment.msgid):
        return ()
    text = _without_markup(unit.msgstr)
    if what := _find_script(text, segment.msgid, target):
        return (_wrong(unit, path, locale, what),)
    # With some of its own words a text is not another's, whatever the detector says.
    if share_of_own(words, own_words) >= _DOUBT_SHARE or not (
        what := _find_other(text, segment.msgid, target)
    ):
        return ()
    if target.identified_as:
        return (_wrong(unit, path, locale, what),)
    # The detector has not been tried on this language: it may speak where it knows the file.
    return (_wrong(unit, path, locale, what, severity=Severity.MINOR),) if own_words else ()


def _find_script(text: str, source: str, target: Language) -> str | None:
    """What is wrong with the script of a text."""
    if not target.scripts or not others_than(target.scripts).search(text):
        return None
    letters = _count_letters(_LETTERS, text)
    if letters < _LEAST_SCRIPT:
        return None
    own = _count_letters(letters_of(target.scripts), text)
    if own >= letters * _OWN_SHARE or not _is_foreign(text, source, own):
        return None
    return f"is not written in the script of {target.name} ({' or '.join(sorted(target.scripts))})"


def _find_other(text: str, source: str, target: Language) -> str | None:
    """What other language a text seems to be in; names and quotations from its source left out."""
    there = read(source).words
    text = " ".join([word for word in text.split() if word.lower().strip(_MARKS) not in there])
    # The beginning of a text nearly always has enough of them.
    if (
        _count_letters(_LETTERS, text[:_BEGINNING]) < _LEAST_LETTERS
        and _count_letters(_LETTERS, text) < _LEAST_LETTERS
    ):
        return None
    guess = identify(text)
    if not guess.is_sure or guess.share < _SURE_SHARE or _is_accepted(guess.code, target):
        return None
    return f"seems to be in another language ({guess.code})"


def find_own_words(texts: Sequence[str], target: Language) -> frozenset[str]:
    """The words by which a file's texts are known to be in its language.

    Those that stand in many of its rows, provided that the file as a whole is in its language.
    A row of which half of the words are among them is in that language too: sentences of even the
    nearest relatives are not. It saves asking the detector of languages nine times in ten.

    Args:
        texts: the translations of the file.
        target: the language that they should be in.

    Returns:
        Words as :func:`split_raw` gives them; none where the file is short or its language not
        certain.
    """
    if len(texts) < _LEAST_FILE:
        return frozenset()
    guess = identify(" ".join(texts[:: len(texts) // _LEAST_FILE]))
    if not guess.is_sure or guess.share < _OWN_FILE or not _is_accepted(guess.code, target):
        return frozenset()
    counted = Counter(chain.from_iterable(map(split_raw, texts)))
    least = max(_LEAST_OFTEN, len(texts) * _OFTEN)
    return frozenset(word for word, times in counted.items() if times >= least)


def split_raw(text: str) -> frozenset[str]:
    """The words of a text in small letters, cut at spaces, with the marks that stand at them."""
    return frozenset(text.lower().split())


def share_of_own(words: frozenset[str], own_words: frozenset[str]) -> float:
    """Which share of a text's words are a language's own."""
    return len(words & own_words) / len(words) if words else 0.0


def is_own(words: frozenset[str], own_words: frozenset[str]) -> bool:
    """Whether enough of a text's words are a language's own for it to be in that language.

    Args:
        words: as :func:`split_raw` gives them.
        own_words: as :func:`find_own_words` gives them.
    """
    return len(words) >= _LEAST_WORDS and share_of_own(words, own_words) >= _OWN_SHARE


def _is_accepted(code: str, target: Language) -> bool:
    return code in (target.identified_as or {target.may_be_called})


def _count_letters(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))


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

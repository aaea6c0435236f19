"""What goes wrong while typing, pasting and converting: characters, scripts, marks, spaces."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pipeline.checks.findings import about_unit
from pipeline.languages import Language
from pipeline.languages.scripts import find_scripts
from pipeline.model import Finding, Segment, Severity, Unit

#: Text in UTF-8 that was read as Windows-1252 or Latin-1, by what its first bytes become.
_MOJIBAKE = re.compile(
    "[ÃÂÅÄÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ØÙÚÛ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    "|à[¤¥¦§¨©ª«¬][\u0080-\u00bf€-™]|á[\u0088-\u008f‰Šˆ‹Œ][\u0080-\u00bf]?|â€[™œ\u009d“”¦˜]|ï»¿|ï¿½"
)
_BROKEN = re.compile("[\ufffd\u0080-\u0084\u0086-\u009f\ue000-\uf8ff]")
_LOST = re.compile(r"\?{3,}|(?:\?{2,}[ ,.]){2,}")
#: Not seen, and never needed; and what is needed in some scripts only.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\u180e\u2060-\u2064\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_UNSEEN = re.compile("[\u00ad\u034f\u200b\ufeff]")
_JOINERS = re.compile("[\u200c\u200d]")
_NEEDS_SPACES = frozenset({"km", "my", "lo", "th", "bo", "dz", "ja", "zh"})
_JOINED_SCRIPTS = frozenset(
    {
        "Arab",
        "Deva",
        "Beng",
        "Guru",
        "Gujr",
        "Orya",
        "Taml",
        "Telu",
        "Knda",
        "Mlym",
        "Sinh",
        "Mymr",
        "Khmr",
    }
)
_WORD = re.compile(r"[^\W\d_]{2,}")
#: Scripts with letters that look the same to the eye, and not to a screen reader or a search.
_ALIKE = frozenset({"Latn", "Cyrl", "Grek"})
_GREEK_OR_CYRILLIC, _LATIN = re.compile("[\u0370-\u052f]"), re.compile("[A-Za-z]")
_DOUBLE_SPACE = re.compile(r"\S(?:  +|\t+)\S")
_QUESTIONS = "?？؟፧;"
_CLOSING = "\"'”’»)]}*_ \u200e\u200f\u2069›」』）】"
_BRACKET = re.compile(r"[()\[\]«»“”（）]")
#: Marks that come in pairs.
PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"), ("（", "）"))


def check_legacy_encoding(_: Segment, unit: Unit, path: Path, locale: str) -> tuple[Finding, ...]:
    """legacy-encoding: a translation was saved or read in a wrong encoding.

    Letters have become pairs of signs (``Ø§Ù„``), question marks, or characters that no font has.

    - Source: ``Call a doctor.``
    - Wrong: ``Ø§ØªØµÙ„ Ø¨Ø§Ù„Ø·Ø¨ÙŠØ¨.``
    - Right: ``اتصل بالطبيب.``
    - Wrong: ``ZadzwoÅ„ do lekarza.``
    - Right: ``Zadzwoń do lekarza.``

    Args:
        _: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.

    Returns:
        A critical finding, or nothing.
    """
    text = unit.msgstr
    if text.isascii() and "??" not in text:
        return ()
    found = _MOJIBAKE.search(text) or _BROKEN.search(text) or _lost(text, unit.msgid)
    if not found:
        return ()
    return (
        about_unit(
            "legacy-encoding",
            Severity.CRITICAL,
            unit,
            path,
            locale,
            message=f"The translation has “{found[0]}”: it was saved or read in a wrong encoding.",
            remedy="Paste the text anew from where it came from, and save the file as UTF-8.",
        ),
    )


def _lost(text: str, source: str) -> re.Match[str] | None:
    return _LOST.search(text) if "??" not in source else None


def check_invisible_characters(
    _: Segment, unit: Unit, path: Path, locale: str, *, target: Language
) -> tuple[Finding, ...]:
    """invisible-characters: a translation has characters that nobody sees.

    Joiners belong to Arabic and Indic scripts, zero-width spaces to scripts without spaces; there
    they may stand. Elsewhere they break search, copying and screen readers.

    - Source: ``Wash your hands.``
    - Wrong: ``GacmaU+200Bhaaga dhaq.``
    - Right: ``Gacmahaaga dhaq.``
    - Wrong: ``اغسلU+2060 يديك.``
    - Right: ``اغسل يديك.``
    - Right: ``دست‌های خود را بشویید.``, with a joiner that Persian needs

    Args, and what is returned: as for ``check_legacy_encoding``; a major finding for control and
    tag characters, a minor one for others.
    """
    text = unit.msgstr
    if text.isascii() and text.isprintable():
        return ()
    harmful = _HARMFUL.search(text)
    found = harmful or _needless(text, target)
    if not found:
        return ()
    name = unicodedata.name(found[0], f"U+{ord(found[0]):04X}")
    return (
        about_unit(
            "invisible-characters",
            Severity.MAJOR if harmful else Severity.MINOR,
            unit,
            path,
            locale,
            message=f"The translation has a character that nobody sees: {name}.",
            remedy="Delete it; type the word around it anew.",
        ),
    )


def _needless(text: str, target: Language) -> re.Match[str] | None:
    if target.tag.partition("-")[0] not in _NEEDS_SPACES and (found := _UNSEEN.search(text)):
        return found
    return None if target.scripts & _JOINED_SCRIPTS or not target.scripts else _JOINERS.search(text)


def check_script_mixed(
    segment: Segment, unit: Unit, path: Path, locale: str
) -> tuple[Finding, ...]:
    """script-mixed: a word has letters of two scripts that look alike.

    A Latin ``a`` in a Cyrillic word is not found by search and is read out as something else.

    - Source: ``Rest at home.``
    - Wrong: ``Відпочивайте вдoма.``, with a Latin ``o``
    - Right: ``Відпочивайте вдома.``
    - Wrong: ``Gurіga ku naso.``, with a Cyrillic ``і``
    - Right: ``Guriga ku naso.``

    Args, and what is returned: as for ``check_legacy_encoding``; a major finding.
    """
    text = unit.msgstr
    if not _GREEK_OR_CYRILLIC.search(text) or not _LATIN.search(text):
        return ()
    mixed = [
        word
        for word in _WORD.findall(text)
        # Names of substances (IFNβ) are the source's own.
        if len(find_scripts(word) & _ALIKE) > 1 and word not in segment.msgid
    ]
    if not mixed:
        return ()
    return (
        about_unit(
            "script-mixed",
            Severity.MAJOR,
            unit,
            path,
            locale,
            message=f"The word “{mixed[0]}” has letters of two scripts that look alike.",
            remedy="Type the word anew with the keyboard of its language.",
        ),
    )


def check_punctuation(segment: Segment, unit: Unit, path: Path, locale: str) -> tuple[Finding, ...]:
    """punctuation: a question lost its mark, or a bracket or quotation mark has no partner.

    Advice only: languages punctuate in their own ways.

    - Source: ``Do you have a fever?``
    - Wrong: ``Qandho ma leedahay.``
    - Right: ``Qandho ma leedahay?``
    - Wrong: ``هل لديك حمى.``
    - Right: ``هل لديك حمى؟``

    Args:
        segment: the source.
        unit: the translation.
        path: the catalog, for the finding.
        locale: its tag, for the finding.

    Returns:
        Minor findings.
    """
    return tuple(
        about_unit(
            "punctuation",
            Severity.MINOR,
            unit,
            path,
            locale,
            message=message,
            remedy="Compare the marks with the source; leave them if the language has it so.",
        )
        for message in _marks(segment.msgid, unit.msgstr)
    )


def _marks(source: str, target: str) -> Iterator[str]:
    if source.rstrip(_CLOSING)[-1:] == "?" and not any(mark in target for mark in _QUESTIONS):
        yield "The source is a question, and the translation has no question mark."
    if not _BRACKET.search(target) and not _BRACKET.search(source):
        return
    for opening, closing in PAIRS:
        is_even = source.count(opening) == source.count(closing)
        if is_even and target.count(opening) != target.count(closing):
            yield f"The translation has {opening} and {closing} in different numbers."


def check_whitespace(segment: Segment, unit: Unit, path: Path, locale: str) -> tuple[Finding, ...]:
    """whitespace: a translation has spaces that its source does not have.

    Two in a row, or at the beginning or end. Advice only.

    - Source: ``Rest at home.``
    - Wrong: ``Guriga  ku naso.``
    - Right: ``Guriga ku naso.``
    - Wrong: ``استرح في  المنزل.``
    - Right: ``استرح في المنزل.``

    Args, and what is returned: as for ``check_punctuation``.
    """
    source, target = segment.msgid, unit.msgstr
    is_padded = target != target.strip() and source == source.strip()
    is_double = _DOUBLE_SPACE.search(target) and not _DOUBLE_SPACE.search(source)
    if not is_padded and not is_double:
        return ()
    where = "two spaces in a row" if is_double else "a space at its beginning or end"
    return (
        about_unit(
            "whitespace",
            Severity.MINOR,
            unit,
            path,
            locale,
            message=f"The translation has {where}.",
            remedy="Take out what is too much.",
        ),
    )

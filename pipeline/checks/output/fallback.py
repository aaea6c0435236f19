"""Whether what passes for a language is in that language."""

import re
from collections.abc import Iterator

from pipeline.checks.output.findings import about_file
from pipeline.checks.output.pages import Page, Passage
from pipeline.checks.output.site import Site
from pipeline.checks.output.texts import strip_markup
from pipeline.model import Finding, Severity

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SMALL_WORD = re.compile(r"\b[^\W\d_A-Z]+\b")
#: Words in a row that no translation has by chance; names of services have up to five.
_RUN = 6
#: How many of them are no numbers: a phone number is the same in all languages.
_LEAST_IN_RUN = 5
#: Shorter texts are names and words that two languages share.
_LEAST_WORDS = 3
#: What an identifier is asked about: it needs a sentence or two.
_LEAST_LETTERS = 80
_REMEDY = (
    "Translate it. A text that is not translated stands in the lang and dir of its own language; "
    "only one in an attribute cannot."
)


def check_fallback_language(site: Site) -> tuple[Finding, ...]:
    """fallback-language: a text stands under a lang that it is not in.

    English under ``lang="so"`` is read aloud as Somali, and nobody sees that it is work to be
    done. Texts are compared with those of the source language: a whole text of three words or
    more, or six words of it in a row. Where languages can be told apart with certainty, each
    longer text is also asked which language it is in.

    - Source: ``Stay at home for 5 days.``
    - Wrong: ``<html lang="so"> … <p>Stay at home for 5 days.</p>``
    - Right: ``<html lang="so"> … <p><span lang="en" dir="ltr">Stay at home for 5 days.</span></p>``
    - Source: ``Call 999 if you cannot breathe.``
    - Wrong: ``<html lang="ar"> … <li>Call 999 if you cannot breathe.</li>``
    - Right: ``<html lang="ar"> … <li>اتصل بالرقم 999 إذا كنت لا تستطيع التنفس.</li>``

    Args:
        site: the finished site.

    Returns:
        Critical findings, one for each text; minor ones for texts in attributes (of pictures,
        of abbreviations), which stay in the source language as long as nobody translates them.
    """
    known = _Known(site.source_texts)
    return tuple(
        about_file(
            "fallback-language",
            Severity.MINOR if passage.is_attribute else Severity.CRITICAL,
            site,
            path,
            line=passage.line or None,
            message=f'This stands under lang="{passage.language}": {_short(passage.text)}',
            remedy=_REMEDY,
        )
        for path, page in site.parsed.items()
        if path not in site.beside
        for passage in _strays(site, page, known)
    )


def find_phrases(text: str) -> Iterator[tuple[str, ...]]:
    """The words in a row of a text of the source language that no translation may say.

    Args:
        text: as it stands in the resource.
    """
    words = _words(strip_markup(text))
    # Names and codes are the same in all languages.
    if len(words) >= _LEAST_WORDS and _SMALL_WORD.search(text):
        yield words
    yield from _runs(words)


class _Known:
    """The texts of the source language, whole and in runs of words."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self._phrases = {phrase for text in texts for phrase in find_phrases(text)}

    def has(self, text: str) -> bool:
        """Whether a text is one of them, or holds a part of one."""
        words = _words(text)
        if len(words) < _LEAST_WORDS:
            return False
        return words in self._phrases or not self._phrases.isdisjoint(_runs(words))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - _RUN + 1):
        run = words[at : at + _RUN]
        if sum(not word.isdigit() for word in run) >= _LEAST_IN_RUN:
            yield run


def _strays(site: Site, page: Page, known: _Known) -> Iterator[Passage]:
    for passage in page.passages:
        tag = passage.language
        is_source = tag != site.source and known.has(passage.text)
        is_long = len(passage.text) >= _LEAST_LETTERS
        if is_source or (is_long and site.is_in(passage.text, tag) is False):
            yield passage


def _short(text: str) -> str:
    limit = 80
    return text if len(text) <= limit else f"{text[:limit].rstrip()}…"

"""What travels to a translator and back: the rows of one resource in one language.

Every format is made from a :class:`Sheet` and read into one, so that what is taken back is
decided in one place (``taking``) for all of them.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from pipeline.exchange.live import LiveRules, TermRule

#: Digest of a target that is not there.
EMPTY = "0"
_KEY = re.compile(r"([0-9a-f]{12})(?:-([0-9a-f]{8}|0))?")
#: What XML 1.0 cannot hold, beside what a cell does not show.
_UNPORTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile("\r\n|\r|\u2028|\u2029")


class State(StrEnum):
    """How far a translator is with a row."""

    NEW = "new"  # not translated yet
    CHANGED = "changed"  # the translation was made for another text, or is a draft
    DONE = "done"
    QUESTION = "question"  # the translator wants to ask something first


class Change(NamedTuple):
    """A piece of a text that was changed.

    Attributes:
        text: the piece.
        is_old: it is in the earlier text.
        is_new: it is in the text now; a piece that is both was kept.
    """

    text: str
    is_old: bool
    is_new: bool


class Suggestion(NamedTuple):
    """What has been translated already and may serve for a row: shown, never filled in.

    Attributes:
        source: the source text that was translated.
        target: its translation.
        score: how alike the sources are, 0 to 100.
        resource: where it stands: ``topic/slug``, or the file that was imported.
        roles: which roles have signed it.
        differences: what the row's source says otherwise, in words: ``the old text says 5 days,
            this one 7 days``.
        is_imported: it was imported: nobody of this project has signed it.
        is_sample: it is marked as demonstration only.
    """

    source: str
    target: str
    score: int
    resource: str
    roles: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    is_imported: bool = False
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit, as it travels.

    Attributes:
        key: name of the unit: :func:`unit_name`; empty in a row that somebody has added.
        base: digest of the target that was sent, :func:`digest_target`; empty where unknown.
        source: the source text.
        target: the target text.
        context: msgctxt.
        state: how far the translator is.
        remark: what the translator says about it, one comment a line.
        kind: what it is on the page, and where.
        is_critical: a mistake in it can harm somebody.
        note: what the author wrote for the translator.
        terms: what the glossary says of words in it, for people.
        term_rules: the same, for the checks of the editor.
        previous: the source text that the target was made for, where that is another.
        changes: what became of the words between ``previous`` and ``source``, in reading order.
        protected: pieces of the source that a translation carries over as they are.
        suggestions: what the memory has for it, the best first.
        is_open: the translator's program says that the target is not finished.
        place: where the target stands in the file that was read: ``B14``.
    """

    key: str
    base: str = ""
    source: str
    target: str = ""
    context: str | None = None
    state: State = State.NEW
    remark: str = ""
    kind: str = ""
    is_critical: bool = False
    note: str = ""
    terms: tuple[str, ...] = ()
    term_rules: tuple[TermRule, ...] = ()
    previous: str = ""
    changes: tuple[Change, ...] = ()
    protected: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    is_open: bool = False
    place: str = ""

    @property
    def token(self) -> str:
        """Key and base as one word, which no program takes for a number or a date."""
        return f"{self.key}-{self.base}" if self.base else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is sent of one resource in one language, or came back.

    Attributes:
        resource: ``topic/slug``; ``interface`` for the words of the website.
        locale: tag of the target language; empty where the file does not say.
        language: its name, for people.
        source_locale: tag of the source language.
        title: what the resource is called.
        is_rtl: the target language is written from right to left.
        rows: its units, in order.
        rules: what is known of both languages, for the checks of the editor.
    """

    resource: str
    locale: str
    language: str = ""
    source_locale: str = "en"
    title: str = ""
    is_rtl: bool = False
    rows: tuple[Row, ...] = ()
    rules: LiveRules = field(default_factory=LiveRules)


def unit_name(context: str | None, source: str) -> str:
    """What a unit is called in files that travel: it depends on its source side alone."""
    told = source if context is None else f"{context}\x04{source}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def digest_target(target: str) -> str:
    """A short digest of a target, equal for all that looks the same after a journey."""
    text = portable(target)
    return hashlib.sha256(text.encode()).hexdigest()[:8] if text else EMPTY


def parse_token(text: str) -> tuple[str, str] | None:
    """Key and base out of the word that :attr:`Row.token` made, or None if it is none."""
    found = _KEY.fullmatch(text.strip().lower())
    return (found[1], found[2] or "") if found else None


def portable(text: str) -> str:
    """A text as it comes back from any format.

    Line ends are line feeds; there is no space at the ends, and nothing that XML cannot hold.
    """
    return without_unportable(text).strip()


def without_unportable(text: str) -> str:
    """A text with line feeds as line ends, and without what XML cannot hold."""
    return _UNPORTABLE.sub("", _LINE_END.sub("\n", text))


def parse_state(text: str) -> State | None:
    """A state by its word, in any case; None for another word."""
    word = text.strip().casefold()
    return next((state for state in State if state == word), None)


def join_lines(lines: Iterable[str]) -> str:
    """Lines as one text; empty ones left out."""
    return "\n".join(line for line in lines if line.strip())

"""One segment through a machine: mask, split, translate, verify, put back.

In: a segment and a translator. Out: an :class:`Attempt`, with a text or with the reason why
there is none. A sentence of which a mark got lost is not mended: a wrong place for a phone
number is worse than an empty box.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol

from pipeline.draft.masking import TOKEN, Mark, Side, find_loss, is_nested, mask, restore
from pipeline.draft.sentences import split_sentences
from pipeline.model import Segment

#: Mean probability of a word piece below which a draft is to be looked at first.
LOW_SCORE = 0.5
#: Share of the words that come back from a translation there and back, likewise.
LOW_AGREEMENT = 0.5
#: What a text may grow by; beyond it the machine has repeated itself. A third of the letters is
#: enough for Chinese.
_LONGEST, _SHORTEST, _SHORT = 3.0, 0.15, 20
_NUMBER = re.compile(r"\d+")


class Hypothesis(NamedTuple):
    """A translation that a machine thinks possible: the text, and how sure it is, 0 to 1."""

    text: str
    score: float


class Translator(Protocol):
    """A machine for one pair of languages."""

    @property
    def name(self) -> str:
        """Engine, model and versions, for the record: ``argos 1.12.1, en_es 0.1``."""

    def translate(self, sentence: str) -> Sequence[Hypothesis]:
        """Translations of a sentence, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What a machine made of a segment.

    Attributes:
        msgstr: the translation; empty where there is none.
        reason: why there is none.
        score: how sure the machine is of its least sure sentence, 0 to 1.
        agreement: share of the words that came back on the way back; None without one.
        flags: what to look at first, in words.
    """

    msgstr: str = ""
    reason: str = ""
    score: float = 0.0
    agreement: float | None = None
    flags: tuple[str, ...] = ()

    @property
    def doubts(self) -> tuple[str, ...]:
        """The flags in a word each, for the record: ``unsure``, ``back``."""
        is_unsure = self.score < LOW_SCORE
        is_other = self.agreement is not None and self.agreement < LOW_AGREEMENT
        return (*(["unsure"] if is_unsure else ()), *(["back"] if is_other else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafter:
    """What is needed to draft segments of one pair of languages.

    Attributes:
        translator: the machine.
        source: tag of the source language, by whose rules sentences end.
        target: tag of the target language, likewise on the way back.
        is_spaced: whether the target language writes spaces between words.
        keep: finds the terms of a text that are not translated, as they stand in it.
        back: the machine for the way back, where there is one.
    """

    translator: Translator
    source: str
    target: str
    is_spaced: bool = True
    keep: Callable[[str], Iterable[str]] = lambda _: ()
    back: Translator | None = None

    def attempt(self, segment: Segment) -> Attempt:
        """Draft a segment.

        Args:
            segment: the segment; its protected spans are left as they are.
        """
        protected = (*(span.text for span in segment.protected), *self.keep(segment.msgid))
        masked = mask(segment.msgid, protected)
        if not _has_words(masked.text):
            return Attempt(reason="it has no words to translate")
        parts: list[str] = []
        scores: list[float] = []
        for sentence, space in split_sentences(masked.text, self.source):
            result = self._translate(sentence, masked.marks)
            if isinstance(result, str):
                return Attempt(reason=result)
            parts += (result.text, self._space(space))
            scores.append(result.score)
        text = "".join(parts).strip()
        if not is_nested(text, masked.marks):
            return Attempt(reason="marks came back in the wrong order")
        msgstr = restore(text, masked.marks, is_spaced=self.is_spaced)
        agreement = self._agreement(segment.msgid, msgstr, protected)
        return _judged(msgstr, min(scores), agreement)

    def _space(self, space: str) -> str:
        return space if self.is_spaced or "\n" in space else ""

    def _translate(self, sentence: str, marks: Sequence[Mark]) -> Hypothesis | str:
        """The translation of a sentence, or why there is none."""
        before, core, after = _peel(sentence, marks)
        if not _has_words(core):
            return Hypothesis(sentence, 1.0)
        found = self.translator.translate(core)
        whole = [one for one in found if one.text.strip() and not find_loss(core, one.text)]
        if not whole:
            loss = find_loss(core, found[0].text) if found else ""
            return loss or "the machine said nothing"
        best = _with_numbers(core, whole)
        if reason := find_wrong_length(core, best.text):
            return reason
        return Hypothesis(f"{before}{best.text.strip()}{after}", best.score)

    def _agreement(self, source: str, msgstr: str, protected: Sequence[str]) -> float | None:
        if self.back is None:
            return None
        words = [
            hypotheses[0].text
            for sentence, _ in split_sentences(_bare(msgstr, protected), self.target)
            if (hypotheses := self.back.translate(sentence))
        ]
        return measure_agreement(_bare(source, protected), " ".join(words))


def _judged(msgstr: str, score: float, agreement: float | None) -> Attempt:
    flags = []
    if score < LOW_SCORE:
        flags.append(f"the machine is unsure ({score:.2f})")
    if agreement is not None and agreement < LOW_AGREEMENT:
        flags.append(f"translated back it says something else ({agreement:.2f})")
    return Attempt(msgstr=msgstr, score=score, agreement=agreement, flags=tuple(flags))


def _peel(sentence: str, marks: Sequence[Mark]) -> tuple[str, str, str]:
    """A sentence without the marks around all of it, which need not go through the machine.

    A pair of which one mark stands within stays: ``**Call** 999`` is not bold as a whole.
    """
    start, end = 0, len(sentence)
    opened: set[int] = set()
    closed: set[int] = set()
    tokens = list(TOKEN.finditer(sentence))
    for token in tokens:
        mark = marks[int(token[1]) - 1]
        if token.start() != start or mark.side is not Side.OPENING:
            break
        start, opened = token.end(), opened | set(mark.pairs)
    for token in reversed(tokens):
        mark = marks[int(token[1]) - 1]
        if token.end() != end or mark.side is not Side.CLOSING:
            break
        end, closed = token.start(), closed | set(mark.pairs)
    inside = {
        pair
        for token in TOKEN.finditer(sentence, start, max(start, end))
        for pair in marks[int(token[1]) - 1].pairs
    }
    if start >= end or inside & (opened | closed):
        return "", sentence, ""
    return sentence[:start], sentence[start:end], sentence[end:]


def _with_numbers(source: str, hypotheses: Sequence[Hypothesis]) -> Hypothesis:
    """The best translation that has the numbers of its source, or else the best of all.

    A number may be a word in the other language, so a difference is no proof: the checks of
    translations, which know these words, have the last say.
    """
    wanted = _numbers(source)
    return next((one for one in hypotheses if _numbers(one.text) == wanted), hypotheses[0])


def _numbers(text: str) -> Counter[int]:
    return Counter(int(number) for number in _NUMBER.findall(TOKEN.sub(" ", text)))


def find_wrong_length(source: str, target: str) -> str:
    """Why a translation cannot be right by its length alone, in words; empty where it can.

    Machines that meet what they have never seen say one word again and again, or stop at once.
    The checks of translations know what is usual in a language; this holds in all of them.
    """
    wanted, there = len(TOKEN.sub("", source)), len(TOKEN.sub("", target))
    if there > max(wanted * _LONGEST, wanted + 3 * _SHORT):
        return "the translation is far too long"
    if wanted > _SHORT and there < wanted * _SHORTEST:
        return "the translation is far too short"
    return ""


def measure_agreement(source: str, back: str) -> float:
    """How alike a text and its translation there and back are, 0 to 1: words in their order.

    Args:
        source: the text.
        back: what came back.
    """
    here: list[str] = re.findall(r"\w+", source.casefold())
    there: list[str] = re.findall(r"\w+", back.casefold())
    return SequenceMatcher(None, here, there, autojunk=False).ratio()


def _bare(text: str, protected: Sequence[str]) -> str:
    """A text as people hear it: no marks, and nothing that was not translated."""
    return " ".join(TOKEN.sub(" ", mask(text, protected).text).split())


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in TOKEN.sub("", text))

"""How easy a text in English reads: school years by formula, sentences by their length.

The formulas were made on English and say nothing about any other language.
"""

import math
from collections import Counter
from dataclasses import dataclass

from pipeline.checks.plain.page import Page
from pipeline.checks.plain.prose import Sentence
from pipeline.checks.plain.syllables import count_syllables
from pipeline.checks.plain.wordlists import load_words
from pipeline.model import Finding, Severity

#: Children begin school at 5: a text of year *n* is read with ease at about *n* + 5.
_FIRST_YEAR_AGE = 5
_WANTED_AGE = 11
_HIGHEST_AGE = 14
_LAST_SCHOOL_AGE = 18
_HIGHEST_SMOG = 10.0
_WANTED_MEAN = 15
#: With less than this a formula says more about chance than about the text.
_LEAST_SENTENCES = 10
_LEAST_WORDS = 100
#: SMOG is defined on 30 sentences.
_SMOG_SENTENCES = 30
_POLYSYLLABLE = 3
_ADVICE, _FINDING = 20, 25
_SPLIT = "Make two or three sentences of it, with one idea each."


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """What the formulas say about a text.

    Attributes:
        words: words in whole sentences; headings and pieces of lists are no sentences.
        sentences: how many sentences.
        mean: words of a sentence, on average.
        grade: Flesch and Kincaid's school year (US).
        smog: McLaughlin's school year; None with fewer than 10 sentences.
        is_estimate: there were fewer than the 30 sentences that SMOG asks for.
        hardest: the words of three or more syllables that stand most often, at most five.
    """

    words: int
    sentences: int
    mean: float
    grade: float
    smog: float | None
    is_estimate: bool
    hardest: tuple[str, ...]

    @property
    def age(self) -> int:
        """The age at which it is read with ease, by Flesch and Kincaid."""
        return max(_FIRST_YEAR_AGE + 1, round(self.grade + _FIRST_YEAR_AGE))

    @property
    def is_enough(self) -> bool:
        """Whether there is enough text to judge it."""
        return self.sentences >= _LEAST_SENTENCES and self.words >= _LEAST_WORDS


def measure(page: Page) -> Readability | None:
    """What the formulas say about a resource; None where it is not in English or has no sentence.

    Flesch-Kincaid: 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid, Fishburne,
    Rogers and Chissom, 1975). SMOG: 1.043 x the root of the words of three or more syllables in 30
    sentences + 3.1291 (McLaughlin, 1969); with fewer sentences their number is scaled up.
    """
    whole = [s for block in page.blocks for s in block.sentences if s.is_whole]
    words = [word for sentence in whole for word in sentence.words]
    if not page.is_english or not words:
        return None
    counts = [count_syllables(word) for word in words]
    mean = len(words) / len(whole)
    hard = [
        word.lower() for word, count in zip(words, counts, strict=True) if count >= _POLYSYLLABLE
    ]
    return Readability(
        words=len(words),
        sentences=len(whole),
        mean=mean,
        grade=0.39 * mean + 11.8 * sum(counts) / len(words) - 15.59,
        smog=_smog(len(hard), len(whole)),
        is_estimate=len(whole) < _SMOG_SENTENCES,
        hardest=_hardest(hard),
    )


def _hardest(words: list[str]) -> tuple[str, ...]:
    """Those that stand most often; names that everybody knows need no other word."""
    known = load_words("acronyms")
    counted = Counter(word for word in words if word.partition("-")[0].upper() not in known)
    return tuple(sorted(counted, key=lambda word: (-counted[word], word))[:5])


def _smog(polysyllables: int, sentences: int) -> float | None:
    if sentences < _LEAST_SENTENCES:
        return None
    return 1.043 * math.sqrt(polysyllables * _SMOG_SENTENCES / sentences) + 3.1291


def check_reading_age(page: Page) -> tuple[Finding, ...]:
    """reading-age: the text is hard to read for many adults.

    Flesch and Kincaid's formula, English only. The NHS aims at what a child of 9 to 11 reads, and
    lets some medical texts need 14: above 11 is advice, above 14 a finding. Texts with fewer than
    10 whole sentences or 100 words are not judged. How long sentences are counts for most of it:
    shorten those first.

    - Standard: NHS content style guide, https://service-manual.nhs.uk/content/how-we-write
    - Wrong: ``Individuals experiencing persistent symptoms should undertake consultation.``
    - Right: ``See your GP if you still feel ill after 4 weeks.``
    - Not judged: ``ፈተና ኣድልዩኩም እንተኾይኑ ናብ ሓኪም ኪዱ።``

    Args:
        page: the resource.

    Returns:
        One finding, or none.
    """
    found = measure(page)
    if found is None or not found.is_enough or found.age <= _WANTED_AGE:
        return ()
    severity = Severity.MAJOR if found.age > _HIGHEST_AGE else Severity.MINOR
    return (
        page.finding(
            "reading-age",
            severity,
            None,
            message=(
                f"The text is easy {_say_age(found.age)}; the NHS aims at 9 to 11. "
                f"A sentence has {found.mean:.0f} words on average."
            ),
            remedy=f"Shorten sentences; find short words for: {', '.join(found.hardest)}.",
        ),
    )


def _say_age(age: int) -> str:
    is_for_all = age <= _LAST_SCHOOL_AGE
    return f"from about age {age}" if is_for_all else "only for people who have studied"


def check_smog(page: Page) -> tuple[Finding, ...]:
    """smog: many words have three or more syllables.

    McLaughlin's SMOG, which health services use because it asks that a text is understood whole.
    English only. It is defined on 30 sentences: with 10 to 29 the words are scaled to 30 and the
    message says that it is an estimate; with fewer nothing is said. It stands two to three years
    above Flesch-Kincaid. Above 10 it is advice.

    - Standard: NHS health literacy guide, https://service-manual.nhs.uk/content/health-literacy
    - Wrong: ``Vaccination provides considerable protection against hospitalisation.``
    - Right: ``The vaccine keeps most people out of hospital.``
    - Not judged: ``التطعيم يحميك من المرض الشديد.``

    Args:
        page: the resource.

    Returns:
        One finding, or none.
    """
    found = measure(page)
    if found is None or found.smog is None or found.smog <= _HIGHEST_SMOG:
        return ()
    about = "about " if found.is_estimate else ""
    why = f" (an estimate: {found.sentences} sentences of the 30 it needs)" if about else ""
    return (
        page.finding(
            "smog",
            Severity.MINOR,
            None,
            message=f"The SMOG grade is {about}{found.smog:.1f}{why}; keep it at 10 or below.",
            remedy=f"Find shorter words for: {', '.join(found.hardest)}.",
        ),
    )


def check_sentence_length(page: Page) -> tuple[Finding, ...]:
    """sentence-length: the sentences are long on average.

    More than 15 words on average is advice, English only. The NHS writes up to 20 words; a text in
    which all have 20 is tiring. Texts with fewer than 10 whole sentences are not judged.

    - Standard: NHS content style guide, https://service-manual.nhs.uk/content/how-we-write
    - Wrong: sentences of 18 words, one after the other
    - Right: ``Rest. Drink water. Call 111 if you do not feel better after 3 weeks.``
    - Not judged: ``আপনি যদি অসুস্থ বোধ করেন তাহলে বাড়িতে থাকুন।``

    Args:
        page: the resource.

    Returns:
        One finding, or none.
    """
    found = measure(page)
    if found is None or not found.is_enough or found.mean <= _WANTED_MEAN:
        return ()
    return (
        page.finding(
            "sentence-length",
            Severity.MINOR,
            None,
            message=f"A sentence has {found.mean:.1f} words on average; aim at 8 to 14.",
            remedy="Put one idea into a sentence.",
        ),
    )


def check_long_sentence(page: Page) -> tuple[Finding, ...]:
    """long-sentence: a sentence has too many words.

    More than 20 words is advice, more than 25 a finding. English only: other languages pack more or
    less into a word. A list's lead-in and its items are counted one by one.

    - Standard: NHS content style guide, https://service-manual.nhs.uk/content/how-we-write
    - Wrong: ``If you have a high temperature and do not feel well enough to go to work or to do
      what you do each day, you should try to stay at home.``
    - Right: ``Try to stay at home if you have a high temperature. Do the same if you feel too ill
      to work.``
    - Not judged: ``ਜੇ ਤੁਹਾਨੂੰ ਬੁਖਾਰ ਹੈ ਤਾਂ ਘਰ ਰਹੋ।``

    Args:
        page: the resource.

    Returns:
        One finding a sentence.
    """
    if not page.is_english:
        return ()
    return tuple(
        _too_long(page, page.line_of(block, sentence.text), sentence)
        for block in page.blocks
        for sentence in block.sentences
        if len(sentence.words) > _ADVICE
    )


def _too_long(page: Page, line: int, sentence: Sentence) -> Finding:
    words = len(sentence.words)
    start = " ".join(sentence.text.split()[:6])
    return page.finding(
        "long-sentence",
        Severity.MAJOR if words > _FINDING else Severity.MINOR,
        line,
        message=f"“{start} …” has {words} words; 20 are enough.",
        remedy=_SPLIT,
    )

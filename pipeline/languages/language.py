"""A language as the checks see it."""

import math
from dataclasses import dataclass, field

from pipeline.languages.forms import Forms
from pipeline.languages.index import Index
from pipeline.languages.number_words import NumberWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long translations into a language are, measured on good ones.

    Attributes:
        ratio: characters of a translation for one of English.
        spread: standard deviation of the logarithm of that ratio, for a text of 100 characters.
    """

    ratio: float
    spread: float

    def surprise(self, source: int, target: int) -> float:
        """How many standard deviations a length is from what is usual; below 0: too short.

        Args:
            source: characters of the source, more than 0.
            target: characters of the target, more than 0.
        """
        # Short texts vary more: the spread of a sum grows with its root.
        spread = self.spread * math.sqrt(1 + 120 / source)
        return (math.log(target / source) - math.log(self.ratio)) / spread


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """What is known of a language.

    Attributes:
        tag: BCP 47 tag.
        name: its name in English.
        scripts: ISO 15924 codes of the scripts that its words may be in; empty if not known.
        spaced: its script writes spaces between words.
        decimal: sign before decimals.
        group: signs between groups of three digits.
        numbers: value of each number word, by its folded form; forms may end in ``*``.
        fractions: simple fractions.
        units: names of units (``hour``, ``milligram``).
        negators: what says no: words, and beginnings and ends of words.
        negations_counted: what says no twice in English says it twice in this language too, as was
            seen in good translations.
        negation_exceptions: phrases with a negator that are often translated without one.
        length: how long translations into it are; None if nobody has measured.
        identified_as: what the identifier of languages calls it, where it has been seen to know
            this language from others; its word blocks then. Empty where nobody has tried.
        may_be_called: what the identifier would call it, tried or not.
        sentence_ends: signs that end a sentence.
        question_marks: signs that end a question.
    """

    tag: str
    name: str
    scripts: frozenset[str] = frozenset()
    spaced: bool = True
    decimal: str = "."
    group: str = ","
    numbers: NumberWords
    fractions: Index[float] = field(default_factory=lambda: Index(()))
    units: Index[str] = field(default_factory=lambda: Index(()))
    negators: Forms = field(default_factory=lambda: Forms(()))
    negations_counted: bool = False
    negation_exceptions: Forms = field(default_factory=lambda: Forms(()))
    length: Length | None = None
    identified_as: frozenset[str] = frozenset()
    may_be_called: str = ""
    sentence_ends: str = ".!?"
    question_marks: str = "?"

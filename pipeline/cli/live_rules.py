"""From the tables of two languages to what the offline editor is told of them."""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks import Languages
from pipeline.exchange import LiveRules, NumberForm
from pipeline.languages import Language, folding


@lru_cache(maxsize=64)
def _rules(source: Language, target: Language) -> LiveRules:
    return LiveRules(
        source_decimal=source.decimal,
        target_decimal=target.decimal,
        source_numbers=tuple(_numbers(source)),
        target_numbers=tuple(_numbers(target)),
        is_spaced=target.spaced,
        sentence_ends=target.sentence_ends,
        question_marks=target.question_marks,
        folding=tuple(sorted(folding(target.scripts).items())),
    )


def make_rules(languages: Languages) -> LiveRules:
    """What the editor is told, so that it advises by the same tables as the checks.

    Args:
        languages: what is known of the source language and of the target language.
    """
    return _rules(languages.source, languages.target)


def _numbers(language: Language) -> Iterator[NumberForm]:
    for form, value in language.numbers.forms():
        yield NumberForm(form, value)

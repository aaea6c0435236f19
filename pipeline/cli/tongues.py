"""Which language a text is in, where that can be told with certainty."""

from pipeline.languages import load_language
from pipeline.languages.identify import identify

#: As much of a text must be in the other language.
_SURE_SHARE = 0.9


def is_in(text: str, tag: str) -> bool | None:
    """Whether a text is in a language; None where the identifier of languages cannot be trusted.

    Args:
        text: the text.
        tag: the language that it should be in.
    """
    known = load_language(tag).identified_as
    guess = identify(text)
    if not known or not guess.is_sure or guess.share < _SURE_SHARE:
        return None
    return guess.code in known

"""How a source term is spelled, and what two spellings are one."""

import re

#: Letters that stand for a name (“WHO”, “NHS”). Longer ones are written “Covid” as well.
_LETTERS = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z0-9]{2,4}")


def spell(term: str) -> str:
    """A source term as it is looked up: in small letters, but for those that stand for a name.

    “AIDS” is not “aids”, and “WHO” not “who”.
    """
    return " ".join(
        word if is_acronym(word) else word.casefold() for word in term.replace("’", "'").split()
    )


def is_acronym(word: str) -> bool:
    """Whether letters stand for a name, and would be a word in small ones."""
    return bool(_LETTERS.fullmatch(word))

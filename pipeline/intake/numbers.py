"""Numbers that stand in files of others: none of them is trusted to be one."""

_MOST_DIGITS = 6


def find_number(text: str | None) -> int | None:
    """A whole number; None where a text is none, or has more digits than a document needs."""
    if not text or len(text) > _MOST_DIGITS or not (text.isascii() and text.isdecimal()):
        return None
    return int(text)

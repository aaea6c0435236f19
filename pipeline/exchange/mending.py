"""What word processors do to markup on their own, undone.

They turn straight quotation marks into curly ones, two hyphens into a dash and three dots into an
ellipsis: harmless in a sentence, and the end of a link or a tag. Only pieces that the source has,
and that a translation must carry over as they are, are put right; the words stay as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: What may stand in the place of a character, or of several.
_TURNED = (
    ("...", "(?:\\.\\.\\.|…)"),
    ("--", "(?:--|–|—)"),
    ('"', '["“”„‟«»″]'),
    ("'", "['‘’‚‛′]"),
    ("-", "[-‐‑–−]"),
    (" ", "[ \u00a0\u202f]"),
)
_STRAIGHT = re.compile("|".join(re.escape(plain) for plain, _ in _TURNED))
_PATTERNS = dict(_TURNED)


#: The title of a link, its words translated, between quotation marks that do not end it.
_TITLE = re.compile(r"(\]\(\S+\s+)[“”„‟«»″]([^“”„‟«»″\"()]*)[“”„‟«»″]\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A target text, and what was put right in it.

    Attributes:
        text: the text.
        remark: what was done, for people; empty where nothing was.
    """

    text: str
    remark: str = ""


def mend(target: str, source: str, protected: Sequence[str]) -> Mended:
    """Put markup right that a word processor has turned.

    Args:
        target: the text that came back.
        source: its source.
        protected: pieces of the source that a translation carries over as they are.
    """
    text, done = target, []
    for piece in dict.fromkeys(protected):
        restored = _restore(text, piece)
        if restored != text:
            done.append(f"`{piece}`")
            text = restored
    if _TITLE.search(text) and not _TITLE.search(source):
        text = _TITLE.sub(r'\1"\2")', text)
        done.append("quotation marks of a link's title")
    remarks = [f"Put right: {', '.join(done)}."] if done else []
    if "\n" in text and "\n" not in source:
        # A list item or heading that came back in two lines would end the list.
        text = re.sub(r"[ \t]*\n\s*", " ", text)
        remarks.append("Its lines were joined: the English has one line.")
    return Mended(text=text, remark=" ".join(remarks))


def _restore(text: str, piece: str) -> str:
    if piece in text or not _STRAIGHT.search(piece):
        return text
    parts: list[str] = []
    at = 0
    for found in _STRAIGHT.finditer(piece):
        parts += (re.escape(piece[at : found.start()]), _PATTERNS[found[0]])
        at = found.end()
    parts.append(re.escape(piece[at:]))
    return re.sub("".join(parts), lambda _: piece, text)

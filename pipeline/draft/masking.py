"""What a machine must not touch, out of its sight: markup, addresses, phone numbers, placeholders.

Each such span becomes a token, ``⟦1⟧``, and goes back in afterwards. Words in bold and the words of
a link are translated, so their marks are two tokens that belong together: after the machine
they must still be there once each, and stand one within the other as before. Numbers stay in the
text, since their place in the sentence decides about the words around them (``5 días``).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Side(StrEnum):
    """What a mark does to the words beside it."""

    WHOLE = "whole"  # stands for itself: a phone number, code, <br>
    OPENING = "opening"  # the words behind it are within it
    CLOSING = "closing"  # the words before it are


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a token stands for.

    Attributes:
        text: the text of the source.
        side: what it does to the words beside it.
        pairs: numbers of the pairs that it opens or closes, in the order of the text.
        spaced_before: whether white space stands before it in the source, or nothing.
        spaced_after: the same behind it.
    """

    text: str
    side: Side = Side.WHOLE
    pairs: tuple[int, ...] = ()
    spaced_before: bool = True
    spaced_after: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text with tokens in the place of its marks; token ``⟦n⟧`` is ``marks[n - 1]``."""

    text: str
    marks: tuple[Mark, ...]


TOKEN = re.compile(r"⟦\s*(\d+)\s*⟧")
_VOID = frozenset({"br", "hr", "img", "wbr", "input"})
_LINK_TAIL = r"\]\((?:\\.|[^()\\\n]|\([^()\n]{0,300}\)){0,2000}\)"
#: What is never translated wherever it stands, and what begins or ends something.
_MARKS = (
    r"[⟦⟧]",
    _LINK_TAIL,
    r"\]\[[^\[\]\n]{0,300}\]",
    r"!?\[",
    r"\]",
    r"</?[a-zA-Z][^<>\n]{0,2000}>",
    r"\{[^{}\n]{0,300}\}",
    r"%\(\w+\)[a-z]|(?<![\d%])%[sd](?!\w)",
    r"(?:https?://|www\.|mailto:|tel:)[^\s<>()\[\]\"'`|*]*[^\s<>()\[\]\"'`|*.,;:!?]",
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    r"(?<![\w.,])(?:\+|\(\d{1,5}\) ?)?\d(?:[\d .-]|\(\d{1,5}\)){5,25}\d(?![\w%])",
    r"&(?:#\w+|[a-zA-Z]\w*);",
    r"\\[!-/:-@\[-`{-~]",
    r"\*{1,3}|~~|==|\^\^",
    r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)",
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")


def mask(text: str, protected: Iterable[str] = ()) -> Masked:
    """Take out of a text what a machine must not touch.

    Args:
        text: one line of a source text.
        protected: further spans to take out as they stand: the protected spans of the segment,
            terms that are not translated.
    """
    found = [(match.start(), match[0]) for match in _pattern(protected).finditer(text)]
    marks = _pair(found, text)
    parts: list[str] = []
    tokens: list[Mark] = []
    end = 0
    starts = (start for start, _ in found)
    for group in _groups(zip(starts, marks, strict=True)):
        start = group[0][0]
        last, mark = group[-1]
        whole = _merge([mark for _, mark in group])
        parts.append(text[end:start])
        end = last + len(mark.text)
        tokens.append(
            replace(
                whole,
                spaced_before=not text[:start].strip() or text[start - 1].isspace(),
                spaced_after=not text[end:].strip() or text[end].isspace(),
            )
        )
        parts.append(f"⟦{len(tokens)}⟧")
    return Masked(text="".join((*parts, text[end:])), marks=tuple(tokens))


def _pattern(protected: Iterable[str]) -> re.Pattern[str]:
    # The links' marks first: an address within them is a part of theirs.
    spans = sorted({span for span in protected if span.strip()}, key=len, reverse=True)
    words = [rf"{_edge(span[0])}{re.escape(span)}{_edge(span[-1], after=True)}" for span in spans]
    return re.compile("|".join((*_MARKS[:3], *words, *_MARKS[3:])))


def _edge(char: str, *, after: bool = False) -> str:
    """No letter may go on beside a span that ends in one: ``NHS`` is no part of ``NHSX``."""
    return (r"(?!\w)" if after else r"(?<!\w)") if char.isalnum() else ""


def _pair(found: Sequence[tuple[int, str]], text: str) -> list[Mark]:
    """Which marks belong together."""
    marks = [Mark(text=span) for _, span in found]
    open_ones: list[tuple[int, str]] = []
    for at, (start, span) in enumerate(found):
        opens, closes = _what_it_does(start, span, text)
        partner = next((n for n, (_, kind) in enumerate(open_ones) if kind == closes), None)
        if closes and partner is not None:
            other = open_ones[partner][0]
            del open_ones[partner:]
            marks[other] = replace(marks[other], side=Side.OPENING, pairs=(other,))
            marks[at] = replace(marks[at], side=Side.CLOSING, pairs=(other,))
        elif opens:
            open_ones.append((at, opens))
    return marks


def _what_it_does(start: int, span: str, text: str) -> tuple[str, str]:
    """The kind that a mark may open, and the kind that it may close; empty for none."""
    if span in {"[", "!["}:
        return "[", ""
    if span.startswith("]"):
        return "", "["
    if tag := _TAG.fullmatch(span):
        name = tag[2].lower()
        if tag[3] or name in _VOID:
            return "", ""
        return ("", f"<{name}") if tag[1] else (f"<{name}", "")
    if set(span) <= set("*_~=^"):
        before, after = text[:start][-1:], text[start + len(span) :][:1]
        opens = span if after and not after.isspace() else ""
        closes = span if before and not before.isspace() else ""
        return opens, closes
    return "", ""


Placed = tuple[int, Mark]


def _groups(placed: Iterable[Placed]) -> Iterator[list[Placed]]:
    """Marks that stand side by side, in groups that one token can stand for.

    A pair with all that is within it stands for itself: ``[020 7946 0018](tel:…)``. Of the rest
    only marks of one side go together: ``**[`` is one beginning.
    """
    kind, group = Side.WHOLE, list[Placed]()
    for run in _runs(placed):
        ends = {mark.pairs[0]: at for at, (_, mark) in enumerate(run) if mark.side is Side.CLOSING}
        at = 0
        while at < len(run):
            side = run[at][1].side
            end = at
            if side is Side.OPENING and run[at][1].pairs[0] in ends:
                side, end = Side.WHOLE, ends[run[at][1].pairs[0]]
            if group and (side is not kind or at == 0):
                yield group
                group = []
            kind = side
            group += run[at : end + 1]
            at = end + 1
    if group:
        yield group


def _runs(placed: Iterable[Placed]) -> Iterator[list[Placed]]:
    run: list[Placed] = []
    for start, mark in placed:
        if run and run[-1][0] + len(run[-1][1].text) != start:
            yield run
            run = []
        run.append((start, mark))
    if run:
        yield run


def _open_parts(run: Iterable[Mark]) -> list[tuple[Side, int]]:
    """What a run opens or closes of what stands outside of it."""
    parts: list[tuple[Side, int]] = []
    for mark in run:
        for pair in mark.pairs:
            if mark.side is Side.CLOSING and parts and parts[-1] == (Side.OPENING, pair):
                parts.pop()
            else:
                parts.append((mark.side, pair))
    return parts


def _merge(run: Sequence[Mark]) -> Mark:
    parts = _open_parts(run)
    return Mark(
        text="".join(mark.text for mark in run),
        side=parts[0][0] if parts else Side.WHOLE,
        pairs=tuple(pair for _, pair in parts),
    )


def find_loss(masked: str, translated: str) -> str:
    """What became of the tokens of a sentence on the way, in words; empty where all are there.

    Args:
        masked: the sentence with its tokens.
        translated: what the machine made of it.
    """
    wanted, there = Counter(_numbers(masked)), Counter(_numbers(translated))
    # What is left of a token when the machine has damaged it.
    if "⟦" in (rest := TOKEN.sub("", translated)) or "⟧" in rest:
        return "a mark came back damaged"
    if lost := (wanted - there).total():
        return f"{lost} of {wanted.total()} marks, links or numbers to dial were lost"
    if wanted != there:
        return "a mark came back twice, or one that was never there"
    return ""


def _numbers(text: str) -> list[int]:
    return [int(match[1]) for match in TOKEN.finditer(text)]


def is_nested(text: str, marks: Sequence[Mark]) -> bool:
    """Whether the pairs of a text stand one within the other, and no end before its beginning.

    Args:
        text: a whole text with its tokens.
        marks: what they stand for.
    """
    ordered = (marks[number - 1] for number in _numbers(text) if 0 < number <= len(marks))
    return not _open_parts(ordered)


def restore(text: str, marks: Sequence[Mark], *, is_spaced: bool = True) -> str:
    """Put the marks back into a text in which every token stands once.

    A machine writes ``⟦1⟧ negrita ⟦2⟧``: no space may stand within a pair, and none may be
    missing where the source has one and the token now stands beside a letter.

    Args:
        text: the text with its tokens.
        marks: what they stand for.
        is_spaced: whether the target language writes spaces between words.
    """
    parts: list[str] = []
    end = 0
    for match in TOKEN.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        mark = marks[int(match[1]) - 1]
        if mark.side is Side.CLOSING:
            parts[-1] = parts[-1].rstrip()
        elif is_spaced and mark.spaced_before and parts[-1][-1:].isalnum():
            parts[-1] += " "
        parts.append(mark.text)
        if mark.side is Side.OPENING:
            while text[end : end + 1].isspace():
                end += 1
        elif is_spaced and mark.spaced_after and text[end : end + 1].isalnum():
            parts.append(" ")
    return "".join((*parts, text[end:]))

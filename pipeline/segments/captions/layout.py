"""A translation → the lines of its cues: in proportion to the source's, broken for reading."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pipeline.timedtext import TAG, Pace, reading_width, strip_tags

#: A word; the groups of a phone number are one, for its line must not end in the middle.
_WORD = re.compile(r"(?:<[^<>]*>|[^\s<]|\u00a0|(?<=[\d)]) (?=[(+]?\d)|<)+")
#: A sign of a script that is written without spaces; a run of anything else; a tag.
_SIGNS = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
_PIECE = re.compile(rf"<[^<>]*>|[{_SIGNS}]|[^<{_SIGNS}]+|<")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_NOT_FIRST = frozenset("，。！？、；：）」』】》〉”’…·％〜ー)]}!?,.;:%")
_NOT_LAST = frozenset("（「『【《〈“‘([{$£")
_PAUSE = re.compile(r"[,;:،؛、，；：।።፣፤—–.!?。！？؟۔][\"'”’»)\]]*\Z")
#: A break after a comma is worth this much of a cue's share.
_BONUS = 0.15
#: A text of more words than this is no caption: it is cut where its shares are.
_MOST_TO_WEIGH = 250
_START = re.compile(r"<([a-z]+)[^<>]*>")
_END = re.compile(r"</([a-z]+)>")


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is never parted: a word, or a sign of a script without spaces."""

    text: str
    space: bool
    width: int
    is_pause: bool


def lay_out(target: str, shares: Sequence[int], pace: Pace) -> list[list[str]]:
    """The lines of each cue of a translated sentence.

    Args:
        target: the translation.
        shares: how wide the source's text is in each cue.
        pace: what a reader of the target's script can take in.

    Returns:
        Lines for each cue. Where there are fewer words than cues, the last words stay on.
    """
    if len(shares) == 1 and "\n" in target:
        lines = [_wrap(_atoms(line), pace) for line in target.split("\n") if line.strip()]
        return [[row for rows in lines for row in rows]]
    atoms = _atoms(target)
    if len(shares) > len(atoms):
        parts = [atoms[n : n + 1] or atoms[-1:] for n in range(len(shares))]
    else:
        parts = _distribute(atoms, shares, pace)
    return _reopen([_wrap(part, pace) for part in parts], target)


def _atoms(text: str) -> list[_Atom]:
    found = []
    for word in _WORD.findall(text):
        pieces = _parts(word) if _DENSE.search(word) else [word]
        found += [
            _Atom(piece, n == 0, reading_width(strip_tags(piece)), _is_pause(piece))
            for n, piece in enumerate(pieces)
        ]
    return found


def _is_pause(text: str) -> bool:
    return bool(_PAUSE.search(TAG.sub("", text)))


def _parts(word: str) -> list[str]:
    """A run without spaces, cut where a line may end."""
    parts: list[str] = []
    for piece in _PIECE.findall(word):
        last = parts[-1] if parts else ""
        sticks = piece[0] in _NOT_FIRST or piece.startswith("</")
        holds = last[-1:] in _NOT_LAST or (last and _is_start(last))
        if last and (sticks or holds):
            parts[-1] += piece
        else:
            parts.append(piece)
    return parts


def _is_start(text: str) -> bool:
    """Whether a text is nothing but tags that begin something."""
    return bool(text) and not TAG.sub("", text) and not text.startswith("</")


def _width(atoms: Sequence[_Atom]) -> int:
    return sum(atom.width + atom.space for atom in atoms) - (atoms[0].space if atoms else 0)


def _text(atoms: Sequence[_Atom]) -> str:
    return "".join(f" {atom.text}" if atom.space else atom.text for atom in atoms).strip()


def _distribute(atoms: list[_Atom], shares: Sequence[int], pace: Pace) -> list[list[_Atom]]:
    """The words of each cue: near its share of the whole, fitting, best cut at a pause."""
    sums = [0, *accumulate(atom.width + atom.space for atom in atoms)]
    whole = max(1, sum(shares))
    if len(atoms) > _MOST_TO_WEIGH:
        wanted = [sums[-1] * part // whole for part in accumulate(shares)]
        found = [0, *(bisect_left(sums, width) for width in wanted[:-1]), len(atoms)]
        return [atoms[start:end] or atoms[-1:] for start, end in pairwise(found)]
    ideals = [max(1.0, sums[-1] * share / whole) for share in shares]
    room, count = pace.line * pace.lines, len(atoms)

    def cost(number: int, start: int, end: int) -> float:
        width = sums[end] - sums[start]
        bonus = _worth(atoms[end - 1]) if end < count else 0.0
        return ((width - ideals[number]) / ideals[number]) ** 2 + max(0, width - room) - bonus

    # The best way to fill the first cues with the first words, and where the last of them begins.
    best: list[tuple[float, int]] = [(0.0, 0)]
    best += [(cost(0, 0, end), 0) for end in range(1, count + 1)]
    ways = [best]
    for number in range(1, len(shares)):
        best = [
            min(
                (ways[-1][start][0] + cost(number, start, end), start)
                for start in range(number, end)
            )
            if end > number
            else (0.0, 0)
            for end in range(count + 1)
        ]
        ways.append(best)
    cuts = [count]
    for way in reversed(ways):
        cuts.append(way[cuts[-1]][1])
    cuts.reverse()
    return [atoms[start:end] for start, end in pairwise(cuts)]


def _worth(last: _Atom) -> float:
    """What it is worth to end a cue with a word: more at a pause, less where it hangs."""
    if last.is_pause:
        return _BONUS
    return -2 * _BONUS if _hangs(last) else 0.0


def _hangs(atom: _Atom) -> bool:
    """Whether a word belongs to the next: Polish "i", "w" and "z" never end a line."""
    return atom.width == 1 and atom.text.isalpha()


def _wrap(atoms: Sequence[_Atom], pace: Pace) -> list[str]:
    """As few lines as can be, of about the same length."""
    lines = _fill(atoms, pace.line)
    low, high = 1, pace.line
    while low < high:
        middle = (low + high) // 2
        if len(_fill(atoms, middle)) <= len(lines):
            high = middle
        else:
            low = middle + 1
    return [_text(line) for line in _fill(atoms, high)]


def _fill(atoms: Sequence[_Atom], most: int) -> list[list[_Atom]]:
    lines: list[list[_Atom]] = []
    for atom in atoms:
        if lines and _width([*lines[-1], atom]) <= most:
            lines[-1].append(atom)
        elif (
            lines
            and len(lines[-1]) > 1
            and _hangs(lines[-1][-1])
            and _width([lines[-1][-1], atom]) <= most
        ):
            lines.append([lines[-1].pop(), atom])
        else:
            lines.append([atom])
    return lines


def _reopen(cues: list[list[str]], target: str) -> list[list[str]]:
    """Tags that are open at the end of a cue end with it, and begin again in the next."""
    if not TAG.search(target):
        return cues
    is_open: list[tuple[str, str]] = []
    done = []
    for lines in cues:
        head = "".join(tag for _, tag in is_open)
        for tag in TAG.findall("\n".join(lines)):
            if end := _END.fullmatch(tag):
                is_open = is_open[:-1] if is_open and is_open[-1][0] == end[1] else is_open
            elif start := _START.fullmatch(tag):
                is_open.append((start[1], tag))
        tail = "".join(f"</{name}>" for name, _ in reversed(is_open) if f"</{name}>" in target)
        done.append([f"{head}{lines[0]}", *lines[1:]] if lines else [head])
        done[-1][-1] += tail
    return done

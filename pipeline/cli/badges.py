"""A badge: how far a language is, in a picture of one line for a README or a web page.

It says nothing that would change from one day to the next where nothing has happened, so that
a committed badge changes only with the state.
"""

from dataclasses import dataclass
from html import escape

from pipeline.status import LanguageState, TranslationState

#: White letters on these have a contrast of 6 to 1 at least.
_LABEL = "#333333"
_WRONG, _ALL, _SOME, _NOTHING = "#a30000", "#1b5e2a", "#00508c", "#555555"
_HEIGHT, _SIZE, _PAD = 20, 11, 7
_NARROW = frozenset("iljtfr.,:;!'|()[] ·I")
_WIDE = frozenset("mwMW@%")
_TOLD = {
    TranslationState.DAMAGED: "damaged",
    TranslationState.WITHDRAWN: "withdrawn",
    TranslationState.OVERDUE: "overdue",
    TranslationState.STALE: "stale",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What a badge says.

    Attributes:
        label: the language.
        value: how far it is.
        colour: the ground behind ``value``; the words say the same.
        meaning: the same in a sentence, for who cannot see it.
    """

    label: str
    value: str
    colour: str
    meaning: str


def make_badge(row: LanguageState) -> Badge:
    """What the badge of a language says: ``Somali | 3 of 12 · 1 stale``.

    Args:
        row: the language's row of the matrix.
    """
    total = len(row.resources)
    readable = sum(cell.is_readable for cell in row.resources)
    wrong = [f"{row.count(state)} {word}" for state, word in _TOLD.items() if row.count(state)]
    late = sum(cell.is_late for cell in row.resources)
    wrong += [f"{late} late"] if late else []
    notes = [*wrong, *(() if row.is_open else ("not open",))]
    # Of what can be read: samples must not look like the real thing.
    if any(cell.is_sample and cell.is_published for cell in row.resources):
        notes.append("samples")
    name = row.locale.english_name
    told = "".join(f", {note}" for note in notes)
    return Badge(
        label=name,
        value=" · ".join([f"{readable} of {total}", *notes]),
        colour=_colour(readable, total, is_wrong=bool(wrong)),
        meaning=f"Of {total} resources {readable} can be read in {name}{told}.",
    )


def render_badge(badge: Badge) -> str:
    """The badge as SVG.

    Args:
        badge: what it says.
    """
    left, right = _width(badge.label), _width(badge.value)
    title, meaning = _text(f"{badge.label}: {badge.value}"), _text(badge.meaning)
    height, base = _HEIGHT, _HEIGHT - 6
    width = left + right
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" \
viewBox="0 0 {width} {height}" role="img" aria-labelledby="t d" xml:lang="en">
<title id="t">{title}</title>
<desc id="d">{meaning}</desc>
<rect width="{width}" height="{height}" rx="3" fill="{badge.colour}"/>
<path d="M3 0H{left}V{height}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="{_LABEL}"/>
<g fill="#ffffff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="{_SIZE}">
<text x="{_PAD}" y="{base}" textLength="{left - 2 * _PAD}" \
lengthAdjust="spacingAndGlyphs">{_text(badge.label)}</text>
<text x="{left + _PAD}" y="{base}" textLength="{right - 2 * _PAD}" \
lengthAdjust="spacingAndGlyphs">{_text(badge.value)}</text>
</g>
</svg>
"""


def _colour(readable: int, total: int, *, is_wrong: bool) -> str:
    if is_wrong:
        return _WRONG
    if not readable:
        return _NOTHING
    return _ALL if readable == total else _SOME


def _width(text: str) -> int:
    """About how wide a text is in Verdana, with its margins; the SVG fits it in exactly."""
    return 2 * _PAD + max(round(sum(_advance(character) for character in text)), 1)


def _advance(character: str) -> float:
    if character in _NARROW:
        return 4.6
    return 10.0 if character in _WIDE else 7.0


def _text(text: str) -> str:
    """Text as it may stand in XML, where control characters may not stand at all."""
    return escape("".join(c for c in text if c.isprintable()))

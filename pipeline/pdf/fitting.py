"""What is tried, in turn, where a form comes to more pages than it should have."""

import math
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, ReplacedBox

from pipeline.model import LeafletVariant


def _steps(*sizes: str) -> tuple[str, ...]:
    """All of a poster or card in smaller letters; at last with a heading that is hardly larger."""
    steps = tuple(f"html {{ font-size: {size} }}" for size in sizes)
    return (*steps, f"{steps[-1]} h1 {{ font-size: 1.35rem }}")


#: One column after the other: to balance them, WeasyPrint sets them again and again, a pixel higher
#: each time, for up to two seconds.
_COLUMNS = "main { columns: 2; column-gap: 6mm; column-fill: auto }"
_KEY_FACTS_IN_SMALL = "body { font-size: 0.92em }"
_SMALLER = {
    LeafletVariant.CARD: _steps("27px", "23px", "19px"),
    LeafletVariant.PICTURE_CARD: _steps("32px", "27px", "22px"),
    LeafletVariant.POSTER_A4: _steps("16pt", "14pt", "11pt"),
    LeafletVariant.POSTER_A3: _steps("23pt", "20pt", "16pt"),
    LeafletVariant.KEY_FACTS: (
        _KEY_FACTS_IN_SMALL,
        f"body {{ font-size: 0.92em; line-height: 1.3 }} {_COLUMNS}",
        f"body {{ font-size: 0.83em; line-height: 1.3 }} {_COLUMNS}",
    ),
    LeafletVariant.SHEETS: (
        ".leaflet-sheet img { max-height: 118mm }",
        ".leaflet-sheet img { max-height: 95mm } body { font-size: 0.92em }",
    ),
}
#: What fills more pages than this does not fit on one, and to try takes as long as a leaflet.
#: A text needs 0.92 squared of its room, lists more: of 70 pages none above 1.08 had enough of it.
_MOST = {_KEY_FACTS_IN_SMALL: 1 / 0.92**2}


def smaller(variant: LeafletVariant, document: Any) -> Iterator[str]:  # noqa: ANN401
    """Styles to try, one after the other.

    Args:
        variant: the form.
        document: what came of it without one, of WeasyPrint.
    """
    filled = _filled(document)
    return (style for style in _SMALLER[variant] if filled <= _MOST.get(style, math.inf))


def _filled(document: Any) -> float:  # noqa: ANN401 - WeasyPrint has no types
    """How many pages would be full of it, were it not cut into pages."""
    return sum(map(_filled_of, document.pages))


def _filled_of(page: Any) -> float:  # noqa: ANN401
    box = page._page_box  # noqa: SLF001  nothing else knows how far down the text goes
    content = box.children[0]
    seen = (each for each in content.descendants() if isinstance(each, (LineBox, ReplacedBox)))
    foot = max((each.position_y + each.height for each in seen), default=content.position_y)
    return float((foot - content.position_y) / box.height)

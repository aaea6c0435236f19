"""Leaflets that other machines make: each is in the cache as soon as it comes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.errors import PdfError
from pipeline.pdf.jobs import LeafletJob, Rendered

#: Makes leaflets on other machines: of each job its place among them, and what came of it.
Elsewhere = Callable[[Iterable[LeafletJob]], Iterator[tuple[int, Rendered | PdfError]]]


def render_elsewhere(
    missing: Iterable[Path],
    begun: Mapping[Path, list[LeafletJob]],
    elsewhere: Elsewhere,
    keep: Callable[[Path, Rendered], object],
    settle: Callable[[Path, PdfError | None], object],
) -> None:
    """Have leaflets made.

    Args:
        missing: where the cache is to keep each; found out as they are asked for.
        begun: the jobs of each, of which one is done.
        elsewhere: makes them.
        keep: puts one into the cache.
        settle: told that one is in the cache, or why it cannot be.
    """
    places: list[Path] = []
    faults: dict[Path, PdfError] = {}

    def jobs() -> Iterator[LeafletJob]:
        for kept in missing:
            places.append(kept)
            yield begun[kept][0]

    for number, made in elsewhere(jobs()):
        kept = places[number]
        if isinstance(made, PdfError):
            faults[kept] = made
        else:
            keep(kept, made)
        settle(kept, faults.get(kept))
        begun[kept].clear()
    for kept, late in begun.items():  # of those that are the same, whatever was found out later
        if late:
            settle(kept, faults.get(kept))

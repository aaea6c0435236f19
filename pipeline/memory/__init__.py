"""Translations already made: found again for a text like theirs, and proposed for empty boxes.

In: units that somebody has signed, and such as were imported. Out: matches with score, origin and
what differs; proposals for the empty units of a catalog. Nothing here touches the disk.
``units`` has the values, ``folding`` makes words of texts, ``index`` chooses candidates, ``lookup``
scores them, ``differences`` tells what a match says otherwise, ``store`` is the form for a cache,
``proposals`` fills catalogs, ``tmx`` is the form for other tools. See ``docs/reference/memory.md``.
"""

from pipeline.memory.lookup import LEAST_SCORE, Memory
from pipeline.memory.proposals import LEAST_DRAFT, Left, Proposal, fill, propose
from pipeline.memory.store import parse_memory, render_memory
from pipeline.memory.tmx import Tmx, parse_tmx
from pipeline.memory.tmx_writing import render_tmx
from pipeline.memory.units import (
    Difference,
    Match,
    MatchKind,
    Meaning,
    MeaningOf,
    MemoryUnit,
    Neighbours,
    Provenance,
    Quantity,
    remember,
)

__all__ = [
    "LEAST_DRAFT",
    "LEAST_SCORE",
    "Difference",
    "Left",
    "Match",
    "MatchKind",
    "Meaning",
    "MeaningOf",
    "Memory",
    "MemoryUnit",
    "Neighbours",
    "Proposal",
    "Provenance",
    "Quantity",
    "Tmx",
    "fill",
    "parse_memory",
    "parse_tmx",
    "propose",
    "remember",
    "render_memory",
    "render_tmx",
]

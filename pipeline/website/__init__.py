"""Localised pages → one website for each locale, and the files at the root of them all.

This is the only stage that knows MkDocs. It takes :class:`LocaleSite` values, runs one
MkDocs build for each (Material's styles, mkdocs-static-i18n's ``build_only_locale``), and
leaves plain HTML that is readable without any script. Why it is done in this way:
``docs/decisions/0005-mkdocs-and-i18n.md``.
"""

from pipeline.website.assets import is_asset
from pipeline.website.build import Built, build_locale, find_difference
from pipeline.website.faults import Fault
from pipeline.website.films import captions_path, film_path
from pipeline.website.generator import has_foreign_parts
from pipeline.website.isolate import isolate_numbers
from pipeline.website.parts import Chunk, Cutter, Part, count_parts
from pipeline.website.piecewise import build_part, find_unjudged, finish_locale
from pipeline.website.remake import Made, MadePage, parse_note, render_note
from pipeline.website.root import build_root, write_assets
from pipeline.website.scaling import Renditions
from pipeline.website.site import (
    LeafletName,
    LocaleSite,
    Manuscript,
    archive_name,
    book_path,
    book_topics,
    book_topics_of,
    card_heading,
    keep_list_name,
    leaflet_name,
    one_file_name,
)
from pipeline.website.speech import Speech

__all__ = [
    "Built",
    "Chunk",
    "Cutter",
    "Fault",
    "LeafletName",
    "LocaleSite",
    "Made",
    "MadePage",
    "Manuscript",
    "Part",
    "Renditions",
    "Speech",
    "archive_name",
    "book_path",
    "book_topics",
    "book_topics_of",
    "build_locale",
    "build_part",
    "build_root",
    "captions_path",
    "card_heading",
    "count_parts",
    "film_path",
    "find_difference",
    "find_unjudged",
    "finish_locale",
    "has_foreign_parts",
    "is_asset",
    "isolate_numbers",
    "keep_list_name",
    "leaflet_name",
    "one_file_name",
    "parse_note",
    "render_note",
    "write_assets",
]

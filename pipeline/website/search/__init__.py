"""Search: what a page says → sections → a locale's index, with the tables by which letters fold.

In: rendered pages. Out: ``search_index.json``, which the script of the search page
(``theme/assets/js/search.js``) reads on the reader's own device.
"""

from pipeline.website.search.folding import Folding, load_folding
from pipeline.website.search.index import render_entries, render_index
from pipeline.website.search.sections import Section, list_headings, split_sections

__all__ = [
    "Folding",
    "Section",
    "list_headings",
    "load_folding",
    "render_entries",
    "render_index",
    "split_sections",
]

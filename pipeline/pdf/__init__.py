"""Leaflets: a rendered page of the site → a tagged PDF that can be printed and handed out.

The story of a run is :func:`render_all`; of one leaflet, :func:`render_leaflet`.

``leaflet`` cuts the page's article out and puts the cover and the footer around it,
``binding`` puts leaflets together to a book, ``glyphs`` sees to it that every character has a
glyph, ``engine`` sets it with WeasyPrint, ``fonts`` provides the fonts, ``workers`` shares the work
out, ``kept`` has what was made, ``press`` has processes ready for it,
``machine`` says what this machine lacks. Importing this package does not load
WeasyPrint: a machine without Pango still builds the site.

``reading`` goes the other way: what a finished leaflet says, for the checks of the output.
"""

from pipeline.pdf.article import printed_text
from pipeline.pdf.books import Binding, BookJob, Measured, bind_book, measure_book, read_book
from pipeline.pdf.campaign import said_on
from pipeline.pdf.elsewhere import Elsewhere
from pipeline.pdf.jobs import Beside, Campaign, LeafletJob, Rendered, Report
from pipeline.pdf.kept import prune_leaflets
from pipeline.pdf.machine import Problem, find_problems, library_versions
from pipeline.pdf.pictures import PictureFacts, read_picture
from pipeline.pdf.press import Press
from pipeline.pdf.reading import PdfFacts, read_facts
from pipeline.pdf.workers import (
    begin_press,
    digest_of_leaflets,
    find_files,
    keep_engine,
    make_leaflet,
    render_all,
    render_leaflet,
)

__all__ = [
    "Beside",
    "Binding",
    "BookJob",
    "Campaign",
    "Elsewhere",
    "LeafletJob",
    "Measured",
    "PdfFacts",
    "PictureFacts",
    "Press",
    "Problem",
    "Rendered",
    "Report",
    "begin_press",
    "bind_book",
    "digest_of_leaflets",
    "find_files",
    "find_problems",
    "keep_engine",
    "library_versions",
    "make_leaflet",
    "measure_book",
    "printed_text",
    "prune_leaflets",
    "read_book",
    "read_facts",
    "read_picture",
    "render_all",
    "render_leaflet",
    "said_on",
]

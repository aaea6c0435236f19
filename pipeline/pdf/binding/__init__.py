"""Binding leaflets that are made into one PDF, without setting them again.

``objects`` reads the objects of a leaflet as WeasyPrint writes them, ``blocks`` numbers them anew
for their place in a book, ``contents`` finds the lines that lead to them, ``numerals`` draws page
numbers, ``book`` puts it all together.
"""

from pipeline.pdf.binding.book import (
    Before,
    Bound,
    Measure,
    Part,
    bind,
    measure,
    read_before,
    read_measures,
)
from pipeline.pdf.binding.contents import link_to
from pipeline.pdf.binding.numerals import Numerals
from pipeline.pdf.binding.objects import has_all_of

__all__ = [
    "Before",
    "Bound",
    "Measure",
    "Numerals",
    "Part",
    "bind",
    "has_all_of",
    "link_to",
    "measure",
    "read_before",
    "read_measures",
]

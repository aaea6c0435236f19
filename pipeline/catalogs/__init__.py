"""Catalogs: gettext PO files ⇄ :class:`~pipeline.model.Catalog`, and merging them.

``reader`` and ``writer`` turn bytes into values and back, ``strings`` reads texts in
quotes, ``files`` touches the disk, ``headers`` knows the header, ``origins`` records where
a target comes from, ``comments`` says what translators are told, ``matching`` and
``merging`` carry translations over to a changed source, ``late`` those that come after it.
See ``docs/reference/catalogs.md``.
"""

from pipeline.catalogs.comments import describe_segments, describe_strings
from pipeline.catalogs.files import read_catalog, write_catalog
from pipeline.catalogs.headers import check_language
from pipeline.catalogs.late import Late, add_late
from pipeline.catalogs.merging import Entry, merge, merge_entries, merge_interface, template
from pipeline.catalogs.reader import parse_catalog
from pipeline.catalogs.writer import render_catalog

__all__ = [
    "Entry",
    "Late",
    "add_late",
    "check_language",
    "describe_segments",
    "describe_strings",
    "merge",
    "merge_entries",
    "merge_interface",
    "parse_catalog",
    "read_catalog",
    "render_catalog",
    "template",
    "write_catalog",
]

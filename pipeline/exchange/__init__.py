"""Files that travel to translators and back, and bilingual files of others.

A :class:`Sheet` is what travels: the units of one resource in one language. ``FORMATS`` writes it
as a spreadsheet, a Word table, CSV, XLIFF or an offline editor, and reads it from there; ``take``
decides what of it goes into the catalog; ``report`` says what became of it. Files of others, XLIFF
and tables with tabs, are read as units. A file that is damaged or could harm is an error with its
cell or line, never half of a file.
"""

from pipeline.exchange.formats import FORMATS, Format, find_format
from pipeline.exchange.live import LiveRules, NumberForm, TermRule
from pipeline.exchange.package import MOST_BYTES
from pipeline.exchange.po_sheet import from_catalog, to_catalog
from pipeline.exchange.sheet import (
    Change,
    Row,
    Sheet,
    State,
    Suggestion,
    digest_target,
    join_lines,
    unit_name,
)
from pipeline.exchange.tables import parse_tsv
from pipeline.exchange.taking import LEFT_OUT, QUESTION, Account, Outcome, Taken, take
from pipeline.exchange.xliff import parse_xliff

__all__ = [
    "FORMATS",
    "LEFT_OUT",
    "MOST_BYTES",
    "QUESTION",
    "Account",
    "Change",
    "Format",
    "LiveRules",
    "NumberForm",
    "Outcome",
    "Row",
    "Sheet",
    "State",
    "Suggestion",
    "Taken",
    "TermRule",
    "digest_target",
    "find_format",
    "from_catalog",
    "join_lines",
    "parse_tsv",
    "parse_xliff",
    "take",
    "to_catalog",
    "unit_name",
]

"""Bilingual files of others → units: XLIFF 1.2 and 2, and tables with tabs (TSV).

In: the bytes of a file. Out: its units, in the order of the file, each with its line. A file
that is damaged is an error with file and line, never half of a file.
"""

from pipeline.exchange.tables import parse_tsv
from pipeline.exchange.xliff import parse_xliff

__all__ = ["parse_tsv", "parse_xliff"]

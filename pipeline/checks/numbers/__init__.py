"""Numbers as values, whatever their digits, separators or words.

``reading`` finds the numbers of a text, ``comparing`` says what a translation has made of them.
"""

from pipeline.checks.numbers.comparing import check_number_mismatch, read_runs
from pipeline.checks.numbers.reading import Number, read_numbers

__all__ = ["Number", "check_number_mismatch", "read_numbers", "read_runs"]

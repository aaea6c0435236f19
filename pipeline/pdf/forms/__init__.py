"""What other forms of a leaflet do to its article, as HTML.

``extracts`` keeps a part of it: key facts, activity sheets. ``stacking`` takes wide tables apart
for large print, ``pairs`` puts two languages side by side, ``book`` several articles one after the
other. ``booklet`` comes last: it lays finished pages on sheets to be folded.
"""

from pipeline.pdf.forms.extracts import keep_key_facts, keep_sheets, mark_critical
from pipeline.pdf.forms.pairs import put_side_by_side
from pipeline.pdf.forms.stacking import stack_tables

__all__ = ["keep_key_facts", "keep_sheets", "mark_critical", "put_side_by_side", "stack_tables"]

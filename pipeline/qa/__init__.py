"""Checks and sign-offs → what may be published."""

from pipeline.qa.gate import Gate, Hold, SignOffs, UnitCheck, is_translation, open_gate
from pipeline.qa.waivers import Waived, Waivers, finding_id

__all__ = [
    "Gate",
    "Hold",
    "SignOffs",
    "UnitCheck",
    "Waived",
    "Waivers",
    "finding_id",
    "is_translation",
    "open_gate",
]

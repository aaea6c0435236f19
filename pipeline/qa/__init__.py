"""Checks and sign-offs → what may be published."""

from pipeline.qa.gate import (
    CatalogCheck,
    Gate,
    Hold,
    SignOffs,
    Text,
    find_unpublished,
    gather_texts,
    is_translation,
    open_gate,
)
from pipeline.qa.waivers import Waived, Waivers, finding_id

__all__ = [
    "CatalogCheck",
    "Gate",
    "Hold",
    "SignOffs",
    "Text",
    "Waived",
    "Waivers",
    "find_unpublished",
    "finding_id",
    "gather_texts",
    "is_translation",
    "open_gate",
]

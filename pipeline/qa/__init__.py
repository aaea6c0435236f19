"""Checks and sign-offs → what may be published."""

from pipeline.qa.gate import (
    Gate,
    Hold,
    SignOffs,
    Text,
    UnitCheck,
    gather_texts,
    is_translation,
    open_gate,
)

__all__ = [
    "Gate",
    "Hold",
    "SignOffs",
    "Text",
    "UnitCheck",
    "gather_texts",
    "is_translation",
    "open_gate",
]

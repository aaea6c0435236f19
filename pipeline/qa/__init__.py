"""Checks and sign-offs → what may be published."""

from pipeline.qa.gate import Gate, Hold, SignOffs, UnitCheck, is_translation, open_gate

__all__ = ["Gate", "Hold", "SignOffs", "UnitCheck", "is_translation", "open_gate"]

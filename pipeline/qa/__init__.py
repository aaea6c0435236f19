"""Checks and sign-offs → what may be published."""

from pipeline.qa.gate import (
    Gate,
    UnitCheck,
    is_translation,
    needs_no_signature,
    never_signed,
    open_gate,
)

__all__ = ["Gate", "UnitCheck", "is_translation", "needs_no_signature", "never_signed", "open_gate"]

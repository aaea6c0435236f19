"""Catalogs → the state of every resource in every locale."""

from pipeline.status.table import (
    LanguageState,
    ResourceState,
    TranslationState,
    by_need,
    derive_state,
    is_wanted,
    resource_state,
)

__all__ = [
    "LanguageState",
    "ResourceState",
    "TranslationState",
    "by_need",
    "derive_state",
    "is_wanted",
    "resource_state",
]

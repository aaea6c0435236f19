"""Resources: files → :class:`~pipeline.model.Document` values.

``frontmatter`` validates the YAML at a resource's head, ``documents`` reads the
folder, ``assets`` lets pictures through and cleans them.
"""

from pipeline.content.assets import clean_asset
from pipeline.content.documents import (
    Library,
    is_slug,
    list_captions,
    list_documents,
    read_documents,
)
from pipeline.content.frontmatter import MetadataReading, find_body, parse_metadata

__all__ = [
    "Library",
    "MetadataReading",
    "clean_asset",
    "find_body",
    "is_slug",
    "list_captions",
    "list_documents",
    "parse_metadata",
    "read_documents",
]

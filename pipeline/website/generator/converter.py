"""One Markdown converter for all pages of a run, and no search where nothing can be found.

MkDocs makes a converter for each page, and Python-Markdown looks for some twenty inline
patterns in every piece of text. Measured on this project's own resources, the first
takes a tenth of a page's time and the second a fifth. It also looks every tag up in a list,
some four hundred times a page. The HTML is the same: see the tests.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import Registry
from mkdocs.structure import pages

#: Inline patterns of Python-Markdown that match only where one of ``_SIGNS`` stands.
_KNOWN = frozenset(
    {
        "autolink",
        "automail",
        "backtick",
        "em_strong",
        "em_strong2",
        "entity",
        "escape",
        "footnote",
        "html",
        "image_link",
        "image_reference",
        "linebreak",
        "link",
        "not_strong",
        "reference",
        "short_image_ref",
        "short_reference",
    }
)
_SIGNS = re.compile(r"[`\\\[<&*_]|  \n")


@contextmanager
def one_converter() -> Iterator[None]:
    """Let MkDocs use one converter for all pages, within this context."""
    names = vars(pages)
    original = names["markdown"]
    names["markdown"] = _OneConverter()
    try:
        yield
    finally:
        names["markdown"] = original


def quicken(converter: Markdown) -> Markdown:
    """Let a converter pass over plain text.

    Args:
        converter: changed, unless it has an inline pattern that is not known here.
    """
    patterns = converter.inlinePatterns
    if len(patterns) == sum(name in patterns for name in _KNOWN):
        converter.treeprocessors.register(_PlainTextPasses(converter), "inline", 20)
    # What extensions have registered or put into the list, they have by now.
    for registry in (converter.parser.blockprocessors, patterns):
        registry.__class__ = _Settled
    converter.is_block_level = lru_cache(maxsize=256)(converter.is_block_level)  # type: ignore[method-assign]
    return converter


class _Settled(Registry[Any]):
    """A registry whose order is looked up once, not in every block of text."""

    def __iter__(self) -> Iterator[Any]:
        found: list[Any] | None = vars(self).get("settled")
        if found is None:
            found = vars(self)["settled"] = list(super().__iter__())
        return iter(found)

    def register(self, item: Any, name: str, priority: float) -> None:  # noqa: ANN401
        vars(self).pop("settled", None)
        super().register(item, name, priority)

    def deregister(self, name: str, strict: bool = True) -> None:  # noqa: FBT001, FBT002  as there
        vars(self).pop("settled", None)
        super().deregister(name, strict)


class _OneConverter:
    """Stands for the module ``markdown`` where MkDocs makes a converter for each page."""

    def __init__(self) -> None:
        self._converter: Markdown | None = None

    def Markdown(self, **settings: Any) -> Markdown:  # noqa: N802, ANN401  Markdown's own name
        if self._converter is None:
            self._converter = quicken(Markdown(**settings))
        self._converter.reset()
        return self._converter


class _PlainTextPasses(InlineProcessor):
    """Python-Markdown's own, but for text in which no pattern can match."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  its names
        if not patternIndex and not _SIGNS.search(data):
            return data
        return super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc, no-any-return]

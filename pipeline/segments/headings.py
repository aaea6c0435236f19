"""The ids that Python-Markdown's toc extension gives to headings.

Written anew after ``markdown.extensions.toc`` (``slugify`` and ``unique``), so that the
core depends on no generator; a test compares the two.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass

from pipeline.segments.plain import plain_text

_COUNTED = re.compile(r"(.*)_([0-9]+)")
_DROPPED = re.compile(r"[^\w\s-]")
_SEPARATED = re.compile(r"[-\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the page, translated or not.

    Attributes:
        text: its text as written, without its attribute list.
        id: the id its author gave it.
    """

    text: str
    id: str | None = None


def slugify(text: str) -> str:
    """A heading's text as an id, as the toc extension does it by default."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _SEPARATED.sub("-", _DROPPED.sub("", ascii_text).strip().lower())


def heading_ids(
    headings: Iterable[Heading], taken: Iterable[str], labels: Container[str]
) -> tuple[str, ...]:
    """The id of each heading of a page.

    Args:
        headings: all headings, in order.
        taken: ids that authors gave to anything on the page.
        labels: labels of the references that are defined on it.
    """
    headings = tuple(headings)
    used = set(taken) | {heading.id for heading in headings if heading.id}
    counters: dict[str, int] = {}
    return tuple(
        heading.id or _unique(slugify(plain_text(heading.text, labels)), used, counters)
        for heading in headings
    )


def _unique(wanted: str, used: set[str], counters: dict[str, int]) -> str:
    found = wanted
    if wanted in used or not wanted:
        counted = _COUNTED.fullmatch(wanted)
        base, count = (counted[1], int(counted[2])) if counted else (wanted, 0)
        # Only a shortcut: all numbers up to this one are known to be taken.
        known = counters.get(base, 0)
        is_in_run = count <= known
        count = max(count, known) if is_in_run else count
        count += 1
        while f"{base}_{count}" in used:
            count += 1
        found = f"{base}_{count}"
        if is_in_run:
            counters[base] = count
    used.add(found)
    return found

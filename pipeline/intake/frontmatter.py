"""The front matter of a new resource: guessed where that is safe, to be filled in where it is not.

Nothing that somebody has to answer for is made up: a day on which nobody looked would be read
as one on which somebody did.
"""

from pipeline.intake.escaping import normalise
from pipeline.model import TO_FILL_IN

_TEMPLATE = """\
---
title: {title}
summary: {summary}
audience: {mark} (who this page is for)
# clinical: a wrong sentence could harm. general: it could mislead. activity: it could not.
risk: {mark} (clinical, general or activity)
# urgent: readers cannot wait. routine: they can.
urgency: {mark} (urgent or routine)
owner: {mark} (the role that answers for this page)
sources:
  - title: {mark} (name of the page that the facts come from)
    url: {mark} (its address)
    checked: {mark} (the day on which somebody looked at it, such as 2026-11-24)
last_checked: {mark} (the day on which the whole page was compared with its sources)
review_by: {mark} (the day by which it must be checked again)
---
"""


def render_front_matter(*, title: str, summary: str) -> str:
    """The front matter.

    Args:
        title: the page's title.
        summary: one sentence; empty if none could be guessed.
    """
    missing = f"{TO_FILL_IN} (what the reader gets, in one sentence)"
    return _TEMPLATE.format(
        mark=TO_FILL_IN,
        title=_quoted(title),
        summary=_quoted(summary) if summary else missing,
    )


def _quoted(text: str) -> str:
    """A text as YAML: quoted, since it may hold a colon or be a number."""
    return '"' + normalise(text).strip().replace("\\", "\\\\").replace('"', '\\"') + '"'

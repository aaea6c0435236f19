"""Where a text comes from and how long it holds: sources and dates."""

import re
from collections.abc import Iterator
from datetime import date

from pipeline.checks.plain.page import Page
from pipeline.model import Finding, Severity

_HEADINGS = re.compile(
    r"\b(?:sources?|references|bibliography|evidence|where this comes from)\b", re.IGNORECASE
)
_LINE = re.compile(r"^\W*sources?\s*:", re.IGNORECASE | re.MULTILINE)
#: Half a year and a year, with some days for weekends and holidays.
_CLINICAL_DAYS, _OTHER_DAYS = 190, 375
_LONGEST_DAYS = 3 * 366


def check_sources_present(page: Page) -> tuple[Finding, ...]:
    """sources-present: nothing says where the facts come from.

    A finding for clinical resources, advice for the rest. Sources stand in the front matter, each
    with title, address and the day on which somebody looked; a file from elsewhere may have a
    heading "Sources" or "References". Any language, by the front matter.

    - Standard: NHS Standard for creating health content (record of sources),
      https://service-manual.nhs.uk/content/standard-for-creating-health-content; CDC Clear
      Communication Index (state of the science), https://www.cdc.gov/ccindex/
    - Wrong: a front matter without ``sources``
    - Right: ``sources: [{title: "NHS: fever", url: "https://www.nhs.uk/…", checked: 2026-11-24}]``
    - Right: ``sources: [{title: "الصحة", url: "https://www.who.int/ar", checked: 2026-11-24}]``

    Args:
        page: the resource.

    Returns:
        One finding for all, or one for each source that lacks something.
    """
    sources = page.fields.get("sources")
    if sources and sources.items:
        return tuple(_incomplete_sources(page))
    named = any(_HEADINGS.search(heading.text) for heading in page.headings)
    if named or any(_LINE.search(block.text) for block in page.body) or (sources and sources.text):
        return ()
    return (
        page.finding(
            "sources-present",
            Severity.MAJOR if page.risk == "clinical" else Severity.MINOR,
            sources.line if sources else 1,
            message="Nothing says where the facts come from.",
            remedy="Name each source in the front matter: title, url, checked.",
        ),
    )


def _incomplete_sources(page: Page) -> Iterator[Finding]:
    for number, item in enumerate(page.fields["sources"].items, 1):
        lacks = [key for key in ("title", "url", "checked") if key not in item and "" not in item]
        if lacks:
            line = (
                min(value.line for value in item.values()) if item else page.fields["sources"].line
            )
            yield page.finding(
                "sources-present",
                Severity.MINOR,
                line,
                message=f"Source {number} lacks {' and '.join(f'`{key}`' for key in lacks)}.",
                remedy="Write title, url, and the day on which somebody looked (checked).",
            )


def check_review_dates(page: Page, *, today: date) -> tuple[Finding, ...]:
    """review-dates: the days of the last and the next check are missing, out of order or far apart.

    A finding where they are out of order, where the day of the next check has passed, and where
    they are more than three years apart: readers would trust old advice. Advice where they are
    missing, and where a clinical resource is not checked within six months, another within twelve.
    Any language.

    - Standard: NHS Standard for creating health content (planned review),
      https://service-manual.nhs.uk/content/standard-for-creating-health-content
    - Wrong: ``last_checked: 2026-11-24`` with ``review_by: 2030-11-24``
    - Right: ``last_checked: 2026-11-24`` with ``review_by: 2027-05-24``
    - Wrong: a page in Arabic or Bengali with ``review_by: 2025-01-01``, read in 2026
    - Right: the same with a new check and a day to come

    Args:
        page: the resource.
        today: what past and future are measured from.

    Returns:
        Findings, each with its line.
    """
    checked, review = page.fields.get("last_checked"), page.fields.get("review_by")
    if not checked or not review or not checked.day or not review.day:
        lacks = [
            k
            for k in ("last_checked", "review_by")
            if not (page.fields.get(k) and page.fields[k].day)
        ]
        keys = " and ".join(f"`{key}`" for key in lacks)
        return (
            _dates(
                page,
                Severity.MINOR,
                1,
                f"No day is given for {keys}.",
                remedy="Write year-month-day: 2026-11-24.",
            ),
        )
    return tuple(_wrong_dates(page, checked.day, review.day, (checked.line, review.line), today))


def _wrong_dates(
    page: Page, checked: date, review: date, lines: tuple[int, int], today: date
) -> Iterator[Finding]:
    days = (review - checked).days
    longest = _CLINICAL_DAYS if page.risk == "clinical" else _OTHER_DAYS
    months = "six" if page.risk == "clinical" else "twelve"
    if checked > today:
        yield _dates(
            page,
            Severity.MAJOR,
            lines[0],
            f"`last_checked` is in the future ({checked}).",
            remedy="Write the day on which somebody compared the text with its sources.",
        )
    if days <= 0:
        yield _dates(
            page,
            Severity.MAJOR,
            lines[1],
            f"`review_by` ({review}) is not after `last_checked` ({checked}).",
            remedy="Write the day by which the text must be checked again.",
        )
    elif review < today:
        yield _dates(
            page,
            Severity.MAJOR,
            lines[1],
            f"`review_by` is in the past ({review}): the advice may be out of date.",
            remedy="Compare the text with its sources, then move both days.",
        )
    elif days > _LONGEST_DAYS:
        yield _dates(
            page,
            Severity.MAJOR,
            lines[1],
            f"The next check is {days // 365} years after the last.",
            remedy=f"Check within {months} months.",
        )
    elif days > longest:
        yield _dates(
            page,
            Severity.MINOR,
            lines[1],
            f"The next check is {days} days after the last.",
            remedy=f"Check within {months} months.",
        )


def _dates(page: Page, severity: Severity, line: int, message: str, *, remedy: str) -> Finding:
    return page.finding("review-dates", severity, line, message=message, remedy=remedy)

"""Whether numbers in right-to-left text read the right way round."""

import re

from pipeline.checks.output.findings import about_file
from pipeline.checks.output.site import Site
from pipeline.model import Direction, Finding, Severity

_BODY = re.compile(r"<body\b.*", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SHOWN = 40


def check_unisolated_number(site: Site) -> tuple[Finding, ...]:
    """unisolated-number: a number in right-to-left text would be shown in another order.

    The bidirectional algorithm shows ``2–3 × 500 mg`` as ``mg 500 × 3–2``, and a phone number back
    to front. Every page is mended as it is built; this looks whether nothing was left out.

    - Source: ``Take 2–3 × 500 mg.``
    - Wrong: ``<p>تناول 2–3 × 500 mg.</p>``
    - Right: ``<p>تناول <bdi dir="ltr">2–3 × 500 mg</bdi>.</p>``
    - Source: ``Call 020 7946 0018.``
    - Wrong: ``<p>۰۲۰ ۷۹۴۶ ۰۰۱۸ پر کال کریں۔</p>``
    - Right: ``<p><bdi dir="ltr">۰۲۰ ۷۹۴۶ ۰۰۱۸</bdi> پر کال کریں۔</p>``

    Args:
        site: the finished site.

    Returns:
        Critical findings, one for a page.
    """
    found = []
    for path, text in site.pages.items():
        locale = site.locales.get(site.tag_of(path))
        body = _BODY.search(text)
        if locale and locale.direction is Direction.RTL and body:
            mended = site.isolate(body[0])
            if mended != body[0]:
                found.append((path, _first_difference(body[0], mended)))
    return tuple(
        about_file(
            "unisolated-number",
            Severity.CRITICAL,
            site,
            path,
            message=f"Numbers would be shown in another order: “{what}”.",
            remedy="The template has to isolate what it writes there: see speech.isolate.",
        )
        for path, what in found
    )


def _first_difference(body: str, mended: str) -> str:
    """The text around what was mended first, without tags."""
    at = next(
        (n for n, (old, new) in enumerate(zip(body, mended, strict=False)) if old != new), len(body)
    )
    return " ".join(_TAG.sub(" ", body[max(0, at - _SHOWN) : at + _SHOWN]).split())

"""Checks of a finished site: what the public gets, whatever made it.

In: a :class:`Site`, plain values of which the files have been read. Out: findings. A check
is a function ``check_<id>``; :data:`OUTPUT_CHECKS` has all of them.
"""

from collections.abc import Callable

from pipeline.checks.output.addresses import find_place
from pipeline.checks.output.cards import check_share_card
from pipeline.checks.output.elements import (
    check_duplicate_id,
    check_foreign_host,
    check_page_weight,
)
from pipeline.checks.output.fallback import check_fallback_language, find_phrases
from pipeline.checks.output.languages import check_alternates, check_page_language
from pipeline.checks.output.leaflets import (
    check_leaflet_properties,
    check_leaflet_text,
    check_missing_glyph,
)
from pipeline.checks.output.links import check_dead_link
from pipeline.checks.output.numbers import check_unisolated_number
from pipeline.checks.output.pages import Page, read_page
from pipeline.checks.output.publication import (
    check_unapproved_page,
    check_unpublished_text,
    find_needle,
)
from pipeline.checks.output.site import (
    READABLE,
    Entry,
    IsIn,
    Leaflet,
    Picture,
    PublishedFile,
    Secret,
    Site,
    is_campaign_picture,
    never_tell,
)
from pipeline.checks.output.sitemaps import SitemapEntry, read_sitemap
from pipeline.checks.output.takeaway import check_archive, check_one_file
from pipeline.checks.output.texts import decode_text, squeeze, strip_markup, words
from pipeline.model import Finding

__all__ = [
    "OUTPUT_CHECKS",
    "READABLE",
    "Entry",
    "IsIn",
    "Leaflet",
    "Page",
    "Picture",
    "PublishedFile",
    "Secret",
    "Site",
    "SitemapEntry",
    "check_changed",
    "check_output",
    "decode_text",
    "find_needle",
    "find_phrases",
    "find_place",
    "is_campaign_picture",
    "never_tell",
    "read_page",
    "read_sitemap",
    "squeeze",
    "strip_markup",
    "words",
]

#: The checks of the output, those about what must not be read first.
OUTPUT_CHECKS: tuple[Callable[[Site], tuple[Finding, ...]], ...] = (
    check_unapproved_page,
    check_unpublished_text,
    check_fallback_language,
    check_page_language,
    check_foreign_host,
    check_missing_glyph,
    check_unisolated_number,
    check_alternates,
    check_dead_link,
    check_one_file,
    check_archive,
    check_share_card,
    check_duplicate_id,
    check_leaflet_properties,
    check_leaflet_text,
    check_page_weight,
)


def check_changed(site: Site) -> tuple[Finding, ...]:
    """Check the files of a site that changed, but for texts that nobody may read.

    Args:
        site: what changed, with what should stand there; ``unread`` has the rest.
    """
    checks = (check for check in OUTPUT_CHECKS if check is not check_unpublished_text)
    return tuple(finding for check in checks for finding in check(site))


def check_output(site: Site) -> tuple[Finding, ...]:
    """Check a finished site.

    Args:
        site: what stands in it, with what should.

    Returns:
        The findings of all checks, check by check; none for a site that may be published.
    """
    return tuple(finding for check in OUTPUT_CHECKS for finding in check(site))

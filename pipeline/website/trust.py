"""What a page says of itself so that readers can trust it, and tell us where they cannot."""

import hashlib
from functools import lru_cache
from urllib.parse import quote

from pipeline.model import LocalisedPage
from pipeline.website.site import Library, address

_DIGEST_LENGTH = 6
_NEW_LINE = quote("\r\n")


def version(page: LocalisedPage) -> str:
    """The day of the last check, and six digits that change with any word: as on its leaflet."""
    said = f"{page.title.text}\x00{page.summary.text}\x00{page.state}\x00{page.markdown}"
    digest = hashlib.sha256(said.encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"{page.document.metadata.last_checked}.{digest}"


def mistake_address(library: Library, page: LocalisedPage, stated: str) -> str:
    """Where a reader reports a mistake: a mail in their language that says where it is.

    Subject and text are prefilled as RFC 6068 says; the team reads which page, in which version.

    Args:
        library: what the page stands in.
        page: it.
        stated: its :func:`version`.
    """
    phrases, project = library.site.interface, library.project
    subject = f"{phrases['mistake-subject'].text}: {page.document.id} ({page.locale})"
    lines = (
        phrases["mistake-body"].text,
        "",
        "",
        page.title.text,
        f"{project.site_url}{page.locale}/{address(page)}",
        stated,
    )
    body = _NEW_LINE.join(map(_quoted, lines))
    return f"mailto:{project.contact_email}?subject={quote(subject)}&body={body}"


@lru_cache(maxsize=1000)
def _quoted(line: str) -> str:
    """A line as it stands in an address: most are the same on many pages."""
    return quote(line)

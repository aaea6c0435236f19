"""What a build asks of a language that it need not make: found once, kept beside its pages."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from pipeline.cli.kept.rows import document_row, page_row
from pipeline.model import Document, LocalisedPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A language in short.

    Attributes:
        digest: of all of its pages.
        names: ``topic/slug`` of its resources.
        published: of those that can be read.
        captioned: of those with a video, and whether it has captions in this language.
        has_media: whether there are captions, films or recordings.
        samples: how many catalogs are marked as samples.
        states: how many pages are in each state.
        leaflets: how many leaflets its pages have.
        unpublished: digest of its texts that nobody may read.
        has_pictures: whether pages show pictures in the place of the source's.
    """

    digest: str
    names: tuple[str, ...]
    published: tuple[str, ...]
    captioned: tuple[tuple[str, bool], ...]
    has_media: bool
    samples: int
    states: tuple[tuple[str, int], ...]
    leaflets: int
    has_pictures: bool
    unpublished: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What is asked of a page that need not be made.

    Attributes:
        name: ``topic/slug`` of its resource.
        is_published: whether it can be read.
        has_captions: of one with a video, whether it has captions in its language; None of others.
        has_media: whether there are captions, a film or a recording.
        state: how far it is.
        leaflets: how many it has.
        has_pictures: whether it shows pictures in the place of the source's.
    """

    name: str
    is_published: bool
    has_captions: bool | None
    has_media: bool
    state: str
    leaflets: int
    has_pictures: bool


def find_facts(
    pages: Iterable[LocalisedPage],
    digests: Iterable[str] | None = None,
    *,
    samples: int = 0,
    unpublished: object = "",
) -> Facts:
    """A language in short.

    Args:
        pages: its pages.
        digests: of each page, where they are known.
        samples: how many of its catalogs are marked as samples.
        unpublished: its texts that nobody may read.
    """
    pages = tuple(pages)
    known = digests if digests is not None else map(digest_of_page, pages)
    facts = map(find_page_facts, pages)
    return gather_facts(facts, known, samples=samples, unpublished=unpublished)


def gather_facts(
    pages: Iterable[PageFacts], digests: Iterable[str], *, samples: int, unpublished: object
) -> Facts:
    """A language in short, of its pages in short.

    Args:
        pages: its pages.
        digests: of each page.
        samples: how many of its catalogs are marked as samples.
        unpublished: its texts that nobody may read.
    """
    pages = tuple(pages)
    states = Counter(page.state for page in pages)
    return Facts(
        digest=blake2b(" ".join(digests).encode(), digest_size=20).hexdigest(),
        names=tuple(page.name for page in pages),
        published=tuple(page.name for page in pages if page.is_published),
        captioned=tuple(
            (page.name, page.has_captions) for page in pages if page.has_captions is not None
        ),
        has_media=any(page.has_media for page in pages),
        samples=samples,
        states=tuple(sorted(states.items())),
        leaflets=sum(page.leaflets for page in pages if page.is_published),
        unpublished=_digest(unpublished) if unpublished else "",
        has_pictures=any(page.has_pictures for page in pages),
    )


def find_page_facts(page: LocalisedPage) -> PageFacts:
    """A page in short."""
    has_video = page.document.video is not None
    return PageFacts(
        name=str(page.document.id),
        is_published=page.is_published,
        has_captions=bool(page.captions) if has_video else None,
        has_media=bool(page.captions or page.recording or page.film or has_video),
        state=page.state.value,
        leaflets=len(page.leaflets),
        has_pictures=bool(page.pictures),
    )


def digest_of_page(page: LocalisedPage) -> str:
    """Digest of all that a page says and is made of."""
    return digest_of_row(page_row(page), digest_of_document(page.document))


def digest_of_row(row: object, document: str) -> str:
    """The same, of its row and the digest of its resource."""
    return _digest([document, row])


@lru_cache(maxsize=4)
def digest_of_document(document: Document) -> str:
    """Digest of a resource in its source language."""
    return _digest(document_row(document))


def _digest(value: object) -> str:
    text = json.dumps(value, separators=(",", ":"))
    return blake2b(text.encode(), digest_size=20).hexdigest()

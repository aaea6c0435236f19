"""A resource's video on its page, and its files in the website.

Languages share one film, but those that have one of their own, so its files stand above them:
``media/<topic>/<slug>/`` has the films and a file of captions for each language in which they may
be read.
"""

import posixpath
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from pipeline.media import MEDIA
from pipeline.model import Document, Locale, LocalisedPage, PageState
from pipeline.website.site import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Captions of a video.

    Attributes:
        locale: their language.
        href: where they are.
        is_default: they are in the language of the page, and shown without being asked for.
    """

    locale: Locale
    href: str
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A video as its page shows it.

    Attributes:
        href: where the film is.
        host: of a film on another site, whose that is; empty for a film of ours.
        origin: what the page's policy lets be played from there; empty for nothing.
        media_type: what it is; empty for a page of another site, which is only opened.
        poster: where the picture is that is shown before it plays; empty for none.
        tracks: its captions, those in the language of the page first.
        not_yet: open languages in which there are none yet.
        is_in_own_language: there are captions in the language of the page.
    """

    href: str
    host: str
    origin: str
    media_type: str
    poster: str
    tracks: tuple[Track, ...]
    not_yet: tuple[Locale, ...]
    is_in_own_language: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """A recording as its page offers it.

    Attributes:
        href: where it is.
        media_type: what it is.
        kilobytes: how much a reader pays for, 1,000 bytes each, at least 1.
    """

    href: str
    media_type: str
    kilobytes: int


def make_audio(page: LocalisedPage, root: str) -> Audio | None:
    """The recording of a page; None where it offers none.

    Args:
        page: the page.
        root: the way from it to the root of the website.
    """
    recording = page.recording
    if recording is None or not page.is_published:
        return None
    return Audio(
        href=f"{root}{recording.name}",
        media_type=recording.media_type,
        kilobytes=max(round(recording.size / 1000), 1),
    )


def make_film(library: Library, page: LocalisedPage, root: str) -> Film | None:
    """The video of a page; None where it has none, or shows none.

    A page of key facts shows it only with captions in its language: it holds nothing that the
    reader cannot read.

    Args:
        library: the locale's pages.
        page: the page.
        root: the way from it to the root of the website.
    """
    document, tag = page.document, library.site.locale.tag
    video = document.video
    if video is None or not page.is_published:
        return None
    have = library.captioned.get(str(document.id), ())
    if page.state is PageState.KEY_FACTS and tag not in have:
        return None
    locales = sorted(library.locales.values(), key=lambda locale: locale.tag != tag)
    wanted = document.metadata.languages
    source = library.project.source.tag
    return Film(
        href=video.address or f"{root}{page.film.name if page.film else film_path(document)}",
        host=video.host,
        origin=f"https://{video.host}" if video.host and video.media_type else "",
        media_type=page.film.media_type if page.film else video.media_type,
        poster=_poster(page, video.poster),
        tracks=tuple(
            Track(
                locale=locale,
                href=f"{root}{captions_path(document, locale.tag)}",
                is_default=locale.tag == tag,
            )
            for locale in locales
            if locale.tag in have
        ),
        not_yet=tuple(
            locale
            for locale in library.locales.values()
            if locale.tag not in have
            and (wanted is None or locale.tag in wanted or locale.tag == source)
        ),
        is_in_own_language=tag in have,
    )


def _poster(page: LocalisedPage, name: str) -> str:
    """The way from a page to what is shown before its film plays: its language's own, if any."""
    if not name:
        return ""
    folder = page.document.topic
    own = dict(page.pictures).get(posixpath.normpath(f"{folder}/{name}"))
    return quote(posixpath.relpath(own, f"{folder}/{page.document.slug}") if own else f"../{name}")


def film_path(document: Document) -> str:
    """Where a resource's film is in the website.

    Args:
        document: a resource whose video is a file.
    """
    name = PurePosixPath(document.video.file).name if document.video else ""
    return f"{MEDIA}/{document.id}/{name}"


def captions_path(document: Document, tag: str) -> str:
    """Where the captions of a resource's video are in the website.

    Args:
        document: a resource with a video.
        tag: their language.
    """
    return f"{MEDIA}/{document.id}/captions.{tag}.vtt"

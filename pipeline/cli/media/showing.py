"""Which of a language's own pictures, recordings and films its pages show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pipeline.cli.approval import Office, sign_offs
from pipeline.cli.media.finding import Found, Wants, find_media
from pipeline.errors import PipelineError
from pipeline.ledger import Ledger
from pipeline.media import MEDIA, MediaFact, MediaFile, MediaKind, Recording
from pipeline.model import Catalog, LocalisedPage, PageState, UnitKey
from pipeline.qa.media import Media, judge_media

#: Digits of a digest in the name of a published file: another file is never taken for it.
_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A language's own pictures and recordings of one resource.

    Attributes:
        page: its page, with those that it shows.
        facts: what status tells of them.
        judged: how each stands.
        pictures: bytes of the pictures that are shown, by their path in the language's tree.
    """

    page: LocalisedPage
    facts: tuple[MediaFact, ...] = ()
    judged: tuple[Media, ...] = ()
    pictures: Mapping[Path, bytes] = field(default_factory=dict)


def judge_own(
    office: Office,
    wants: Wants,
    tag: str,
    catalog: Catalog | None,
    ledger: Ledger,
    errors: list[PipelineError],
) -> list[tuple[Found, Media]]:
    """The files of a resource in a language, and how each stands.

    Args:
        office: where the project is read.
        wants: what the language may have.
        tag: its tag; the source's for its own recording.
        catalog: the catalog; None for the source.
        ledger: the ledger of that side.
        errors: where a file that cannot be used is reported.
    """
    units = catalog.by_key() if catalog else {}
    found = find_media(office.project, tag, wants, units, errors)
    asked = sign_offs(
        office, wants.document, ledger, _no_digest, of_source=tag == office.project.source.tag
    )
    judged = judge_media((each.file for each in found), ledger.lines, asked)
    return list(zip(found, judged, strict=True))


def _no_digest(_key: UnitKey, _msgstr: str) -> str:
    return ""


def put_own(
    office: Office,
    wants: Wants,
    page: LocalisedPage,
    catalog: Catalog | None,
    ledger: Ledger,
    shown: Collection[UnitKey],
    errors: list[PipelineError],
) -> Own:
    """Put a language's own pictures, recording and film on a page, as far as they may be shown.

    Args:
        office: where the project is read.
        wants: what the language may have.
        page: the page without them.
        catalog: the catalog; None for the source.
        ledger: the ledger of that side.
        shown: keys of the units that are shown as translations.
        errors: where a file that cannot be used is reported.
    """
    if wants.is_empty:
        return Own(page=page)
    return _show(page, judge_own(office, wants, page.locale, catalog, ledger, errors), shown)


def _show(
    page: LocalisedPage, judged: Sequence[tuple[Found, Media]], shown: Collection[UnitKey]
) -> Own:
    """The page with what may be shown.

    A picture stands in the place of the source's where all texts that show it are shown as
    translations: in a sentence that is still English, the picture is the English one. A recording
    says all of the text, and is offered where all of it may be read. A poster and a film stand in
    the place of the source's on every page that is read.
    """
    names: list[tuple[str, str]] = []
    pictures: dict[Path, bytes] = {}
    recording: Recording | None = None
    film: Recording | None = None
    facts = []
    for found, media in judged:
        file, is_shown = media.file, False
        if file.kind is MediaKind.RECORDING:
            is_shown = media.may_be_shown and page.state in {PageState.SOURCE, PageState.LIVE}
            recording = _recording(page, found, file) if is_shown else None
        elif file.kind is MediaKind.FILM:
            is_shown = media.may_be_shown and page.is_published
            film = _recording(page, found, file) if is_shown else None
        elif media.may_be_shown and page.is_published:
            is_shown = all(key in shown for key in found.owners)
            if is_shown:
                name = _published(file.name, file.digest)
                names.append((file.name, name))
                pictures[Path(name)] = found.data
        facts.append(_fact(media, is_shown=is_shown))
    return Own(
        page=replace(page, pictures=tuple(names), recording=recording, film=film)
        if names or recording or film
        else page,
        facts=tuple(facts),
        judged=tuple(media for _, media in judged),
        pictures=pictures,
    )


def _fact(media: Media, *, is_shown: bool) -> MediaFact:
    return MediaFact(
        kind=media.file.kind,
        name=media.file.name,
        state=media.state,
        is_signed=media.is_signed,
        is_shown=is_shown,
        size=media.file.size,
    )


def _published(name: str, digest: str) -> str:
    """Where a language's own picture is in its tree: beside the source's, with its digest."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{digest[:_DIGITS]}{path.suffix}"))


def _recording(page: LocalisedPage, found: Found, file: MediaFile) -> Recording | None:
    if found.place is None:
        return None
    name = PurePosixPath(file.path)
    # Another recording has another address: no browser plays an older one from its cache.
    published = f"{name.stem}.{page.locale}.{file.digest[:_DIGITS]}{name.suffix}"
    return Recording(
        name=f"{MEDIA}/{page.document.id}/{published}",
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        file=found.place,
    )

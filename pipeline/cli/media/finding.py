"""The pictures, recordings and films of a resource in one language, found by their names.

A picture ``content/covid-19/images/phone.svg`` may have one of the same name in
``locales/so/covid-19/images/phone.svg``; so may the poster of a film, and the film. A recording of
``covid-19/fever`` is ``locales/so/covid-19/fever.mp3``, of the source
``content/covid-19/fever.mp3``.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.cli.units import ABSENT
from pipeline.config import Project
from pipeline.content.assets import read_asset
from pipeline.content.recordings import RecordingFile, find_recordings, read_recording
from pipeline.content.videos import read_own_film
from pipeline.errors import ContentError, PipelineError
from pipeline.ledger import digest, unit_digest
from pipeline.media import MediaFact, MediaFile, MediaKind, MediaState
from pipeline.model import Document, Segment, Unit, UnitKey
from pipeline.segments import in_text
from pipeline.segments.assets import find_assets


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the source that a language may have its own of.

    Attributes:
        name: its path below ``content/``.
        digest: of its bytes as they are published.
        owners: the units that show it; none for the poster of a film.
        critical: one of these is safety-critical.
        words: of their source texts.
        has_text: the author says that there are words in it.
    """

    name: str
    digest: str
    owners: tuple[UnitKey, ...]
    critical: bool
    words: int
    has_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What a language may have of its own of a resource: the same for all languages.

    Attributes:
        document: the resource.
        pictures: its pictures, by name.
        keys: what is read out in a recording, in order; empty where none is wanted.
        words: of these.
        critical: there is something safety-critical in them.
        film: the source's film, as a path below ``content/``; empty where it has none of ours.
        film_words: of its captions.
        film_critical: there is something safety-critical in them.
    """

    document: Document
    pictures: tuple[Picture, ...] = ()
    keys: tuple[UnitKey, ...] = ()
    words: int = 0
    critical: bool = False
    film: str = ""
    film_words: int = 0
    film_critical: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether a language can have nothing of its own."""
        return not (self.pictures or self.keys or self.film)

    @property
    def is_film_wanted(self) -> bool:
        """Whether each language needs a film of its own."""
        files = self.document.metadata.video
        return bool(self.film) and files is not None and files.is_wanted_in_each

    @property
    def missing(self) -> tuple[MediaFact, ...]:
        """What is told of a language that has nothing yet."""
        facts = [
            MediaFact(kind=MediaKind.PICTURE, name=picture.name, state=MediaState.MISSING)
            for picture in self.pictures
            if picture.has_text
        ]
        if self.keys:
            name = str(self.document.id)
            kind = MediaKind.RECORDING
            facts.append(MediaFact(kind=kind, name=name, state=MediaState.MISSING))
        if self.is_film_wanted:
            kind = MediaKind.FILM
            facts.append(MediaFact(kind=kind, name=self.film, state=MediaState.MISSING))
        return tuple(facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A picture, a recording or a film that is there, or is wanted.

    Attributes:
        file: what is known of it.
        data: its bytes as they are published; empty where there is none, and of a film.
        place: where it is on this machine; None where there is none.
        owners: the units that show the picture.
    """

    file: MediaFile
    data: bytes = field(default=b"", repr=False)
    place: Path | None = None
    owners: tuple[UnitKey, ...] = ()


def find_wants(
    document: Document,
    segments: Sequence[Segment],
    words: Sequence[int],
    pictures: Mapping[str, str],
) -> Wants:
    """What a language may have of its own of a resource.

    Args:
        document: the resource.
        segments: its segments.
        words: how many words each has.
        pictures: digests of the source's pictures, by path below ``content/``.
    """
    texts = in_text(segments)
    shown: dict[str, list[UnitKey]] = {}
    for key, paths in find_assets(document.text, texts).items():
        for path in paths:
            shown.setdefault(_below_content(document, path), []).append(key)
    if document.video is not None and document.video.poster:
        shown.setdefault(_below_content(document, document.video.poster), [])
    sizes = {s.key: size for s, size in zip(segments, words, strict=True)}
    critical = {s.key for s in segments if s.critical}
    with_text = {_below_content(document, p) for p in document.metadata.pictures_with_text}
    has_audio = document.metadata.has_audio
    keys = tuple(dict.fromkeys(s.key for s in texts)) if has_audio else ()
    cues = {s.key for s in segments if s.is_cue}
    return Wants(
        document=document,
        pictures=tuple(
            Picture(
                name=name,
                digest=pictures.get(name, ABSENT),
                owners=tuple(owners),
                critical=any(key in critical for key in owners),
                words=sum(sizes[key] for key in owners),
                has_text=name in with_text,
            )
            for name, owners in sorted(shown.items())
            # What leads out of the folder of resources is nobody's picture.
            if not name.startswith("../")
        ),
        keys=keys,
        words=sum(sizes[key] for key in keys),
        critical=any(key in critical for key in keys),
        film=document.video.file if document.video else "",
        film_words=sum(sizes[key] for key in cues),
        film_critical=any(key in critical for key in cues),
    )


def _below_content(document: Document, path: str) -> str:
    return posixpath.normpath(f"{document.topic}/{path}")


def has_files(project: Project, tag: str, wants: Wants) -> bool:
    """Whether a language has any file of its own of a resource, good or not."""
    folder = project.locales_dir / tag
    if wants.keys and find_recordings(folder / wants.document.topic, wants.document.slug):
        return True
    if wants.film and (folder / wants.film).exists():
        return True
    return any((folder / picture.name).exists() for picture in wants.pictures)


def find_media(
    project: Project,
    tag: str,
    wants: Wants,
    units: Mapping[UnitKey, Unit],
    errors: list[PipelineError],
) -> list[Found]:
    """What a language has of its own of a resource, and what it lacks of what is wanted.

    Args:
        project: the project.
        tag: tag of the language; the source's for its own recording.
        wants: what it may have.
        units: the units of its catalog, by key; none for the source.
        errors: where a file that cannot be used is reported: it is as good as missing.
    """
    is_source = tag == project.source.tag
    folder = project.content_dir if is_source else project.locales_dir / tag
    found = [] if is_source else list(_pictures(folder, wants, errors))
    if wants.keys:
        found.append(_recording(folder, wants, units, errors))
    if wants.film and not is_source:
        found += _film(folder, wants, errors)
    return found


def _pictures(folder: Path, wants: Wants, errors: list[PipelineError]) -> Iterator[Found]:
    for picture in wants.pictures:
        data = _read_picture(folder / picture.name, folder, errors)
        if data or picture.has_text:
            file = MediaFile(
                kind=MediaKind.PICTURE,
                name=picture.name,
                path=picture.name if data else "",
                made_from=picture.digest,
                digest=digest(data) if data else "",
                size=len(data),
                critical=picture.critical,
                words=picture.words,
            )
            place = folder / picture.name if data else None
            yield Found(file=file, data=data, place=place, owners=picture.owners)


def _read_picture(path: Path, folder: Path, errors: list[PipelineError]) -> bytes:
    if not path.exists() and not path.is_symlink():
        return b""
    try:
        return read_asset(path, folder)
    except ContentError as error:
        errors.append(error)
        return b""


def _recording(
    folder: Path, wants: Wants, units: Mapping[UnitKey, Unit], errors: list[PipelineError]
) -> Found:
    document = wants.document
    read: RecordingFile | None = None
    try:
        read = read_recording(folder / document.topic, document.slug)
    except ContentError as error:
        errors.append(error)
    data = read.data if read else b""
    file = MediaFile(
        kind=MediaKind.RECORDING,
        name=str(document.id),
        path=f"{document.topic}/{read.path.name}" if read else "",
        made_from=_digest_of_texts(wants.keys, units),
        digest=digest(data) if read else "",
        size=len(data),
        media_type=read.media_type if read else "",
        critical=wants.critical,
        words=wants.words,
    )
    return Found(file=file, data=data, place=read.path if read else None)


def _film(folder: Path, wants: Wants, errors: list[PipelineError]) -> Iterator[Found]:
    """A language's own film; nothing where there is none and none is wanted."""
    place, media_type, data = folder / wants.film, "", b""
    if place.exists() or place.is_symlink():
        try:
            media_type, data = read_own_film(place, folder)
        except ContentError as error:
            errors.append(error)
    if data or wants.is_film_wanted:
        video = wants.document.video
        file = MediaFile(
            kind=MediaKind.FILM,
            name=wants.film,
            path=wants.film if data else "",
            made_from=digest(video.digest.encode()) if video else "",
            digest=digest(data) if data else "",
            size=len(data),
            media_type=media_type,
            critical=wants.film_critical,
            words=wants.film_words,
        )
        yield Found(file=file, place=place if data else None)


def _digest_of_texts(keys: Sequence[UnitKey], units: Mapping[UnitKey, Unit]) -> str:
    """What is read out: each text in its order, as it stands; what is open counts as nothing."""
    texts = (unit_digest(key, _target(units.get(key))) for key in keys)
    return digest("\n".join(texts).encode("ascii"))


def _target(unit: Unit | None) -> str:
    return unit.msgstr if unit is not None and unit.is_current else ""

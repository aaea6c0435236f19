"""Recordings of texts being read out: which files are let through."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ContentError

#: What browsers play, by ending, with what it is called there.
MEDIA_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
}
#: Most bytes of a recording: half an hour of speech, and a cheap phone loads it.
MOST_BYTES = 15_000_000
#: How a recording of each kind begins: a tag or a frame of MPEG-1, -2 or -2.5, layer III
#: (ISO/IEC 11172-3, 2.4.1.3); the box of a file of ISO/IEC 14496-12; a page of Ogg with a head of
#: Opus (RFC 7845, 5.1) or Vorbis in it. A film in the same box is no recording.
_STARTS = {
    ".mp3": re.compile(rb"ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
    ".m4a": re.compile(rb".{4}ftyp(?:M4A |M4B |mp42|isom|dash)", re.DOTALL),
    ".ogg": re.compile(rb"OggS\0\x02.{22}(?:OpusHead|\x01vorbis)", re.DOTALL),
    ".opus": re.compile(rb"OggS\0\x02.{22}OpusHead", re.DOTALL),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFile:
    """A recording as it was read.

    Attributes:
        path: the file.
        data: its bytes.
        media_type: what it is, for browsers.
    """

    path: Path
    data: bytes
    media_type: str


def find_recordings(folder: Path, slug: str) -> tuple[Path, ...]:
    """The recordings of a resource in a topic's folder: ``<slug>.mp3`` and the like."""
    return tuple(path for path in _candidates(folder, slug) if path.exists() or path.is_symlink())


def read_recording(folder: Path, slug: str) -> RecordingFile | None:
    """The recording of a resource; None where there is none.

    Args:
        folder: a topic's folder, below ``content/`` or that of a language.
        slug: the resource.

    Raises:
        ContentError: there are two, or it is a link, too big or not what its ending says.
    """
    found = find_recordings(folder, slug)
    if not found:
        return None
    path = found[0]
    if len(found) > 1:
        names = " and ".join(each.name for each in found)
        raise ContentError(
            f"There are two recordings, {names}.", remedy="Leave the one to be heard.", path=path
        )
    if path.is_symlink() or not path.is_file():
        raise ContentError(
            "The recording is no file.", remedy="Put the file itself here, not a link.", path=path
        )
    if path.stat().st_size > MOST_BYTES:
        raise ContentError(
            f"The recording has more than {MOST_BYTES // 1_000_000} MB.",
            remedy="Save it with 32 kilobits a second, one channel: enough for speech.",
            path=path,
        )
    ending, data = path.suffix.lower(), path.read_bytes()
    if not _STARTS[ending].match(data):
        raise ContentError(
            f"The file is not what its ending `{ending}` says.",
            remedy="Save the recording again in the format that you want.",
            path=path,
        )
    return RecordingFile(path=path, data=data, media_type=MEDIA_TYPES[ending])


def _candidates(folder: Path, slug: str) -> Iterator[Path]:
    return (folder / f"{slug}{ending}" for ending in MEDIA_TYPES)

"""Videos of resources: the film, its captions and its poster, which must all be there.

The film alone may be on another site: then its address stands in the place of its file.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.content.film_addresses import (
    FilmAddressError,
    is_film_address,
    parse_film_address,
)
from pipeline.content.texts import read_text
from pipeline.errors import ContentError
from pipeline.model import Captions, Video, VideoFiles

#: What browsers play, by ending, with where a file of the kind says so, and how.
MEDIA_TYPES = {
    ".webm": ("video/webm", 0, b"\x1aE\xdf\xa3"),
    ".mp4": ("video/mp4", 4, b"ftyp"),
}
#: What the files of a video end with, its poster left out.
FILM_ENDINGS = frozenset({*MEDIA_TYPES, ".vtt"})
#: Most bytes of a film: a cheap phone with little credit loads it.
MOST_BYTES = 50_000_000
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".svg"})
_CHUNK = 1 << 20


def read_video(files: VideoFiles, document: Path, content_dir: Path) -> Video:
    """Read the video that a front matter names.

    Args:
        files: the names of its files.
        document: the resource, in whose folder they are.
        content_dir: the folder that no file may lead out of.

    Raises:
        ContentError: a file is missing, elsewhere, too big, not what its ending says, or cannot
            be read; or the address of a film cannot be used.
    """
    finder = _Finder(files, document, content_dir)
    film = _find_film(finder, files.file)
    captions = finder.find(files.captions)
    if captions.suffix.lower() != ".vtt":
        raise finder.error(
            f"The captions are no WebVTT: `{files.captions}`.",
            "Turn SRT into WebVTT with `pipeline captions FILE.srt -o FILE.vtt`.",
        )
    if files.poster and finder.find(files.poster).suffix.lower() not in _PICTURES:
        raise finder.error(
            f"The poster is no picture: `{files.poster}`.",
            f"Use one of {', '.join(sorted(_PICTURES))}.",
        )
    return Video(
        file=film.file,
        address=film.address,
        host=film.host,
        media_type=film.media_type,
        digest=film.digest,
        captions=Captions(
            path=document.parent / files.captions, text=read_text(captions, may_have_mark=True)
        ),
        poster=files.poster,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Film:
    """A film: a file, or an address."""

    file: str = ""
    address: str = ""
    host: str = ""
    media_type: str
    digest: str


class _Finder:
    """Finds the files of a video, and says where the front matter names them."""

    def __init__(self, files: VideoFiles, document: Path, content_dir: Path) -> None:
        self._files = files
        self._document = document
        self._content_dir = content_dir.resolve()

    def find(self, name: str) -> Path:
        """A file that is named, itself: no link leads out of the folder."""
        if is_film_address(name):
            raise self.error(
                f"A file of the video is on another site: {name}",
                "Put it beside the resource: the film alone may be on another site.",
            )
        if not name.isprintable():
            raise self.error("A file of the video has a name that cannot stand in an address.", "")
        path = (self._document.parent / name).resolve()
        if not path.is_relative_to(self._content_dir) or not path.is_file():
            raise self.error(
                f"There is no file `{name}` in the folder of resources.",
                "Correct the name, or put the file beside the resource.",
            )
        return path

    def name(self, path: Path) -> str:
        """The name of a file that was found, below the folder of resources."""
        return path.relative_to(self._content_dir).as_posix()

    def error(self, message: str, remedy: str) -> ContentError:
        """A complaint about what the front matter names."""
        return ContentError(message, remedy=remedy, path=self._document, line=self._files.line)


def _find_film(finder: _Finder, name: str) -> _Film:
    """The film that is named: its file, or where it is."""
    if not is_film_address(name):
        path = finder.find(name)
        media_type, digest = _read_film(path, finder.error)
        return _Film(file=finder.name(path), media_type=media_type, digest=digest)
    try:
        found = parse_film_address(name)
    except FilmAddressError as error:
        raise finder.error(str(error), error.remedy) from None
    return _Film(
        address=found.address,
        host=found.host,
        media_type=found.media_type,
        # Its bytes are elsewhere: a sign-off speaks of the address.
        digest=hashlib.sha256(found.address.encode()).hexdigest(),
    )


def read_own_film(path: Path, folder: Path) -> tuple[str, bytes]:
    """What a film that a language has of its own is, and its bytes.

    Args:
        path: the file.
        folder: the folder that it may not lead out of.

    Raises:
        ContentError: it is elsewhere, too big or not what its ending says.
    """
    real = path.resolve()
    if path.is_symlink() or not real.is_file() or not real.is_relative_to(folder.resolve()):
        remedy = "Put the file itself here, not a link."
        raise ContentError("The film is no file.", remedy=remedy, path=path)

    def error(message: str, remedy: str) -> ContentError:
        return ContentError(message, remedy=remedy, path=path)

    media_type, _ = _read_film(path, error)
    return media_type, path.read_bytes()


def _read_film(path: Path, error: Callable[[str, str], ContentError]) -> tuple[str, str]:
    """What a film is, and the digest of its bytes, read a piece at a time."""
    known = MEDIA_TYPES.get(path.suffix.lower())
    if known is None:
        raise error(
            f"A film of the kind `{path.suffix}` is not played everywhere.",
            f"Use one of {', '.join(MEDIA_TYPES)}.",
        )
    if path.stat().st_size > MOST_BYTES:
        raise error(
            f"The film has more than {MOST_BYTES // 1_000_000} MB.",
            "Make it smaller: 720 lines are enough for a phone.",
        )
    media_type, start, magic = known
    digest = hashlib.sha256()
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        if head[start : start + len(magic)] != magic:
            raise error(
                f"The film is not what its ending `{path.suffix}` says.",
                "Save it again in the format that you want.",
            )
        digest.update(head)
        while more := file.read(_CHUNK):
            digest.update(more)
    return media_type, digest.hexdigest()

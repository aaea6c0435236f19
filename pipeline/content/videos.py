"""Videos of resources: the film, its captions and its poster, which must all be there."""

import hashlib
import re
from pathlib import Path

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
            be read.
    """
    finder = _Finder(files, document, content_dir)
    film = finder.find(files.file)
    media_type, digest = _read_film(finder, film)
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
        file=film.relative_to(content_dir.resolve()).as_posix(),
        media_type=media_type,
        digest=digest,
        captions=Captions(
            path=document.parent / files.captions, text=read_text(captions, may_have_mark=True)
        ),
        poster=files.poster,
    )


class _Finder:
    """Finds the files of a video, and says where the front matter names them."""

    def __init__(self, files: VideoFiles, document: Path, content_dir: Path) -> None:
        self._files = files
        self._document = document
        self._content_dir = content_dir.resolve()

    def find(self, name: str) -> Path:
        """A file that is named, itself: no link leads out of the folder."""
        if re.match(r"[a-z][a-z0-9+.-]*:|//", name, re.IGNORECASE):
            raise self.error(
                f"The video is on another site: {name}",
                "Put the files beside the resource: nobody else is to know who watches it.",
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

    def error(self, message: str, remedy: str) -> ContentError:
        """A complaint about what the front matter names."""
        return ContentError(message, remedy=remedy, path=self._document, line=self._files.line)


def _read_film(finder: _Finder, path: Path) -> tuple[str, str]:
    """What a film is, and the digest of its bytes, read a piece at a time."""
    known = MEDIA_TYPES.get(path.suffix.lower())
    if known is None:
        raise finder.error(
            f"A film of the kind `{path.suffix}` is not played everywhere.",
            f"Use one of {', '.join(MEDIA_TYPES)}.",
        )
    if path.stat().st_size > MOST_BYTES:
        raise finder.error(
            f"The film has more than {MOST_BYTES // 1_000_000} MB.",
            "Make it smaller: 720 lines are enough for a phone.",
        )
    media_type, start, magic = known
    digest = hashlib.sha256()
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        if head[start : start + len(magic)] != magic:
            raise finder.error(
                f"The film is not what its ending `{path.suffix}` says.",
                "Save it again in the format that you want.",
            )
        digest.update(head)
        while more := file.read(_CHUNK):
            digest.update(more)
    return media_type, digest.hexdigest()

"""The frozen types of localised media: pictures, recordings and films that a language has itself.

A file in ``locales/<tag>/`` stands for something of the source: a picture or a film for that of
the same name, a recording for the text that it reads out. Which version of it the file was made for
stands in the ledger; everything else is derived.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.slots import quick_init

#: The folder of films, captions and recordings in the website, beside those of the languages.
MEDIA = "media"


class MediaKind(StrEnum):
    """What a file is."""

    PICTURE = "picture"
    RECORDING = "recording"
    FILM = "film"


class MediaState(StrEnum):
    """Whether a language has its own file, and for which version of the source's."""

    MISSING = "missing"  # wanted, and not there
    UNRECORDED = "unrecorded"  # there, and nobody has said which version it is made for
    STALE = "stale"  # made for another version of what it stands for
    PRESENT = "present"  # made for what stands there now


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A picture, a recording or a film of a resource in one language.

    Attributes:
        kind: what it is.
        name: of what it stands for: the source's picture or film as a path below ``content/``,
            or ``topic/slug`` of the text that it reads out.
        path: its own path below ``locales/<tag>/``; empty where there is none.
        made_from: digest of what it stands for, as that is now.
        digest: of its bytes as they are published; empty where there is none.
        size: of these, in bytes.
        media_type: what a recording or a film is, for browsers.
        critical: what it stands for is marked as safety-critical, or has something in it that is.
        words: of the source text that is looked at beside it.
    """

    kind: MediaKind
    name: str
    path: str = ""
    made_from: str = ""
    digest: str = ""
    size: int = 0
    media_type: str = ""
    critical: bool = False
    words: int = 0


@quick_init
@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFact:
    """What status tells of a picture or a recording.

    Attributes:
        kind: what it is.
        name: of what it stands for, as :class:`MediaFile` has it.
        state: whether it is there, and for which version.
        is_signed: every role that is needed has signed exactly this file for exactly this source.
        is_shown: the public gets it.
        size: in bytes; 0 where there is none.
    """

    kind: MediaKind
    name: str
    state: MediaState
    is_signed: bool = False
    is_shown: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recording, or a film of a language's own, as a page offers it.

    Attributes:
        name: where it is in the website.
        media_type: what it is, for browsers: ``audio/mpeg``.
        size: in bytes.
        digest: of its bytes, as whoever signed it saw them.
        file: where it is on this machine.
    """

    name: str
    media_type: str
    size: int
    digest: str
    file: Path

"""Which pictures and recordings of a language's own the public may get.

In: the files, with what they stand for as it is now; the ledger. Out: how each stands. A file
passes if somebody has recorded that it was made for exactly what it stands for now, and every role
that is needed has signed exactly this file. Otherwise the source's picture is shown, and no
recording is offered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.ledger import Standing, line_id, unit_digest
from pipeline.media import MediaFile, MediaState
from pipeline.model import UnitKey
from pipeline.qa.gate import SignOffs
from pipeline.workflow import Event, EventKind, Line, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or a recording, and how it stands.

    Attributes:
        file: the file.
        state: whether it is there, and for which version of what it stands for.
        standing: who has signed it, and who has not; None where it cannot be signed yet.
        is_needed: sign-offs are asked for; in a preview they are not.
    """

    file: MediaFile
    state: MediaState
    standing: Standing | None = None
    is_needed: bool = True

    @property
    def is_signed(self) -> bool:
        """Whether every needed role has signed exactly this file for exactly this source."""
        return self.standing is not None and self.standing.is_signed

    @property
    def may_be_shown(self) -> bool:
        """Whether the public may get it."""
        return self.state is MediaState.PRESENT and (self.is_signed or not self.is_needed)

    @property
    def turn(self) -> tuple[Role, ...]:
        """Roles that can sign it now."""
        return self.standing.turn if self.standing else ()


def media_key(file: MediaFile) -> UnitKey:
    """What it is called where units have keys."""
    return UnitKey(str(file.kind), file.name)


def media_digest(file: MediaFile) -> str:
    """What a sign-off of a file names: what it stands for, and the file, byte for byte.

    Args:
        file: a file that is there.
    """
    return unit_digest(media_key(file), file.path, (file.made_from, file.digest))


def judge_media(
    files: Iterable[MediaFile], lines: Sequence[Line], sign_offs: SignOffs
) -> tuple[Media, ...]:
    """How the files of a resource in a language stand.

    Args:
        files: the files, and those that are wanted and not there.
        lines: the ledger of the resource in that language.
        sign_offs: what the ledger says of sign-offs.
    """
    revoked = {line.revokes for line in lines if isinstance(line, Event) and line.revokes}
    events = [
        line
        for line in lines
        if isinstance(line, Event)
        and line.event is EventKind.MEDIA
        and not (revoked and line_id(line) in revoked)
    ]
    return tuple(_judge(file, events, sign_offs) for file in files)


def _judge(file: MediaFile, events: Iterable[Event], sign_offs: SignOffs) -> Media:
    state = find_state(file, events)
    standing = (
        sign_offs.cover.standing(media_digest(file), critical=file.critical)
        if state is MediaState.PRESENT
        else None
    )
    return Media(file=file, state=state, standing=standing, is_needed=sign_offs.is_needed)


def find_state(file: MediaFile, events: Iterable[Event]) -> MediaState:
    """Whether a file is there, and for which version of what it stands for.

    Args:
        file: the file.
        events: what was recorded of files of that language.
    """
    if not file.digest:
        return MediaState.MISSING
    made_from = {
        event.made_from for event in events if (event.media, event.file) == (file.name, file.digest)
    }
    if not made_from:
        return MediaState.UNRECORDED
    return MediaState.PRESENT if file.made_from in made_from else MediaState.STALE

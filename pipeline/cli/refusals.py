"""What the operating system refuses, told as an error of ours."""

import errno
import os
from pathlib import Path

from pipeline.errors import PipelineError

_FULL = "Free some space on the disk, then run the command again."
_RIGHTS = (
    "Give yourself the right to read and write it; a build with `sudo` makes files that are root's."
)
_REMEDIES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "Work on a copy of the project in a folder that can be written.",
    errno.ENAMETOOLONG: "Give it a shorter name.",
}
_OTHER = "Look at what is there: a file where a folder should be, or a folder in place of a file?"


def remedy_of(refusal: OSError) -> str:
    """What to do about a refusal."""
    return _REMEDIES.get(refusal.errno or 0, _OTHER)


def as_error(refusal: OSError) -> PipelineError:
    """The same, in words, with the file that it is about and what to do.

    Args:
        refusal: what a call to the system raised and no stage knew better about.
    """
    # Of a rename the second name is the one that a user knows.
    name = refusal.filename2 or refusal.filename
    return PipelineError(
        f"The system refuses: {refusal.strerror or refusal}.",
        remedy=remedy_of(refusal),
        path=Path(os.fsdecode(name)) if name else None,
    )

"""Who stands by for a project: one process, which holds a lock in the project's cache."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "standby.lock"


@contextmanager
def hold(cache: Path) -> Iterator[int]:
    """Hold the lock of who stands by, as long as this or a process that is given it is there.

    Args:
        cache: folder of the project's cache.

    Returns:
        The open file, as a number.

    Raises:
        OSError: another process stands by, or begins to; or another user's has.
    """
    # No link: a cache may come from anybody.
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    handle = os.open(cache / LOCK, flags, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(cache / LOCK))
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield handle
    finally:
        os.close(handle)

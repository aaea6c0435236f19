"""What an earlier run of ``sync`` found to need no change: a cache that may be lost."""

import hashlib
import json
from pathlib import Path

from pipeline.files import write_atomic


class Settled:
    """Catalogs with the digests of what they were made from and of their bytes.

    A file that is missing, damaged or of another shape is an empty cache.

    Args:
        path: the cache's file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _read(path)
        self._is_changed = False

    def has(self, path: Path, state: str) -> bool:
        """Whether a catalog needs no change.

        Args:
            path: the catalog.
            state: digest of all that decides what it must say.
        """
        known = self._known.get(str(path))
        return known is not None and known == f"{state} {digest_of_bytes(path)}"

    def add(self, path: Path, state: str, digest: str) -> None:
        """Note that a catalog with these bytes needs no change."""
        self._known[str(path)] = f"{state} {digest}"
        self._is_changed = True

    def write(self) -> None:
        """Keep what was noted. A cache that cannot be written is no reason to fail."""
        if not self._is_changed:
            return
        try:
            write_atomic(self._path, json.dumps(self._known).encode())
        except OSError:
            return


def digest_of_bytes(path: Path) -> str:
    """SHA-256 of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _read(path: Path) -> dict[str, str]:
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {name: state for name, state in known.items() if isinstance(state, str)}

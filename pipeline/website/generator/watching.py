"""Which files were saved: the system tells at once, and a look at all of them misses nothing.

What the system tells is only a reason to look: whether a file is another is read from its size,
times and number. Where the system tells nothing (a folder of another machine, or of the host of
a container) the look alone finds it, as often as costs a twentieth of a processor at most.
"""

import os
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

#: Seconds without anything new, after which a save is taken for whole.
_QUIET = 0.05
#: Seconds between two looks at least, and how many times as long as a look takes.
_PAUSE, _SHARE = 0.25, 20
#: Those that need no open file for each one that they watch.
_TELLERS = frozenset({"InotifyObserver", "FSEventsObserver", "WindowsApiObserver"})
#: What editors leave beside a file: no page is made of these.
_BESIDE = (("." , "#"), ("~", ".swp", ".tmp"))

Seen = dict[str, tuple[int, ...]]


class Watcher:
    """Tells which files below some places were saved, made, renamed or taken away.

    Args:
        places: folders with all that is in them, and files; they need not be there.
        tell: called with the files, in a thread of this.
    """

    def __init__(
        self, places: Iterable[Path], tell: Callable[[frozenset[Path]], None]
    ) -> None:
        self._places = tuple(os.path.abspath(place) for place in places)
        self._tell = tell
        self._heard = threading.Event()
        self._is_over = False
        self._seen: Seen = {}
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._observer = Observer() if Observer.__name__ in _TELLERS else None

    def start(self) -> None:
        """Begin: what is saved from now on is told."""
        self._seen = dict(_look(self._places))
        if self._observer and not self._listen():
            self._observer = None
        self._thread.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._is_over = True
        self._heard.set()
        if self._observer and self._observer.is_alive():
            self._observer.stop()

    def join(self) -> None:
        """Wait until it has ended."""
        if self._thread.is_alive():
            self._thread.join()

    def _listen(self) -> bool:
        """Let the system tell; False where it cannot watch so many folders."""
        handler = FileSystemEventHandler()
        handler.on_any_event = self._hear  # type: ignore[method-assign]
        try:
            for place in self._places:
                folder = place if os.path.isdir(place) else os.path.dirname(place)
                if os.path.isdir(folder):
                    self._observer.schedule(handler, folder, recursive=folder == place)
            self._observer.start()
        except OSError:
            self._observer.stop()
            return False
        return True

    def _hear(self, event: FileSystemEvent) -> None:
        # Reading is told too, and a build reads everything.
        if event.event_type in {"created", "modified", "deleted", "moved", "closed"}:
            self._heard.set()

    def _watch(self) -> None:
        pause = _PAUSE
        while not self._is_over:
            if self._heard.wait(pause):
                self._wait_until_quiet()
            began = time.monotonic()
            now = dict(_look(self._places))
            pause = max(_PAUSE, _SHARE * (time.monotonic() - began))
            before, self._seen = self._seen, now
            changed = {
                path for path in before.keys() | now.keys() if before.get(path) != now.get(path)
            }
            if changed and not self._is_over:
                self._tell(frozenset(map(Path, changed)))

    def _wait_until_quiet(self) -> None:
        while not self._is_over:
            self._heard.clear()
            if not self._heard.wait(_QUIET):
                return


def _look(places: Iterable[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each file with what tells that it is another."""
    for place in places:
        if os.path.isdir(place):
            yield from _look_into(place)
            continue
        try:
            yield place, _stamp(os.stat(place))
        except OSError:
            continue


def _look_into(folder: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(_BESIDE[0]) or entry.name.endswith(_BESIDE[1]):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from _look_into(entry.path)
                    continue
                found = _find_stamp(entry)
                if found:
                    yield entry.path, found
    except OSError:  # gone since
        return


def _find_stamp(entry: os.DirEntry[str]) -> tuple[int, ...] | None:
    try:
        return _stamp(entry.stat(follow_symlinks=False))
    except OSError:
        return None


def _stamp(found: os.stat_result) -> tuple[int, ...]:
    times = found.st_mtime_ns, found.st_ctime_ns
    return (stat.S_IFMT(found.st_mode), found.st_size, *times, found.st_ino)

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
from watchdog.observers.api import BaseObserver

from pipeline.files import is_leftover

#: Seconds without anything new, after which a save is taken for whole.
_QUIET = 0.05
#: Seconds between two looks at least, and how many times as long as a look takes.
_PAUSE, _SHARE = 0.25, 20
#: Those that need no open file for each one that they watch.
_TELLERS = frozenset({"InotifyObserver", "FSEventsObserver", "WindowsApiObserver"})

Seen = dict[str, tuple[int, ...]]


class Watcher:
    """Tells which files below some places were saved, made, renamed or taken away.

    Args:
        places: folders with all that is in them, and files; they need not be there.
        tell: called with the files, in a thread of this.
    """

    def __init__(self, places: Iterable[Path], tell: Callable[[frozenset[Path]], None]) -> None:
        self._places = tuple(place.absolute() for place in places)
        self._tell = tell
        self._heard = threading.Event()
        self._is_over = False
        self._seen: Seen = {}
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._observer: BaseObserver | None = None

    def start(self) -> None:
        """Begin: what is saved from now on is told."""
        self._seen = dict(_look(self._places))
        self._observer = self._listen()
        self._thread.start()

    def stop(self) -> None:
        """Tell nothing more."""
        self._is_over = True
        self._heard.set()
        if self._observer:
            self._observer.stop()

    def join(self) -> None:
        """Wait until it has ended."""
        if self._thread.is_alive():
            self._thread.join()
        if self._observer:
            self._observer.join()

    def _listen(self) -> BaseObserver | None:
        """Let the system tell; None where it does not, or cannot watch so many folders."""
        observer = Observer()
        if type(observer).__name__ not in _TELLERS:
            return None
        handler = FileSystemEventHandler()
        handler.on_any_event = self._hear  # type: ignore[method-assign]
        try:
            for place in self._places:
                folder = place if place.is_dir() else place.parent
                if folder.is_dir():
                    observer.schedule(handler, str(folder), recursive=folder == place)
            observer.start()
        except OSError:
            observer.stop()
            return None
        return observer

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


def _look(places: Iterable[Path]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each file with what tells that it is another."""
    for place in places:
        if place.is_dir():
            yield from _look_into(str(place))
            continue
        try:
            yield str(place), _stamp(place.stat())
        except OSError:
            continue


def _look_into(folder: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_leftover(entry.name):
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

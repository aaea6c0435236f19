"""Which files were saved: the system tells at once, and a look at all of them misses nothing.

What the system tells is only a reason to look: whether a file is another is read from its size,
times and number. Where it tells, only what it names is looked at: a library has tens of thousands
of files. Where it tells nothing (a folder of another machine, or of the host of a container), too
much or of places that nobody asked for, the look at all finds it, as often as costs a twentieth of
a processor at most.
"""

import os
import stat
import threading
import time
from collections import deque
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
#: Names told at once, above which all files are looked at: another branch, a whole folder.
_MANY = 50
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
        self._named: deque[str] = deque()
        self._listens_to: tuple[str, ...] = ()
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
                    self._listens_to = (*self._listens_to, str(folder))
                    observer.schedule(handler, str(folder), recursive=folder == place)
            observer.start()
        except OSError:
            observer.stop()
            return None
        return observer

    def _hear(self, event: FileSystemEvent) -> None:
        # Reading is told too, and a build reads everything.
        if event.event_type not in {"created", "modified", "deleted", "moved", "closed"}:
            return
        # A folder is told to be another beside whatever has become another in it.
        if not (event.is_directory and event.event_type == "modified"):
            self._named.extend(os.fsdecode(path) for path in (event.src_path, event.dest_path))
        self._heard.set()

    def _watch(self) -> None:
        due = time.monotonic() + _PAUSE
        while not self._is_over:
            if self._heard.wait(max(0.0, due - time.monotonic())):
                self._wait_until_quiet()
                named = self._take_named()
                self._tell_of(self._look_at_all() if named is None else self._look_at(named))
            if (began := time.monotonic()) >= due:
                changed = self._look_at_all()
                ended = time.monotonic()
                due = ended + max(_PAUSE, _SHARE * (ended - began))
                self._tell_of(changed)

    def _tell_of(self, changed: frozenset[str]) -> None:
        if changed and not self._is_over:
            self._tell(frozenset(map(Path, changed)))

    def _take_named(self) -> frozenset[str] | None:
        """What the system has named since it was last asked; None where all is to be looked at."""
        named = {self._named.popleft() for _ in range(len(self._named))} - {""}
        is_known = all(any(_is_below(path, top) for top in self._listens_to) for path in named)
        return frozenset(named) if is_known and len(named) <= _MANY else None

    def _look_at_all(self) -> frozenset[str]:
        """Look at every file; gives those that are others than before."""
        before, self._seen = self._seen, dict(_look(self._places))
        return _find_changed(before, self._seen)

    def _look_at(self, named: Iterable[str]) -> frozenset[str]:
        """The same of what was named, with all that is or was in it."""
        before: Seen = {}
        now: Seen = {}
        for path in named:
            place = next((each for each in self._places if _is_below(path, str(each))), None)
            if place is None:
                continue
            now |= dict(_look_at(path, place))
            known = (path,) if path in self._seen else self._seen
            before |= {each: self._seen[each] for each in known if _is_below(each, path)}
        for path in before.keys() - now.keys():
            del self._seen[path]
        self._seen |= now
        return _find_changed(before, now)

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


def _look_at(path: str, place: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The same of what is called so, in one of the places or the place itself."""
    if path == str(place):
        yield from _look((place,))
        return
    if any(map(is_leftover, Path(path).relative_to(place).parts)):
        return
    try:
        found = os.lstat(path)
    except OSError:  # gone since
        return
    if stat.S_ISDIR(found.st_mode):
        yield from _look_into(path)
    else:
        yield path, _stamp(found)


def _is_below(path: str, top: str) -> bool:
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)


def _find_changed(before: Seen, now: Seen) -> frozenset[str]:
    both = before.keys() | now.keys()
    return frozenset(path for path in both if before.get(path) != now.get(path))


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

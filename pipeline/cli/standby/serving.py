"""Waiting for builds: each is done in a copy of this process, and its end is told who asked."""

import json
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.cli.standby.copying import become, stopper_of
from pipeline.cli.standby.leaving import IDLE
from pipeline.cli.standby.loading import Loaded, is_alone, is_older, load
from pipeline.cli.standby.warming import warm
from pipeline.config import CONFIG_NAME, load_project
from pipeline.errors import PipelineError
from pipeline.standby import (
    PATIENCE,
    SOCKET,
    STREAMS,
    Message,
    is_same_user,
    listen,
    receive,
    send,
    surroundings,
)

#: Seconds after which it looks whether it is still of use.
_LOOK = 5.0


@dataclass(kw_only=True)
class Server:
    """The process that stands by.

    Attributes:
        root: folder of the project.
        cache: folder of its cache.
        loaded: what is in its memory.
        here: its surroundings when it began.
        warming: what there is to load for builds to come, a bit at a step: done while nobody asks.
        idle: seconds without a build after which it ends.
        running: the process of each build that runs, and what stops it, by who asked for it.
    """

    root: Path
    cache: Path
    loaded: Loaded
    here: Message
    warming: Iterator[object] = field(default_factory=lambda: iter(()))
    idle: float = IDLE
    running: dict[socket.socket, tuple[int, signal.Signals]] = field(default_factory=dict)

    def serve(self) -> None:
        """Wait for builds until nobody has wanted one for long, or this is of no use any more."""
        listener = listen(str(self.cache))
        own = os.stat(self.cache / SOCKET).st_ino  # noqa: PTH116  as below
        with selectors.DefaultSelector() as selector, listener:
            selector.register(listener, selectors.EVENT_READ)
            until = time.monotonic() + self.idle
            is_warm = False
            while self.running or (time.monotonic() < until and self._is_of_use(own)):
                found = selector.select(_LOOK if self.running or is_warm else 0)
                if not (found or self.running or is_warm):
                    is_warm = not self._warm()
                for key, _ in found:
                    if key.fileobj is listener:
                        self._take(listener, selector)
                    elif isinstance(key.fileobj, socket.socket):
                        self._stop(key.fileobj, selector)
                    else:
                        self._end(key.fd, key.data, selector)
                    until = time.monotonic() + self.idle
        with suppress(OSError):
            if os.stat(self.cache / SOCKET).st_ino == own:  # noqa: PTH116
                (self.cache / SOCKET).unlink()

    def _warm(self) -> bool:
        """Load a bit more; whether there may be more still."""
        end = object()
        has_more = next(self.warming, end) is not end
        self.loaded = self.loaded.with_modules()
        return has_more

    def _is_of_use(self, own: int) -> bool:
        """Whether it can still be found, and does what the program on the disk would do."""
        try:
            is_found = os.stat(self.cache / SOCKET).st_ino == own  # noqa: PTH116  a socket
        except OSError:
            return False
        is_there = is_found and (self.root / CONFIG_NAME).is_file()
        return is_there and is_alone() and self.loaded.is_current()

    def _take(self, listener: socket.socket, selector: selectors.BaseSelector) -> None:
        """Begin a build in a copy of this process, or say that it cannot be begun here."""
        with suppress(OSError), ExitStack() as left:
            other = left.enter_context(listener.accept()[0])
            other.settimeout(PATIENCE)
            heard = receive(other, len(STREAMS)) if is_same_user(other) else None
            if not heard:
                return
            pid = self._begin(other, *heard, (other, listener, selector))
            if not pid:
                return
            left.pop_all()  # it stays open until the build has ended
            self.running[other] = pid, stopper_of(heard[0])
            selector.register(other, selectors.EVENT_READ)
            selector.register(os.pidfd_open(pid), selectors.EVENT_READ, data=other)
            send(other, {"pid": pid})  # who is gone is heard of by the selector

    def _begin(
        self, other: socket.socket, request: Message, handles: list[int], ours: Iterable[Any]
    ) -> int:
        """The number of the process of a build; 0 where it cannot be done here."""
        try:
            return self._copy(request, handles, ours) if self._agree(other, request, handles) else 0
        finally:
            # Who reads what is written there waits until nobody has it any more.
            for handle in handles:
                os.close(handle)

    def _agree(self, other: socket.socket, request: Message, handles: list[int]) -> bool:
        """Whether this process can do what is asked for, and it is still asked for."""
        is_fit = request.get("surroundings") == self.here
        is_ours = request.get("cache") == str(self.cache)  # it may have been moved or linked
        if not (is_fit and is_ours and len(handles) == len(STREAMS) and self.loaded.is_current()):
            send(other, {"fits": False})
            return False
        send(other, {"fits": True})
        # Who has waited too long does it alone: then nobody says this.
        answer = receive(other)
        return answer is not None and bool(answer[0].get("go"))

    def _copy(self, request: Message, handles: list[int], others: Iterable[Any]) -> int:
        """The number of the process of a build."""
        own = os.getpid()
        pid = os.fork()
        if pid == 0:
            for other in (*others, *self.running):
                os.close(other.fileno())
            become(request, handles, own)
        with suppress(OSError):
            os.setpgid(pid, pid)  # it does so itself, if later
        return pid

    def _stop(self, other: socket.socket, selector: selectors.BaseSelector) -> None:
        """Who asked is gone: what was asked for is ended as by Ctrl-C."""
        selector.unregister(other)
        with suppress(OSError):
            pid, stopper = self.running[other]
            os.kill(pid, stopper)
            os.killpg(pid, signal.SIGCONT)  # who was paused hears nothing else

    def _end(self, handle: int, other: socket.socket, selector: selectors.BaseSelector) -> None:
        """A build has ended: its exit code is told."""
        pid, _ = self.running.pop(other)
        selector.unregister(handle)
        os.close(handle)
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        with suppress(KeyError, ValueError):
            selector.unregister(other)
        with suppress(OSError):
            send(other, {"code": code})
        other.close()


def main() -> None:
    """Stand by for the project that standard input names."""
    here = surroundings()  # before fonts are loaded, which sets some of it
    given = json.loads(sys.stdin.buffer.read())
    root = Path(given["root"])
    # Open, and so locked, as long as this runs; no program that is begun from here has it.
    os.set_inheritable(given["lock"], False)  # noqa: FBT003  by position alone
    os.chdir("/")
    try:
        os.close(os.pidfd_open(os.getpid()))
        project = load_project(root)
    except (OSError, PipelineError):
        return  # the kernel is older than 5.3; or whoever builds next is told
    loaded = load(project, given["tags"])
    if is_alone() and is_older(given["began"]):
        with suppress(OSError):
            Server(
                root=root,
                cache=project.cache_dir,
                loaded=loaded,
                here=here,
                warming=warm(project),
            ).serve()


if __name__ == "__main__":
    main()

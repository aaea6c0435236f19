"""Processes that do a part of the work: how they end when the one that started them is gone."""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

_LEFT_ALONE = 1
#: Of prctl(2).
_PR_SET_PDEATHSIG = 1
#: Who has waited so many seconds for another process works it out alone.
_PATIENCE = 60.0
#: Seconds in which a process ends that finds nobody to send to.
_GRACE = 2.0

Result = TypeVar("Result")
_forks = [True]


@contextmanager
def without_forks() -> Iterator[None]:
    """Let no process be forked within: there are threads, whose locks a fork would copy."""
    before, _forks[0] = _forks[0], False
    try:
        yield
    finally:
        _forks[0] = before


def may_fork() -> bool:
    """Whether a process may be forked here: on Linux alone, and not beside threads."""
    return _forks[0] and sys.platform == "linux"


@contextmanager
def deaf_children() -> Iterator[None]:
    """Processes that are started within do not hear Ctrl-C, from their first moment on.

    The parent does, at the latest at the end of this: what is being done is finished, the rest is
    not begun.
    """
    if sys.platform == "win32":  # a child that hears it ends with a traceback, and that is all
        yield
        return
    # What is held back here is inherited as held back. To ignore it would lose it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def in_background(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin something in a process of its own, beside what comes next.

    The process is forked: it has all that there is and sends back what it found. Where the
    system cannot fork safely (all but Linux), or the process fails, the work is done when its
    result is asked for.

    Args:
        work: what to do; begun once more it comes to the same, and its result can be pickled.

    Returns:
        What gives the result, to be called once.
    """
    if not may_fork() or len(os.sched_getaffinity(0)) < 2:  # noqa: PLR2004  nobody to do it
        return work
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(work, receiver, sender), daemon=True)
    try:
        process.start()
    except OSError:  # no room for another process
        return work
    finally:
        sender.close()

    def result() -> Result:
        try:
            if not receiver.poll(_PATIENCE):
                end(process)  # never both at once: some of it writes to the disk
            found: Result = receiver.recv()
        except (EOFError, OSError):
            found = work()
        finally:
            receiver.close()
            end(process)
        return found

    return result


def end(process: BaseProcess) -> None:
    """Wait until a process has ended that has nothing left to do; one that does not is ended."""
    process.join(_GRACE)
    process.terminate()
    process.join()


def be_helper() -> None:
    """In a process that was forked: be deaf to what the parent hears, quick with its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None and not hear_of_parent(parent.pid or 0, signal.SIGTERM):
        os._exit(_LEFT_ALONE)
    gc.freeze()  # what the parent has is not looked through, and so not copied


def hear_of_parent(parent: int, number: signal.Signals) -> bool:
    """In a process that was forked: be sent a signal when the parent has ended, however that was.

    Args:
        parent: the number of the parent.
        number: the signal.

    Returns:
        Whether the parent is still there.
    """
    with suppress(AttributeError, OSError):  # Linux alone has it
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
    return os.getppid() == parent


def _send(work: Callable[[], Result], receiver: Connection, sender: Connection) -> None:
    be_helper()
    receiver.close()
    # Whatever fails here the parent meets again, and knows what to do.
    with suppress(Exception):
        sender.send(work())


def end_with_parent() -> None:
    """End this process as soon as its parent has ended, however that was.

    For ``ProcessPoolExecutor(initializer=…)``: whoever waits for work in a pool holds both
    ends of the pipe that it comes through, so after ``kill`` it would wait for ever, and
    with it whoever reads the output of the program.
    """
    threading.Thread(target=_wait_for_parent, daemon=True, name="end-with-parent").start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(_LEFT_ALONE)

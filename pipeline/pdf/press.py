"""Processes that are made ready while the pages are made that they will set.

To load WeasyPrint and its fonts takes longer than to set a leaflet: of one edit it was most of the
time. So a build that will have a few leaflets to make begins with this, beside the pages; one that
has many, or none, does not need it. There are no threads, so that other helpers may be forked
meanwhile.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from pipeline.processes import be_helper, deaf_children, end, end_with_parent, may_fork

Job = TypeVar("Job")
#: What a process of it does: what makes it ready, told which one it is, from 0; and what makes one
#: thing, at a path.
Prepare = Callable[[int], object]
Make = Callable[[Path, Job], None]
Settle = Callable[[Path, Exception | None], None]


@dataclass(eq=False, slots=True)
class _Hand:
    """One of the processes: what it makes now, if anything."""

    process: BaseProcess
    pipe: Connection
    at: Path | None = None


class Press:
    """Some processes, begun when they are first needed.

    Args:
        size: how many there may be.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._hands: list[_Hand] = []

    @property
    def is_begun(self) -> bool:
        """Whether there are processes, of which none has failed."""
        return bool(self._hands)

    def begin(self, prepare: Prepare, make: Make[Job], *, forks: bool = True) -> None:
        """Let the processes make themselves ready; this comes back at once.

        They are forked where that is safe, which takes a third of the time.

        Args:
            prepare: what makes one ready; a function that can travel, as the next.
            make: what makes one thing.
            forks: whether nothing is loaded here that does not survive a fork.
        """
        forks = forks and may_fork()
        context = get_context("fork" if forks else "spawn")
        with suppress(OSError), deaf_children():  # no room for another process: then without
            while len(self._hands) < self.size:
                pipe, other = context.Pipe()
                taken = [hand.pipe for hand in self._hands]
                ready = partial(prepare, len(taken))
                arguments = (other, [pipe, *taken] if forks else [], ready, make)
                process = context.Process(target=_serve, args=arguments, daemon=True)  # type: ignore[attr-defined]
                process.start()
                other.close()
                self._hands.append(_Hand(process, pipe))

    def work(
        self, todo: Iterable[Path], job_of: Callable[[Path], Job], settle: Settle
    ) -> list[Path]:
        """Make things.

        Args:
            todo: where each is to be; found out one by one.
            job_of: what each is made of.
            settle: told that one is made, or why it cannot be.

        Returns:
            What was not made, for a process was ended from outside.
        """
        left = iter(todo)
        lost = list(self._hand_out(left, job_of))
        while busy := {hand.pipe: hand for hand in self._hands if hand.at}:
            for pipe in wait(list(busy)):
                hand = busy[pipe]  # type: ignore[index]
                path, hand.at = hand.at or Path(), None
                try:
                    error = hand.pipe.recv()
                except (EOFError, OSError):
                    self._hands.remove(hand)
                    hand.process.join()
                    lost.append(path)
                else:
                    settle(path, error)
            lost += self._hand_out(left, job_of)
        return [*lost, *left]

    def _hand_out(self, left: Iterator[Path], job_of: Callable[[Path], Job]) -> Iterator[Path]:
        """Give everybody something to do; gives back what was lost with who should have done it."""
        for hand in [each for each in self._hands if each.at is None]:
            path = next(left, None)
            if path is None:
                return
            try:
                hand.pipe.send((path, job_of(path)))
                hand.at = path
            except OSError:
                self._hands.remove(hand)
                yield path

    def end(self) -> None:
        """End the processes: those that make something, when they have made it."""
        for hand in self._hands:
            hand.pipe.close()
            if hand.at is None:
                hand.process.terminate()
        for hand in self._hands:
            end(hand.process)
        self._hands.clear()


def _serve(
    pipe: Connection, others: list[Connection], prepare: Callable[[], object], make: Make[Job]
) -> None:
    """In a process: make what is asked for, until nobody asks any more."""
    be_helper()
    gc.disable()  # it makes a few leaflets and ends: what they leave is not worth looking for
    end_with_parent()
    for other in others:  # whoever holds this end would keep the others waiting
        other.close()
    with suppress(Exception):  # whatever it is, the first thing to make meets it again
        prepare()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_try(make, *pipe.recv()))


def _try(make: Make[Job], path: Path, job: Job) -> Exception | None:
    try:
        make(path, job)
    except Exception as error:  # noqa: BLE001  whoever asked knows what to do
        return error
    return None

"""Tasks shared out among the workers of a Dask cluster: the whole story is :meth:`Crew.run`.

Who does what is decided here and not by the scheduler, which is asked to bring each task to one
worker by name: so a worker with other versions gets none, one that hangs gets no more, and a task
that nobody can do is named. A bounded number of tasks is on its way at a time.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from pipeline.cluster.dask import Dask, SchedulerLostError
from pipeline.cluster.hands import Hand, Running, Try
from pipeline.cluster.values import Answer, Broken, Bundle, Failure, Task, Unfit
from pipeline.cluster.versions import Installed, find_difference
from pipeline.cluster.worker import perform, take_bundle
from pipeline.errors import ClusterError

#: A task that took too long, or failed, is given to one other worker.
MOST_FAILED = 2
#: Machines come and go; a task that takes three workers along is to blame.
MOST_LOST = 3
#: Seconds in which a worker has to say what it is, and to take the bundle.
_GREETING = 90.0
#: Seconds without any worker, after which nobody is waited for.
_PATIENCE = 15.0
#: Kilobytes above which the process of a worker is begun anew: fonts, pages and styles stay in it.
MOST_RESIDENT = 350_000
#: Seconds that this may take, before the worker is asked again if it is still there.
_REST = 30.0
#: Seconds between two looks at who is there.
_MUSTER = 1.0
_TICK = 0.25
#: Tasks that are kept to be tried again at the end.
_MOST_WAITING = 100

Outcome = Answer | Failure


@dataclass(kw_only=True)
class Crew:
    """The workers that have what this build has.

    Attributes:
        dask: the cluster.
        bundle: what all tasks need.
        probe: says what is installed where it runs.
        limit: seconds that a task may take at most.
        say: tells the user something.
        resident: kilobytes of memory that the process of a worker has had at most after a task.
    """

    dask: Dask
    bundle: Bundle
    probe: Callable[[], Installed]
    limit: float
    say: Callable[[str], object]
    resident: int = 0
    _hands: dict[str, Hand] = field(default_factory=dict)
    _refused: dict[str, str] = field(default_factory=dict)
    _done: "queue.SimpleQueue[tuple[str, Any]]" = field(default_factory=queue.SimpleQueue)
    _seen: float = 0.0
    _alone_since: float = 0.0
    _had_any: bool = False
    _resting: dict[str, float] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many workers are ready."""
        return sum(hand.is_ready for hand in self._hands.values())

    def gather(self, count: int = 1) -> None:
        """Wait until there is somebody to work.

        Args:
            count: for how many to wait.

        Raises:
            ClusterError: there is nobody, or all are refused.
        """
        waiting: deque[Try] = deque()
        self._alone_since = time.monotonic()
        with self._telling_of_loss():
            while self.count < count:
                self._muster(waiting)
                for _ in (*self._listen(waiting), *self._look_for_late(waiting)):
                    pass  # nobody was given a task yet

    def run(self, tasks: Iterable[Task], *, ahead: int = 1) -> Iterator[tuple[Task, Outcome]]:
        """Have tasks done.

        Args:
            tasks: they; taken one by one as workers are free, so they may be more than fit into
                memory.
            ahead: how many a worker is given at a time, the one that it does included.

        Yields:
            Each task with what came of it, as they end.

        Raises:
            ClusterError: the scheduler is lost, or all workers are.
        """
        source, waiting = iter(tasks), deque[Try]()
        is_empty = False
        self._alone_since = time.monotonic()
        try:
            with self._telling_of_loss():
                while True:
                    self._muster(waiting)
                    is_empty = self._hand_out(source, waiting, ahead) or is_empty
                    if is_empty and not waiting and not self._is_busy():
                        return
                    yield from self._listen(waiting)
                    yield from self._look_for_late(waiting)
        finally:
            self._drop_all()

    @contextmanager
    def _telling_of_loss(self) -> Iterator[None]:
        try:
            yield
        except SchedulerLostError as error:
            raise ClusterError(
                f"The scheduler at {self.dask.address} was lost ({error}).",
                remedy="Start it again with its workers and run the same command again: what was"
                " done is kept, and it goes on from there.",
            ) from error

    # --- Who is there --------------------------------------------------------------

    def _muster(self, waiting: deque[Try]) -> None:
        """Note who has come and who has gone."""
        now = time.monotonic()
        if now - self._seen < _MUSTER:
            return
        self._seen = now
        there = self.dask.list_workers()
        for address in self._hands.keys() - there.keys():
            self._lose(self._hands.pop(address), waiting)
        self._resting = {at: end for at, end in self._resting.items() if end > now}
        busy = self._hands.keys() | self._refused.keys() | self._resting.keys()
        for address in there.keys() - busy:
            name, has_nanny = there[address]
            self._greet(Hand(address=address, name=name, has_nanny=has_nanny))
        for address in self._refused.keys() - there.keys():
            del self._refused[address]
        self._refuse_to_wait(now)

    def _refuse_to_wait(self, now: float) -> None:
        if self._hands or self._resting:
            self._alone_since = now
            return
        is_over = now - self._alone_since > _PATIENCE
        if self._refused and (is_over or not self._had_any):
            name, why = next(iter(self._refused.items()))
            raise ClusterError(
                f"None of the workers at {self.dask.address} can be used; of {name}: {why}.",
                remedy="Install on all machines what is installed here, and start them again.",
            )
        if is_over:
            raise ClusterError(
                f"The scheduler at {self.dask.address} has no workers.",
                remedy="Start some: dask worker ADDRESS --nthreads 1 (docs/reference/cluster.md).",
            )

    def _greet(self, hand: Hand) -> None:
        self._hands[hand.address] = hand
        self._send(hand, None, self.probe)

    def _answer_greeting(self, hand: Hand, heard: object) -> None:
        """First it says what it has installed, then it takes the bundle."""
        if heard is True:
            hand.is_ready = self._had_any = True
        elif isinstance(heard, Installed):
            if why := find_difference(self.probe(), heard):
                self._refuse(hand, why)
            else:
                self._send(hand, None, take_bundle, self.bundle)
        else:
            self._refuse(hand, f"it cannot say what it has installed ({heard})")

    def _refuse(self, hand: Hand, why: str) -> None:
        self._refused[hand.address] = why
        self._hands.pop(hand.address, None)
        self.say(f"The worker {hand.name} ({hand.address}) gets no work: {why}.")

    def _lose(self, hand: Hand, waiting: deque[Try]) -> None:
        """A worker has gone; only what it was doing may be why."""
        if hand.is_ready:
            self.say(f"The worker {hand.name} ({hand.address}) is gone; its work goes to others.")
        for place, running in enumerate(hand.running):
            self.dask.drop(running.future)
            attempt = running.attempt
            if attempt is None:
                continue
            lost = attempt.lost + (place == 0)
            _put_back(
                waiting, replace(attempt, lost=lost, why="its worker was ended in the middle")
            )
        hand.running.clear()

    # --- What they do --------------------------------------------------------------

    def _hand_out(self, source: Iterator[Task], waiting: deque[Try], ahead: int) -> bool:
        """Give each worker what it can take; True where there is no more to give."""
        for depth in range(1, ahead + 1):  # nobody gets a second before all have a first
            for hand in self._hands.values():
                while hand.is_ready and len(hand.running) < depth:
                    attempt = _next(source, waiting)
                    if attempt is None:
                        return True
                    self._send(hand, attempt, perform, attempt.task, self.bundle.digest)
        return False

    def _send(
        self, hand: Hand, attempt: Try | None, work: Callable[..., object], *given: object
    ) -> None:
        # The scheduler counts by the first word of a key, and never forgets one.
        key = f"{work.__name__}-{uuid4().hex}"
        future = self.dask.submit(work, given, worker=hand.address, key=key)
        hand.give(Running(attempt=attempt, future=future, begun=time.monotonic()))
        address = hand.address
        future.add_done_callback(lambda done: self._done.put((address, done)))

    def _listen(self, waiting: deque[Try]) -> Iterator[tuple[Task, Outcome]]:
        """Take in what has ended."""
        try:
            address, future = self._done.get(timeout=_TICK)
        except queue.Empty:
            self.dask.check()
            return
        hand = self._hands.get(address)
        running = hand.take(future) if hand else None
        if hand is None or running is None:  # of one that is gone, or was given up
            return
        heard = self.dask.take(future)
        if running.attempt is None:
            self._answer_greeting(hand, heard)
            return
        yield from self._judge(hand, running.attempt, heard, waiting)

    def _judge(
        self, hand: Hand, attempt: Try, heard: object, waiting: deque[Try]
    ) -> Iterator[tuple[Task, Outcome]]:
        task = attempt.task
        if isinstance(heard, Answer) and heard.name == task.name and heard.is_whole:
            self.resident = max(self.resident, heard.resident)
            if heard.resident > MOST_RESIDENT and hand.has_nanny:
                self._rest(hand, waiting)
            yield task, heard
            return
        if isinstance(heard, Unfit):
            self._give_up(hand, heard.message.rstrip("."), waiting)
            _put_back(waiting, attempt)
            return
        if heard is None:  # it was started again at the same address, and has no bundle
            hand.is_ready = False
            self._send(hand, None, take_bundle, self.bundle)
            _put_back(waiting, replace(attempt, lost=attempt.lost + 1, why="its worker was ended"))
        elif isinstance(heard, Broken):
            _put_back(waiting, replace(attempt, failed=attempt.failed + 1, why=heard.error))
        else:
            why = f"it sent what it cannot have made ({_short(heard)})"
            self._give_up(hand, why, waiting)
            _put_back(waiting, replace(attempt, failed=attempt.failed + 1, why=why))
        yield from _settle(waiting)

    def _give_up(self, hand: Hand, why: str, waiting: deque[Try]) -> None:
        """Give a worker nothing more; what it has not begun goes to others."""
        self._refuse(hand, why)
        self._take_back(hand, waiting)

    def _rest(self, hand: Hand, waiting: deque[Try]) -> None:
        """Have a worker begun anew that has grown; what it has not begun goes to others."""
        del self._hands[hand.address]
        self._resting[hand.address] = time.monotonic() + _REST
        self._take_back(hand, waiting)
        self._restart(hand)

    def _take_back(self, hand: Hand, waiting: deque[Try]) -> None:
        for running in hand.running:
            self.dask.drop(running.future)
            if running.attempt:
                _put_back(waiting, running.attempt)
        hand.running.clear()

    def _look_for_late(self, waiting: deque[Try]) -> Iterator[tuple[Task, Outcome]]:
        """Take from a worker what it does not end."""
        for hand in list(self._hands.values()):
            if not hand.is_late(self.limit if hand.is_ready else _GREETING):
                continue
            first = hand.running.popleft()
            self.dask.drop(first.future)
            attempt = first.attempt
            limit = (attempt.task.limit if attempt else _GREETING) or self.limit
            what = f"did not end {attempt.task.name}" if attempt else "does not answer"
            self._give_up(hand, f"it {what} in {limit:g} s", waiting)
            self._restart(hand)
            if attempt:
                why = f"it took more than {limit:g} s"
                _put_back(waiting, replace(attempt, failed=attempt.failed + 1, why=why))
        yield from _settle(waiting)

    def _restart(self, hand: Hand) -> None:
        """Have a worker that hangs ended by its nanny, if it has one; nobody waits for it."""
        threading.Thread(target=self.dask.restart, args=(hand.address,), daemon=True).start()

    def _is_busy(self) -> bool:
        return any(each.attempt for hand in self._hands.values() for each in hand.running)

    def _drop_all(self) -> None:
        for hand in self._hands.values():
            kept = deque[Running]()
            for running in hand.running:
                if running.attempt is None:
                    kept.append(running)
                    continue
                with suppress(Exception):
                    self.dask.drop(running.future)
            hand.running = kept


def _next(source: Iterator[Task], waiting: deque[Try]) -> Try | None:
    """What is to be done next: what went wrong before comes last, so that it stops nothing else."""
    if waiting and (waiting[0].is_fresh or len(waiting) > _MOST_WAITING):
        return waiting.popleft()
    if task := next(source, None):
        return Try(task=task)
    return waiting.popleft() if waiting else None


def _put_back(waiting: deque[Try], attempt: Try) -> None:
    if attempt.is_fresh:
        waiting.appendleft(attempt)
    else:
        waiting.append(attempt)


def _settle(waiting: deque[Try]) -> Iterator[tuple[Task, Outcome]]:
    """Name the tasks that were tried often enough."""
    for attempt in list(waiting):
        if attempt.failed >= MOST_FAILED or attempt.lost >= MOST_LOST:
            waiting.remove(attempt)
            times = attempt.failed + attempt.lost
            yield attempt.task, Failure(message=f"{attempt.why}, on {times} workers")


def _short(value: object) -> str:
    return f"{type(value).__name__}: {value}"[:200] if isinstance(value, Exception) else "damaged"

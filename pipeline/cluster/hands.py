"""The workers of a cluster as a build sees them: who is ready, and who is busy with what."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from pipeline.cluster.values import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A task with what came of it so far.

    Attributes:
        task: it.
        lost: how many workers were lost while they did it.
        failed: how often it took too long or failed.
        why: what was the matter the last time.
    """

    task: Task
    lost: int = 0
    failed: int = 0
    why: str = ""

    @property
    def is_fresh(self) -> bool:
        """Whether nothing went wrong with it yet."""
        return not (self.lost or self.failed)


@dataclass(kw_only=True)
class Running:
    """A task that a worker was given.

    Attributes:
        attempt: it; None where the worker is asked for itself.
        future: what Dask calls it.
        begun: when, by the monotonic clock; of a task that waits behind another, when that ended.
    """

    attempt: Try | None
    future: Any
    begun: float


@dataclass(kw_only=True)
class Hand:
    """A worker.

    Attributes:
        address: where it is.
        name: what it is called, for people.
        is_ready: it has the same versions, and the bundle.
        has_nanny: a process watches over it that can begin it anew.
        running: what it was given, in order.
    """

    address: str
    name: str
    is_ready: bool = False
    has_nanny: bool = False
    running: deque[Running] = field(default_factory=deque)

    def give(self, running: Running) -> None:
        """Note what it was given."""
        self.running.append(running)

    def take(self, future: Any) -> Running | None:  # noqa: ANN401  Dask's
        """Note that something is done; None for what it was not given."""
        for place, running in enumerate(self.running):
            if running.future is future:
                del self.running[place]
                if self.running:
                    self.running[0].begun = max(self.running[0].begun, time.monotonic())
                return running
        return None

    def is_late(self, limit: float) -> bool:
        """Whether what it does has taken too long.

        Args:
            limit: seconds, where the task has no limit of its own.
        """
        if not self.running:
            return False
        first = self.running[0]
        most = first.attempt.task.limit if first.attempt else 0.0
        return time.monotonic() - first.begun > (most or limit)

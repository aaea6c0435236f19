"""Running one function over many values in processes, with progress and a clean stop."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from pipeline.cli.console import progress
from pipeline.errors import MachineError
from pipeline.processes import deaf_children, end_with_parent

Job = TypeVar("Job")
Result = TypeVar("Result")


def count_workers() -> int:
    """How many processes this machine can run side by side."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_all(
    title: str,
    work: Callable[[Job], Result],
    jobs: Iterable[Job],
    *,
    name: Callable[[Job], str],
    workers: int,
) -> list[tuple[Job, Result]]:
    """Run a function over jobs, side by side, with a progress bar.

    Args:
        title: what is being done, for the progress bar.
        work: a function of a module; it and the jobs travel to other processes.
        jobs: what it is called with.
        name: what a job is called in the progress bar.
        workers: how many processes to use; with 1 the work is done in this one.

    Returns:
        Each job with its result, in the order in which they ended.

    Raises:
        PipelineError: what the first failing job raised; the rest is not begun.
    """
    todo, done = list(jobs), []
    with progress(title, len(todo)) as advance:
        for job, result in run_each(work, todo, workers=workers):
            advance(name(job))
            done.append((job, result))
    return done


def run_each(
    work: Callable[[Job], Result], jobs: Iterable[Job], *, workers: int
) -> Iterator[tuple[Job, Result]]:
    """Run a function over jobs, side by side, and give each with its result as it ends.

    Closing the iterator lets what is running end and begins nothing new.
    """
    todo = list(jobs)
    if workers == 1 or len(todo) < 2:  # noqa: PLR2004  # one job needs no second process
        for job in todo:
            yield job, work(job)
        return
    pool = ProcessPoolExecutor(
        min(workers, len(todo)), mp_context=get_context("spawn"), initializer=end_with_parent
    )
    try:
        with deaf_children():
            futures: dict[Future[Result], Job] = {pool.submit(work, job): job for job in todo}
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BrokenProcessPool:
        raise MachineError(
            "A process that did a part of the work was ended from outside.",
            remedy="Run the command again; if it happens again, use --jobs 1 or more memory.",
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)

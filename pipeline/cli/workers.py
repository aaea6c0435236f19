"""Running one function over many values in processes, with progress and a clean stop."""

import os
import signal
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TypeVar

from pipeline.cli.console import progress

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
) -> list[Result]:
    """Run a function over jobs, side by side, and return the results in the order of the jobs.

    Args:
        title: what is being done, for the progress bar.
        work: a function of a module; it and the jobs travel to other processes.
        jobs: what it is called with.
        name: what a job is called in the progress bar.
        workers: how many processes to use; with 1 the work is done in this one.

    Raises:
        PipelineError: what the first failing job raised; the rest is not begun.
    """
    todo = list(jobs)
    with progress(title, len(todo)) as advance:
        if workers == 1 or len(todo) == 1:
            results = []
            for job in todo:
                results.append(work(job))
                advance(name(job))
            return results
        pool = ProcessPoolExecutor(
            min(workers, len(todo)) or 1,
            mp_context=get_context("spawn"),
            initializer=_ignore_ctrl_c,
        )
        try:
            futures: dict[Future[Result], Job] = {pool.submit(work, job): job for job in todo}
            for future in as_completed(futures):
                future.result()
                advance(name(futures[future]))
            return [future.result() for future in futures]
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _ignore_ctrl_c() -> None:
    # The parent hears Ctrl-C too; it lets what is running end and begins nothing new.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

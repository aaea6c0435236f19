"""Processes that do a part of the work: how they end when the one that started them is gone."""

import multiprocessing
import os
import threading

_LEFT_ALONE = 1


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

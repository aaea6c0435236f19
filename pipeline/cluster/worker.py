"""What runs on a worker: it takes a bundle, and does tasks with it.

A worker keeps nothing but the bundle it works with and, in the folder that Dask gives all workers
of a machine, the fonts that were cut.
"""

import ctypes
import os
import pickle
import shutil
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline.cluster.parcels import unpack_into
from pipeline.cluster.values import (
    Answer,
    Broken,
    Bundle,
    Task,
    Unfit,
    digest_of_files,
    make_answer,
)
from pipeline.errors import ClusterError, MachineError, PipelineError

#: One thing at a time: MkDocs and WeasyPrint are not made for threads.
_alone = threading.Lock()
_FONTS = "pipeline-fonts"
#: In the folder of a bundle: where its work is done.
_TREE = "tree"


def take_bundle(bundle: Bundle) -> bool:
    """Keep what all tasks of a build need, in the place of an earlier build's.

    Args:
        bundle: it.

    Raises:
        ClusterError: it is not what was sent, or a name in it leads elsewhere.
    """
    with _alone:
        if digest_of_files(bundle.files) != bundle.digest:
            raise ClusterError("The bundle came damaged.", remedy="Run the command again.")
        _stop_profile()
        home = _home()
        for old in home.iterdir():
            shutil.rmtree(old, ignore_errors=True)
        beside = Path(tempfile.mkdtemp(dir=home))
        unpack_into(bundle.files, beside / _TREE)
        beside.rename(home / bundle.digest)
        return True


def perform(task: Task, digest: str) -> Answer | Broken | Unfit | None:
    """Do a task.

    Args:
        task: it.
        digest: of the bundle that it needs.

    Returns:
        What came of it; None where the bundle is not here.
    """
    with _alone:
        folder = _home() / digest / _TREE
        if not folder.is_dir():
            return None
        began = time.monotonic()
        try:
            value, files = task.work(folder, pickle.loads(task.given))  # noqa: S301  from the one who built it
        except MachineError as error:
            return Unfit(name=task.name, message=error.message)
        except Exception as error:  # noqa: BLE001  whatever it is, it is of this task
            said = error.message if isinstance(error, PipelineError) else error
            return Broken(name=task.name, error=f"{type(error).__name__}: {said}".rstrip("."))
        seconds = time.monotonic() - began
        _give_back()
        return make_answer(task.name, value, files, seconds=seconds, resident=measure_resident())


def find_fonts_folder() -> Path:
    """Where fonts are kept that were cut on this machine: for all workers, and for good."""
    folder = Path(_dask_folder()).parent / _FONTS
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def measure_resident() -> int:
    """Kilobytes that this process has now."""
    from distributed import get_worker  # noqa: PLC0415  an extra

    return int(get_worker().monitor.get_process_memory() // 1024)


def _give_back() -> None:
    """Give freed memory back to the system, where the C library keeps it until asked (glibc)."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _stop_profile() -> None:
    """Let Dask keep no profile of our work: it takes 2.5 MB a second, and keeps 1,000 seconds."""
    from distributed import get_worker  # noqa: PLC0415  an extra

    worker: Any = get_worker()
    for name in ("profile", "profile-cycle"):
        if watch := worker.periodic_callbacks.get(name):
            worker.loop.add_callback(watch.stop)
    for kept in (worker.profile_history, worker.profile_keys_history, worker.profile_keys):
        worker.loop.add_callback(kept.clear)


def _home() -> Path:
    """A folder of this process; Dask removes it at its end, after a kill at the next start."""
    home = Path(_dask_folder()) / f"pipeline-{os.getpid()}"
    home.mkdir(parents=True, exist_ok=True)
    return home


def _dask_folder() -> str:
    from distributed import get_worker  # noqa: PLC0415  an extra

    return str(get_worker().local_directory)

"""A Dask cluster on this machine: a scheduler and workers, each a process that can be killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pipeline

_QUIET = ("--no-dashboard",)
_SECONDS = 60


@dataclass(kw_only=True)
class Loopback:
    """A cluster in a folder.

    Attributes:
        folder: where its processes write.
    """

    folder: Path
    workers: list[subprocess.Popen] = field(default_factory=list)
    scheduler: subprocess.Popen | None = None
    address: str = ""

    def begin(self) -> str:
        """Start a scheduler; its address."""
        note = self.folder / "scheduler.json"
        note.unlink(missing_ok=True)
        options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(note))
        self.scheduler = self._start("dask_scheduler", *options, *_QUIET)
        until(lambda: note.is_file() and note.read_text())
        self.address = json.loads(note.read_text())["address"]
        return self.address

    def hire(self, count: int = 1, *, package: Path | None = None) -> list[subprocess.Popen]:
        """Start workers, at will with another copy of the package."""
        options = ("--nthreads", "1", "--no-nanny", "--memory-limit", "0", *_QUIET)
        place = ("--local-directory", str(self.folder))
        new = [
            self._start("dask_worker", self.address, *options, *place, package=package)
            for _ in range(count)
        ]
        self.workers += new
        return new

    def dismiss(self) -> None:
        """End all workers."""
        for worker in self.workers:
            end(worker)
        self.workers.clear()

    def lose(self) -> None:
        """End the scheduler, as a machine ends that loses its power."""
        end(self.scheduler)

    def copy_of_another_version(self) -> Path:
        """The package as it may be on a machine that nobody has brought up to date."""
        where = self.folder / "older"
        if not where.is_dir():
            ours = Path(pipeline.__file__).parent
            shutil.copytree(ours, where / "pipeline", ignore=shutil.ignore_patterns("*.pyc"))
            file = where / "pipeline/__init__.py"
            file.write_text(file.read_text().replace(pipeline.__version__, "0.0.1"))
        return where

    def _start(self, module: str, *words: str, package: Path | None = None) -> subprocess.Popen:
        paths = [str(Path(__file__).parent), *([str(package)] if package else [])]
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *words],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )


def end(process: subprocess.Popen) -> None:
    """Kill a process."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def until(is_so, seconds: float = _SECONDS) -> None:
    """Wait for something."""
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last, "waited in vain"
        time.sleep(0.05)

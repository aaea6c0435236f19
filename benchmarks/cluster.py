"""What a build on a cluster costs beside the work itself: 100,000 small tasks on this machine.

A scheduler and workers are started here. Printed are the time a task takes on its way, and the
memory of the process that hands them out, of the scheduler and of the workers, as the tasks go
through: none of it may grow with their number. With ``--project FOLDER`` that project is built on
them with the other words of the command, and what its processes needed at most is printed.

Usage: python benchmarks/cluster.py [--tasks 100000] [--workers 2]
       python benchmarks/cluster.py --project FOLDER [--workers 2] [--no-pdf] [--locale so …]
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from pipeline.cli.cluster.labour import probe
from pipeline.cluster import Bundle, Crew, Files, Task, connect, digest_of_files, pack

HERE = Path(__file__).parent
_QUIET = ("--no-dashboard",)
_STEPS = 5


def repeat(_folder: Path, given: int) -> tuple[int, Files]:
    """What a small task does."""
    return given, pack([("page/index.html", b"<p>Biyo badan cab.</p>" * 50)])


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[psutil.Process]]]:
    """A scheduler and workers of this machine: its address and the processes."""
    note = folder / "scheduler.json"
    env = {**os.environ, "PYTHONPATH": str(HERE)}
    started = []

    def start(module: str, *words: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *words, *_QUIET]
        with (folder / f"{module}.log").open("ab") as log:
            started.append(subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=log))

    try:
        options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(note))
        start("dask_scheduler", *options)
        while not (note.is_file() and note.read_text()):
            time.sleep(0.05)
        address = str(json.loads(note.read_text())["address"])
        for _ in range(workers):
            plain = ("--nthreads", "1", "--no-nanny", "--memory-limit", "0")
            start("dask_worker", address, *plain, "--local-directory", str(folder))
        yield address, [psutil.Process(each.pid) for each in started]
    finally:
        for each in started:
            each.kill()
            each.wait()


def megabytes(process: psutil.Process) -> int:
    """Memory that a process has now."""
    return round(process.memory_info().rss / 1e6)


def measure_tasks(address: str, processes: list[psutil.Process], count: int) -> None:
    """Send small tasks through, and print what it took."""
    import cluster as this  # noqa: PLC0415  by the name that workers know

    files = pack([("mkdocs.yml", b"theme: material")])
    bundle = Bundle(digest=digest_of_files(files), files=files)
    dask = connect(address)
    crew = Crew(dask=dask, bundle=bundle, probe=probe, limit=600, say=print)
    crew.gather(len(processes) - 1)
    tasks = (Task(name=f"{n}", work=this.repeat, given=pickle.dumps(n)) for n in range(count))
    began, own = time.perf_counter(), psutil.Process()
    spent = time.process_time()
    scheduler, workers = processes[0], processes[1:]
    for done, _ in enumerate(crew.run(tasks, ahead=2), start=1):
        if done % (count // _STEPS) == 0:
            print(
                f"{done:>8,} tasks  {time.perf_counter() - began:7.1f} s  "
                f"here {megabytes(own)} MB, scheduler {megabytes(scheduler)} MB, "
                f"workers {' '.join(str(megabytes(each)) for each in workers)} MB"
            )
    seconds, spent = time.perf_counter() - began, time.process_time() - spent
    scheduling = sum(scheduler.cpu_times()[:2])
    print(
        f"{seconds / count * 1e3:.2f} ms a task; of processor time here "
        f"{spent / count * 1e3:.2f} ms, in the scheduler {scheduling / count * 1e3:.2f} ms"
    )
    dask.close()


def measure_project(
    address: str, processes: list[psutil.Process], project: Path, words: list[str]
) -> None:
    """Build a project, and print what its processes needed."""
    command = [str(Path(sys.executable).with_name("pipeline")), "build", "--no-check", *words]
    before = [sum(each.cpu_times()[:2]) for each in processes]
    began, most = time.perf_counter(), [0] * (len(processes) + 1)
    build = psutil.Popen([*command, "--scheduler", address], cwd=project)
    while build.poll() is None:
        for place, each in enumerate((build, *processes)):
            most[place] = max(most[place], megabytes(each))
        own = build.cpu_times()[:4]  # with the processes that it has started and ended
        time.sleep(0.2)
    seconds = [
        sum(each.cpu_times()[:2]) - start for each, start in zip(processes, before, strict=True)
    ]
    print(
        f"{time.perf_counter() - began:.1f} s; processor time here {sum(own):.1f} s, scheduler "
        f"{seconds[0]:.1f} s, workers {sum(seconds[1:]):.1f} s; at most here {most[0]} MB, "
        f"scheduler {most[1]} MB, workers {' '.join(map(str, most[2:]))} MB"
    )


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--project", type=Path)
    wish, words = parser.parse_known_args()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        cluster(Path(folder), wish.workers) as (address, processes),
    ):
        if wish.project:
            measure_project(address, processes, wish.project, words)
        else:
            measure_tasks(address, processes, wish.tasks)


if __name__ == "__main__":
    main()

"""Leaflets on a cluster: each with the files that it is made from."""

import os
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.cli.cluster.labour import PDF, REMARKS, WORK, LeafletGiven, set_leaflet
from pipeline.cluster import Answer, Crew, Failure, Task, pack, unpack
from pipeline.errors import PdfError
from pipeline.pdf import LeafletJob, Rendered, find_files

_SITE, _BESIDE = f"{WORK}/site", f"{WORK}/beside"
#: A worker is given the next leaflet before it asks: the way to it takes as long as a small one.
_AHEAD = 2


def render(crew: Crew, jobs: Iterable[LeafletJob]) -> Iterator[tuple[int, Rendered | PdfError]]:
    """Have leaflets made.

    Args:
        crew: the workers.
        jobs: what to make; taken one by one, as workers are free.

    Yields:
        The place of each among the jobs, and what came of it.

    Raises:
        ClusterError: the scheduler is lost, or all workers are.
    """
    refused: list[tuple[int, PdfError]] = []
    asked: dict[str, tuple[int, LeafletJob]] = {}

    def tasks() -> Iterator[Task]:
        for number, job in enumerate(jobs):
            try:
                given = _gather(job)
            except PdfError as error:
                refused.append((number, error))
                continue
            name = f"{job.variant} leaflet {_place(job)}"
            asked[name] = number, job
            yield Task(name=name, work=set_leaflet, given=pickle.dumps(given))

    for task, heard in crew.run(tasks(), ahead=_AHEAD):
        number, job = asked.pop(task.name)
        yield number, _outcome(heard, job, task.name)
    yield from refused


def _gather(job: LeafletJob) -> LeafletGiven:
    """A leaflet with its files: those of its site, and the page beside it."""
    roots: list[tuple[Path, str]] = [(job.site_root, _SITE), (job.theme_dir, "theme")]
    if job.beside:
        roots.append((job.beside.page_path.parent, _BESIDE))
    files = []
    for found in find_files(job):
        path = Path(os.path.normpath(found))  # a page names pictures of its topic with ".."
        for there, here in roots:
            if path.is_relative_to(there):
                name = f"{here}/{path.relative_to(there).as_posix()}".removeprefix(f"{WORK}/")
                files.append((name, path.read_bytes()))
                break
    return LeafletGiven(job=job, roots=tuple(roots), files=pack(files))


def _place(job: LeafletJob) -> str:
    """By its page: the contents of a book are made elsewhere than where the book belongs."""
    folder = job.page_path.parent.relative_to(job.site_root)
    return f"{(folder / job.pdf_path.name).as_posix()} in {job.locale.tag}"


def _outcome(heard: Answer | Failure, job: LeafletJob, name: str) -> Rendered | PdfError:
    if isinstance(heard, Failure):
        return PdfError(
            f"No worker of the cluster could make the {name}: {heard.message}.",
            remedy="Take out of its page what was added last, or raise --time-limit, and build"
            " again.",
            path=job.page_path,
        )
    error = heard.read_value()
    if isinstance(error, PdfError):
        return error
    files = dict(unpack(heard.files))
    return Rendered(data=files[PDF], warnings=tuple(files[REMARKS].decode().splitlines()))

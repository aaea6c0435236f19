"""The pictures of a build made smaller for small screens: each once, for all languages."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pipeline.cli.digests import digest_of
from pipeline.cli.plan import Stage
from pipeline.cli.workers import run_all
from pipeline.website.scaling import (
    Rendition,
    ScaleJob,
    find_renditions,
    is_large,
    make_renditions,
)

#: To start processes takes as long as so many pictures.
_WORTH_PROCESSES = 12
_KEPT_SECONDS = 30 * 24 * 60 * 60


def with_renditions(
    stages: Sequence[Stage], *, workers: int
) -> tuple[list[Stage], tuple[str, ...]]:
    """The stages with smaller versions of their pictures, and a word on those that have none.

    Args:
        stages: what is planned; one that is current is left as it is.
        workers: how many processes to use at most.
    """
    jobs = {
        (path, data): ScaleJob(path=path, data=data, cache_dir=_folder(stage))
        for stage in stages
        if not stage.is_current
        for path, data in stage.pictures.items()
        if is_large(data)
    }
    found = {key: find_renditions(job) for key, job in jobs.items()}
    todo = [jobs[key] for key, made in found.items() if made is None]
    many = workers if len(todo) > _WORTH_PROCESSES else 1
    title = "Making pictures smaller"
    said = run_all(title, make_renditions, todo, name=_name, workers=many) if todo else []
    for job, _ in said:
        found[job.path, job.data] = find_renditions(job)
    if todo:
        _prune(todo[0].cache_dir)
    remarks = tuple(
        f"{job.path}: the picture is sent as it is to every screen, since {why}."
        for job, why in sorted(said, key=lambda each: each[0].path)
        if why
    )
    return [_with(stage, found) for stage in stages], remarks


def _with(stage: Stage, found: Mapping[tuple[Path, bytes], tuple[Rendition, ...] | None]) -> Stage:
    made = {path: found.get((path, data)) for path, data in stage.pictures.items()}
    renditions = {path: versions for path, versions in made.items() if versions}
    if not renditions:
        return stage
    paths = sorted(str(each.path) for versions in renditions.values() for each in versions)
    shared = stage.shared and digest_of(stage.shared, paths)  # pages name them
    return replace(stage, renditions=renditions, shared=shared)


def _folder(stage: Stage) -> Path:
    return stage.project.cache_dir / "pictures"


def _name(job: ScaleJob) -> str:
    return job.path.name


def _prune(folder: Path) -> None:
    """Forget what no build has used for a month."""
    limit = time.time() - _KEPT_SECONDS
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(OSError):
            if path.stat().st_mtime < limit:
                path.unlink()

"""The work itself, as a worker of a cluster does it: it reads what came with the task, no more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pipeline.cli.plan import Stage
from pipeline.cli.stages import Outcome, build_whole
from pipeline.cluster import (
    Files,
    Installed,
    find_fonts_folder,
    find_installed,
    pack,
    pack_folder,
    unpack_into,
)
from pipeline.errors import MachineError, PdfError, PipelineError
from pipeline.files import remove
from pipeline.pdf import LeafletJob, library_versions, make_leaflet

#: Below the folder of the bundle: where files of a leaflet's task are put.
WORK = "work"
PDF, REMARKS = "leaflet.pdf", "remarks.txt"
_Error = TypeVar("_Error", bound=PipelineError)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteGiven:
    """What a locale's tree is made from.

    Attributes:
        stage: all of it, with paths of the machine that asks.
        before: pages that are known not to be made.
    """

    stage: Stage
    before: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafletGiven:
    """What a leaflet is made from.

    Attributes:
        job: it, with paths of the machine that asks.
        roots: folders there, and below which folder their files are here.
        files: the files, packed.
    """

    job: LeafletJob
    roots: tuple[tuple[Path, str], ...]
    files: Files


def probe() -> Installed:
    """What is installed here. Called by its name: a machine without this module is refused."""
    return find_installed(library_versions())


def build_site(folder: Path, given: SiteGiven) -> tuple[Outcome | PipelineError, Files]:
    """Build a locale's tree.

    Args:
        folder: has the project's theme and settings.
        given: what to build.

    Returns:
        What could not be made, or why nothing can be; and the tree.

    Raises:
        MachineError: this machine lacks something.
    """
    there = given.stage.project.root
    stage = _moved_stage(given.stage, folder)
    try:
        outcome = build_whole(stage, given.before)
        files = pack_folder(stage.folder) if outcome.down is None else ()
        return _outcome_from(outcome, folder, there), files
    except MachineError:
        raise
    except PipelineError as error:
        return _error_from(error, [(folder, there)]), ()
    finally:
        remove(stage.project.cache_dir)
        remove(stage.project.content_dir)


def try_pages(folder: Path, given: SiteGiven) -> tuple[None, Files]:
    """Build some pages of a tree to see whether it ends; nothing is given back.

    Args:
        folder: as for :func:`build_site`.
        given: likewise.
    """
    build_site(folder, given)
    return None, ()


def set_leaflet(folder: Path, given: LeafletGiven) -> tuple[PdfError | None, Files]:
    """Make a leaflet.

    Args:
        folder: has the project's theme.
        given: what to make.

    Returns:
        Why it cannot be made, if so; and the PDF with what a translator should look at.

    Raises:
        MachineError: a font package or a system library is missing.
    """
    work = folder / WORK
    remove(work)
    pairs = [(there, folder / here) for there, here in given.roots]
    try:
        unpack_into(given.files, work)
        made = make_leaflet(_moved_job(given.job, pairs), cache_dir=find_fonts_folder())
        return None, pack(((PDF, made.data), (REMARKS, "\n".join(made.warnings).encode())))
    except PdfError as error:
        return _error_from(error, [(here, there) for there, here in pairs]), ()
    finally:
        remove(work)


def _moved_stage(stage: Stage, folder: Path) -> Stage:
    """The stage in a folder of this machine. Pages keep their paths: they are told to people."""
    moved = replace(stage, project=replace(stage.project, root=folder), processes=1)
    for page in stage.site.pages:  # an error names a page by its file, if that is there
        path = moved.project.content_dir / f"{page.document.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return moved


def _moved_job(job: LeafletJob, pairs: Iterable[tuple[Path, Path]]) -> LeafletJob:
    pairs = tuple(pairs)
    beside = job.beside and replace(job.beside, page_path=_moved(job.beside.page_path, pairs))
    return replace(
        job,
        page_path=_moved(job.page_path, pairs),
        pdf_path=_moved(job.pdf_path, pairs),
        site_root=_moved(job.site_root, pairs),
        theme_dir=_moved(job.theme_dir, pairs),
        beside=beside,
        chapters=tuple(
            replace(each, page_path=_moved(each.page_path, pairs)) for each in job.chapters
        ),
    )


def _moved(path: Path, pairs: Iterable[tuple[Path, Path]]) -> Path:
    for there, here in pairs:
        if path.is_relative_to(there):
            return here / path.relative_to(there)
    return path


def _outcome_from(outcome: Outcome, here: Path, there: Path) -> Outcome:
    pairs = [(here, there)]
    return replace(
        outcome,
        notices={name: _error_from(each, pairs) for name, each in outcome.notices.items()},
        absent={name: _error_from(each, pairs) for name, each in outcome.absent.items()},
        told=tuple(_error_from(each, pairs) for each in outcome.told),
        down=_error_from(outcome.down, pairs) if outcome.down else None,
    )


def _error_from(error: _Error, pairs: Iterable[tuple[Path, Path]]) -> _Error:
    """The error as it would be where the files really are."""
    pairs = tuple(pairs)
    message = error.message
    for here, there in pairs:
        message = message.replace(str(here), str(there))
    path = error.path and _moved(error.path, pairs)
    return type(error)(message, remedy=error.remedy, path=path, line=error.line)

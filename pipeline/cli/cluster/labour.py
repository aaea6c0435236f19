"""The work itself, as a worker of a cluster does it: it reads what came with the task, no more."""

import gc
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pipeline.checks import find_active_content
from pipeline.cli.offline.copies import write_copies
from pipeline.cli.plan import Stage
from pipeline.cluster import (
    Files,
    Installed,
    find_fonts_folder,
    find_installed,
    pack,
    unpack_into,
)
from pipeline.errors import MachineError, PdfError, PipelineError
from pipeline.files import remove
from pipeline.pdf import LeafletJob, library_versions, make_leaflet
from pipeline.website import Built, Fault, MadePage, Part, build_part

#: Below the folder of the bundle: where files of a leaflet's task are put.
WORK = "work"
PDF, REMARKS = "leaflet.pdf", "remarks.txt"
_Error = TypeVar("_Error", bound=PipelineError)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartGiven:
    """What a part of a locale's tree is made from.

    Attributes:
        stage: the tree, with paths of the machine that asks, without what is of all of its pages.
        part: its pages.
    """

    stage: Stage
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class PartMade:
    """What came of a part of a locale's tree.

    Attributes:
        faults: what could not be made; where one of them costs a page, there are no files.
        pages: what is noted of its pages, by address.
    """

    faults: tuple[Fault, ...]
    pages: Mapping[str, MadePage]


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


def build_pages(folder: Path, given: PartGiven) -> tuple[PartMade | PipelineError, Files]:
    """Build a part of a locale's tree.

    Args:
        folder: has the project's theme and settings.
        given: what to build.

    Returns:
        What could not be made, or why nothing can be; and the files of its pages.

    Raises:
        MachineError: this machine lacks something.
    """
    pairs = [(folder, given.stage.project.root)]
    stage = _moved_stage(given, folder)
    try:
        built = make_part(stage, given.part)
        faults = tuple(replace(each, error=_error_from(each.error, pairs)) for each in built.faults)
        pages = built.made.pages if built.made else {}
        made = PartMade(faults=faults, pages=pages)
        return made, _pack_part(stage.folder, given.part) if built.made else ()
    except MachineError:
        raise
    except PipelineError as error:
        return _error_from(error, pairs), ()
    finally:
        remove(stage.project.cache_dir)
        remove(stage.project.content_dir)
        # A worker has so many objects that Python would leave those of many parts lying about.
        gc.collect()


def make_part(stage: Stage, part: Part) -> Built:
    """Make a part of a locale's tree in its folder, with the copies of its pages as one file.

    Args:
        stage: the tree.
        part: its pages.
    """
    remove(stage.folder)
    built = build_part(stage, part, out=stage.folder, work=stage.work, scan=find_active_content)
    if built.made:
        write_copies(replace(stage, only=part.names), part.pages)
    return built


def try_pages(folder: Path, given: PartGiven) -> tuple[None, Files]:
    """Build some pages of a tree to see whether it ends; nothing is given back.

    Args:
        folder: as for :func:`build_pages`.
        given: likewise.
    """
    build_pages(folder, given)
    return None, ()


def slimmed(stage: Stage) -> Stage:
    """A tree without what is of all of its pages: a part has what it needs of it."""
    return replace(
        stage,
        site=replace(stage.site, pages=()),
        published={},
        captioned={},
        pictures={},
        renditions={},
        unusable=frozenset(),
        without_leaflet=frozenset(),
        only=stage.only[:1],  # of a partial tree it is asked whether it is one
        processes=1,
    )


def _pack_part(tree: Path, part: Part) -> Files:
    """The files of a part: a generator puts beside them what is of all parts."""
    beside = (path for name in part.names for path in sorted((tree / name).iterdir()))
    files = [path for path in beside if path.is_file() and not path.is_symlink()]
    files += [tree / view.url / "index.html" for view in part.lists]
    files += [tree / "404.html"] if part.has_home else []
    return pack((path.relative_to(tree).as_posix(), path.read_bytes()) for path in files)


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


def _moved_stage(given: PartGiven, folder: Path) -> Stage:
    """The stage in a folder of this machine. Pages keep their paths: they are told to people."""
    moved = replace(given.stage, project=replace(given.stage.project, root=folder))
    for name in given.part.names:  # an error names a page by its file, if that is there
        path = moved.project.content_dir / f"{name}.md"
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
    )


def _moved(path: Path, pairs: Iterable[tuple[Path, Path]]) -> Path:
    for there, here in pairs:
        if path.is_relative_to(there):
            return here / path.relative_to(there)
    return path


def _error_from(error: _Error, pairs: Iterable[tuple[Path, Path]]) -> _Error:
    """The error as it would be where the files really are."""
    pairs = tuple(pairs)
    message = error.message
    for here, there in pairs:
        message = message.replace(str(here), str(there))
    path = error.path and _moved(error.path, pairs)
    return type(error)(message, remedy=error.remedy, path=path, line=error.line)

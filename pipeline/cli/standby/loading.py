"""What a build needs, loaded before anybody asks for one; and whether it is still that."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pipeline
from pipeline.checks import find_active_content
from pipeline.cli.digests import digest_of_checks, digest_of_program
from pipeline.cli.kept.files import stamp_of_tree
from pipeline.cli.kept.store import open_store
from pipeline.cli.kept.survey import survey_kept
from pipeline.cli.leaflets import make_job
from pipeline.cli.main import load_command
from pipeline.cli.survey import Edition, Survey
from pipeline.config import Project
from pipeline.files import remove
from pipeline.model import LocalisedPage
from pipeline.pdf import digest_of_leaflets, find_problems, keep_engine, read_facts
from pipeline.website import LocaleSite, build_locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What is in the memory of this process, by the files that it came from.

    Attributes:
        files: a stamp of each file.
        trees: a stamp of each folder.
    """

    files: dict[str, str]
    trees: dict[str, str]

    def is_current(self) -> bool:
        """Whether all of these files are what they were."""
        return (
            all(_stamp(path) == stamp for path, stamp in self.files.items())
            and all(stamp_of_tree(Path(path)) == stamp for path, stamp in self.trees.items())
        )  # fmt: skip


def load(project: Project, tags: Sequence[str]) -> Loaded:
    """Load what builds need: their modules, templates, fonts.

    Args:
        project: the project.
        tags: of the languages that are worked on.
    """
    load_command("build")
    # Before anything is digested: what changes from here on is seen.
    loaded = Loaded(files=_files(), trees=_trees(project))
    digest_of_program(), digest_of_checks(), digest_of_leaflets()
    with suppress(Exception):  # whatever it is, the next build meets it again and says so
        _rehearse(project, tags)
    # Nothing of it is garbage, and copies shall not write to it.
    gc.collect()
    gc.freeze()
    return Loaded(files=_files() | loaded.files, trees=loaded.trees | _trees(project))


def is_alone() -> bool:
    """Whether this process has no thread but its own: only then may it be copied."""
    return len(list(Path("/proc/self/task").iterdir())) == 1


def _files() -> dict[str, str]:
    ours = Path(pipeline.__file__).parent
    found = {str(path) for path in ours.rglob("*") if path.is_file() and ".pyc" not in path.name}
    found |= {path for module in list(sys.modules.values()) if (path := _path_of(module))}
    return {path: _stamp(path) for path in sorted(found)}


def _path_of(module: object) -> str:
    path = getattr(module, "__file__", None)
    return path if isinstance(path, str) else ""


def _stamp(path: str) -> str:
    try:
        state = os.stat(path)  # noqa: PTH116  two thousand of them
    except OSError:
        return ""
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ino}"


def _trees(project: Project) -> dict[str, str]:
    """Fonts: what they are set by stays in memory."""
    folders = (project.theme_dir / "fonts", project.cache_dir / "pdf" / "fonts")
    return {str(folder): stamp_of_tree(folder) for folder in folders}


def _rehearse(project: Project, tags: Sequence[str]) -> None:
    """Make one page with its leaflets, for nobody."""
    folder = project.cache_dir / "rehearsal"
    found = survey_kept(project, open_store(project.cache_dir))
    edition, page = next(_choices(found, tags))
    tag = edition.locale.tag
    try:
        out = folder / tag
        build_locale(
            project,
            LocaleSite(locale=edition.locale, interface=edition.interface, pages=(page,)),
            published={str(page.document.id): (tag,)},
            open_locales=(edition.locale,),
            pictures={**found.pictures, **edition.pictures},
            out=out,
            work=folder / "work",
            pdfs=True,
            scan=find_active_content,
        )
        if not any(problem.is_fatal for problem in find_problems()):
            trees = {tag: out, project.source.tag: out}
            jobs = [make_job(found, edition, page, trees, form) for form in page.leaflets]
            for data in keep_engine(jobs, project.cache_dir / "pdf"):
                read_facts(data)
    finally:
        remove(folder)


def _choices(found: Survey, tags: Sequence[str]) -> Iterator[tuple[Edition, LocalisedPage]]:
    """Pages that can be read, those of the languages first that are worked on."""
    editions = sorted(found.open_editions, key=lambda each: each.locale.tag not in tags)
    return ((each, page) for each in editions for page in each.pages if page.is_published)

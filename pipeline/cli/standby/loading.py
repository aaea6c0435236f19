"""What a build needs, loaded before anybody asks for one; and whether it is still that."""

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pipeline
from pipeline.checks import find_active_content
from pipeline.cli.digests import digest_of_checks, digest_of_program
from pipeline.cli.gates import forget_languages
from pipeline.cli.kept.files import stamp_of_tree
from pipeline.cli.kept.store import open_store
from pipeline.cli.kept.survey import survey_kept
from pipeline.cli.leaflets import make_job
from pipeline.cli.main import load_command
from pipeline.cli.survey import Edition, Survey
from pipeline.config import Project
from pipeline.model import LocalisedPage
from pipeline.pdf import digest_of_leaflets, find_problems, keep_engine, read_facts
from pipeline.website import LocaleSite, Manuscript, build_locale, build_root

#: In nanoseconds.
_COARSE = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What is in the memory of this process, by the files that it came from.

    Attributes:
        files: a stamp of each file.
        trees: a stamp of each folder.
    """

    files: dict[str, str]
    trees: dict[str, str]

    def with_modules(self) -> "Loaded":
        """The same, with modules that were loaded since."""
        new = _modules() - self.files.keys()
        return replace(self, files=self.files | {path: _stamp(path) for path in new})

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
    own, cut = _own_fonts(project), _cut_fonts(project)
    before = Loaded(files=_files() | _font_files(project), trees={str(own): stamp_of_tree(own)})
    digest_of_program(), digest_of_checks(), digest_of_leaflets()
    with suppress(Exception):  # whatever it is, the next build meets it again and says so
        rehearse(project, tags)
    forget_languages()
    # Nothing of it is garbage, and copies shall not write to it.
    gc.collect()
    gc.freeze()
    files = _files() | _font_files(project) | before.files
    return Loaded(files=files, trees={str(cut): stamp_of_tree(cut)} | before.trees)


def is_older(moment: int) -> bool:
    """Whether no file that was loaded has changed since: else nobody knows which one was.

    Args:
        moment: before the first was loaded, in nanoseconds of the clock.
    """
    return all(has_stayed(path, moment) for path in _modules() if os.path.isabs(path))  # noqa: PTH117


def has_stayed(path: str, moment: int) -> bool:
    """Whether a file is there and was not changed, put there or linked since a moment.

    Args:
        path: of it.
        moment: in nanoseconds of the clock.
    """
    try:
        state = os.stat(path)  # noqa: PTH116  as above
    except OSError:
        return False
    # Its time of modification may be any: who installs it sets it. Clocks of files are coarse.
    return state.st_ctime_ns < moment - _COARSE


def is_alone() -> bool:
    """Whether this process has no thread but its own: only then may it be copied."""
    return len(list(Path("/proc/self/task").iterdir())) == 1


def _files() -> dict[str, str]:
    ours = Path(pipeline.__file__).parent
    found = {str(path) for path in ours.rglob("*") if path.is_file() and ".pyc" not in path.name}
    found |= _modules()
    found |= set(sys.path)  # the folders of packages: a new version has a folder of another name
    return {path: _stamp(path) for path in sorted(found)}


def _modules() -> set[str]:
    return {path for module in list(sys.modules.values()) if (path := _path_of(module))}


def _path_of(module: object) -> str:
    path = getattr(module, "__file__", None)
    return path if isinstance(path, str) else ""


def _stamp(path: str) -> str:
    try:
        state = os.stat(path)  # noqa: PTH116  two thousand of them
    except OSError:
        return ""
    return f"{state.st_size} {state.st_mtime_ns} {state.st_ino}"


def _own_fonts(project: Project) -> Path:
    return project.theme_dir / "fonts"


def _cut_fonts(project: Project) -> Path:
    return project.cache_dir / "pdf" / "fonts"


def _font_files(project: Project) -> dict[str, str]:
    """Fonts: what they are set by stays in memory. Also those that are elsewhere, and linked."""
    folders = (_own_fonts(project), _cut_fonts(project))
    return {str(path): _stamp(str(path)) for folder in folders for path in folder.rglob("*")}


def rehearse(project: Project, tags: Sequence[str]) -> int:
    """Make one page with its leaflets, and the gateway, for nobody.

    Args:
        project: the project.
        tags: of the languages that are worked on.

    Returns:
        How many leaflets were made.

    Raises:
        Exception: something cannot be made, whatever it is.
    """
    found = survey_kept(project, open_store(project.cache_dir))
    edition, page = next(_choices(found, tags))
    tag = edition.locale.tag
    with TemporaryDirectory() as name:  # not in the project: somebody may take it away meanwhile
        out = Path(name) / tag
        build_locale(
            Manuscript(
                project=project,
                site=LocaleSite(locale=edition.locale, interface=edition.interface, pages=(page,)),
                # Its links lead to the source language, where all others are said to be.
                published=dict.fromkeys(found.resources, (project.source.tag,)),
                open_locales=(edition.locale,),
                pictures={**found.pictures, **edition.pictures},
                pdfs=True,
            ),
            out=out,
            work=Path(name) / "work",
            scan=find_active_content,
        )
        build_root(project, (edition,), out=Path(name, "root"))
        if any(problem.is_fatal for problem in find_problems()):
            return 0
        trees = {tag: out, project.source.tag: out}
        jobs = [make_job(found, edition, page, trees, form) for form in page.leaflets]
        for data in keep_engine(jobs, project.cache_dir / "pdf"):
            read_facts(data)
        return len(jobs)


def _choices(found: Survey, tags: Sequence[str]) -> Iterator[tuple[Edition, LocalisedPage]]:
    """Pages that can be read, those of the languages first that are worked on."""
    editions = sorted(found.open_editions, key=lambda each: each.locale.tag not in tags)
    return ((each, page) for each in editions for page in each.pages if page.is_published)

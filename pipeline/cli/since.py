"""What has changed since an earlier commit: the project as it was then, judged as of now.

In: a project in a git repository, and a commit. Out: the cells that differ. Both sides are judged
from the same moment by their own settings, so that nothing changes by the mere passing of time.
Git is asked for what it has on this machine, and nothing else.
"""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pipeline.config import Project, load_project
from pipeline.errors import MachineError, PipelineError
from pipeline.model import Locale
from pipeline.status import LanguageState, ResourceState, TranslationState, by_need

#: Nothing is fetched, nothing is asked, nothing of the repository's settings is run.
_GIT = ("git", "-c", "protocol.allow=never", "-c", "core.fsmonitor=false")
_CHUNK = 1 << 16
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
#: What states are derived from.
_NEEDED = ("content", "locales", "theme", "pipeline.toml", "mkdocs.yml")


class SinceError(PipelineError):
    """The earlier state of the project cannot be had."""

    exit_code = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A cell that differs.

    Attributes:
        locale: its language.
        resource: ``topic/slug``.
        before: how it was; None where the resource was not wanted in that language.
        after: how it is; None where it is wanted no more.
    """

    locale: Locale
    resource: str
    before: ResourceState | None
    after: ResourceState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A language that has been opened to the public, or closed.

    Attributes:
        language: the row as it is now.
    """

    language: LanguageState


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What has changed.

    Attributes:
        ref: the commit as it was asked for.
        commit: its full name.
        changes: cells that differ, languages in the order of need.
        openings: languages that were opened or closed.
        compared: how many cells were compared.
        languages: in how many languages.
    """

    ref: str
    commit: str
    changes: tuple[Change, ...]
    openings: tuple[Opening, ...]
    compared: int
    languages: int


def find_changes(
    before: Iterable[LanguageState], after: Iterable[LanguageState], *, ref: str, commit: str
) -> Since:
    """The cells and languages that differ.

    Args:
        before: the matrix as it was.
        after: the matrix as it is.
        ref: the commit as it was asked for.
        commit: its full name.
    """
    old = {language.locale.tag: language for language in before}
    new = {language.locale.tag: language for language in after}
    rows = by_need([*new.values(), *(old[tag] for tag in old if tag not in new)])
    changes: list[Change] = []
    compared = 0
    for row in rows:
        pairs = _pairs(old.get(row.locale.tag), new.get(row.locale.tag))
        compared += len(pairs)
        changes += [
            Change(locale=row.locale, resource=name, before=one, after=other)
            for name, (one, other) in pairs.items()
            if _essence(one) != _essence(other)
        ]
    shared = (row for row in rows if row.locale.tag in old and row.locale.tag in new)
    return Since(
        ref=ref,
        commit=commit,
        changes=tuple(changes),
        openings=tuple(
            Opening(language=row) for row in shared if old[row.locale.tag].is_open != row.is_open
        ),
        compared=compared,
        languages=len(rows),
    )


def _pairs(
    before: LanguageState | None, after: LanguageState | None
) -> dict[str, tuple[ResourceState | None, ResourceState | None]]:
    old = {cell.resource: cell for cell in before.resources} if before else {}
    new = {cell.resource: cell for cell in after.resources} if after else {}
    return {name: (old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old))}


def _essence(cell: ResourceState | None) -> object:
    """What somebody would notice of a cell; a sign-off a minute later is no other state."""
    if cell is None:
        return None
    if cell.state is TranslationState.MISSING:
        # How much there is of what nobody has begun is no news to any language.
        return cell.state, cell.page, tuple((wait.role, wait.of_source) for wait in cell.waits)
    waits = tuple((wait.role, wait.of_source, wait.segments, wait.is_owed) for wait in cell.waits)
    return (
        cell.state,
        cell.page,
        cell.words,
        cell.segments,
        cell.stale,
        cell.stale_critical,
        cell.is_sample,
        tuple((media.name, media.state, media.is_shown) for media in cell.media),
        waits,
    )


# --- the project as it was -------------------------------------------------------


@contextmanager
def open_earlier(project: Project, ref: str) -> Iterator[tuple[Project, str]]:
    """The project as it was in a commit, in a folder that is gone afterwards, and its full name.

    Args:
        project: the project as it is.
        ref: a commit: a branch, a tag, ``HEAD~3`` or a digest.

    Raises:
        SinceError: there is no repository, no such commit, or not all of it is on this machine.
        MachineError: there is no git.
        ConfigError: its settings could not be used then.
    """
    commit = _find_commit(project.root, ref)
    with TemporaryDirectory(prefix="pipeline-since-") as folder:
        root = Path(folder).resolve()
        _extract(project.root, commit, ref, _NEEDED, root)
        if not (root / project.config_path.name).is_file():
            raise SinceError(
                f"--since {ref}: the project was not in its folder yet.",
                remedy="Name a later commit.",
            )
        with _telling_of(ref, root):
            earlier = load_project(root)
        workflow = earlier.workflow
        keys = (workflow.allowed_signers, workflow.revoked_signers or "")
        if workflow.require_signatures:
            _extract(project.root, commit, ref, [key for key in keys if key], root)
        yield earlier, commit


def _find_commit(root: Path, ref: str) -> str:
    if shutil.which("git") is None:
        raise MachineError(
            "There is no git on this machine, and --since asks it for the earlier state.",
            remedy="Install git, or leave --since out.",
        )
    if _ask(root, "rev-parse", "--is-inside-work-tree") != "true":
        raise SinceError(
            f"--since {ref}: git knows of no repository here: {_reason(root)}.",
            remedy="Run it in a clone that is yours, or leave --since out.",
        )
    # --end-of-options: a name that begins with a hyphen is a name.
    found = _ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if found:
        return found
    if _ask(root, "rev-parse", "--is-shallow-repository") == "true":
        raise SinceError(
            f"--since {ref}: this clone is shallow, and that commit is not in it.",
            remedy="Fetch it: `git fetch --unshallow`, or `fetch-depth: 0` where a workflow "
            "checks out.",
        )
    raise SinceError(
        f"--since {ref}: there is no such commit.",
        remedy="Name a branch, a tag or a commit that `git log` knows, such as origin/main; "
        "`git fetch` brings what is not here yet.",
    )


def _extract(root: Path, commit: str, ref: str, wanted: Iterable[str], into: Path) -> None:
    """Write files of a commit into a folder, as a fresh clone has them; those that there are."""
    listing = _ask(root, "ls-tree", "--name-only", "-z", commit, "--", *wanted)
    paths = [name for name in (listing or "").split("\0") if name]
    if not paths:
        return
    command = [*_GIT, "archive", "--format=tar", commit, "--", *paths]
    with subprocess.Popen(  # noqa: S603 - a fixed program, no shell
        command,
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as archiver:
        assert archiver.stdout is not None  # noqa: S101 - a pipe was asked for
        try:
            with tarfile.open(fileobj=archiver.stdout, mode="r|") as archive:
                _write(archive, into)
            is_whole = True
        except tarfile.TarError:
            is_whole = False
        # A record of zeros may follow the end: git is stopped by a closed pipe, and seems to fail.
        while archiver.stdout.read(_CHUNK):
            pass
        archiver.stdout.close()
    if archiver.returncode or not is_whole:
        raise SinceError(
            f"--since {ref}: git cannot give all files of that commit.",
            remedy="If this is a partial clone, clone without --filter.",
        )


def _write(archive: tarfile.TarFile, into: Path) -> None:
    """Regular files only: what the project reads is never a link."""
    for member in archive:
        path = PurePosixPath(member.name)
        if not member.isreg() or path.is_absolute() or ".." in path.parts:
            continue
        if (file := archive.extractfile(member)) is not None:
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read())


def _ask(root: Path, *arguments: str) -> str | None:
    """What git answers; None if it refuses."""
    done = _run(root, *arguments)
    return None if done.returncode else done.stdout.strip("\n")


def _reason(root: Path) -> str:
    """Why git refuses to look here: there is nothing, or it belongs to somebody else."""
    said = _run(root, "rev-parse", "--is-inside-work-tree").stderr.strip()
    first = said.partition("\n")[0].removeprefix("fatal: ")
    return first or "this is no work tree"


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a fixed program, no shell
        [*_GIT, *arguments],
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


def _environment() -> dict[str, str]:
    return {**os.environ, **_QUIET, "LC_ALL": "C"}


@contextmanager
def _telling_of(ref: str, root: Path) -> Iterator[None]:
    """Say of an error that it is one of the earlier state, and where in the project."""
    try:
        yield
    except PipelineError as error:
        raise as_of(ref, root, error) from None


def as_of(ref: str, root: Path, error: PipelineError) -> PipelineError:
    """An error of the earlier state, told as such.

    Args:
        ref: the commit as it was asked for.
        root: the folder in which its files were.
        error: what was wrong with them.
    """
    path = error.path.relative_to(root) if error.path and error.path.is_relative_to(root) else None
    told = type(error)(
        f"at {ref}: {error.message}".replace(str(root), "."),
        remedy="It is so in that commit; name a later one.",
        path=path,
        line=error.line,
    )
    told.__suppress_context__ = True
    return told

"""From an address to machines that build: what `pipeline build --scheduler` begins with."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pipeline.cli.cluster import prints
from pipeline.cli.cluster.kept import Kept
from pipeline.cli.cluster.labour import probe
from pipeline.cli.cluster.sites import Sites
from pipeline.cli.console import progress, say
from pipeline.cli.plan import Stage
from pipeline.cli.stages import Outcome, build_again, tag_of
from pipeline.cli.workers import run_all
from pipeline.cluster import Bundle, Crew, connect, digest_of_files, pack
from pipeline.config import Project
from pipeline.errors import ConfigError, PdfError
from pipeline.files import remove
from pipeline.pdf import LeafletJob, Rendered
from pipeline.processes import without_forks
from pipeline.website import count_parts, has_foreign_parts

_SCHEMES = ("tcp://", "tls://")


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """Machines of a Dask cluster, for a build.

    Attributes:
        crew: they.
        kept: answers of an earlier build that was ended.
        workers: how many processes to use here.
    """

    crew: Crew
    kept: Kept
    workers: int

    def build(self, title: str, stages: list[Stage]) -> list[tuple[Stage, Outcome]]:
        """Build trees; those that begin with a published one here, as only some pages differ.

        See :class:`pipeline.cli.machines.Machines`.
        """
        here = [stage for stage in stages if stage.find_earlier() is not None]
        begun = run_all(title, build_again, here, name=tag_of, workers=self.workers) if here else []
        done = [(stage, outcome) for stage, outcome in begun if outcome is not None]
        tags = {stage.tag for stage, _ in done}
        rest = [stage for stage in stages if stage.tag not in tags]
        parts = sum(count_parts(len(stage.only or stage.site.pages)) for stage in rest)
        with progress(title, parts) as advance:
            sites = Sites(crew=self.crew, kept=self.kept, say=say, advance=advance)
            return [*done, *sites.build(rest)]

    def render(self, jobs: Iterable[LeafletJob]) -> Iterator[tuple[int, Rendered | PdfError]]:
        """Make leaflets. See :class:`pipeline.cli.machines.Machines`."""
        return prints.render(self.crew, jobs)

    def forget(self) -> None:
        """Take out what was kept for a build that would have been ended."""
        remove(self.kept.folder)


@contextmanager
def connected(address: str, project: Project, *, limit: float, workers: int) -> Iterator[Cluster]:
    """Machines that are ready to build a project.

    Args:
        address: of the scheduler.
        project: what is to be built.
        limit: seconds that a task may take.
        workers: how many processes to use here.

    Raises:
        ConfigError: the address or the settings cannot be used for this.
        MachineError: the extra is not installed.
        ClusterError: there is no scheduler, or no worker that can be used.
    """
    if not address.startswith(_SCHEMES):
        raise ConfigError(
            f"`{address}` is no address of a scheduler.",
            remedy="Give one such as tcp://10.0.0.5:8786 or tls://10.0.0.5:8786.",
        )
    if has_foreign_parts(project.mkdocs_config):
        raise ConfigError(
            "The settings of the website have plugins or hooks of their own, which may read what"
            " no worker has.",
            remedy="Build without --scheduler, or take them out of mkdocs.yml.",
            path=project.mkdocs_config,
        )
    dask = connect(address)
    try:
        bundle = make_bundle(project)
        crew = Crew(dask=dask, bundle=bundle, probe=probe, limit=limit, say=say)
        crew.gather()
        say(f"Building on the workers at {address}: {crew.count} are ready.")
        kept = Kept(project.cache_dir / "cluster")
        with without_forks():
            yield Cluster(crew=crew, kept=kept, workers=workers)
    finally:
        dask.close()


def make_bundle(project: Project) -> Bundle:
    """The project's files that every task reads: the theme, and the settings of the website.

    Args:
        project: the project.
    """
    root = project.root
    theme = sorted(path for path in project.theme_dir.rglob("*") if path.is_file())
    paths = [project.mkdocs_config, *theme]
    files = pack((path.relative_to(root).as_posix(), path.read_bytes()) for path in paths)
    return Bundle(digest=digest_of_files(files), files=files)

"""One build, from files to the published site: the whole story is :func:`build`.

Everything is made beside the published site and moved into place at the end, one
rename a language, so that stopping half-way leaves the site as it was.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.checks import find_active_content
from pipeline.cli.console import complain, print_finding, progress, say
from pipeline.cli.digests import digest_of, digest_of_files, digest_of_program
from pipeline.cli.manifest import read_tags, render_manifest
from pipeline.cli.survey import Edition, Survey, survey
from pipeline.cli.workers import run_all
from pipeline.config import Project
from pipeline.errors import ContentError, MachineError, PdfError, WebsiteError
from pipeline.files import make_folder, remove, write_atomic
from pipeline.model import Locale, LocalisedPage, Severity
from pipeline.pdf import LeafletJob, find_problems, render_all
from pipeline.website import LocaleSite, build_locale, build_root


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asked to be built.

    Attributes:
        tags: locales; empty for all.
        resources: ``topic/slug`` of resources; empty for all.
        with_pdfs: whether leaflets are made.
        workers: how many processes to use.
    """

    tags: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    with_pdfs: bool = True
    workers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    Attributes:
        survey: what it was made from, with errors and findings.
        rebuilt: tags of the locales whose pages were made anew.
        leaflets: how many leaflets the site has.
        rendered: how many of them were rendered; the others were in the cache.
        failed: why leaflets could not be made; then nothing was published.
        remarks: what a translator should look at in leaflets that were made.
    """

    survey: Survey
    rebuilt: tuple[str, ...]
    leaflets: int
    rendered: int
    failed: tuple[PdfError, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_incomplete(self) -> bool:
        """Whether something was held back: a damaged catalog, an unsafe translation."""
        blocked = any(f.severity is not Severity.MINOR for f in self.survey.findings)
        return bool(self.survey.errors) or blocked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """A locale's tree: where it is built, and what it is built from."""

    project: Project
    site: LocaleSite
    published: Mapping[str, tuple[str, ...]]
    open_locales: tuple[Locale, ...]
    pictures: Mapping[Path, bytes]
    with_pdfs: bool
    only: tuple[str, ...]
    digest: str

    @property
    def tag(self) -> str:
        return self.site.locale.tag

    @property
    def is_partial(self) -> bool:
        return bool(self.only)

    @property
    def folder(self) -> Path:
        return self.project.cache_dir / "stage" / self.tag

    @property
    def record(self) -> Path:
        return self.project.cache_dir / "built" / self.tag

    @property
    def target(self) -> Path:
        return self.project.site_dir / self.tag

    @property
    def is_current(self) -> bool:
        """Whether the published tree was made from exactly this."""
        if self.is_partial:
            return False
        try:
            return self.target.is_dir() and self.record.read_text("ascii") == self.digest
        except (OSError, UnicodeDecodeError):
            return False


def build(project: Project, wish: Wish) -> BuildReport:
    """Bring the published site up to date with content, catalogs, theme and settings.

    Args:
        project: the project.
        wish: what to build.

    Raises:
        PipelineError: something cannot be built; the published site is as it was.
    """
    if wish.with_pdfs:
        _refuse_machine_without_leaflets()
    with _alone(project):
        return _build(project, wish)


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """Wait until no other build of this project runs; the system frees a killed one's lock."""
    path = project.cache_dir / "build.lock"
    make_folder(project.cache_dir)
    if path.is_dir():
        remove(path)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("Another build of this project is running; waiting for it to end.")
        lock.acquire()
    try:
        for name in ("stage", "built", "work", "pdf"):
            make_folder(project.cache_dir / name)
        yield
    finally:
        lock.release()


def _build(project: Project, wish: Wish) -> BuildReport:
    with progress("Reading the languages", len(project.locales)) as advance:
        found = survey(project, advance=advance)
    stages = _plan(found, wish)
    stale = [stage for stage in stages if not stage.is_current]
    try:
        run_all("Building pages", _build_stage, stale, name=_stage_tag, workers=wish.workers)
    except WebsiteError:
        # A picture that MkDocs misses may be one that could not be used: say why first.
        for problem in found.errors:
            complain(problem, project.root)
        raise
    trees = {stage.tag: stage.folder if stage in stale else stage.target for stage in stages}
    jobs = _leaflet_jobs(found, trees, wish) if wish.with_pdfs else []
    with progress("Making leaflets", len(jobs)) as advance:
        leaflets = render_all(
            jobs,
            workers=wish.workers,
            cache_dir=project.cache_dir / "pdf",
            on_done=lambda job: advance(job.pdf_path.name),
        )
    if not leaflets.errors:
        _publish(project, found, stale)
    return BuildReport(
        survey=found,
        rebuilt=tuple(stage.tag for stage in stale),
        leaflets=len(jobs),
        rendered=leaflets.rendered,
        failed=tuple(_blame(error, found, trees) for error in leaflets.errors),
        remarks=leaflets.warnings,
    )


def _blame(error: PdfError, found: Survey, trees: Mapping[str, Path]) -> PdfError:
    """The same error, naming the file that a person can mend instead of the page made from it."""
    project = found.project
    for edition in found.open_editions:
        for page in edition.pages:
            document, tag = page.document, edition.locale.tag
            name = Path(document.topic, document.slug, "index.html")
            if tag in trees and error.path == trees[tag] / name:
                is_source = tag == project.source.tag
                catalog = project.catalog_path(tag, document.topic, document.slug)
                path = document.path if is_source else catalog
                return PdfError(error.message, remedy=error.remedy, path=path)
    return error


def _refuse_machine_without_leaflets() -> None:
    """Say what leaflets lack before any work is done."""
    for problem in find_problems():
        if problem.is_fatal:
            raise MachineError(
                problem.message, remedy=f"{problem.remedy}; or build with --no-pdf, pages only."
            )


def _plan(found: Survey, wish: Wish) -> list[_Stage]:
    """The locales to build, with everything that goes into each."""
    project = found.project
    _refuse_unknown(found, wish)
    common = digest_of(
        digest_of_program(),
        digest_of_files(project.theme_dir, project.mkdocs_config, *_asset_folders(project)),
        project,
        wish.with_pdfs,
    )
    published = _published(found)
    open_locales = tuple(edition.locale for edition in found.open_editions)
    return [
        _stage(found, edition, published, open_locales, wish, common)
        for edition in found.open_editions
        if not wish.tags or edition.locale.tag in wish.tags
    ]


def _stage(
    found: Survey,
    edition: Edition,
    published: Mapping[str, tuple[str, ...]],
    open_locales: tuple[Locale, ...],
    wish: Wish,
    common: str,
) -> _Stage:
    site = LocaleSite(locale=edition.locale, interface=edition.interface, pages=edition.pages)
    parts = (edition.locale, sorted(edition.interface.items()), edition.pages, published)
    return _Stage(
        project=found.project,
        site=site,
        published=published,
        open_locales=open_locales,
        pictures=found.pictures,
        with_pdfs=wish.with_pdfs,
        only=wish.resources,
        digest=digest_of(common, parts, open_locales),
    )


def _refuse_unknown(found: Survey, wish: Wish) -> None:
    """Complain about a language or a resource that is not there, before anything is built."""
    for tag in wish.tags:
        found.project.locale(tag)
    known = {str(page.document.id) for page in found.source.pages}
    for name in wish.resources:
        if name not in known:
            _say_why(found, found.project.content_dir / f"{name}.md")
            raise ContentError(
                f"There is no usable resource `{name}`.",
                remedy="Name it as topic/slug, such as covid-19/when-to-get-help.",
            )


def _say_why(found: Survey, path: Path) -> None:
    """Say what is wrong with a resource."""
    for error in found.errors:
        if error.path == path:
            complain(error, found.project.root)
    for finding in found.findings:
        if finding.path == path:
            print_finding(finding, found.project.root)


def _is_wished(page: LocalisedPage, wish: Wish) -> bool:
    return not wish.resources or str(page.document.id) in wish.resources


def _asset_folders(project: Project) -> Iterable[Path]:
    """Files of the content that are no Markdown: the pages themselves are in the values."""
    return sorted(p for p in project.content_dir.rglob("*") if p.is_file() and p.suffix != ".md")


def _published(found: Survey) -> dict[str, tuple[str, ...]]:
    """In which locales the public can read each resource."""
    tags: dict[str, list[str]] = {}
    for edition in found.open_editions:
        for page in edition.pages:
            where = tags.setdefault(str(page.document.id), [])
            if page.is_published:
                where.append(edition.locale.tag)
    return {name: tuple(where) for name, where in tags.items()}


def _stage_tag(stage: _Stage) -> str:
    return stage.tag


def _build_stage(stage: _Stage) -> None:
    """Build one locale's tree beside the published one. Runs in a process of its own."""
    remove(stage.folder)
    build_locale(
        stage.project,
        stage.site,
        published=stage.published,
        open_locales=stage.open_locales,
        pictures=stage.pictures,
        out=stage.folder,
        work=stage.project.cache_dir / "work" / stage.tag,
        pdfs=stage.with_pdfs,
        only=stage.only,
        scan=find_active_content,
    )


def _leaflet_jobs(found: Survey, trees: Mapping[str, Path], wish: Wish) -> list[LeafletJob]:
    return [
        _leaflet_job(found.project, edition, page, trees[edition.locale.tag])
        for edition in found.open_editions
        if edition.locale.tag in trees
        for page in edition.pages
        if page.is_published and _is_wished(page, wish)
    ]


def _leaflet_job(project: Project, edition: Edition, page: LocalisedPage, tree: Path) -> LeafletJob:
    document = page.document
    folder = tree / document.topic / document.slug
    address = f"{project.site_url}{edition.locale.tag}/{document.topic}/{document.slug}/"
    return LeafletJob(
        page_path=folder / "index.html",
        pdf_path=folder / f"{document.slug}.pdf",
        site_root=tree,
        theme_dir=project.theme_dir,
        locale=edition.locale,
        title=page.title,
        english_title=document.metadata.title,
        address=address,
        version=str(document.metadata.last_checked),
        interface=edition.interface,
        demonstration=project.demonstration,
    )


def _publish(project: Project, found: Survey, stages: Iterable[_Stage]) -> None:
    """Move what was built into place, then the files at the root."""
    project.site_dir.mkdir(parents=True, exist_ok=True)
    for stage in stages:
        # Gone while the tree changes: a build that is killed here is not taken for current.
        remove(stage.record)
        if stage.is_partial and stage.target.exists():
            for part in stage.only:
                if (stage.folder / part).is_dir():
                    _replace_tree(stage.folder / part, stage.target / part)
            for name, data in stage.pictures.items():
                write_atomic(stage.target / name, data)
        else:
            _replace_tree(stage.folder, stage.target)
        if not stage.is_partial:
            write_atomic(stage.record, stage.digest.encode("ascii"))
    _remove_closed(project, found)
    build_root(project, tuple(found.open_editions))
    write_atomic(project.site_dir / "manifest.json", render_manifest(found))


def _replace_tree(new: Path, target: Path) -> None:
    """Put a tree in the place of another, with the shortest possible moment without either."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if new.stat().st_dev != target.parent.stat().st_dev:
        new = _copy_beside(new, target)
    old = new.with_name(f"{new.name}.old")
    remove(old)
    if target.exists():
        target.rename(old)
    new.rename(target)
    remove(old)


def _copy_beside(tree: Path, target: Path) -> Path:
    """A copy of a tree on the disk that the site is on: no rename leads from one to another."""
    copy = target.with_name(f".{target.name}.new")
    remove(copy)
    return Path(shutil.copytree(tree, copy))


def _remove_closed(project: Project, found: Survey) -> None:
    """Take down the tree of a language that is not open, or no longer in the table."""
    is_open = {edition.locale.tag for edition in found.open_editions}
    known = {locale.tag for locale in project.locales} | read_tags(project.site_dir)
    for tag in known - is_open:
        remove(project.site_dir / tag)

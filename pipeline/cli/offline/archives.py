"""Each language as one archive, and what a browser fetches to keep it: remade with the language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipeline.cli.kept.store import open_store
from pipeline.cli.offline.parts import read_parts, write_parts
from pipeline.cli.offline.trees import readable, reader, speech_of
from pipeline.cli.survey import Edition
from pipeline.cli.workers import run_each
from pipeline.config import Project
from pipeline.files import remove, write_atomic
from pipeline.offline import Packed, Part, Words, pack_archive, render_keep_list
from pipeline.website import archive_name, keep_list_name

#: To start processes takes as long as so many pages.
_WORTH_PROCESSES = 400
#: What stands in the place of a page is not to be found by search engines.
_NOTICE = b'<meta name="robots" content="noindex">'
Read = Callable[[str], bytes | None]


@dataclass(frozen=True, kw_only=True)
class _Job:
    project: Project
    edition: Edition

    @property
    def tree(self) -> Path:
        return self.project.site_dir / self.edition.locale.tag

    @property
    def path(self) -> Path:
        return self.tree / archive_name(self.edition.locale.tag)


def drop_archive(project: Project, tag: str) -> None:
    """Take a language's archive and list away, before something of the language changes."""
    remove(project.site_dir / tag / archive_name(tag))
    remove(project.site_dir / tag / keep_list_name())


def write_archives(project: Project, editions: Iterable[Edition], *, workers: int) -> None:
    """Make the archives that are not there: those of what changed are gone.

    Args:
        project: the project; its site is as the public sees it, but for archives.
        editions: the open locales, without what could not be made.
        workers: how many processes to use at most.
    """
    jobs = [_Job(project=project, edition=edition) for edition in editions]
    missing = [job for job in jobs if job.tree.is_dir() and not job.path.is_file()]
    todo = [job for job in missing if readable(job.edition.pages)]
    total = sum(len(readable(job.edition.pages)) for job in todo)
    for _ in run_each(_write, todo, workers=workers if total > _WORTH_PROCESSES else 1):
        pass


def _write(job: _Job) -> None:
    tag = job.edition.locale.tag
    read = reader(job.project, tag, job.tree)
    paths = _paths(job)
    if job.project.keeps_offline:
        pages = _there([*paths, f"{tag}/search/index.html"], read, search=True)
        listed = render_keep_list(tag, job.project.site_url, pages, read)
        write_atomic(job.tree / keep_list_name(), listed)
    store = open_store(job.project.cache_dir)
    known = read_parts(store, tag)
    packed = _render(job, _there(paths, read), read, known)
    write_atomic(job.path, packed.data)
    write_parts(store, tag, packed.parts, known)
    store.save()


def _there(paths: list[str], read: Read, *, search: bool = False) -> dict[str, bytes]:
    """The pages that are there: a tree that this build did not make may be older than we know."""
    found = {path: read(path) for path in paths}
    return {
        path: data
        for path, data in found.items()
        if data and (_NOTICE not in data or (search and path.endswith("/search/index.html")))
    }


def _render(job: _Job, there: dict[str, bytes], read: Read, known: Mapping[str, Part]) -> Packed:
    project, edition = job.project, job.edition
    tag = edition.locale.tag
    pages = readable(edition.pages)
    speech = speech_of(project, edition.locale, edition.interface)
    newest = max(page.document.metadata.last_checked for page in pages)
    words = Words(
        online=speech.t("pdf-address"),
        checked=Markup("{}: {}").format(speech.t("last-checked"), speech.date(newest)),
        film=speech.t("format-video"),
        audio=speech.t("format-audio"),
    )
    return pack_archive(tag, project.site_url, there, read, words, known=known)


def _paths(job: _Job) -> list[str]:
    """The first page, the topics and all resources that can be read: no notice, no search."""
    tag, tree = job.edition.locale.tag, job.tree
    own = [tree / "index.html"]
    for topic in job.project.topics:
        own += [tree / topic / "index.html", *tree.glob(f"{topic}/more/*/index.html")]
    paths = [f"{tag}/{path.relative_to(tree).as_posix()}" for path in own]
    return paths + [f"{tag}/{p.document.id}/index.html" for p in readable(job.edition.pages)]

"""Each language as one archive, and what a browser fetches to keep it: remade with the language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipeline.cli.kept.store import Store, open_store
from pipeline.cli.offline.parts import read_listed, read_parts, write_listed, write_parts
from pipeline.cli.offline.trees import readable, reader, speech_of
from pipeline.cli.survey import Edition
from pipeline.cli.workers import run_each
from pipeline.config import Project
from pipeline.files import remove, write_atomic
from pipeline.offline import Packed, Part, Words, list_page, pack_archive, render_keep_list
from pipeline.website import archive_name, keep_list_name

#: To start processes takes as long as so many pages.
_WORTH_PROCESSES = 400
#: More leaflets than these, 20 to 30 MB, are no longer a file that somebody fetches with a phone:
#: then the pages in an archive lead to those on the site.
_MOST_LEAFLETS = 400
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


def write_archives(
    project: Project, editions: Iterable[Edition], *, workers: int
) -> frozenset[str]:
    """Make the archives that are not there: those of what changed are gone.

    Args:
        project: the project; its site is as the public sees it, but for archives.
        editions: the open locales, without what could not be made.
        workers: how many processes to use at most.

    Returns:
        Tags of the languages of which something was written.
    """
    jobs = [_Job(project=project, edition=edition) for edition in editions]
    missing = [job for job in jobs if job.tree.is_dir() and not job.path.is_file()]
    todo = [job for job in missing if readable(job.edition.pages)]
    total = sum(len(readable(job.edition.pages)) for job in todo)
    for _ in run_each(_write, todo, workers=workers if total > _WORTH_PROCESSES else 1):
        pass
    return frozenset(job.edition.locale.tag for job in todo)


def _write(job: _Job) -> None:
    tag = job.edition.locale.tag
    read = reader(job.project.site_dir, tag, job.tree)
    paths = _paths(job)
    there = _there([*paths, f"{tag}/search/index.html"], read)
    store = open_store(job.project.cache_dir)
    if job.project.keeps_offline:
        write_atomic(job.tree / keep_list_name(), _list(job, there, read, store))
    known = read_parts(store, tag)
    pages = {path: there[path] for path in paths if path in there and not _is_notice(there[path])}
    packed = _render(job, pages, read, known)
    write_atomic(job.path, packed.data)
    write_parts(store, tag, packed.parts, known)
    store.save()


def _list(job: _Job, there: Mapping[str, bytes], read: Read, store: Store) -> bytes:
    """What a browser fetches to keep the language: its pages, and its search whatever it says."""
    tag, site = job.edition.locale.tag, job.project.site_url
    known = read_listed(store, tag)
    pages = {
        path: list_page(data, path, site, known.get(path))
        for path, data in there.items()
        if path.endswith("/search/index.html") or not _is_notice(data)
    }
    if pages != known:
        write_listed(store, tag, pages)
    return render_keep_list(tag, pages, read)


def _is_notice(data: bytes) -> bool:
    return _NOTICE in data


def _there(paths: Iterable[str], read: Read) -> dict[str, bytes]:
    """The pages that are there: a tree that this build did not make may be older than we know."""
    return {path: data for path in paths if (data := read(path))}


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
    count = sum(not each.is_picture for page in pages for each in page.leaflets)
    return pack_archive(
        tag,
        project.site_url,
        there,
        read,
        words,
        known=known,
        takes_leaflets=count <= _MOST_LEAFLETS,
    )


def _paths(job: _Job) -> list[str]:
    """The first page, the topics and all resources that can be read: no notice, no search."""
    tag, tree = job.edition.locale.tag, job.tree
    own = [tree / "index.html"]
    for topic in job.project.topics:
        own += [tree / topic / "index.html", *tree.glob(f"{topic}/more/*/index.html")]
    paths = [f"{tag}/{path.relative_to(tree).as_posix()}" for path in own]
    return paths + [f"{tag}/{p.document.id}/index.html" for p in readable(job.edition.pages)]

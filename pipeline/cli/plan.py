"""What a build has to make: a locale's tree with everything that goes into it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.console import complain, print_finding
from pipeline.cli.digests import digest_of, digest_of_files, digest_of_program
from pipeline.cli.kept.store import open_store
from pipeline.cli.kept.trees import read_made
from pipeline.cli.survey import Edition, Survey
from pipeline.config import Project
from pipeline.errors import ContentError
from pipeline.files import is_leftover, write_atomic
from pipeline.pdf import digest_of_leaflets
from pipeline.website import LocaleSite, Made, Manuscript, has_foreign_parts

if TYPE_CHECKING:
    from pipeline.cli.machines import Machines

#: Tags of the locales in which a resource can be read, by ``topic/slug``.
Published = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asked to be built.

    Attributes:
        tags: locales; empty for all.
        resources: ``topic/slug`` of resources; empty for all.
        with_pdfs: whether leaflets are made.
        workers: how many processes to use.
        machines: others that make pages and leaflets in the place of these processes.
    """

    tags: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    with_pdfs: bool = True
    workers: int = 1
    machines: "Machines | None" = None

    def covers(self, tag: str, name: str) -> bool:
        """Whether a resource's page in a locale is to be made."""
        return (not self.tags or tag in self.tags) and (
            not self.resources or name in self.resources
        )


@dataclass(frozen=True, kw_only=True)
class Stage(Manuscript):
    """A locale's tree: what it is built from, and where it is built.

    What is known before the build is in ``published``; ``shared`` is empty where the tree cannot
    be the beginning of the next.

    Attributes:
        digest: of all of the manuscript, were every page of every locale as it should be.
        name: of the folder in which it is built.
        processes: how many may render its pages.
    """

    digest: str
    name: str = "stage"
    processes: int = 1

    @property
    def tag(self) -> str:
        """The locale's tag."""
        return self.site.locale.tag

    @property
    def is_partial(self) -> bool:
        """Whether only some resources were asked for."""
        return bool(self.only)

    @property
    def folder(self) -> Path:
        """Where it is built, beside the published site."""
        return self.project.cache_dir / self.name / self.tag

    @property
    def work(self) -> Path:
        """Where what is only needed while building is."""
        return self.project.cache_dir / "work" / self.tag

    @property
    def target(self) -> Path:
        """Where it is published."""
        return self.project.site_dir / self.tag

    @property
    def record(self) -> Path:
        """What the published tree was made from."""
        return self.project.cache_dir / "built" / self.tag

    @cached_property
    def is_current(self) -> bool:
        """Whether the published tree was made from this, but for links among languages."""
        return not self.is_partial and self.target.is_dir() and self.shown_elsewhere is not None

    @property
    def built_digest(self) -> str:
        """Of what the published tree was made from; empty where nobody knows."""
        try:
            return self.record.read_text("utf-8").partition("\n")[0]
        except (OSError, ValueError):
            return ""

    def find_earlier(self) -> Made | None:
        """What is noted of the published tree; None where the next cannot begin with it."""
        if not self.made_from or self.name != "stage" or not self.target.is_dir():
            return None
        return read_made(open_store(self.project.cache_dir), self.tag, self.built_digest)

    @cached_property
    def shown_elsewhere(self) -> Published | None:
        """Where the published tree says that each resource can be read; None if it is not this."""
        try:
            digest, _, shown = self.record.read_text("utf-8").partition("\n")
            return _parse_shown(shown) if digest == self.digest else None
        except (OSError, ValueError, TypeError, RecursionError):
            return None

    def write_record(self, published: Published) -> None:
        """Note that the published tree is made from this, with these links among languages."""
        write_atomic(self.record, f"{self.digest}\n{json.dumps(published)}".encode())


@lru_cache(maxsize=4)
def _parse_shown(text: str) -> Published:
    """Where each resource can be read: nearly always the same in all languages.

    Raises:
        ValueError, TypeError: it does not say.
    """
    return {str(name): tuple(map(str, tags)) for name, tags in dict(json.loads(text)).items()}


def plan(found: Survey, shown: Survey, wish: Wish) -> list[Stage]:
    """The locales to build, with everything that goes into each.

    Args:
        found: the project as it should be published.
        shown: the same without what is known not to stand where it should.
        wish: what to build.

    Raises:
        PipelineError: a language or a resource that is asked for is not there.
    """
    project = found.project
    refuse_unknown(found, wish)
    open_locales = tuple(edition.locale for edition in shown.open_editions)
    shared = digest_of(
        digest_of_program(),
        digest_of_files(project.theme_dir, project.mkdocs_config, *_asset_files(project)),
        project,
        wish.with_pdfs and digest_of_leaflets(),
        open_locales,
    )
    unusable = _unusable(found)
    # A page that cannot be made is no fault of its captions: other pages show them all the same.
    captioned = captioned_in(found.open_editions)
    should_be = published_in(found.open_editions)
    published = should_be if shown is found else published_in(shown.open_editions)
    common = digest_of(shared, unusable, should_be, captioned)
    of_all = "" if has_foreign_parts(project.mkdocs_config) else digest_of_pictures(found.pictures)
    editions = [
        edition
        for edition in found.open_editions
        if edition.locale in open_locales and (not wish.tags or edition.locale.tag in wish.tags)
    ]
    own = {edition.locale: _digest_beside_pages(edition) for edition in editions}
    return [
        Stage(
            project=project,
            site=LocaleSite(
                locale=edition.locale, interface=edition.interface, pages=edition.pages
            ),
            published=published,
            open_locales=open_locales,
            pictures={**found.pictures, **edition.pictures},
            unusable=unusable,
            pdfs=wish.with_pdfs,
            only=wish.resources,
            digest=digest_of(common, own[edition.locale], edition.facts.digest),
            captioned=captioned,
            shared=of_all and digest_of(shared, of_all, own[edition.locale]),
        )
        for edition in editions
    ]


def published_in(editions: Iterable[Edition]) -> dict[str, tuple[str, ...]]:
    """In which locales the public can read each resource."""
    tags: dict[str, list[str]] = {}
    for edition in editions:
        facts = edition.facts
        for name in facts.names:
            tags.setdefault(name, [])
        for name in facts.published:
            tags[name].append(edition.locale.tag)
    return {name: tuple(where) for name, where in tags.items()}


def captioned_in(editions: Iterable[Edition]) -> dict[str, tuple[str, ...]]:
    """In which locales the video of each resource has captions."""
    tags: dict[str, list[str]] = {}
    for edition in editions:
        for name, has_captions in edition.facts.captioned:
            where = tags.setdefault(name, [])
            if has_captions:
                where.append(edition.locale.tag)
    return {name: tuple(where) for name, where in tags.items()}


def _digest_beside_pages(edition: Edition) -> str:
    """Digest of what a locale has beside its pages."""
    return digest_of(
        edition.locale, sorted(edition.interface.items()), digest_of_pictures(edition.pictures)
    )


def digest_of_pictures(pictures: Mapping[Path, bytes]) -> str:
    """Digest of pictures with their names."""
    return digest_of(sorted((str(path), sha256(data).digest()) for path, data in pictures.items()))


def refuse_unknown(found: Survey, wish: Wish) -> None:
    """Complain about a language or a resource that is not there, before anything is built."""
    for tag in wish.tags:
        found.project.locale(tag)
    known = set(found.resources)
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


def _unusable(found: Survey) -> frozenset[str]:
    """Resources that are there and are not among the pages."""
    folder = found.project.content_dir
    there = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.glob("*/*.md")}
    return frozenset(there - set(found.resources))


def _asset_files(project: Project) -> Iterable[Path]:
    """Files that the content shows: pages, and what ledgers say, are in the values."""
    inside = {".md", ".jsonl", ".vtt"}
    files = (path for path in project.content_dir.rglob("*") if path.suffix not in inside)
    return sorted(path for path in files if path.is_file() and not is_leftover(path.name))

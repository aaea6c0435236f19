"""``pipeline.toml`` and what it points to, as one validated value."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.config.checklist import OWN, read_checklist
from pipeline.config.interface import InterfaceString, read_strings
from pipeline.config.links import refuse_linked_folders
from pipeline.config.locales import read_locales
from pipeline.config.narrow import Table, read_table
from pipeline.config.workflow import read_workflow
from pipeline.errors import ConfigError
from pipeline.model import Locale
from pipeline.workflow import DEFAULT_WORKFLOW, NO_CHECKLIST, Checklist, Workflow

CONFIG_NAME = "pipeline.toml"
_TOP = frozenset({"draft", "project", "publication", "topic", "workflow"})
_DRAFT = frozenset({"models"})
_PROJECT = frozenset(
    {"format", "segmenter", "demonstration", "source_locale", "site_url", "contact_email"}
)
#: The layout of a repository that this program knows; one without a number is the oldest, 0.
FORMAT = 1
_PUBLICATION = frozenset({"books", "keep_offline", "minimum_share", "page_kilobytes"})
_BOOKS = ("topic", "language")
#: A page in half a minute on a slow 2G line, where nothing is said in the settings.
_PAGE_KILOBYTES = 300
#: Names that are safe in an address, in a file name on every system and in a command.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project's settings, its language table and the strings of its theme.

    Attributes:
        root: the folder that holds ``pipeline.toml``.
        demonstration: everything published says that it is a demonstration.
        site_url: address that the site will have, with a slash at its end.
        contact_email: where readers report mistakes.
        minimum_share: least share of words translated for a page to be published, 0 to 1.
        page_kilobytes: most kilobytes (1,000 bytes) that a page may need with all that it loads.
        source: the locale that resources are written in.
        locales: the locales that they are translated into, in the order of the table.
        topics: ids of the topics, in the order in which readers see them.
        strings: the strings of the theme in the source language.
        workflow: the rules of review.
        checklist: the questions that checks and roles answer.
        models_dir: where translation models are; None for the user's data folder.
        books: of what one PDF is made with all its pages: ``topic``, ``language``.
        keep_offline: readers may keep pages on their telephones; false takes away what they kept.
        is_preview: nothing needs to be signed, and nothing is published: what is made stays
            in the cache and says that it is a preview.
        format: the layout that the repository has; 0 where it does not say.
        segmenter: the version of the segmenter that made its catalogs.
    """

    root: Path
    demonstration: bool
    site_url: str
    contact_email: str
    minimum_share: float
    source: Locale
    locales: tuple[Locale, ...]
    topics: tuple[str, ...]
    strings: tuple[InterfaceString, ...]
    workflow: Workflow = DEFAULT_WORKFLOW
    checklist: Checklist = NO_CHECKLIST
    page_kilobytes: int = _PAGE_KILOBYTES
    models_dir: Path | None = None
    books: tuple[str, ...] = ()
    keep_offline: bool = True
    is_preview: bool = False
    format: int = FORMAT
    segmenter: int = 1

    @property
    def keeps_offline(self) -> bool:
        """Whether a page offers to be kept; one that nobody has signed never does."""
        return self.keep_offline and not self.is_preview

    @property
    def config_path(self) -> Path:
        """``pipeline.toml``."""
        return self.root / CONFIG_NAME

    @property
    def mkdocs_config(self) -> Path:
        """``mkdocs.yml``."""
        return self.root / "mkdocs.yml"

    @property
    def checklist_path(self) -> Path:
        """The project's own checklist, where it has one."""
        return self.root / OWN

    @property
    def content_dir(self) -> Path:
        """Resources in their source language."""
        return self.root / "content"

    @property
    def locales_dir(self) -> Path:
        """Language table and catalogs."""
        return self.root / "locales"

    @property
    def theme_dir(self) -> Path:
        """Templates, style sheets and interface strings."""
        return self.root / "theme"

    @property
    def site_dir(self) -> Path:
        """What the build publishes; of a preview, what it shows."""
        return self.cache_dir / "site" if self.is_preview else self.root / "site"

    @property
    def cache_dir(self) -> Path:
        """What may be deleted at any time."""
        cache = self.root / ".cache" / "pipeline"
        return cache / "preview" if self.is_preview else cache

    def catalog_path(self, tag: str, topic: str, slug: str) -> Path:
        """Where the catalog of a resource in a locale is."""
        return self.locales_dir.joinpath(tag, topic, f"{slug}.po")

    def ledger_path(self, tag: str, topic: str, slug: str) -> Path:
        """Where the ledger of a resource in a locale is; beside the resource for the source's."""
        folders = (self.content_dir,) if tag == self.source.tag else (self.locales_dir, tag)
        return folders[0].joinpath(*folders[1:], topic, f"{slug}.ledger.jsonl")

    def memory_dir(self, tag: str) -> Path:
        """Where imported translations of a locale are: proposals for translators alone."""
        return self.locales_dir / tag / "memory"

    def interface_path(self, tag: str) -> Path:
        """Where the interface catalog of a locale is."""
        return self.locales_dir / tag / "interface.po"

    def locale(self, tag: str) -> Locale:
        """The locale with that tag, the source locale included.

        Raises:
            ConfigError: there is none.
        """
        for locale in (self.source, *self.locales):
            if locale.tag == tag:
                return locale
        known = ", ".join(locale.tag for locale in self.locales)
        raise ConfigError(
            f"`{tag}` is not in the language table.",
            remedy=f"Use one of {known}, or add it to locales/locales.toml.",
        )


def find_root(start: Path) -> Path:
    """The nearest folder, from here upwards, that holds ``pipeline.toml``.

    Raises:
        ConfigError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    raise ConfigError(
        f"There is no {CONFIG_NAME} in {start} or above it.",
        remedy="Run the command in a project's folder, or name one with --project.",
    )


def load_project(root: Path, *, is_preview: bool = False, settings: str | None = None) -> Project:
    """Read and validate a project's settings.

    Args:
        root: the folder that holds ``pipeline.toml``.
        is_preview: nothing needs to be signed, and nothing is published.
        settings: what ``pipeline.toml`` is going to say; None for what it says.

    Raises:
        ConfigError: a file is missing or damaged, or a value is not what it must be.
    """
    top = read_table(root / CONFIG_NAME, settings)
    refuse_linked_folders(root / "content", root / "locales")
    project, publication = top.table("project"), top.table("publication")
    layout = _format(project)
    top.refuse_unknown(_TOP)
    project.refuse_unknown(_PROJECT)
    publication.refuse_unknown(_PUBLICATION)
    source, locales = read_locales(root / "locales" / "locales.toml")
    if project.string("source_locale", source.tag) != source.tag:
        raise project.error(
            "`source_locale` is not the [source] of locales/locales.toml.",
            "Make the two agree.",
            "source_locale",
        )
    topics = _topics(top)
    return Project(
        root=root,
        demonstration=project.boolean("demonstration", default=True),
        site_url=_site_url(project),
        contact_email=_email(project),
        minimum_share=publication.share("minimum_share", 0.8),
        source=source,
        locales=locales,
        topics=topics,
        strings=read_strings(root / "theme" / "interface.toml", topics),
        workflow=read_workflow(top.table("workflow")),
        checklist=read_checklist(root),
        page_kilobytes=publication.count("page_kilobytes", _PAGE_KILOBYTES, least=1),
        keep_offline=publication.boolean("keep_offline", default=True),
        models_dir=_models_dir(top.table("draft"), root),
        books=_books(publication),
        is_preview=is_preview,
        format=layout,
        segmenter=project.count("segmenter", 1, least=1),
    )


def _format(table: Table) -> int:
    """The layout of the repository, asked before any key that a newer one may have."""
    found = table.count("format", 0)
    if found > FORMAT:
        raise table.error(
            f"The repository has layout {found}, and this program knows {FORMAT}.",
            "Install the newer version of the program; requirements.txt names it.",
            "format",
        )
    return found


def _books(table: Table) -> tuple[str, ...]:
    asked = table.words("books") or ()
    if unknown := set(asked) - set(_BOOKS):
        raise table.error(
            f"`books` has `{min(unknown)}`, of which there is no book.",
            'Use some of these: "topic", "language".',
            "books",
        )
    return tuple(name for name in _BOOKS if name in asked)


def _models_dir(table: Table, root: Path) -> Path | None:
    table.refuse_unknown(_DRAFT)
    named = table.optional_string("models")
    return (root / Path(named).expanduser()).absolute() if named else None


def _topics(top: Table) -> tuple[str, ...]:
    tables = top.tables("topic")
    if not tables:
        raise top.error("There is no topic.", "Add [[topic]] with an id, such as `covid-19`.")
    topics: list[str] = []
    for table in tables:
        topic = _topic(table)
        if topic in topics:
            raise table.error(f"The topic `{topic}` stands twice.", "Remove one entry.", "id")
        topics.append(topic)
    return tuple(topics)


def _topic(table: Table) -> str:
    table.refuse_unknown(frozenset({"id"}))
    topic = table.string("id")
    if not _NAME.fullmatch(topic):
        raise table.error(
            f"`{topic}` cannot be a topic's id.",
            "Use small letters, digits and single hyphens, such as `covid-19`.",
            "id",
        )
    return topic


def _site_url(table: Table) -> str:
    url = table.string("site_url")
    if not _is_site_url(url):
        raise table.error(
            f"`{url}` cannot be the site's address.",
            "Use an address such as https://health.example.org/.",
            "site_url",
        )
    return url if url.endswith("/") else f"{url}/"


def _is_site_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket or a port that is none
        return False
    is_plain = not any(c.isspace() or c in "<>\"'\\@" for c in url)
    return parts.scheme in {"http", "https"} and has_host and is_plain and not set("?#") & set(url)


def _email(table: Table) -> str:
    email = table.string("contact_email")
    if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", email, re.ASCII):
        raise table.error(
            f"`{email}` is not an e-mail address.",
            "Use an address such as mistakes@health.example.org.",
            "contact_email",
        )
    return email

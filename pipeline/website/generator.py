"""MkDocs, configured from the project's own ``mkdocs.yml`` for one locale."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Material greets each run of MkDocs on standard output unless told not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.utils.yaml import yaml_load

from pipeline.config import Project
from pipeline.errors import PipelineError, WebsiteError
from pipeline.model import Locale
from pipeline.website.converter import one_converter

#: What mkdocs-static-i18n accepts as a locale (its ``RE_LOCALE``).
_PLUGIN_LOCALE = re.compile(r"[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
#: What it is told instead; it names a folder in the cache and nothing that is published.
_ALIAS = "xx"
#: The locale's search index is ours: see ``pipeline.website.search``.
_OWN_PLUGINS = frozenset({"i18n", "search", "material/search"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of MkDocs.

    Attributes:
        project: the project.
        locale: the locale of the site.
        site_name: its name in that locale.
        docs: the tree of Markdown files.
        out: where the site is written.
        templates: a folder of templates that come before the theme's.
    """

    project: Project
    locale: Locale
    site_name: str
    docs: Path
    out: Path
    templates: Path

    @property
    def folder(self) -> str:
        """The folder of the locale in the tree: what the i18n plugin calls the language."""
        return self.locale.tag if _PLUGIN_LOCALE.fullmatch(self.locale.tag) else _ALIAS

    @property
    def is_source(self) -> bool:
        """Whether it is the site in the source language, which has every page in full."""
        return self.locale.tag == self.project.source.tag


def run(job: Run, plugin: "BasePlugin[Any]") -> None:
    """Build one locale's site.

    Args:
        job: what to build.
        plugin: what takes part in the build; see ``pipeline.website.plugin``.

    Raises:
        WebsiteError: MkDocs complained.
    """
    with _complaints(job), one_converter():
        config = _configure(job)
        # The last to be asked: after mkdocs-static-i18n, which wants to be last itself.
        config.plugins["pipeline"] = plugin
        build(config)


def _configure(job: Run) -> MkDocsConfig:
    path = job.project.mkdocs_config
    try:
        with path.open("rb") as file:
            plugins = (yaml_load(file) or {}).get("plugins") or []
    except OSError as error:
        raise WebsiteError(
            "The settings of the website cannot be read.",
            remedy="Put the project's mkdocs.yml back.",
            path=path,
        ) from error
    config: MkDocsConfig = load_config(
        str(path),
        docs_dir=str(job.docs),
        site_dir=str(job.out),
        site_url=f"{job.project.site_url}{job.locale.tag}/",
        site_name=job.site_name,
        # Readers move by topic, and no page carries a tree of all pages.
        nav=[{"Home": "index.md"}],
        plugins=[*_others(plugins), {"i18n": _i18n_options(job)}],
        validation=_validation(job),
        use_directory_urls=True,
        strict=False,
    )
    config.theme["language"] = job.locale.tag
    config.theme["direction"] = str(job.locale.direction)
    config.theme["font"] = False
    config.theme.dirs.insert(0, str(job.templates))
    config.theme.static_templates = {"404.html"}
    return config


def _others(plugins: object) -> list[object]:
    """The plugins that a project added to its ``mkdocs.yml``."""
    listed = plugins if isinstance(plugins, list) else []
    return [
        entry
        for entry in listed
        if (next(iter(entry), "") if isinstance(entry, dict) else entry) not in _OWN_PLUGINS
    ]


def _i18n_options(job: Run) -> dict[str, object]:
    language = {"locale": job.folder, "name": job.locale.autonym, "default": True, "build": True}
    return {
        "docs_structure": "folder",
        "build_only_locale": job.folder,
        "fallback_to_default": False,
        "reconfigure_material": False,
        "reconfigure_search": False,
        "languages": [language],
    }


def _validation(job: Run) -> dict[str, object]:
    # A page that is not yet there has no headings: only the source site can judge anchors.
    anchors = "warn" if job.is_source else "ignore"
    return {
        "nav": {"omitted_files": "ignore", "not_found": "warn", "absolute_links": "ignore"},
        "links": {
            "not_found": "warn",
            "anchors": anchors,
            "absolute_links": "ignore",
            "unrecognized_links": "ignore",
        },
    }


class _Listener(logging.Handler):
    """Keeps what is worse than information."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _complaints(job: Run) -> Iterator[None]:
    """Nothing of what MkDocs says is printed; its warnings become an error."""
    logger, listener = logging.getLogger("mkdocs"), _Listener()
    level, propagate = logger.level, logger.propagate
    logger.addHandler(listener)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield
    except PipelineError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise  # a full disk is no fault of a page; Jinja's TemplateNotFound has no number
        # A plugin or an extension that stumbles over a page: MkDocs has just named the page.
        raise _error(job, listener.messages[0] if listener.messages else str(error)) from error
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.propagate = propagate
    if listener.messages:
        raise _error(job, listener.messages[0])


_FILE = re.compile(r"'([^']+\.md)'")


def _error(job: Run, message: str) -> WebsiteError:
    """What MkDocs says, with the project's own file instead of the one in the cache."""
    found = _FILE.search(message)
    path = None
    if found:
        path = job.project.content_dir / found[1].removeprefix(f"{job.folder}/")
        message = message.replace(f"'{job.folder}/", "'")
    is_page = bool(path and path.is_file())
    return WebsiteError(
        f"{message.strip().rstrip('.')} ({job.locale.tag}).",
        remedy="Correct the link or the Markdown; links lead to files, such as ../topic/slug.md."
        if is_page
        else "Correct mkdocs.yml, or put the theme's files back.",
        path=path if is_page else job.project.mkdocs_config,
    )

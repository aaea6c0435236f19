"""MkDocs, configured from the project's own ``mkdocs.yml`` for one locale."""

import os
from functools import partial
from pathlib import Path

# Material greets each run of MkDocs on standard output unless told not to.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from jinja2 import TemplateNotFound, TemplateSyntaxError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from pipeline.errors import PipelineError, WebsiteError
from pipeline.website.edition import Edition, Run
from pipeline.website.generator.ahead import made_together
from pipeline.website.generator.complaints import Complaints, heard, is_of_the_set_up
from pipeline.website.generator.converter import one_converter
from pipeline.website.generator.plugin import SitePlugin
from pipeline.website.generator.templates import make_environment

#: The locale's search index is ours: see ``pipeline.website.search``.
_OWN_PLUGINS = frozenset({"i18n", "search", "material/search"})


def run(job: Run, edition: Edition) -> tuple[tuple[str, WebsiteError, bool], ...]:
    """Build one locale's site.

    Args:
        job: what to build.
        edition: the pages, and what they show.

    Returns:
        Files of the tree with what MkDocs complained of and whether the page is lost; an
        empty name where the whole site is. Nothing is left out silently.

    Raises:
        WebsiteError: the settings or the theme cannot be used, whatever the pages are.
    """
    with heard(partial(_error, job)) as complaints, one_converter():
        config = _configured(job, complaints)
        # The last to be asked: after mkdocs-static-i18n, which wants to be last itself.
        config.plugins["pipeline"] = SitePlugin(edition)
        try:
            with made_together(
                job.processes, is_lost=lambda page: page.file.src_uri in complaints.by_file
            ):
                build(config)
        except (TemplateNotFound, TemplateSyntaxError) as error:
            raise _error(job, "", f"The theme cannot be used: {error}") from error
        except Exception as error:
            if is_of_the_set_up(error):
                raise
            # A page that failed may be why: whoever builds again without it will see.
            if not complaints.by_file:
                complaints.add("", str(error) or type(error).__name__)
    return complaints.all()


def has_foreign_parts(config: Path) -> bool:
    """Whether a project has plugins or hooks of its own, of which nobody knows what they look at.

    Args:
        config: its ``mkdocs.yml``.
    """
    try:
        with config.open("rb") as file:
            settings = yaml_load(file) or {}
        return bool(_others(settings.get("plugins") or []) or settings.get("hooks"))
    except Exception:  # noqa: BLE001  the build itself says what is wrong with it
        return True


def _configured(job: Run, complaints: Complaints) -> MkDocsConfig:
    """The settings, which MkDocs must have nothing to say against."""
    try:
        config = _configure(job)
    except (PipelineError, OSError):
        raise
    except Exception as error:
        said = next(iter(complaints.by_file.values()), None)
        raise said or _error(job, "", str(error)) from error
    for said in complaints.by_file.values():
        raise said
    return config


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
    config.theme.get_env = partial(make_environment, config.theme)  # type: ignore[method-assign]
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


def _error(job: Run, uri: str, message: str) -> WebsiteError:
    """What MkDocs says, with the project's own file instead of the one in the cache."""
    path = job.project.content_dir / uri.removeprefix(f"{job.folder}/") if uri else None
    message = message.replace(f"'{job.folder}/", "'")
    is_page = bool(path and path.is_file())
    return WebsiteError(
        f"{message.strip().rstrip('.')} ({job.locale.tag}).",
        remedy="Correct the link or the Markdown; links lead to files, such as ../topic/slug.md."
        if is_page
        else "Correct mkdocs.yml, or put the theme's files back.",
        path=path if is_page else job.project.mkdocs_config,
    )

"""What takes part in a run of MkDocs: the project's pages, templates and checks."""

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from pipeline.errors import WebsiteError
from pipeline.model import LocalisedPage
from pipeline.phones import find_codes
from pipeline.website.dial import link_phones
from pipeline.website.edition import ELSEWHERE, Edition
from pipeline.website.lazy import defer_pictures
from pipeline.website.pictures import localise_pictures
from pipeline.website.remake import MadePage
from pipeline.website.search import list_headings, render_entries, split_sections
from pipeline.website.tree import source_uri
from pipeline.website.views import View

#: Templates whose texts are escaped by Jinja: all of ours. Material's escape by hand.
_OWN_TEMPLATES = ("site/", "404.html")

_ELSEWHERE_LINK = re.compile(rf'(?<=href=")(?:\.\./)*{ELSEWHERE}')

_BOX = '<input type="checkbox"'


class _NoSettings(Config):  # type: ignore[no-untyped-call]  # MkDocs is partly typed
    """The plugin is not configured in a file."""


class SitePlugin(BasePlugin[_NoSettings]):  # type: ignore[no-untyped-call]
    """MkDocs' events for one locale."""

    def __init__(self, edition: Edition) -> None:
        """Take what is to be built."""
        super().__init__()
        self.edition = edition

    @event_priority(200)  # before mkdocs-static-i18n
    def _add_pages(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Add the pages to the pictures that MkDocs found."""
        for url in (url for url, view in self.edition.views.items() if self._is_built(view)):
            # Never read: its text is in the view.
            name = source_uri(self.edition.folder, url)
            files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
        return files

    def _is_built(self, view: View) -> bool:
        return view.url in self.edition.built

    @event_priority(-200)  # after mkdocs-static-i18n, which has -100
    def _leave_locale(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Leave the theme's files to the root of the website, and let links leave the locale."""
        for file in list(files):
            if file.src_dir != config.docs_dir:
                files.remove(file)
        for name, url in self.edition.targets:
            file = self._link_target(config, name, url)
            if files.get_file_from_path(file.src_uri) is None:  # `index` is the topic's page
                files.append(file)
        return files

    on_files = CombinedEvent(_add_pages, _leave_locale)

    def _link_target(self, config: MkDocsConfig, name: str, url: str) -> File:
        """A file that MkDocs can link to and does not build."""
        file = File.generated(config, source_uri(self.edition.folder, name), content="")
        file.inclusion = InclusionLevel.EXCLUDED
        file.url = url
        return file

    def _view(self, page: Page) -> View:
        return self.edition.views[page.url.removeprefix("./")]

    def on_page_read_source(self, /, **_: object) -> str:
        """There is no file: the text comes next. A blank line ends what could be metadata."""
        return "\n"

    @event_priority(-200)
    def on_page_markdown(self, _markdown: str, /, *, page: Page, **_: object) -> str:
        """Give the page's own text: the i18n plugin breaks it at U+2028 and the like."""
        view = self._view(page)
        return view.page.markdown if view.page else ""

    @event_priority(-200)
    def on_page_content(self, html: str, /, *, page: Page, **_: object) -> str:
        """Refuse what would run, keep numbers the right way round, note what can be found."""
        view = self._view(page)
        noted = self.edition.made[view.url] = _note(page)
        if view.page is None or not view.page.is_published:
            return html
        html = _ELSEWHERE_LINK.sub(view.root, html)
        html = localise_pictures(html, view.url, dict(view.page.pictures))
        # A box to tick on paper: on the screen it cannot be used and says nothing.
        html = html.replace(_BOX, f'{_BOX} aria-hidden="true"')
        for found in self.edition.scan(html):
            raise WebsiteError(
                f"The page would run something in the reader's browser: {found}",
                remedy="Take it out of the text or of its translation.",
                path=view.page.document.path,
            )
        speech = self.edition.speech
        html = str(speech.isolate(html))
        title, summary = speech.say(view.page.title), speech.say(view.page.summary)
        entries = render_entries(split_sections(view.url, title, summary, html))
        self.edition.made[view.url] = replace(noted, entries=entries)
        self.edition.headings[view.url] = list_headings(html)
        html = defer_pictures(html, view.url, self.edition.gallery)
        return link_phones(html, _codes(view.page))

    def on_env(self, env: Environment, /, **_: object) -> Environment:
        """Give the templates their words."""
        edition, speech = self.edition, self.edition.speech
        library = edition.library
        env.autoescape = lambda name: bool(name and name.startswith(_OWN_TEMPLATES))
        env.globals.update(
            locale=library.site.locale,
            project=library.project,
            speech=speech,
            t=cache(speech.t),
            say=speech.say,
            dial=_dial,
            codes_of_theme=find_codes("\n".join(s.text for s in library.project.strings)),
            native=lambda string_id: speech.phrase(string_id).locale == library.site.locale.tag,
            assets={name: asset.path for name, asset in edition.assets.items()},
            is_source=library.site.locale.tag == library.project.source.tag,
        )
        return env

    @event_priority(-200)
    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, **_: object
    ) -> TemplateContext:
        """Give a page's template what it shows."""
        view = self._view(page)
        extra = {
            "view": view,
            "headings": self.edition.headings.get(view.url, []),
            "codes": _codes(view.page) if view.page else (),
        }
        return {**context, **extra}  # type: ignore[typeddict-item]

    @event_priority(-200)
    def on_template_context(self, context: TemplateContext, /, **_: object) -> TemplateContext:
        """Give the page for a wrong address what it shows."""
        context["view"] = self.edition.not_found  # type: ignore[typeddict-unknown-key]
        return context


def _note(page: Page) -> MadePage:
    """To what in a page links may lead, and to what its own do."""
    links = (page.links_to_anchors or {}).items()
    return MadePage(
        digest="",
        anchors=tuple(sorted(page.present_anchor_ids or ())),
        links=tuple(sorted((file.src_uri, tuple(sorted(wanted))) for file, wanted in links)),
    )


def _codes(page: LocalisedPage) -> frozenset[str]:
    """What the resource tells its readers to dial; translations have the same digits."""
    return find_codes(page.document.text)


def _dial(html: Markup, codes: Collection[str]) -> Markup:
    """A text with its phone numbers as links."""
    return Markup(link_phones(html, codes))  # noqa: S704  HTML in, HTML out

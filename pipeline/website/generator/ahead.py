"""One run of MkDocs whose pages are made by several processes.

MkDocs renders page by page, then puts page by page into the theme, which is most of what a large
site costs. When it begins with either, helpers are forked, which have its files, settings and
plugins as they are. They work from the last page backwards while MkDocs goes forwards; where they
meet, they end. MkDocs never waits for a helper: a page that has not come is made as always, so a
helper that fails, or is killed, costs time alone. The pages are the same: see the tests.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Generic, TypeVar

from mkdocs.commands import build as commands
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from pipeline.processes import be_helper, end, may_fork

#: Fewer pages are made before a helper has begun.
_FEWEST = 40
#: Plugins whose events may be run twice for a page: they keep nothing until it is rendered.
KNOWN_PLUGINS = frozenset({"i18n", "pipeline"})
_render_alone = Page.render
_build_alone = commands._build_page  # noqa: SLF001  as it was before anybody wrapped it

Made = TypeVar("Made")


@contextmanager
def made_together(processes: int, is_lost: Callable[[Page], bool]) -> Iterator[None]:
    """Let MkDocs have help with its pages, within this context.

    Args:
        processes: how many processes make pages, this one counted. Where the system cannot fork
            safely (all but Linux) it makes them alone.
        is_lost: whether something is wrong with a page, so that it must not be written.
    """
    if processes < 2 or not may_fork():  # noqa: PLR2004  nobody to help
        yield
        return
    renderers = Crew[Rendered](processes - 1)
    builders = Crew[bool](processes - 1)
    names = vars(commands)
    build_heard = names["_build_page"]

    def render(page: Page, config: MkDocsConfig, files: Files) -> None:
        work = partial(_render, config=config, files=files)
        pages = files.documentation_pages(inclusion=InclusionLevel.is_included)
        rendered = renderers.take(page, config, pages, work)
        if rendered is None:
            _render_alone(page, config, files)
        else:
            rendered.put(page, files)

    def build(
        page: Page, config: MkDocsConfig, files: Sequence[File], *rest: object, **options: object
    ) -> None:
        def work(page: Page) -> bool:
            if not is_lost(page):
                _build_alone(page, config, files, *rest, **options)  # type: ignore[arg-type]
            return not (is_lost(page) or _ear.heard)

        if not builders.take(page, config, files, work):
            build_heard(page, config, files, *rest, **options)

    Page.render = render  # type: ignore[assignment,method-assign]
    names["_build_page"] = build
    try:
        yield
    finally:
        Page.render = _render_alone  # type: ignore[method-assign]
        names["_build_page"] = build_heard
        renderers.end()
        builders.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What ``Page.render`` leaves in a page, fit to travel.

    Attributes:
        content: the page's HTML.
        toc: its table of contents.
        title: its first heading.
        anchors: ids in it.
        links: anchors that it links to, by the file that they are in.
        log: what MkDocs said of it: logger, level, message.
    """

    content: str | None
    toc: TableOfContents
    title: str | None
    anchors: set[str] | None
    links: dict[str, dict[str, str]] | None
    log: list[tuple[str, int, str]]

    def put(self, page: Page, files: Files) -> None:
        """Leave it in the page, and say what was said."""
        page.content, page.toc, page._title_from_render = self.content, self.toc, self.title  # noqa: SLF001  as render does
        page.present_anchor_ids = self.anchors
        if self.links is not None:
            page.links_to_anchors = {files.src_uris[uri]: all_ for uri, all_ in self.links.items()}
        for name, level, message in self.log:
            logging.getLogger(name).log(level, "%s", message)


class Helper(Generic[Made]):
    """A process that makes some of the pages, the last first.

    Attributes:
        process: it.
        receiver: where its pages come from.
    """

    def __init__(
        self,
        todo: Sequence[int],
        pages: Sequence[Page],
        work: Callable[[Page], Made],
        earlier: Sequence["Helper[Made]"],
    ) -> None:
        self._todo = list(todo)
        context = get_context("fork")
        receiver, sender = context.Pipe(duplex=False)
        self.receiver: Connection = receiver
        self.process: ForkProcess = context.Process(
            target=_work_through,
            args=(
                [pages[number] for number in todo],
                work,
                # Whoever holds this end keeps the others writing to nobody.
                [receiver, *(helper.receiver for helper in earlier)],
                sender,
            ),
            daemon=True,
        )
        self.process.start()
        sender.close()

    def receive(self) -> Iterator[tuple[int, Made | None]]:
        """What has come since, by the number of the page; None where it failed."""
        try:
            while self.receiver.poll():
                made = self.receiver.recv()
                yield self._todo.pop(0), made
        except (EOFError, OSError):
            self._todo.clear()

    def is_needed(self, number: int) -> bool:
        """Whether it still works on what comes after a page."""
        return bool(self._todo) and self._todo[0] > number

    def end(self) -> None:
        """Take no more of it, and see that it has ended."""
        self.receiver.close()
        end(self.process)


class Crew(Generic[Made]):
    """The helpers with one step of the build, and what they have made."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._helpers: list[Helper[Made]] | None = None
        self._numbers: dict[str, int] = {}
        self._made: dict[int, Made | None] = {}

    def take(
        self, page: Page, config: MkDocsConfig, files: Sequence[File], work: Callable[[Page], Made]
    ) -> Made | None:
        """What a helper made of a page; None where it has not come.

        A helper that may be at this very page is ended first: nobody else writes it after this.
        """
        if self._helpers is None:
            self._helpers = self.begin(config, files, work)
        number = self._numbers.get(page.file.src_uri, -1)
        for helper in list(self._helpers):
            self._made.update(helper.receive())
            if not helper.is_needed(number):
                helper.end()
                self._helpers.remove(helper)
        return self._made.pop(number, None)

    def begin(
        self, config: MkDocsConfig, files: Sequence[File], work: Callable[[Page], Made]
    ) -> list[Helper[Made]]:
        """Give each helper its share, where there is enough to do and nothing against it."""
        if len(files) < _FEWEST or not set(config.plugins) <= KNOWN_PLUGINS:
            return []
        pages = [file.page or Page(None, file, config) for file in files]
        self._numbers = {page.file.src_uri: number for number, page in enumerate(pages)}
        last = len(pages) - 1
        shares = [range(last - first, 0, -self._size) for first in range(self._size)]
        helpers: list[Helper[Made]] = []
        with suppress(OSError):  # no room for another process: then without it
            for share in shares:
                helper = Helper(share, pages, work, helpers)
                helpers.append(helper)
        return helpers

    def end(self) -> None:
        """End all that still run."""
        for helper in self._helpers or ():
            helper.end()
        self._helpers = []


def _work_through(
    pages: Sequence[Page],
    work: Callable[[Page], Made],
    receivers: Sequence[Connection],
    sender: Connection,
) -> None:
    """In a helper: make pages and send each, until nobody takes them any more."""
    be_helper()
    for receiver in receivers:
        receiver.close()
    logging.getLogger("mkdocs").handlers = [_ear]
    with suppress(OSError):
        for page in pages:
            sender.send(_try(work, page))


def _try(work: Callable[[Page], Made], page: Page) -> Made | None:
    """What comes of a page; None where it fails, for then the parent meets that too."""
    _ear.heard.clear()
    try:
        return work(page)
    except Exception:  # noqa: BLE001  the parent knows what to do
        return None


def _render(page: Page, config: MkDocsConfig, files: Files) -> Rendered:
    """The steps of MkDocs' build up to the rendering."""
    config._current_page = page  # noqa: SLF001  as the build does
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(
        page.markdown or "", page=page, config=config, files=files
    )
    _render_alone(page, config, files)
    links = page.links_to_anchors
    return Rendered(
        content=page.content,
        toc=page.toc,
        title=page._title_from_render,  # noqa: SLF001  as render leaves it
        anchors=page.present_anchor_ids,
        links=None if links is None else {file.src_uri: all_ for file, all_ in links.items()},
        log=list(_ear.heard),
    )


class _Ear(logging.Handler):
    """Keeps what MkDocs says in a helper, instead of all who listened before the fork."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.heard.append((record.name, record.levelno, record.getMessage()))


_ear = _Ear()

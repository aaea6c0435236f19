"""One locale's tree, whatever is wrong with a page of it: the story is :func:`build_stage`.

A page that cannot be made is replaced by the notice that it is not there, so that no
older text of it stays; where even that cannot be made, it is left out.
"""

import time
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from os.path import isfile
from pathlib import Path

from pipeline.checks import find_active_content
from pipeline.cli.kept.trees import lay_over, link_tree
from pipeline.cli.offline.copies import write_copies
from pipeline.cli.plan import Stage, Wish
from pipeline.cli.workers import run_all
from pipeline.errors import WebsiteError
from pipeline.files import remove
from pipeline.model import LocalisedPage, PageState
from pipeline.processes import in_background
from pipeline.website import (
    Built,
    Fault,
    Made,
    book_path,
    book_topics,
    build_locale,
    leaflet_name,
    one_file_name,
)

#: How often a tree is tried without the pages that failed; then it is made of notices.
_ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a locale's tree.

    Attributes:
        notices: why a notice stands in the place of each page that could not be made.
        absent: why a page is left out, where not even a notice could be made.
        told: faults that cost no page.
        down: why there is no tree at all.
        made: what is noted of the tree, so that the next can begin with it.
        names: of the resources whose pages were made, or are no more; None for all.
        earlier: what was noted of the tree before, where this began with it.
        seconds: how long it took.
    """

    notices: Mapping[str, WebsiteError] = field(default_factory=dict)
    absent: Mapping[str, WebsiteError] = field(default_factory=dict)
    told: tuple[WebsiteError, ...] = ()
    down: WebsiteError | None = None
    made: Made | None = None
    names: frozenset[str] | None = None
    earlier: Made | None = None
    seconds: float = 0.0

    @property
    def lost(self) -> Mapping[str, WebsiteError]:
        """Why each page that should be read is not there."""
        return {**self.notices, **self.absent}

    @property
    def errors(self) -> tuple[WebsiteError, ...]:
        """All that went wrong, each once."""
        found = (*self.lost.values(), *self.told, *([self.down] if self.down else []))
        return tuple(dict.fromkeys(found))

    def apply(self, pages: Iterable[LocalisedPage]) -> tuple[LocalisedPage, ...]:
        """The pages as they can be made."""
        return tuple(
            withdrawn(page) if str(page.document.id) in self.notices else page
            for page in pages
            if str(page.document.id) not in self.absent
        )


def withdrawn(page: LocalisedPage) -> LocalisedPage:
    """The notice that stands in the place of a page."""
    return replace(page, state=PageState.NOT_YET, markdown="", captions="")


def build_stage(stage: Stage) -> Outcome:
    """Build one locale's tree beside the published one. Runs in a process of its own.

    Args:
        stage: what to build.

    Returns:
        What could not be made; where the tree is ``down`` there is none.

    Raises:
        PipelineError: the settings or the theme are at fault, whatever the pages are.
    """
    began = time.monotonic()
    outcome = build_again(stage) or build_whole(stage)
    return replace(outcome, seconds=time.monotonic() - began)


def build_stages(title: str, stages: list[Stage], wish: Wish) -> list[tuple[Stage, Outcome]]:
    """Build the trees of some locales, in processes or on other machines.

    Args:
        title: what is being done, for the progress bar.
        stages: what to build.
        wish: what a user asked for.

    Returns:
        Each with what came of it, in the order in which they ended.

    Raises:
        PipelineError: the settings or the theme are at fault, or the other machines are lost.
    """
    if wish.machines:
        return wish.machines.build(title, stages)
    return run_all(title, build_stage, stages, name=tag_of, workers=wish.workers)


def tag_of(stage: Stage) -> str:
    """What a tree is called in a progress bar."""
    return stage.tag


def build_whole(stage: Stage, before: Outcome | None = None) -> Outcome:
    """Build all pages of a tree.

    Args:
        stage: what to build.
        before: pages that are known not to be made.
    """
    story = attempts(stage, before)
    outcome = next(story)
    while True:
        try:
            outcome = story.send(_try(stage, outcome))
        except StopIteration as end:
            done: Outcome = end.value
            break
    if done.down:
        remove(stage.folder)
    else:
        write_copies(stage, done.apply(stage.site.pages))
    return done


#: What to try next, what came of it, and what came of it all.
Attempts = Generator[Outcome, Built, Outcome]


def attempts(stage: Stage, before: Outcome | None = None) -> Attempts:
    """What is tried one after the other until there is a tree, whoever builds it.

    Args:
        stage: what to build.
        before: pages that are known not to be made.

    Yields:
        Without which pages to build all of it now; what was built is to be sent back.

    Returns:
        What came of it; where it is ``down`` nothing of what was built is to stay.
    """
    outcome = before or Outcome()
    whole: WebsiteError | None = None
    for _ in range(_ROUNDS):
        built = yield outcome
        lost = [fault for fault in built.faults if fault.costs_page]
        if not lost:
            told = tuple(fault.error for fault in built.faults)
            return replace(outcome, told=told, made=None if told or outcome.lost else built.made)
        whole = next((fault.error for fault in lost if not fault.name), None)
        if whole:
            break
        outcome = _without(outcome, lost)
    return (yield from _all_notices(stage, outcome, whole or lost[0].error))


def _all_notices(stage: Stage, before: Outcome, why: WebsiteError) -> Attempts:
    """A locale whose site cannot be made: no old advice stays, every page says so."""
    names = [str(page.document.id) for page in stage.site.pages if page.is_published]
    notices = {name: before.notices.get(name, why) for name in names if name not in before.absent}
    outcome = Outcome(notices=notices, absent=before.absent)
    built = yield outcome
    if any(fault.costs_page for fault in built.faults):
        return Outcome(down=why)
    return outcome


def build_again(stage: Stage) -> Outcome | None:
    """Begin with the published tree; None where all of it has to be made.

    Whatever is wrong with a page is met again by making all of them, which knows what to do.
    """
    earlier = stage.find_earlier()
    if earlier is None:
        return None
    folder = stage.folder.with_name(f"{stage.tag}.made")
    remove(folder)
    page_of = {f"{page.document.id}/": page for page in stage.site.pages}
    linking: list[Callable[[], object]] = []

    def begin(built: Built) -> None:
        keep = Keep(stage=stage, built=built, page_of=page_of)
        link = partial(link_tree, stage.target, stage.folder, keep.keeps)
        # Beside the pages, where this language has the processors for itself.
        linking.append(in_background(link) if stage.processes > 1 else link)

    try:
        built = _run(stage, Outcome(), folder, earlier, begin)
    finally:
        for wait in linking:
            wait()
    if built.made is None or built.faults:
        remove(folder)
        return None
    lay_over(folder, stage.folder)
    if not all(isfile(f"{stage.folder}/{url}index.html") for url in built.made.pages):  # noqa: PTH113  hundreds
        return None  # somebody has taken something away
    names = frozenset(str(page_of[url].document.id) for url in built.urls if url in page_of)
    write_copies(replace(stage, only=tuple(names)), stage.site.pages if names else ())
    gone = {url.rstrip("/") for url in built.gone}
    return Outcome(made=built.made, names=names | gone, earlier=earlier)


@dataclass(frozen=True, kw_only=True)
class Keep:
    """Which files of a published tree belong to the next one: asked of thousands."""

    stage: Stage
    built: Built
    page_of: Mapping[str, LocalisedPage]

    def keeps(self, path: str) -> bool:
        """Whether a file, by its path below the tree, stays."""
        if path in self._named:
            return True
        folder, _, name = path.rpartition("/")
        url = f"{folder}/" if folder else ""
        if name == "index.html":
            return url in self._pages
        page = self.page_of.get(url)
        if page is None or not page.is_published:
            return False
        if name.endswith((".pdf", ".png")):
            leaflets = (leaflet_name(page.document, variant) for variant in page.leaflets)
            return self.stage.pdfs and name in leaflets
        is_copy = name == one_file_name(page.document, self.stage.tag)
        return is_copy and url not in self.built.urls

    @cached_property
    def _named(self) -> frozenset[str]:
        """Pictures, books, and the files above all pages."""
        stage = self.stage
        versions = (each for all_ in stage.renditions.values() for each in all_)
        pictures = (*stage.pictures, *(each.path for each in versions))
        topics = book_topics(stage.project, stage.site.pages) if stage.pdfs else ()
        above = ("404.html", "search/search_index.json", "sitemap.xml")
        books = (book_path(stage.tag, topic) for topic in topics)
        return frozenset((*above, *books, *(each.as_posix() for each in pictures)))

    @cached_property
    def _pages(self) -> Mapping[str, object]:
        return self.built.made.pages if self.built.made else {}


def _try(stage: Stage, outcome: Outcome) -> Built:
    remove(stage.folder)
    return _run(stage, outcome, stage.folder, None)


def _run(
    stage: Stage,
    outcome: Outcome,
    folder: Path,
    earlier: Made | None,
    begin: Callable[[Built], object] = lambda _: None,
) -> Built:
    return build_locale(
        reduced(stage, outcome),
        out=folder,
        work=stage.work,
        scan=find_active_content,
        processes=stage.processes,
        earlier=earlier,
        begin=begin,
    )


def reduced(stage: Stage, outcome: Outcome) -> Stage:
    """A stage without what could not be made."""
    lost = outcome.lost
    published = {
        name: tuple(tag for tag in tags if tag != stage.tag) if name in lost else tags
        for name, tags in stage.published.items()
    }
    return replace(
        stage,
        site=replace(stage.site, pages=outcome.apply(stage.site.pages)),
        published=published,
        unusable=stage.unusable | outcome.absent.keys(),
    )


def _without(outcome: Outcome, faults: Iterable[Fault]) -> Outcome:
    """One step down for each page at fault: from the page to the notice, from it to nothing."""
    notices, absent = dict(outcome.notices), dict(outcome.absent)
    for fault in faults:
        if fault.name in notices:
            absent[fault.name] = notices.pop(fault.name)
        else:
            notices[fault.name] = fault.error
    return Outcome(notices=notices, absent=absent)

"""Trees of locales on a cluster: asked for, taken in, and a page named that no worker ends."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.cli.cluster.kept import Kept, key_of
from pipeline.cli.cluster.labour import SiteGiven, build_site, try_pages
from pipeline.cli.plan import Stage
from pipeline.cli.stages import Outcome, build_whole
from pipeline.cluster import Answer, Crew, Failure, Task, unpack_into
from pipeline.errors import PipelineError, WebsiteError
from pipeline.files import remove
from pipeline.model import LocalisedPage

#: The share of the time limit that lists take, which are made with however few pages.
_LISTS = 0.25


@dataclass(frozen=True, kw_only=True)
class Sites:
    """What has trees made.

    Attributes:
        crew: the workers.
        kept: answers of an earlier build that was ended.
        say: tells the user something.
    """

    crew: Crew
    kept: Kept
    say: Callable[[str], object]

    def build(self, stages: Iterable[Stage]) -> Iterator[tuple[Stage, Outcome]]:
        """Have trees built, each in its folder here.

        Args:
            stages: what to build.

        Yields:
            Each with what came of it.

        Raises:
            PipelineError: the settings or the theme are at fault; the cluster is lost.
        """
        todo = {stage.tag: (stage, Outcome()) for stage in stages}
        keys = {tag: key_of(stage) for tag, (stage, _) in todo.items()}
        self.kept.forget_but(set(keys.values()))
        yield from self._take_kept(todo, keys)
        here: list[tuple[Stage, Outcome]] = []
        while todo:
            failed = {}
            for task, heard in self.crew.run(_tasks(todo)):
                stage, before = todo[task.name]
                if isinstance(heard, Failure):
                    failed[task.name] = stage, before, heard.message
                    continue
                self.kept.write(keys[task.name], heard)
                yield stage, _take_in(stage, heard)
            todo = {}
            for tag, (stage, before, why) in failed.items():
                after = self._without(stage, before, why)
                if after == before:  # no page by itself takes too long
                    here.append((stage, before))
                else:
                    todo[tag] = stage, after
        for stage, before in here:
            self.say(f"No worker could make the pages of {stage.tag}: they are made here.")
            yield stage, build_whole(stage, before)

    def _take_kept(
        self, todo: dict[str, tuple[Stage, Outcome]], keys: dict[str, str]
    ) -> Iterator[tuple[Stage, Outcome]]:
        """Take in what an earlier build was given before it was ended."""
        found = []
        for tag, key in keys.items():
            if answer := self.kept.read(key):
                found.append(tag)
                stage, _ = todo.pop(tag)
                yield stage, _take_in(stage, answer)
        if found:
            self.say(f"Made before the last build was ended: the pages of {', '.join(found)}.")

    def _without(self, stage: Stage, before: Outcome, why: str) -> Outcome:
        """Find the pages that no worker ends; notices are to stand in their place."""
        names = [str(p.document.id) for p in stage.site.pages if _is_to_make(p, stage, before)]
        self.say(
            f"No worker could make the pages of {stage.tag} ({why}): looking for the page"
            " that is at fault."
        )
        found: dict[str, str] = {}
        groups = [names]
        while groups:
            halves = [half for group in groups for half in _halves(group)]
            tasks = [_trial(stage, before, half, len(names), self.crew.limit) for half in halves]
            half_of = {task.name: half for task, half in zip(tasks, halves, strict=True)}
            groups = []
            for task, heard in self.crew.run(tasks):
                half = half_of[task.name]
                if isinstance(heard, Failure) and len(half) == 1:
                    found[half[0]] = heard.message
                elif isinstance(heard, Failure):
                    groups.append(half)
        pages = {str(page.document.id): page for page in stage.site.pages}
        faults = {name: _fault(pages[name], stage, why) for name, why in sorted(found.items())}
        return replace(before, notices={**before.notices, **faults})


def _tasks(todo: dict[str, tuple[Stage, Outcome]]) -> Iterator[Task]:
    for tag, (stage, before) in todo.items():
        given = SiteGiven(stage=stage, before=before)
        yield Task(name=tag, work=build_site, given=pickle.dumps(given))


def _trial(stage: Stage, before: Outcome, names: list[str], count: int, limit: float) -> Task:
    given = SiteGiven(stage=replace(stage, only=tuple(names)), before=before)
    share = _LISTS + (1 - _LISTS) * len(names) / count
    others = f" and {len(names) - 1} more pages" if len(names) > 1 else ""
    return Task(
        name=f"{names[0]}{others} in {stage.tag}",
        work=try_pages,
        given=pickle.dumps(given),
        limit=limit * share,
    )


def _halves(names: list[str]) -> Iterator[list[str]]:
    middle = len(names) // 2
    for half in (names[:middle], names[middle:]):
        if half:
            yield half


def _is_to_make(page: LocalisedPage, stage: Stage, before: Outcome) -> bool:
    name = str(page.document.id)
    return page.is_published and name not in before.lost and (not stage.only or name in stage.only)


def _fault(page: LocalisedPage, stage: Stage, why: str) -> WebsiteError:
    return WebsiteError(
        f"No worker of the cluster could make the page {page.document.id} in {stage.tag}: {why}.",
        remedy="Take out of it what was added last, or raise --time-limit, and build again.",
        path=page.document.path,
    )


def _take_in(stage: Stage, answer: Answer) -> Outcome:
    """Put a tree where a build here would have put it."""
    value = answer.read_value()
    if isinstance(value, PipelineError):
        raise value
    if not isinstance(value, Outcome):
        raise TypeError(type(value).__name__)
    remove(stage.folder)
    if value.down is None:
        unpack_into(answer.files, stage.folder)
    return replace(value, seconds=answer.seconds)

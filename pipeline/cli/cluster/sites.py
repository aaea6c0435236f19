"""Trees of locales on a cluster: asked for part by part, and a page named that no worker ends."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.cli.cluster.kept import Kept, part_key
from pipeline.cli.cluster.labour import PartGiven, build_pages, try_pages
from pipeline.cli.cluster.tree import Tree, name_of
from pipeline.cli.plan import Stage
from pipeline.cli.stages import Outcome, build_whole
from pipeline.cluster import Crew, Failure, Task
from pipeline.errors import WebsiteError
from pipeline.files import remove
from pipeline.model import LocalisedPage
from pipeline.website import Part

#: The share of the time limit that it takes to begin, with however few pages.
_START = 0.25
#: A worker is given the next part while it makes one: to put a tree together takes a while here.
_AHEAD = 2


@dataclass(frozen=True, kw_only=True)
class Sites:
    """What has trees made.

    Attributes:
        crew: the workers.
        kept: answers of an earlier build that was ended.
        say: tells the user something.
        advance: told of each part that is made, by the tag of its locale.
    """

    crew: Crew
    kept: Kept
    say: Callable[[str], object]
    advance: Callable[[str], object]

    def build(self, stages: Iterable[Stage]) -> Iterator[tuple[Stage, Outcome]]:
        """Have trees built, each in its folder here.

        Args:
            stages: what to build.

        Yields:
            Each with what came of it.

        Raises:
            PipelineError: the settings or the theme are at fault; the cluster is lost.
        """
        trees = [Tree.begin(stage) for stage in stages]
        self.kept.forget_but({tree.key for tree in trees})
        self._tell_of_kept(trees)
        here: list[Tree] = []
        while trees:
            again = []
            for tree in _Round(self.crew, self.kept, self.advance).make(trees):
                if not tree.failed:
                    outcome = _go_on(tree)
                    if outcome is None:
                        again.append(tree)
                    else:
                        yield tree.stage, outcome
                elif self._leave_out(tree):
                    again.append(tree)
                else:  # no page by itself takes too long
                    here.append(tree)
            trees = again
        for tree in here:
            tag = tree.stage.tag
            self.say(f"No worker could make the pages of {tag}: they are made here.")
            yield tree.stage, build_whole(tree.stage, tree.outcome)

    def _tell_of_kept(self, trees: Iterable[Tree]) -> None:
        """Tell what an earlier build was given before it was ended."""
        found = {tree.stage.tag: self.kept.count(tree.key) for tree in trees}
        told = [f"{tag} ({n} parts)" if n > 1 else tag for tag, n in found.items() if n]
        if told:
            self.say(f"Made before the last build was ended: the pages of {', '.join(told)}.")

    def _leave_out(self, tree: Tree) -> bool:
        """Find the pages that no worker ends; notices are to stand in their place."""
        stage, before = tree.stage, tree.outcome
        self.say(
            f"No worker could make the pages of {stage.tag} ({tree.failed[0][1]}): looking for the"
            " page that is at fault."
        )
        groups = [
            [str(page.document.id) for page in chunk.pages if page.is_published]
            for chunk, _ in tree.failed
        ]
        found = self._search(tree, groups)
        pages = {str(page.document.id): page for page in stage.site.pages}
        faults = {name: _fault(pages[name], stage, why) for name, why in sorted(found.items())}
        tree.begin_again(replace(before, notices={**before.notices, **faults}))
        return bool(found)

    def _search(self, tree: Tree, groups: list[list[str]]) -> dict[str, str]:
        """The pages of some groups that no worker makes, and why."""
        found: dict[str, str] = {}
        count = max(map(len, groups))
        while groups:
            halves = [half for group in groups for half in _halves(group)]
            tasks = [_trial(tree, half, count, self.crew.limit) for half in halves]
            half_of = {task.name: half for task, half in zip(tasks, halves, strict=True)}
            groups = []
            for task, heard in self.crew.run(tasks):
                half = half_of[task.name]
                if isinstance(heard, Failure) and len(half) == 1:
                    found[half[0]] = heard.message
                elif isinstance(heard, Failure):
                    groups.append(half)
        return found


class _Round:
    """All parts of some trees, each asked for once.

    Args:
        crew: the workers.
        kept: where answers are kept.
        advance: told of each part that is made.
    """

    def __init__(self, crew: Crew, kept: Kept, advance: Callable[[str], object]) -> None:
        self._crew = crew
        self._kept = kept
        self._advance = advance
        self._asked: dict[str, tuple[Tree, int, str]] = {}
        self._there: list[tuple[Tree, int, str]] = []

    def make(self, trees: Iterable[Tree]) -> Iterator[Tree]:
        """Make them.

        Yields:
            Each tree when something has come of its last part.
        """
        yield from self._run(_parts(trees))
        # What is kept comes when nobody waits for work; what is damaged is asked for again.
        damaged = []
        for tree, number, key in self._there:
            answer = self._kept.read(key)
            if answer is None:
                remove(self._kept.folder / key)
                damaged.append((tree, number))
                continue
            tree.take(number, answer)
            yield from self._done(tree)
        yield from self._run(iter(damaged))

    def _run(self, wanted: Iterator[tuple[Tree, int]]) -> Iterator[Tree]:
        for task, heard in self._crew.run(self._tasks(wanted), ahead=_AHEAD):
            tree, number, key = self._asked.pop(task.name)
            if isinstance(heard, Failure):
                tree.failed.append((tree.chunks[number], heard.message))
            else:
                tree.take(number, heard)
                self._kept.write(key, heard)
            yield from self._done(tree)

    def _tasks(self, wanted: Iterator[tuple[Tree, int]]) -> Iterator[Task]:
        for tree, number in wanted:
            chunk = tree.chunks[number]
            part = tree.cutter.make_part(chunk)
            key = part_key(tree.key, part)
            if self._kept.has(key):
                self._there.append((tree, number, key))
                continue
            name = tree.task_name(chunk)
            self._asked[name] = tree, number, key
            yield Task(name=name, work=build_pages, given=_given(tree, part))

    def _done(self, tree: Tree) -> Iterator[Tree]:
        self._advance(tree.stage.tag)
        if tree.is_whole:
            yield tree


def _parts(trees: Iterable[Tree]) -> Iterator[tuple[Tree, int]]:
    """All parts of trees, each tree begun when its turn has come."""
    for tree in trees:
        remove(tree.stage.folder)
        for number in range(len(tree.chunks)):
            yield tree, number


def _go_on(tree: Tree) -> Outcome | None:
    """Put a tree together; None where it has to be made once more without some pages."""
    try:
        tree.try_without(tree.story.send(tree.put_together()))
    except StopIteration as end:
        outcome: Outcome = end.value
        if outcome.down:
            remove(tree.stage.folder)
        tree.release()
        return replace(outcome, seconds=tree.seconds)
    return None


def _given(tree: Tree, part: Part) -> bytes:
    return pickle.dumps(PartGiven(stage=tree.slim, part=part))


def _trial(tree: Tree, names: list[str], count: int, limit: float) -> Task:
    share = _START + (1 - _START) * len(names) / count
    return Task(
        name=f"{name_of(names)} in {tree.stage.tag}",
        work=try_pages,
        given=_given(tree, tree.cutter.make_part(tree.cutter.cut_out(names))),
        limit=limit * share,
    )


def _halves(names: list[str]) -> Iterator[list[str]]:
    middle = len(names) // 2
    for half in (names[:middle], names[middle:]):
        if half:
            yield half


def _fault(page: LocalisedPage, stage: Stage, why: str) -> WebsiteError:
    return WebsiteError(
        f"No worker of the cluster could make the page {page.document.id} in {stage.tag}: {why}.",
        remedy="Take out of it what was added last, or raise --time-limit, and build again.",
        path=page.document.path,
    )

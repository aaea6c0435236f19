"""Workers of a cluster, here in this process: no other machine is there to be waited for."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pipeline.cluster import Failure, Task
from pipeline.cluster.values import make_answer


def _never(_task: Task, _given: object) -> str:
    return ""


def tree(folder: Path) -> dict[str, str]:
    """Digests of all files below a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass(kw_only=True)
class Workers:
    """Workers that do what they are given.

    Attributes:
        folder: where they work.
        why_not: says of a task why no worker ends it; nothing of one that is done.
        limit: seconds that a task may take.
        asked: names of the tasks that they were given.
    """

    folder: Path
    why_not: Callable[[Task, object], str] = _never
    limit: float = 600.0
    asked: list[str] = field(default_factory=list)

    def run(self, tasks: Iterable[Task], *, ahead: int = 1) -> Iterator[tuple[Task, object]]:
        assert ahead
        for task in tasks:
            self.asked.append(task.name)
            given = pickle.loads(task.given)  # noqa: S301  it was pickled here
            if why := self.why_not(task, given):
                yield task, Failure(message=why)
                continue
            value, files = task.work(self.folder, given)
            yield task, make_answer(task.name, value, files, seconds=1.0, resident=1)

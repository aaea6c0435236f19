"""What travels between the machine that builds and those that help it: plain frozen values."""

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Files by name: a path with slashes below some folder, and bytes.
Files = tuple[tuple[str, bytes], ...]
#: Done on a worker: it gets a folder that has the bundle's files and what was given, and gives back
#: a value and files. A function of a module, so that only its name travels.
Work = Callable[[Path, Any], tuple[object, Files]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What all tasks of a build need: each worker gets it once.

    Attributes:
        digest: of the files.
        files: the files, packed.
    """

    digest: str
    files: Files


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of work with all that goes into it.

    Attributes:
        name: what it is, for people and for messages: the resource and the locale are in it.
        work: what does it.
        given: what it is given, pickled.
        limit: seconds that it may take at most; the crew's own if 0.
    """

    name: str
    work: Work
    given: bytes
    limit: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a task.

    Attributes:
        name: of the task.
        value: what the work gave back, pickled.
        files: the files that it made, packed.
        digest: of name, value and files.
        seconds: how long it took.
        resident: kilobytes of memory that the worker's process has now.
    """

    name: str
    value: bytes
    files: Files
    digest: str
    seconds: float
    resident: int

    @property
    def is_whole(self) -> bool:
        """Whether this is what the worker sent."""
        return self.digest == digest_of_answer(self.name, self.value, self.files)

    def read_value(self) -> Any:  # noqa: ANN401  whatever the work gives
        """What the work gave back."""
        return pickle.loads(self.value)  # noqa: S301  the cluster is one's own: docs/reference/cluster.md


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The work itself failed on a worker, whichever it may be.

    Attributes:
        name: of the task.
        error: the kind of the error and what it says.
    """

    name: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """The worker's machine cannot do such work.

    Attributes:
        name: of the task.
        message: what it lacks.
    """

    name: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A task that no worker could do.

    Attributes:
        message: why, one sentence without the task's name.
    """

    message: str


def make_answer(name: str, value: object, files: Files, *, seconds: float, resident: int) -> Answer:
    """An answer with its digest."""
    data = pickle.dumps(value)
    return Answer(
        name=name,
        value=data,
        files=files,
        digest=digest_of_answer(name, data, files),
        seconds=seconds,
        resident=resident,
    )


def digest_of_answer(name: str, value: bytes, files: Files) -> str:
    """SHA-256 over all of it."""
    total = hashlib.sha256(f"{name}\0".encode())
    total.update(hashlib.sha256(value).digest())
    total.update(digest_of_files(files).encode())
    return total.hexdigest()


def digest_of_files(files: Files) -> str:
    """SHA-256 over names and bytes."""
    total = hashlib.sha256()
    for name, data in files:
        total.update(f"{name}\0".encode("utf-8", "surrogatepass"))
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()

"""Answers that came before a build was ended: the next one need not ask again."""

import hashlib
import pickle
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.cli.digests import digest_of
from pipeline.cli.plan import Stage
from pipeline.cluster import Answer
from pipeline.files import make_folder, remove, write_atomic
from pipeline.website import Part

_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of answers, each under the digest of what was asked.

    Attributes:
        folder: it; may be deleted at any time.
    """

    folder: Path

    def read(self, key: str) -> Answer | None:
        """An answer; None where it is not there, or damaged."""
        try:
            data = (self.folder / key).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        answer = pickle.loads(data[_DIGEST:])  # noqa: S301  as this program wrote it
        return answer if isinstance(answer, Answer) else None

    def write(self, key: str, answer: Answer) -> None:
        """Keep an answer."""
        data = pickle.dumps(answer)
        write_atomic(self.folder / key, hashlib.sha256(data).digest() + data)

    def has(self, key: str) -> bool:
        """Whether there is an answer; it may be damaged."""
        return (self.folder / key).is_file()

    def count(self, tree: str) -> int:
        """How many parts of a tree are there.

        Args:
            tree: as :func:`tree_key` gives it.
        """
        return sum(path.name.startswith(f"{tree}-") for path in self._files())

    def forget_but(self, trees: Collection[str]) -> None:
        """Take out the parts of trees that nobody asks for any more, of the kind that these are."""
        make_folder(self.folder)
        kinds = {tree.partition("-")[0] for tree in trees}
        for path in list(self._files()):
            if path.name.rpartition("-")[0] not in trees and path.name.partition("-")[0] in kinds:
                remove(path)

    def _files(self) -> Iterator[Path]:
        return self.folder.iterdir() if self.folder.is_dir() else iter(())


def part_key(tree: str, part: Part) -> str:
    """Digest of all that a part is made from, after that of its tree.

    Args:
        tree: as :func:`tree_key` gives it.
        part: the part.
    """
    digest = digest_of(
        [(name, page.state) for name, page in zip(part.names, part.pages, strict=True)],
        part.lists,
        sorted(part.published.items()),
        sorted(part.captioned.items()),
        sorted(part.around.items()),
        part.targets,
        sorted(part.without_leaflet),
        sorted(map(str, part.pictures)),
    )
    return f"{tree}-{digest}"


def tree_key(stage: Stage) -> str:
    """Digest of all that a tree is made from, after its kind."""
    digest = digest_of(
        stage.tag,
        stage.digest,
        sorted(stage.published.items()),
        [locale.tag for locale in stage.open_locales],
        sorted(stage.unusable),
        sorted(stage.without_leaflet),
        sorted(stage.captioned.items()),
        stage.only,
        stage.pdfs,
        sorted(str(each.path) for all_ in stage.renditions.values() for each in all_),
        [(str(page.document.id), page.state) for page in stage.site.pages],
    )
    return f"{stage.name}-{digest}"

"""Templates, styles and workflows that a newer program brings for the same repository."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.cli.repository.shipped import digest_of_file, is_followed


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What becomes of the files that the program follows.

    Attributes:
        written: new bytes, by path: of files that nobody has changed, and of new ones.
        kept: files that the project has changed and of which the program has another version.
    """

    written: Mapping[str, bytes]
    kept: tuple[str, ...]


def refresh(
    present: Mapping[str, bytes],
    shipped: Mapping[str, bytes],
    origin: Mapping[str, str],
    *,
    takes_all: bool = False,
) -> Refreshed:
    """Decide for each file that the program brings.

    Args:
        present: the repository's files, by path.
        shipped: the program's.
        origin: the digests of the files as the repository was laid out or upgraded last.
        takes_all: whether files of the theme that the project has changed are replaced too.
    """
    written, kept = {}, []
    for name in filter(is_followed, shipped):
        here, new = present.get(name), digest_of_file(shipped[name])
        if here is None:
            # A file that was there at the last upgrade and is gone was taken out by somebody.
            if name not in origin and name.startswith("theme/"):
                written[name] = shipped[name]
        elif digest_of_file(here) == new:
            continue
        elif digest_of_file(here) == origin.get(name) or (takes_all and name.startswith("theme/")):
            written[name] = shipped[name]
        else:
            kept.append(name)
    return Refreshed(written=written, kept=tuple(kept))

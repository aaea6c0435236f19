"""Earlier texts of units, from the history of the repository.

A ledger holds digests, no texts. What somebody signed is found again by working out the
digests of older versions of the file until one is among those that they signed. Git is asked
for what it has on this machine, and nothing else.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from pipeline.model import UnitKey
from pipeline.qa.changes import split_words
from pipeline.qa.worklist import Item

#: How many versions of a file are looked at.
MOST_VERSIONS = 50
#: How alike two sentences are, 0 to 1, before one is taken for an earlier state of the other.
_LEAST_LIKENESS = 0.6
_MOST_BYTES = 5_000_000
_SECONDS = 20
#: Nothing is fetched, nothing is asked, nothing of the repository's settings is run.
_GIT = ("git", "-c", "protocol.allow=never", "-c", "core.fsmonitor=false")
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}

#: The units of one version of a file: key and target text (empty on the source side).
ReadUnits = Callable[[bytes], Sequence[tuple[UnitKey, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A text that a role signed before.

    Attributes:
        source: source text then.
        target: target text then; empty on the source side.
    """

    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What was found of earlier texts.

    Attributes:
        earlier: by the digest of the unit as it stands now.
        problem: why the history could not be looked at; empty if it was.
    """

    earlier: Mapping[str, Earlier]
    problem: str = ""


def find_history(
    items: Sequence[Item],
    *,
    signed: frozenset[str],
    current: frozenset[str],
    path: Path,
    read_units: ReadUnits,
    digest_of: Callable[[UnitKey, str], str],
) -> History:
    """What a role signed before, for each unit that it is asked to look at again.

    Args:
        items: the units.
        signed: digests of all units that the role has ever signed.
        current: digests of all units as they stand: what still stands is no earlier text.
        path: the catalog, or the resource for the source side.
        read_units: reads the units of one version; gives none for what cannot be read.
        digest_of: the digest of a unit.
    """
    earlier = dict(_from_catalog(items, signed, digest_of))
    left = [item for item in items if item.digest not in earlier]
    if not left or not signed:
        return History(earlier=earlier)
    try:
        versions = _versions(path)
        candidates = _candidates(versions, signed - current, read_units, digest_of)
    except (OSError, subprocess.SubprocessError):
        reason = "there is no git" if shutil.which("git") is None else "git has no history of it"
        return History(earlier=earlier, problem=reason)
    for item in left:
        if found := _find_like(item, candidates):
            earlier[item.digest] = found
    return History(earlier=earlier)


def _from_catalog(
    items: Sequence[Item], signed: frozenset[str], digest_of: Callable[[UnitKey, str], str]
) -> Iterator[tuple[str, Earlier]]:
    """Units whose catalog still says what they were made for (``#|``)."""
    for item in items:
        if item.previous and digest_of(item.previous, item.target) in signed:
            yield item.digest, Earlier(source=item.previous.msgid, target=item.target)


def _candidates(
    versions: Iterator[bytes],
    signed: frozenset[str],
    read_units: ReadUnits,
    digest_of: Callable[[UnitKey, str], str],
) -> dict[UnitKey, Earlier]:
    """Signed units of older versions, the newest state of each."""
    found: dict[UnitKey, Earlier] = {}
    missing = set(signed)
    for data in versions:
        for key, target in read_units(data):
            digest = digest_of(key, target)
            if digest in missing:
                missing.discard(digest)
                found.setdefault(key, Earlier(source=key.msgid, target=target))
        if not missing:
            break
    return found


def _find_like(item: Item, candidates: Mapping[UnitKey, Earlier]) -> Earlier | None:
    """The same unit with another target, or else the sentence most like it."""
    if item.key in candidates:
        return candidates[item.key]
    words, best, found = split_words(item.source), _LEAST_LIKENESS, None
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(words)
    for key, earlier in candidates.items():
        if key.context != item.key.context:
            continue
        matcher.set_seq1(split_words(earlier.source))
        if matcher.quick_ratio() >= best and matcher.ratio() >= best:
            best, found = matcher.ratio(), earlier
    return found


def _versions(path: Path) -> Iterator[bytes]:
    """Older versions of a file, the newest first."""
    folder = path.parent
    log = _git(folder, "log", f"-{MOST_VERSIONS}", "--no-show-signature", "--format=%H", "--", path)
    commits = log.decode("ascii").split()
    if not commits:
        raise FileNotFoundError(path)
    prefix = _git(folder, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").strip()
    for commit in commits:
        try:
            name = f"{commit}:{prefix}{path.name}"
            if int(_git(folder, "cat-file", "-s", name)) <= _MOST_BYTES:
                yield _git(folder, "cat-file", "blob", name)
        except (subprocess.CalledProcessError, ValueError):
            continue  # the commit that took the file away


def _git(folder: Path, *arguments: str | Path) -> bytes:
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell
        [*_GIT, *map(str, arguments)],
        cwd=folder,
        env={**os.environ, **_QUIET},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=_SECONDS,
    )
    return done.stdout

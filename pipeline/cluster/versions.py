"""What a machine has installed, as far as it decides what a page or a leaflet looks like."""

import hashlib
import platform
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pipeline

_OURS = "health-translation-pipeline"
_NAME = re.compile(r"[\w.-]+")
#: What only carries the work to and fro.
_CARRIERS = ("distributed",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """What is installed.

    Attributes:
        version: of this package.
        code: digest of its files as they are installed.
        python: of Python, without the last number.
        packages: names and versions of all that it needs.
        libraries: versions of the system's libraries that set leaflets.
    """

    version: str
    code: str
    python: str
    packages: tuple[tuple[str, str], ...]
    libraries: str


@cache
def find_installed(libraries: str) -> Installed:
    """What this machine has installed.

    Args:
        libraries: versions of the system's libraries that set leaflets.
    """
    return Installed(
        version=pipeline.__version__,
        code=_digest_of_code(),
        python=f"{platform.python_implementation()} {sys.version_info[0]}.{sys.version_info[1]}",
        packages=tuple(sorted(_packages())),
        libraries=f"{libraries}, zlib {zlib.ZLIB_RUNTIME_VERSION}",
    )


def find_difference(ours: Installed, theirs: Installed) -> str:
    """The first thing in which a machine differs from this one, in words; empty if none.

    Args:
        ours: what is installed here.
        theirs: what is installed there.
    """
    if theirs.version != ours.version:
        return f"it has version {theirs.version} of this program, and here is {ours.version}"
    if theirs.python != ours.python:
        return f"it has {theirs.python}, and here is {ours.python}"
    if theirs.code != ours.code:
        return f"its files of this program are others, though they too say {ours.version}"
    here, there = dict(ours.packages), dict(theirs.packages)
    for name in sorted(here.keys() | there.keys()):
        if here.get(name) != there.get(name):
            has, wanted = there.get(name, "none"), here.get(name, "none")
            return f"it has {name} {has}, and here is {wanted}"
    if theirs.libraries != ours.libraries:
        return f"its libraries are {theirs.libraries}, and here are {ours.libraries}"
    return ""


def _digest_of_code() -> str:
    total = hashlib.sha256()
    folder = Path(pipeline.__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and ".pyc" not in path.name:
            total.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _packages() -> Iterator[tuple[str, str]]:
    """All that this package needs, and what that needs, as it is installed."""
    seen: set[str] = set()
    waiting = [_OURS, *_CARRIERS]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = version(name)
            needed = requires(name) or []
        except PackageNotFoundError:  # not needed on this kind of machine
            continue
        if name != _OURS:
            yield name, found
        waiting += [
            match.group().lower().replace("_", "-")
            for each in needed
            if "extra ==" not in each and (match := _NAME.match(each))
        ]

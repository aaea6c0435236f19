"""What a build would be made of, as one short text: equal digests, equal results."""

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pipeline
from pipeline.config import asked_generator
from pipeline.files import is_leftover

_PACKAGES = (
    "mkdocs",
    "mkdocs-material",
    "mkdocs-static-i18n",
    "properdocs",
    "Markdown",
    "pymdown-extensions",
    "babel",
    "pycld2",
    "snowballstemmer",
    "manimgx-fonts",
    "justmytype-intl-cjk",
)
#: The rooms that the checks of a translation are made of, beside the modules above all rooms.
CHECKING = ("checks", "glossary", "languages", "segments")
CHECKING_PACKAGES = ("Markdown", "PyYAML", "babel", "pycld2", "snowballstemmer")


def digest_of(*parts: object) -> str:
    """SHA-256 over the printed form of values; for frozen dataclasses it names every field."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(repr(part).encode("utf-8", "surrogatepass"))
        sha.update(b"\0")
    return sha.hexdigest()


def digest_of_files(*folders: Path) -> str:
    """SHA-256 over names and bytes of all files in folders, or of files themselves."""
    sha = hashlib.sha256()
    for path in _files(folders):
        sha.update(str(path).encode("utf-8", "surrogateescape") + b"\0")
        sha.update(hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()


def _files(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        if folder.is_file():
            yield folder
        else:
            yield from sorted(p for p in folder.rglob("*") if p.is_file() and _counts(p.name))


def _counts(name: str) -> bool:
    return ".pyc" not in name and not is_leftover(name)


@lru_cache(maxsize=1)
def digest_of_program() -> str:
    """What turns the same input into another site: our own code and the generator's version."""
    ours = digest_of_files(Path(pipeline.__file__).parent)
    return digest_of(asked_generator(), _versions(_PACKAGES), ours)


@lru_cache(maxsize=1)
def digest_of_checks() -> str:
    """What turns the same translation into other findings: the checks and what they are made of."""
    ours = Path(pipeline.__file__).parent
    files = [*(ours / room for room in CHECKING), *sorted(ours.glob("*.py"))]
    versions = _versions(CHECKING_PACKAGES)
    return digest_of(versions, unicodedata.unidata_version, digest_of_files(*files))


def _versions(packages: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, _version(name)) for name in packages]


def _version(package: str) -> str:
    """The version of a package; empty where it is not there, as pycld2 on some machines."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

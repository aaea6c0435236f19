"""What the program brings for a repository of content, by path: the files of a new one.

In the wheel ``setup.py`` has put the theme, the language table and the interface's catalogs beside
this module; in a checkout of the program they lie at its root, where its own site uses them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pipeline
from pipeline import __version__
from pipeline.errors import MachineError
from pipeline.segments import SEGMENTER_VERSION

#: Where a repository says what it was laid out from: the digest of each file that upgrades follow.
ORIGIN = ".pipeline-origin.json"
_HERE = Path(__file__).parent
_WHEEL, _STARTER = _HERE / "shipped", _HERE / "starter"
#: Files that cannot lie under their own names where they would be taken for the program's.
_NAMES = {
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
    "gitlab-ci.yml": ".gitlab-ci.yml",
    "github/check.yml": ".github/workflows/check.yml",
    "github/publish.yml": ".github/workflows/publish.yml",
}
_BROUGHT = ("theme/**/*", "locales/locales.toml", "locales/*/interface.po", "mkdocs.yml")


@cache
def shipped_files() -> Mapping[str, bytes]:
    """Every file of a new repository, by its path there.

    Raises:
        MachineError: the program was installed without them.
    """
    files = dict(_starter())
    files |= dict(_brought())
    files["requirements.txt"] = f"health-translation-pipeline=={__version__}\n".encode()
    files[ORIGIN] = render_origin(files)
    return files


def _starter() -> Iterator[tuple[str, bytes]]:
    for path in sorted(_STARTER.rglob("*")):
        if path.is_file():
            name = path.relative_to(_STARTER).as_posix()
            yield _NAMES.get(name, name), path.read_bytes()


def _brought() -> Iterator[tuple[str, bytes]]:
    root = _WHEEL if _WHEEL.is_dir() else Path(pipeline.__file__).parents[1]
    for pattern in _BROUGHT:
        found = [path for path in sorted(root.glob(pattern)) if path.is_file()]
        if not found:
            raise MachineError(
                f"The program was installed without `{pattern}`.",
                remedy="Install it again from its wheel, or run it in its own repository.",
                path=root,
            )
        for path in found:
            yield path.relative_to(root).as_posix(), path.read_bytes()


def is_followed(name: str) -> bool:
    """Whether an upgrade brings a newer version of a file, where nobody has changed it."""
    is_theme = name.startswith("theme/") and name != "theme/interface.toml"
    return is_theme or name in {"Makefile", "mkdocs.yml", *_NAMES.values()} - {".gitignore"}


def render_origin(files: Mapping[str, bytes]) -> bytes:
    """What a repository remembers of the files that it was laid out from.

    Args:
        files: the files that the program brings, by path.
    """
    origin = {
        "program": __version__,
        "segmenter": SEGMENTER_VERSION,
        "files": {name: digest_of_file(files[name]) for name in sorted(files) if is_followed(name)},
    }
    return (json.dumps(origin, indent=1) + "\n").encode()


def digest_of_file(data: bytes) -> str:
    """SHA-256 of a file's bytes; line ends count as one, however git has written them."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def parse_origin(data: bytes) -> dict[str, str]:
    """The digests that a repository remembers; empty where that cannot be read."""
    try:
        files = json.loads(data)["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}

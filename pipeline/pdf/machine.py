"""What this machine lacks for leaflets, and the command that adds it.

Pip installs WeasyPrint and the fonts, but not the libraries that shape and lay out
text. They are looked for by the names that WeasyPrint looks for, without loading it.
"""

import ctypes
import ctypes.util
import os
import platform
import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that is missing.

    Attributes:
        message: what is missing and what that means, one sentence.
        remedy: the command that adds it.
        is_fatal: without it no leaflet can be made; otherwise they take longer.
    """

    message: str
    remedy: str
    is_fatal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A system library.

    Attributes:
        label: what people call it.
        names: what the loader knows it by, on Linux, macOS and Windows.
        purpose: what it does, to go after "the system library that".
        is_fatal: whether no leaflet can be made without it.
    """

    label: str
    names: tuple[str, ...]
    purpose: str
    is_fatal: bool = True


LIBRARIES = (
    Library(
        label="GLib",
        names=("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
        purpose="lays out text",
    ),
    Library(
        label="Pango",
        names=("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        purpose="lays out text",
    ),
    Library(
        label="PangoFT2",
        names=("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
        purpose="lays out text",
    ),
    Library(
        label="HarfBuzz",
        names=("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
        purpose="shapes text",
    ),
    Library(
        label="Fontconfig",
        names=("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
        purpose="finds fonts",
    ),
    Library(
        label="HarfBuzz-Subset",
        names=(
            "libharfbuzz-subset.so.0",
            "libharfbuzz-subset.0.dylib",
            "libharfbuzz-subset-0.dll",
        ),
        purpose="cuts fonts down; without it a leaflet takes seconds, not a fifth of one",
        is_fatal=False,
    ),
)

_FONT_PACKAGES = ("manimgx_fonts", "justmytype_intl_cjk", "fontpkg_amiri", "uharfbuzz")

#: By the first packaging tool that is found. Names: WeasyPrint's page "First steps".
_COMMANDS = (
    (
        "apt-get",
        "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0",
    ),
    ("dnf", "sudo dnf install pango harfbuzz"),
    ("pacman", "sudo pacman -S --needed pango"),
    ("apk", "sudo apk add pango harfbuzz-subset"),
    ("zypper", "sudo zypper install libpango-1_0-0 libharfbuzz-subset0"),
    ("brew", "brew install pango"),
)
_WINDOWS_COMMAND = "In an MSYS2 shell: pacman -S mingw-w64-ucrt-x86_64-pango"
_MAC_COMMAND = "Install Homebrew (https://brew.sh), then: brew install pango"
_OTHER_COMMAND = "Install Pango 1.44 or later and HarfBuzz with its subset library"
_PIP_COMMAND = "pip install --require-hashes -r requirements.lock"
#: Where WeasyPrint looks on Windows, beside what its own setting names.
_WINDOWS_FOLDERS = (r"C:\msys64\ucrt64\bin", r"C:\msys64\mingw64\bin")


def find_problems(libraries: tuple[Library, ...] = LIBRARIES) -> tuple[Problem, ...]:
    """Say what this machine lacks for making leaflets; empty where it lacks nothing.

    Args:
        libraries: the system libraries to look for.
    """
    command = install_command()
    missing = [library for library in libraries if _load(library.names) is None]
    problems = [
        Problem(
            message=f"{library.label} is missing: the system library that {library.purpose}.",
            remedy=command,
            is_fatal=library.is_fatal,
        )
        for library in missing
    ]
    absent = [name.replace("_", "-") for name in _FONT_PACKAGES if not _is_installed(name)]
    if absent:
        message = f"The fonts for leaflets are missing: {', '.join(absent)}."
        problems.append(Problem(message=message, remedy=_PIP_COMMAND, is_fatal=True))
    return tuple(problems)


def install_command(system: str = "") -> str:
    """The command that adds the system libraries.

    Args:
        system: what :func:`platform.system` calls the system; this machine's if empty.
    """
    system = system or platform.system()
    if system == "Windows":
        return _WINDOWS_COMMAND
    for tool, command in _COMMANDS:
        if shutil.which(tool):
            return command
    return _MAC_COMMAND if system == "Darwin" else _OTHER_COMMAND


def library_versions() -> str:
    """Versions of the libraries that decide where a letter stands, for digests."""
    pango, harfbuzz = _load(LIBRARIES[1].names), _load(LIBRARIES[3].names)
    parts = []
    if pango is not None:
        pango.pango_version_string.restype = ctypes.c_char_p
        parts.append(f"pango {pango.pango_version_string().decode()}")
    if harfbuzz is not None:
        harfbuzz.hb_version_string.restype = ctypes.c_char_p
        parts.append(f"harfbuzz {harfbuzz.hb_version_string().decode()}")
    return ", ".join(parts)


@cache
def _load(names: tuple[str, ...]) -> ctypes.CDLL | None:
    for name in names:
        for candidate in _candidates(name):
            with suppress(OSError):
                return ctypes.CDLL(candidate)
    return None


def _candidates(name: str) -> tuple[str, ...]:
    """Where a library may be: the loader's own path, then where package managers put it."""
    if sys.platform == "win32":
        setting = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", "")
        folders = [*filter(None, setting.split(";")), *_WINDOWS_FOLDERS]
        return (name, *(os.path.join(folder, name) for folder in folders))  # noqa: PTH118
    if sys.platform == "darwin":
        return (name, f"/opt/homebrew/lib/{name}", f"/usr/local/lib/{name}")
    return (name,)


def _is_installed(module: str) -> bool:
    from importlib.util import find_spec  # noqa: PLC0415 - keeps the import of this module light

    return find_spec(module) is not None

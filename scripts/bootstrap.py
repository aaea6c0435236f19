"""Sets up what a command needs: system libraries, a virtual environment, locked packages.

Run by the Makefile through ``bootstrap.sh``; only the standard library, for nothing is
installed yet. What is in place is left alone: a second run takes a fraction of a second.

Usage: bootstrap.py site|mt|cluster|dev|bench
"""

import ctypes
import ctypes.util
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
STAMP = "set-up.json"
#: The exit code of pipeline.errors.MachineError, which cannot be imported yet.
EXIT_MACHINE = 9
#: What to set to go on without the system packages.
ESCAPE = "PIPELINE_SYSTEM_CHECK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that the operating system has to supply.

    Attributes:
        what: what it is, in words.
        apt: package of Debian and Ubuntu.
        brew: package of Homebrew; None for what macOS has or does not need.
        is_there: whether this machine has it.
    """

    what: str
    apt: str
    brew: str | None
    is_there: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one kind of command needs.

    Attributes:
        venv: folder of the virtual environment, relative to the project.
        locks: lock files, any one of which has all that is needed; the first is installed.
        needs: what the operating system has to supply.
        browser: whether a Chromium is needed.
    """

    venv: Path
    locks: tuple[str, ...]
    needs: tuple[Need, ...]
    browser: bool = False


def _library(what: str, linux: str, mac: str, apt: str, brew: str | None) -> Need:
    def is_there() -> bool:
        if sys.platform == "darwin":
            folders = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
            return any((folder / mac).exists() for folder in folders)
        try:
            ctypes.CDLL(linux)
        except OSError:
            return ctypes.util.find_library(mac.removeprefix("lib").split(".")[0]) is not None
        return True

    return Need(what=what, apt=apt, brew=brew, is_there=is_there)


def _program(name: str, what: str, apt: str, brew: str | None) -> Need:
    return Need(what=what, apt=apt, brew=brew, is_there=lambda: shutil.which(name) is not None)


VENV_MODULE = Need(
    what="Python's venv module",
    apt=f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
    brew=None,
    is_there=lambda: importlib.util.find_spec("ensurepip") is not None,
)
LIBRARIES = (
    _library(
        "Pango, which lays out the text of leaflets",
        *("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0", "pango"),
    ),
    _library(
        "Pango's FreeType part",
        *("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0", "pango"),
    ),
    _library(
        "HarfBuzz's subsetter, which keeps leaflets small",
        *("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"),
        *("libharfbuzz-subset0", "harfbuzz"),
    ),
)
TEST_TOOLS = (
    _library(
        "libatomic, which Playwright's driver of the browser needs",
        *("libatomic.so.1", "libatomic.dylib", "libatomic1", None),
    ),
    _program("msgfmt", "gettext's tools, which our catalogs must agree with", "gettext", "gettext"),
    _program("pdftotext", "poppler's tools, which read leaflets back", "poppler-utils", "poppler"),
    _program("openssl", "OpenSSL, which makes the certificate of a test's server", "openssl", None),
    _program("ssh-keygen", "OpenSSH, which signs lines of ledgers", "openssh-client", "openssh"),
)
PROFILES = {
    "site": Profile(
        venv=Path(".venv"),
        locks=(
            "requirements.lock",
            "requirements-mt.lock",
            "requirements-cluster.lock",
            "requirements-dev.lock",
        ),
        needs=(VENV_MODULE, *LIBRARIES),
    ),
    "mt": Profile(
        venv=Path(".venv"),
        locks=("requirements-mt.lock", "requirements-dev.lock"),
        needs=(VENV_MODULE, *LIBRARIES),
    ),
    "cluster": Profile(
        venv=Path(".venv"),
        locks=("requirements-cluster.lock", "requirements-dev.lock"),
        needs=(VENV_MODULE, *LIBRARIES),
    ),
    "dev": Profile(
        venv=Path(".venv"),
        locks=("requirements-dev.lock",),
        needs=(VENV_MODULE, *LIBRARIES, *TEST_TOOLS),
        browser=True,
    ),
    "bench": Profile(
        venv=Path(".cache/bench-venv"),
        locks=("requirements-bench.lock",),
        needs=(
            VENV_MODULE,
            *LIBRARIES,
            *TEST_TOOLS,
            _program("po4a-translate", "po4a, a peer we compare with", "po4a", "po4a"),
        ),
        browser=True,
    ),
}


def say(text: str) -> None:
    """Print a line of progress at once."""
    print(text, flush=True)


def stop(message: str) -> NoReturn:
    """End with a message and the exit code for a machine that lacks something."""
    print(f"\n{message}", file=sys.stderr, flush=True)
    raise SystemExit(EXIT_MACHINE)


def run(*command: str | Path) -> bool:
    """Run a command without a keyboard; say whether it went well."""
    done = subprocess.run(
        [str(c) for c in command], cwd=ROOT, stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def run_quietly(*command: str) -> bool:
    """Run a command without a keyboard and show what it printed only where it failed."""
    done = subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


# --- System packages -----------------------------------------------------------------


def find_administrator() -> tuple[str, ...] | None:
    """The words that run a command as administrator without a question; None if there are none."""
    if os.geteuid() == 0:
        return ()
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ("sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive")
    return None


def install_by_apt(packages: list[str]) -> bool:
    """Install packages with apt-get where that needs no question; say whether it went well."""
    administrator = find_administrator()
    if administrator is None or shutil.which("apt-get") is None:
        return False
    say(f"Installing {' '.join(packages)} …")
    apt = (*administrator, "apt-get", "-q", "-y")
    install = (*apt, "install", "--no-install-recommends", *packages)
    return run_quietly(*apt, "update") and run_quietly(*install)


def how_to_install(needs: Iterable[Need]) -> str:
    """What somebody has to type to get what is missing."""
    needs = tuple(needs)
    if sys.platform == "darwin":
        return f"brew install {' '.join(dict.fromkeys(n.brew for n in needs if n.brew))}"
    if shutil.which("apt-get"):
        return f"sudo apt-get install -y {' '.join(dict.fromkeys(n.apt for n in needs))}"
    return (
        "install, with your system's package manager, what Debian calls "
        f"{' '.join(dict.fromkeys(n.apt for n in needs))}"
    )


def supply(needs: Iterable[Need]) -> None:
    """Install what the operating system lacks, or stop and say what to type."""
    if os.environ.get(ESCAPE) == "off":
        return
    on_mac = sys.platform == "darwin"
    missing = [need for need in needs if not need.is_there() and not (on_mac and need.brew is None)]
    if not missing:
        return
    install_by_apt(list(dict.fromkeys(need.apt for need in missing)))
    importlib.invalidate_caches()
    missing = [need for need in missing if not need.is_there()]
    if missing:
        names = "\n".join(f"  - {need.what}" for need in missing)
        stop(
            f"This machine lacks:\n{names}\n\nType:\n\n  {how_to_install(missing)}\n\n"
            f"and then the same make command again. To go on without, set {ESCAPE}=off;\n"
            "what needs them will then fail."
        )


# --- Virtual environment -------------------------------------------------------------


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def project_digest() -> str:
    """Digest of what decides how the package itself is installed."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = (settings["build-system"], settings["project"], settings["tool"]["setuptools"])
    return digest(json.dumps(parts, sort_keys=True).encode())


def read_stamp(venv: Path) -> dict[str, str]:
    """What the last set-up left in this environment; empty where there was none."""
    with suppress(OSError, ValueError):
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
        if isinstance(stamp, dict):
            return stamp
    return {}


def write_stamp(venv: Path, stamp: dict[str, str]) -> None:
    """Record a set-up that went through."""
    temporary = venv / f"{STAMP}.{os.getpid()}"
    temporary.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
    temporary.replace(venv / STAMP)


def is_usable(venv: Path, stamp: Mapping[str, str]) -> bool:
    """Whether the environment still works: same place, and its Python still starts."""
    if stamp.get("root", str(ROOT)) != str(ROOT):
        return False
    with suppress(OSError):
        done = subprocess.run(
            [venv / "bin/python", "-I", "-c", "import pip, sys; print(sys.version)"],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode == 0 and stamp.get("python", done.stdout) == done.stdout
    return False


def make_venv(venv: Path) -> None:
    """Make a new virtual environment in place of what is there."""
    version = ".".join(map(str, sys.version_info[:3]))
    say(f"Making {venv.relative_to(ROOT)} with Python {version} …")
    if not run(sys.executable, "-m", "venv", "--clear", venv):
        stop(f"{sys.executable} could not make a virtual environment; the reason stands above.")


def pip_install(venv: Path, *arguments: str) -> None:
    """Install into an environment, or stop and say what may be the matter."""
    pip = (venv / "bin/python", "-I", "-m", "pip", "install", "-qq", "--no-input")
    if not run(*pip, "--disable-pip-version-check", *arguments):
        stop(
            "The locked packages could not be installed; pip's reason stands above.\n"
            "Most often there is no network, or this kind of machine has no ready-made package:\n"
            "64-bit Linux and macOS with Python 3.11 to 3.14 have them all.\n"
            "What was fetched is kept; type the same make command again."
        )


def install_lock(venv: Path, lock: str | Path) -> None:
    """Install exactly what a lock file lists.

    The lock is complete, so pip has nothing to work out. Left to do so, pip before 24 looks at
    the newest release of what a package asks for with an extra (`coverage[toml]`), finds that it
    is not the locked one, and stops: the set-up would fail from the day of that release.
    """
    pip_install(venv, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(lock))


def install(profile: Profile) -> None:
    """Bring the profile's environment to what its lock file says, if it is not there already."""
    venv = ROOT / profile.venv
    stamp = read_stamp(venv)
    digests = {name: digest((ROOT / name).read_bytes()) for name in profile.locks}
    has_packages = any(stamp.get(name) == value for name, value in digests.items())
    has_project = stamp.get("project") == project_digest()
    usable = is_usable(venv, stamp)
    if usable and has_packages and has_project:
        return
    if not usable:
        make_venv(venv)
        stamp, has_packages = {}, False
    if not has_packages:
        lock = profile.locks[0]
        say(f"Installing the packages of {lock} …")
        install_lock(venv, lock)
        stamp = {lock: digests[lock]}
    pip_install(venv, "--no-deps", "--no-build-isolation", "--no-index", "-e", ".")
    python = [str(venv / "bin/python"), "-I", "-c", "import sys; print(sys.version)"]
    version = subprocess.run(python, capture_output=True, text=True, check=True).stdout
    stamp |= {"project": project_digest(), "root": str(ROOT), "python": version}
    write_stamp(venv, stamp)


# --- Browser -------------------------------------------------------------------------

BROWSERS = ("chromium", "chromium-browser")
CHROMIUM = Need(
    what="Chromium, in which the tests open the website",
    apt="chromium",
    brew=None,
    # Ubuntu's `chromium-browser` is there and does not run: it only points to a snap.
    is_there=lambda: any(run_quietly(name, "--version") for name in BROWSERS if shutil.which(name)),
)


def has_playwright_browser(venv: Path) -> bool:
    """Whether Playwright has fetched a Chromium of its own."""
    script = (
        "import pathlib, sys\n"
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: path = p.chromium.executable_path\n"
        "sys.exit(0 if pathlib.Path(path).exists() else 'There is no Chromium yet.')"
    )
    return run_quietly(str(venv / "bin/python"), "-I", "-c", script)


def is_debian() -> bool:
    """Whether apt has a real Chromium: Debian does, Ubuntu's package is a pointer to a snap."""
    with suppress(OSError):
        return "\nID=debian" in "\n" + Path("/etc/os-release").read_text(encoding="utf-8")
    return False


def supply_browser(venv: Path) -> None:
    """Get a Chromium: the system's, or else the one that Playwright fetches."""
    if os.environ.get(ESCAPE) == "off" or CHROMIUM.is_there():
        return
    if is_debian():
        supply([CHROMIUM])
        return
    if has_playwright_browser(venv):
        return
    say("Fetching Chromium for the tests …")
    with_libraries = ("--with-deps",) if os.name == "posix" and find_administrator() == () else ()
    if not run(venv / "bin/playwright", "install", *with_libraries, "chromium"):
        stop(
            "Chromium could not be fetched. Install Chromium, or type\n\n"
            f"  {venv.relative_to(ROOT)}/bin/playwright install --with-deps chromium\n\n"
            "and then the same make command again."
        )


def main(arguments: list[str]) -> None:
    """Set up for one profile."""
    if len(arguments) != 1 or arguments[0] not in PROFILES:
        stop(f"usage: bootstrap.py {'|'.join(PROFILES)}")
    profile = PROFILES[arguments[0]]
    started = time.monotonic()
    supply(profile.needs)
    install(profile)
    if profile.browser:
        supply_browser(ROOT / profile.venv)
    seconds = time.monotonic() - started
    if seconds > 1:
        say(f"Set up for {arguments[0]} in {seconds:.0f} s.")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The set-up that runs before anything is installed: it says what to type, and repeats nothing."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "scripts/bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bootstrap"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["bootstrap"]


def program(folder: Path, name: str, text: str) -> None:
    """Put a small shell script of this name into a folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """A folder that is the whole PATH: nothing of this machine is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def find_python(tools: Path) -> subprocess.CompletedProcess[str]:
    for name in ("dirname", "cat"):
        (tools / name).symlink_to(shutil.which(name, path=os.defpath))
    script = ["/bin/sh", str(ROOT / "scripts/bootstrap.sh"), "site"]
    return subprocess.run(script, capture_output=True, text=True, check=False)


def test_an_old_python_gets_told_what_to_type(tools):
    program(tools, "python3", "exit 1")
    result = find_python(tools)
    assert result.returncode == 9
    assert "needs Python 3.11 or newer" in result.stderr
    assert "sudo apt-get install -y python3 python3-venv" in result.stderr


def test_a_newer_python_beside_an_old_one_is_found(tools):
    program(tools, "python3", "exit 1")
    program(tools, "python3.12", '[ "$1" = -c ] || echo "hands over to $0"')
    assert find_python(tools).stdout == f"hands over to {tools}/python3.12\n"


# --- System packages -----------------------------------------------------------------


@pytest.fixture
def need(bootstrap, tmp_path):
    """Something that is there as soon as apt-get has installed it."""
    marker = tmp_path / "installed"
    return bootstrap.Need(
        what="Pango, which lays out the text of leaflets",
        apt="libpango-1.0-0",
        brew="pango",
        is_there=marker.exists,
    )


def test_a_missing_library_is_installed_where_that_needs_no_question(
    bootstrap, need, tools, tmp_path
):
    log = tmp_path / "log"
    program(tools, "sudo", 'if [ "$2" = env ]; then shift 3; fi; exec "$@"')
    program(tools, "true", "")
    program(tools, "apt-get", f'echo "$@" >>{log}; : >{tmp_path / "installed"}')
    bootstrap.supply([need])
    assert log.read_text() == (
        "-q -y update\n-q -y install --no-install-recommends libpango-1.0-0\n"
    )


def test_otherwise_it_stops_and_says_exactly_what_to_type(
    bootstrap, need, tools, monkeypatch, capsys
):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "platform", "linux")
    program(tools, "apt-get", "exit 1")
    with pytest.raises(SystemExit) as stopped:
        bootstrap.supply([need])
    assert stopped.value.code == 9
    message = capsys.readouterr().err
    assert "  - Pango, which lays out the text of leaflets\n" in message
    assert "\n  sudo apt-get install -y libpango-1.0-0\n" in message


@pytest.mark.usefixtures("tools")
def test_on_a_mac_it_names_homebrews_package(bootstrap, need, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 501)
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SystemExit):
        bootstrap.supply([need])
    assert "\n  brew install pango\n" in capsys.readouterr().err


@pytest.mark.usefixtures("tools")
def test_somebody_may_choose_to_go_on_without(bootstrap, need, monkeypatch):
    monkeypatch.setenv("PIPELINE_SYSTEM_CHECK", "off")
    bootstrap.supply([need])
    assert not need.is_there()


# --- Virtual environment -------------------------------------------------------------


def test_its_exit_code_is_that_of_a_machine_that_lacks_something(bootstrap):
    from pipeline.errors import MachineError  # noqa: PLC0415 - everything else runs without it

    assert MachineError.exit_code == bootstrap.EXIT_MACHINE


def test_a_damaged_stamp_means_setting_up_again(bootstrap, tmp_path):
    (tmp_path / bootstrap.STAMP).write_text('{"root": "/so', encoding="utf-8")
    assert bootstrap.read_stamp(tmp_path) == {}


def test_an_environment_that_was_moved_is_not_used(bootstrap, tmp_path):
    assert bootstrap.is_usable(Path(sys.prefix), {"root": str(ROOT)})
    assert not bootstrap.is_usable(Path(sys.prefix), {"root": str(tmp_path)})


def test_an_environment_whose_python_has_gone_is_not_used(bootstrap, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").symlink_to(tmp_path / "no-longer-there")
    assert not bootstrap.is_usable(tmp_path, {})


LOCKS = (
    "requirements.lock",
    "requirements-mt.lock",
    "requirements-cluster.lock",
    "requirements-dev.lock",
)


@pytest.fixture
def project(bootstrap, tmp_path, monkeypatch):
    """A project whose environment was set up from its development lock."""
    for name in ("pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    program(tmp_path / ".venv/bin", "python", f'exec "{sys.executable}" "$@"')
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    lock = (tmp_path / "requirements-dev.lock").read_bytes()
    stamp = {
        "requirements-dev.lock": bootstrap.digest(lock),
        "project": bootstrap.project_digest(),
        "root": str(tmp_path),
        "python": sys.version + "\n",
    }
    (tmp_path / ".venv" / bootstrap.STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    return tmp_path


@pytest.fixture
def installed(bootstrap, monkeypatch):
    """What pip is asked to install, in order."""
    asked: list[str] = []
    monkeypatch.setattr(bootstrap, "pip_install", lambda _venv, *words: asked.append(words[-1]))
    return asked


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("name", ["site", "mt", "cluster", "dev"])
def test_nothing_changed_means_nothing_installed(bootstrap, installed, name):
    bootstrap.install(bootstrap.PROFILES[name])
    assert installed == []


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("site", "requirements.lock"),
        ("mt", "requirements-mt.lock"),
        ("cluster", "requirements-cluster.lock"),
        ("dev", "requirements-dev.lock"),
    ],
)
def test_a_new_lock_is_installed_once(bootstrap, project, installed, name, lock):
    with (project / "requirements-dev.lock").open("a") as file:
        file.write("# changed\n")
    bootstrap.install(bootstrap.PROFILES[name])
    bootstrap.install(bootstrap.PROFILES[name])
    assert installed == [lock, "."]


def test_settings_of_the_checks_reinstall_nothing(bootstrap, project, installed):
    with (project / "pyproject.toml").open("a") as file:
        file.write("[tool.something]\nelse = true\n")
    bootstrap.install(bootstrap.PROFILES["site"])
    assert installed == []


def test_a_new_command_of_the_package_is_installed(bootstrap, project, installed):
    path = project / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('pipeline = "pipeline', 'leaflets = "pipeline'), encoding="utf-8")
    bootstrap.install(bootstrap.PROFILES["site"])
    assert installed == ["."]


def wheel(folder: Path, name: str, version: str, *metadata: str) -> str:
    """Put a package without code into a folder; give its digest."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata, ""]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", "\n".join(lines))
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_newer_release_of_what_is_locked_stops_no_set_up(bootstrap, tmp_path, monkeypatch):
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    plugin = wheel(shelf, "plugin", "7.1", "Requires-Dist: measure[toml]>=1")
    measure = wheel(shelf, "measure", "1.3", "Provides-Extra: toml")
    wheel(shelf, "measure", "1.4", "Provides-Extra: toml")  # came out after the lock was made
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        f"measure==1.3 --hash=sha256:{measure}\nplugin==7.1 --hash=sha256:{plugin}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    bootstrap.make_venv(tmp_path / "venv")
    bootstrap.install_lock(tmp_path / "venv", lock)
    installed = {path.name for path in tmp_path.glob("venv/lib/*/site-packages/*.dist-info")}
    assert {"measure-1.3.dist-info", "plugin-7.1.dist-info"} <= installed

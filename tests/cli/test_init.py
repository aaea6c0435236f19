"""Another content repository, from the package as others get it: the wheel, not this checkout."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.cli.repository.shipped import is_followed, shipped_files

ROOT = Path(__file__).parents[2]


#: What a wheel is built of: a copy, for building leaves files beside what it builds.
PARTS = ("pipeline", "theme", "locales", "mkdocs.yml", "pyproject.toml", "setup.py", "README.md")
PROGRAM = """#!{python}
from pipeline.cli import main
if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The package, built of the tree as it is; nothing is asked of a registry."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in (*PARTS, "LICENSE"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--no-index", "-w", folder, folder], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment in which it is the program, beside the packages that are here."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    program = folder / "bin" / "pipeline"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(python=sys.executable), "utf-8")
    program.chmod(0o755)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "MAKE"))}
    return {**clean, "PYTHONPATH": str(folder), "PATH": f"{program.parent}:{clean['PATH']}"}


@pytest.fixture(scope="module")
def demo(installed, tmp_path_factory):
    """A repository that the installed program has laid out."""
    folder = tmp_path_factory.mktemp("others") / "demo"
    run(installed, folder.parent, "pipeline", "init", "demo")
    return folder


def run(environment, folder, *words):
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_has_all_that_the_program_needs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name.partition("pipeline/")[2] for name in archive.namelist()}
    tracked = subprocess.run(
        ["git", "ls-files", "pipeline"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {name.removeprefix("pipeline/") for name in tracked} <= names
    assert {
        "cli/repository/shipped/theme/site/base.html",
        "cli/repository/shipped/locales/so/interface.po",
        "cli/repository/shipped/locales/locales.toml",
        "cli/repository/shipped/mkdocs.yml",
    } <= names


def test_it_lays_out_what_the_checkout_does(demo):
    laid = {p.relative_to(demo).as_posix(): p.read_bytes() for p in demo.rglob("*") if p.is_file()}
    template = laid.pop("templates/resource.md").decode()
    assert laid == dict(shipped_files())
    assert 'title: "Title of the page"' in template
    assert {".github/workflows/publish.yml", ".gitlab-ci.yml", ".gitignore", "Makefile"} <= set(
        laid
    )
    origin = json.loads(laid[".pipeline-origin.json"])["files"]
    assert set(origin) == {name for name in laid if is_followed(name)}
    assert not any(name.startswith(("content/", "locales/")) for name in origin)


def test_make_site_builds_it_at_once(demo, installed):
    run(installed, demo, "make", "site", "SITE_ARGS=--locale en --locale so --no-pdf")
    page = (demo / "site/en/using-the-nhs/example/index.html").read_text("utf-8")
    assert "Rub all of your hands for 20 seconds." in page
    assert "This is a demonstration." in page
    assert 'lang="so"' in (demo / "site/so/index.html").read_text("utf-8")
    last = run(installed, demo, "make", "upgrade").splitlines()[-1]
    assert last == "Nothing to do: the repository is up to this program."

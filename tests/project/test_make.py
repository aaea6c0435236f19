"""The commands of the Makefile: listed, documented, and nothing promised that is not there."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROMISED = {"site", "serve", "test", "check", "bench", "lock", "clean", "help"}


def make(*words: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def listed() -> set[str]:
    return set(re.findall(r"^  ([a-z-]+) +\S", make(), re.MULTILINE))


def test_make_alone_lists_the_commands():
    assert listed() >= PROMISED


@pytest.mark.parametrize(
    ("command", "profile"), [("site", "site"), ("serve", "site"), ("test", "dev"), ("check", "dev")]
)
def test_a_command_sets_up_what_it_needs_first(command, profile):
    assert make("--dry-run", command).startswith(f"sh scripts/bootstrap.sh {profile}\n")


def test_documentation_names_only_commands_that_exist():
    named = {
        command
        for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        for words in re.findall(r"(?:`|\$ |&& )make ((?:[a-z-]+ ?)+)(?:`|$|\s)", line)
        for command in words.split()
    }
    assert {"site", "test", "check"} <= named
    assert named <= listed()


def test_the_server_runs_the_checks_and_then_the_tests():
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert [line for line in lines if line.startswith("make")] == ["make check", "make test"]

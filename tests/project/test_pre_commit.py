"""The hook for partners: the file is what pre-commit reads, and its command takes file names."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
#: What https://pre-commit.com/#new-hooks asks of a hook, and what it lets it say.
NEEDED = {"id", "name", "entry", "language"}
KNOWN = NEEDED | {"files", "types", "description", "require_serial"}

(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def test_the_file_is_a_list_of_hooks():
    assert NEEDED <= set(HOOK) <= KNOWN
    assert HOOK["id"] == "pipeline-check"
    assert HOOK["language"] == "python"
    assert HOOK["types"] == ["markdown"]


def test_its_pattern_takes_resources_and_nothing_else():
    assert re.search(HOOK["files"], "content/covid-19/long-covid.md")
    assert not re.search(HOOK["files"], "docs/content/guide.md")


def test_its_command_is_ours():
    program, command = HOOK["entry"].split()
    assert program == "pipeline"
    assert command in COMMANDS


@pytest.mark.parametrize(("text", "code"), [("Rest.\n", 0), ("![](bed.svg)\n", 15)])
def test_its_command_runs_as_pre_commit_runs_it(tmp_path, text, code):
    program = Path(sys.executable).parent / "pipeline"
    shutil.copytree(ROOT / "content/covid-19", tmp_path / "content/covid-19")
    (tmp_path / "content/covid-19/a.md").write_text(text, "utf-8")
    command = [str(program), *HOOK["entry"].split()[1:]]
    names = sorted(str(p.relative_to(tmp_path)) for p in tmp_path.glob("content/*/*.md"))

    ran = subprocess.run(
        [*command, *names], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert ran.returncode == code, ran.stderr
    assert "content/covid-19/a.md" in ran.stdout
